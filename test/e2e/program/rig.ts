import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { instant } from '../../../src/core/webcast.js';
import { createEncoder, type Encoder } from '../../../src/playground/encoder.js';
import { createKalturaServer, type KalturaServer } from '../../../src/playground/kaltura/index.js';
import {
  createSlackDouble,
  type SlackDouble,
  type SlackWorkspace,
  type StoredMessage,
  type StoredView,
} from '../../doubles/slack/index.js';
import { type Bot, startBot } from './bot.js';
import type { Child } from './child.js';
import { entryIn } from './screen.js';

const signingSecret = 'signing-secret-of-the-stories';
const botToken = 'xoxb-0000-stories-0000';
const scopes = [
  ...['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'],
  ...['users:read.email', 'usergroups:read', 'files:write'],
];

const entrySchema = z.looseObject({ id: z.string(), name: z.string() });
type KalturaEntry = z.infer<typeof entrySchema>;
/** What /_control/state shows of an account, as far as the stories look at it. */
const stateSchema = z.object({
  entries: z.array(z.object({ fields: entrySchema, broadcast: z.object({ streamPassword: z.string() }).optional() })),
});

/** What a fault of the behaving Kaltura is ordered by, at /_control/faults. */
export interface Fault {
  readonly kind: 'delay' | 'hang' | 'http' | 'html' | 'truncated' | 'lost' | 'rate-limited' | 'expired-session';
  readonly on: string;
  readonly times?: number;
  readonly delay?: number;
}

export interface RigOptions {
  /** Public channels that the bot is in; each takes a burst of five messages. */
  readonly channels?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions that the Kaltura account has on top. */
  readonly features?: string[];
}

