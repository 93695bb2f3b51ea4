import {
  createKalturaServer,
  type KalturaServer,
  type KalturaServerOptions,
  MEDIA_SERVER_PARTNER,
} from '../../../../src/playground/kaltura/index.js';
import { type Fields, isFields, type Value } from '../../../../src/playground/kaltura/values.js';

export const PARTNER = 101;
export const START = 1_800_000_000;

/** A behaving Kaltura whose clock the test owns. */
export interface Rig {
  server: KalturaServer;
  url: string;
  /** Calls an action as administrator unless the parameters bring another session; gives the answer. */
  call(action: string, params?: Fields): Promise<Value>;
  /** Calls an action that answers an object. */
  ask(action: string, params?: Fields): Promise<Fields>;
  /** Says what an encoder of an entry does: a KalturaEntryServerNodeStatus, or "stop". */
  encoder(entryId: string, status: number | 'stop', index?: '0' | '1'): Promise<Fields>;
  session(params?: Fields): Promise<string>;
  control(name: string, body?: object, method?: string): Promise<Fields>;
  addWebcast(properties?: Fields): Promise<string>;
  stop(): Promise<void>;
}

function asFields(value: Value): Fields {
  if (!isFields(value)) throw new Error(`Expected an object, not ${JSON.stringify(value)}`);
  return value;
}

/** Starts a behaving Kaltura with secrets that are known. */
export async function startRig(options: KalturaServerOptions = {}): Promise<Rig> {
  const defects: unknown[] = [];
  const server = createKalturaServer({
    partnerId: PARTNER,
    adminSecret: 'admin',
    userSecret: 'user',
    mediaSecret: 'media',
    clock: { now: () => START * 1000 },
    onDefect: (error) => defects.push(error),
    ...options,
  });
  const { url } = await server.start();
  const send = async (action: string, params: Fields): Promise<Value> => {
    const [service = '', name = ''] = action.split('.');
    const response = await fetch(`${url}/api_v3/service/${service}/action/${name}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: Buffer.from(JSON.stringify({ format: 1, ...params })),
    });
    const answer: unknown = await response.json();
    return isFields(answer) || Array.isArray(answer)
      ? answer
      : typeof answer === 'object'
        ? null
        : String(answer) === answer
          ? answer
          : Number(answer);
  };
  const session = async (params: Fields = {}) =>
    String(
      await send('session.start', { secret: 'admin', type: 2, partnerId: PARTNER, userId: 'organizer', ...params }),
    );
  const adminKs = await session({ expiry: 10 ** 8 });
  const mediaKs = await session({ secret: 'media', partnerId: MEDIA_SERVER_PARTNER, userId: '', expiry: 10 ** 8 });
  const call = (action: string, params: Fields = {}) => send(action, { ks: adminKs, ...params });
  const ask = async (action: string, params: Fields = {}) => asFields(await call(action, params));
  return {
    server,
    url,
    call,
    ask,
    session,
    encoder: (entryId, status, index = '0') => {
      const params = {
        ks: mediaKs,
        partnerId: PARTNER,
        entryId,
        hostname: 'media-1.example.test',
        mediaServerIndex: index,
      };
      return status === 'stop'
        ? ask('liveStream.unregisterMediaServer', params)
        : ask('liveStream.registerMediaServer', { ...params, applicationName: 'kLive', liveEntryStatus: status });
    },
    control: async (name, body, method = body ? 'POST' : 'GET') => {
      const init: RequestInit = { method };
      if (body) init.body = JSON.stringify(body);
      const answer: unknown = await (await fetch(`${url}/_control/${name}`, init)).json();
      return isFields(answer) ? answer : { list: Array.isArray(answer) ? answer : [] };
    },
    addWebcast: async (properties = {}) => {
      const liveStreamEntry = {
        objectType: 'KalturaLiveStreamEntry',
        name: 'Town hall',
        mediaType: 201,
        explicitLive: 1,
        ...properties,
      };
      return String((await ask('liveStream.add', { liveStreamEntry, sourceType: '32' })).id);
    },
    stop: async () => {
      await server.stop();
      if (defects.length > 0) throw defects[0];
    },
  };
}

/** Gives the objects of a list answer. */
export function objectsOf(list: Fields): Fields[] {
  return Array.isArray(list.objects) ? list.objects.filter(isFields) : [];
}
