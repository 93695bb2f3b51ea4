import { z } from 'zod';
import { systemClock } from '../../../src/clock.js';
import { createEncoder, type Encoder } from '../../../src/playground/encoder.js';
import { createKalturaServer } from '../../../src/playground/kaltura/index.js';

const broadcastSchema = z.looseObject({ streamPassword: z.string() });
const stateSchema = z.object({
  entries: z.array(
    z.object({ fields: z.looseObject({ id: z.string(), name: z.string() }), broadcast: broadcastSchema.optional() }),
  ),
});

/** The behaving Kaltura of the stories, with an encoder that sends to it. */
export interface StoryKaltura {
  readonly encoder: Encoder;
  /** The variables that point the bot at it. */
  readonly env: Readonly<Record<string, string>>;
  /** What no log may hold: the account's own secrets and the stream passwords of its entries. */
  secrets(): Promise<string[]>;
  /** The ids of the entries of this name. */
  entries(name: string): Promise<string[]>;
  /** The password that an encoder of this entry sends with. */
  passwordOf(id: string): Promise<string>;
  /** Sets something at a control address. */
  control(path: string, body: object): Promise<void>;
  /** Takes an entry away, as somebody does in Kaltura's own console. */
  remove(id: string): Promise<void>;
  /** Names the calls that the bot has made so far. */
  calls(): string[];
  stop(): Promise<void>;
}

export async function startKaltura(): Promise<StoryKaltura> {
  const server = createKalturaServer({ recordingReadyAfter: 20 });
  const { url } = await server.start();
  const { partnerId, adminSecret, userSecret, mediaSecret } = server.account;

  async function readEntries() {
    const answer = await fetch(`${url}/_control/state`);
    return stateSchema.parse(await answer.json()).entries;
  }

  /** Calls the API as the account's own administrator. */
  async function call(service: string, action: string, body: object): Promise<unknown> {
    const answer = await fetch(`${url}/api_v3/service/${service}/action/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ format: 1, ...body }),
    });
    const result: unknown = await answer.json();
    if (z.looseObject({ objectType: z.literal('KalturaAPIException') }).safeParse(result).success)
      throw new Error(`${service}.${action} answers ${JSON.stringify(result)}`);
    return result;
  }

  return {
    encoder: createEncoder({ serviceUrl: url, partnerId, mediaSecret, clock: systemClock }),
    env: {
      KALTURA_SERVICE_URL: url,
      KALTURA_PARTNER_ID: String(partnerId),
      KALTURA_ADMIN_SECRET: adminSecret,
    },
    async secrets() {
      const passwords = (await readEntries()).flatMap(({ broadcast }) => broadcast?.streamPassword ?? []);
      return [adminSecret, userSecret, mediaSecret, ...passwords];
    },
    entries: async (name) => (await readEntries()).flatMap(({ fields }) => (fields.name === name ? [fields.id] : [])),
    async passwordOf(id) {
      const found = (await readEntries()).find(({ fields }) => fields.id === id);
      if (!found?.broadcast) throw new Error(`There is no broadcast of ${id}.`);
      return found.broadcast.streamPassword;
    },
    async control(path, body) {
      const answer = await fetch(`${url}/_control/${path}`, { method: 'POST', body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`/_control/${path} answers ${answer.status} ${await answer.text()}`);
    },
    async remove(id) {
      const session = { secret: adminSecret, partnerId, type: 2 };
      const ks = z.string().parse(await call('session', 'start', session));
      await call('liveStream', 'delete', { ks, entryId: id });
    },
    calls: () =>
      server.requests
        .read()
        .requests.filter(({ clientTag }) => clientTag?.startsWith('webcast-bot'))
        .flatMap(({ calls }) => calls),
    stop: () => server.stop(),
  };
}