/** The built bot between a strict Slack and a behaving Kaltura. */
export interface Rig {
  readonly double: SlackDouble;
  readonly workspace: SlackWorkspace;
  readonly kaltura: KalturaServer;
  readonly encoder: Encoder;
  /** What the bot is started with, at every start on the same data folder. */
  readonly env: Readonly<Record<string, string>>;
  readonly bot: Bot;
  /** Types a line as Ada, or as somebody else, and gives the next message that this person alone sees. */
  ask(line: string, channel: string, who?: string): Promise<StoredMessage>;
  /** Waits for the next private message after some act. */
  whispered(channel: string, act: () => Promise<unknown>, who?: string): Promise<StoredMessage>;
  /** Waits for the next message in the channel after some act, as everybody sees it. */
  posted(channel: string, act: () => Promise<unknown>): Promise<StoredMessage>;
  /** Types /webcast create and waits until the form can be filled. */
  openForm(channel: string, who?: string): Promise<StoredView>;
  /** Plans a webcast by typing and gives its entry id and card. */
  plan(channel: string, name: string, more?: string): Promise<{ readonly id: string; readonly card: StoredMessage }>;
  /** Orders a fault, asks at a control address, or sets something there. */
  control(path: string, body: object, method?: 'POST' | 'DELETE'): Promise<void>;
  fault(fault: Fault): Promise<void>;
  /** The entries of this name that Kaltura holds, in its own terms. */
  entries(name: string): Promise<KalturaEntry[]>;
  /** What Kaltura made of the name of an entry. */
  nameOf(id: string): Promise<string | undefined>;
  /** All of the bot's round trips to Kaltura so far, each with its calls. */
  requests(): string[][];
  /** The bot's round trips to Kaltura while something is done, each with its calls. */
  roundTrips(work: () => Promise<unknown>): Promise<string[][]>;
  /** Starts the bot anew on the same folder, with some variables changed; the one before must have ended. */
  restart(changes?: Readonly<Record<string, string>>): Promise<void>;
  /** Stops everything and checks what must hold for every story. */
  stop(): Promise<void>;
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const double = createSlackDouble();
  const { apiUrl } = await double.start();
  const workspace = double.workspace({
    signingSecret,
    botToken,
    scopes,
    users: [
      { name: 'ada', id: 'U0ADA0001', tz: 'Europe/Berlin' },
      { name: 'bob', tz: 'America/New_York' },
      { name: 'cleo' },
      { name: 'dora' },
    ],
    channels: [
      ...(options.channels ?? ['events']).map((name) => ({ name })),
      { name: 'open', bot: false },
      { name: 'closed', private: true, bot: false },
      { name: 'board', private: true },
    ],
    usergroups: { S0CREW: ['cleo'] },
  });
  // On a port of its own choice it could not come back under the same address after a stop.
  const kaltura = createKalturaServer({
    port: await findFreePort(),
    recordingReadyAfter: 20,
    features: options.features ?? [],
  });
  const { url: serviceUrl } = await kaltura.start();
  const { partnerId, adminSecret, userSecret, mediaSecret } = kaltura.account;
  const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() };
  const encoder = createEncoder({ serviceUrl, partnerId, mediaSecret, clock });
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-story-'));
  const env = {
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
    KALTURA_SERVICE_URL: serviceUrl,
    KALTURA_PARTNER_ID: String(partnerId),
    KALTURA_ADMIN_SECRET: adminSecret,
    DATA_DIR: dataDir,
    ...options.env,
  };
  const started: Child[] = [];
  const start = async (changes: Readonly<Record<string, string>> = {}) => {
    const bot = await startBot({ ...env, ...changes });
    started.push(bot.child);
    workspace.connect(`${bot.url}/slack/events`);
    return bot;
  };
  const running = { bot: await start() };

  async function whispered(channel: string, act: () => Promise<unknown>, who = 'ada'): Promise<StoredMessage> {
    const seen = () => workspace.ephemerals(channel, who);
    const before = seen().length;
    await act();
    return double.until(`a private answer in ${channel}`, () => seen()[before]);
  }

  async function posted(channel: string, act: () => Promise<unknown>): Promise<StoredMessage> {
    const before = workspace.messages(channel).length;
    await act();
    return double.until(`a message in ${channel}`, () => workspace.messages(channel)[before]);
  }

  async function control(path: string, body: object, method: 'POST' | 'DELETE' = 'POST'): Promise<void> {
    const answer = await fetch(`${serviceUrl}/_control/${path}`, { method, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`/_control/${path} answers ${answer.status} ${await answer.text()}`);
  }

  const requests = () =>
    kaltura.requests
      .read()
      .requests.filter(({ clientTag }) => clientTag?.startsWith('webcast-bot'))
      .map(({ calls }) => calls);

  async function readState(): Promise<z.infer<typeof stateSchema>> {
    const answer = await fetch(`${serviceUrl}/_control/state`);
    return stateSchema.parse(await answer.json());
  }

  /** Everything that must stand in no log line, however it came into the program. */
  async function findLeaks(): Promise<string[]> {
    const passwords = (await readState()).entries.flatMap(({ broadcast }) => broadcast?.streamPassword ?? []);
    const tokens = workspace.state.tokens.keys();
    const secrets = [signingSecret, ...tokens, adminSecret, userSecret, mediaSecret, ...passwords];
    const ways = [...workspace.state.triggers.keys(), ...workspace.state.responseUrls.keys()];
    const printed = started.map((child) => child.stdout + child.stderr).join('');
    const sessions = printed.match(/djJ8[\w+/-]{20,}/g) ?? [];
    return [...secrets, ...ways].filter((secret) => printed.includes(secret)).concat(sessions);
  }

  return {
    double,
    workspace,
    kaltura,
    encoder,
    env,
    get bot() {
      return running.bot;
    },
    whispered,
    posted,
    async openForm(channel, who = 'ada') {
      const person = workspace.user(who);
      await person.runs('/webcast create', { in: channel });
      return double.until('the form', () => {
        const view = person.modal();
        return view?.body.submit ? view : undefined;
      });
    },
    ask: (line, channel, who = 'ada') => whispered(channel, () => workspace.user(who).runs(line, { in: channel }), who),
    async plan(channel, name, more = '') {
      const line = `/webcast create "${name}" --start "in 10 minutes" ${more}`;
      const planned: { card?: StoredMessage } = {};
      await whispered(channel, async () => {
        planned.card = await posted(channel, () => workspace.user('ada').runs(line, { in: channel }));
      });
      const { card } = planned;
      if (!card) throw new Error(`There is no card of ${name}.`);
      return { id: entryIn(card), card };
    },
    control,
    fault: (fault) => control('faults', fault),
    entries: async (name) => (await readState()).entries.map(({ fields }) => fields).filter((one) => one.name === name),
    nameOf: async (id) => (await readState()).entries.find(({ fields }) => fields.id === id)?.fields.name,
    requests,
    async roundTrips(work) {
      const before = requests().length;
      await work();
      return requests().slice(before);
    },
    async restart(changes) {
      running.bot = await start(changes);
    },
    async stop() {
      const code = await running.bot.stop();
      const leaks = await findLeaks();
      await double.stop();
      await kaltura.stop();
      await rm(dataDir, { recursive: true });
      const broken = [
        ...(code === 0 ? [] : [`the bot ended with ${code}: ${running.bot.child.stderr.slice(-2000)}`]),
        ...leaks.map((leak) => `a secret was printed: ${leak}`),
        ...double.complaints.map((complaint) => `Slack complains: ${complaint}`),
      ];
      if (broken.length > 0) throw new Error(broken.join('\n'));
    },
  };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}
