import { createServer } from 'node:net';
import { z } from 'zod';
import { systemClock } from '../../src/clock.js';
import { createEncoder, type Encoder } from '../../src/playground/encoder.js';
import { createKalturaServer, type KalturaServer } from '../../src/playground/kaltura/index.js';

const fieldsSchema = z.looseObject({ id: z.string(), name: z.string() });
/** The fields of an entry in Kaltura's own terms. */
export type KalturaEntry = z.infer<typeof fieldsSchema>;
const broadcastSchema = z.looseObject({ streamPassword: z.string() });
/** What /_control/state shows of an account, as far as the stories look at it. */
const stateSchema = z.object({
  entries: z.array(z.object({ fields: fieldsSchema, broadcast: broadcastSchema.optional() })),
});

/** The behaving Kaltura of the stories, with an encoder that sends to it. */
export interface StoryKaltura {
  /** It can be stopped, and comes back under the same address. */
  readonly server: KalturaServer;
  readonly encoder: Encoder;
  /** The variables that point the bot at it. */
  readonly env: Readonly<Record<string, string>>;
  /** What no log may hold: the account's own secrets and the stream passwords of its entries. */
  secrets(): Promise<string[]>;
  /** The ids of the entries of this name. */
  entries(name: string): Promise<string[]>;
  /** The fields of every entry. */
  fields(): Promise<KalturaEntry[]>;
  /** The password that an encoder of this entry sends with. */
  passwordOf(id: string): Promise<string>;
  /** Sets something at a control address, or clears it. */
  control(path: string, body: object, method?: 'POST' | 'DELETE'): Promise<void>;
  /** Calls the API as the account's own administrator, as somebody does in Kaltura's console. */
  call(service: string, action: string, body: object): Promise<unknown>;
  /** Takes an entry away, as somebody does in Kaltura's own console. */
  remove(id: string): Promise<void>;
  /** All of the bot's round trips so far, each with its calls. */
  trips(): string[][];
  /** Names the calls that the bot has made so far. */
  calls(): string[];
  stop(): Promise<void>;
}

/** Starts it; features are permissions that the account has on top. */
export async function startKaltura(features: readonly string[] = []): Promise<StoryKaltura> {
  const port = await findFreePort();
  const server = createKalturaServer({ port, recordingReadyAfter: 20, features: [...features] });
  const { url } = await server.start();
  const { partnerId, adminSecret, userSecret, mediaSecret } = server.account;

  async function readEntries() {
    const answer = await fetch(`${url}/_control/state`);
    return stateSchema.parse(await answer.json()).entries;
  }

  async function request(service: string, action: string, body: object): Promise<unknown> {
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

  async function call(service: string, action: string, body: object): Promise<unknown> {
    const session = { secret: adminSecret, partnerId, type: 2 };
    const ks = z.string().parse(await request('session', 'start', session));
    return request(service, action, { ks, ...body });
  }

  const trips = () =>
    server.requests
      .read()
      .requests.filter(({ clientTag }) => clientTag?.startsWith('webcast-bot'))
      .map(({ calls }) => calls);

  return {
    server,
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
    fields: async () => (await readEntries()).map(({ fields }) => fields),
    async passwordOf(id) {
      const found = (await readEntries()).find(({ fields }) => fields.id === id);
      if (!found?.broadcast) throw new Error(`There is no broadcast of ${id}.`);
      return found.broadcast.streamPassword;
    },
    async control(path, body, method = 'POST') {
      const answer = await fetch(`${url}/_control/${path}`, { method, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`/_control/${path} answers ${answer.status} ${await answer.text()}`);
    },
    call,
    async remove(id) {
      await call('liveStream', 'delete', { entryId: id });
    },
    trips,
    calls: () => trips().flat(),
    stop: () => server.stop(),
  };
}

/** A port that was free a moment ago, so that a server can come back under the address it had. */
function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
