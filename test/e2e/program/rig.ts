import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Encoder } from '../../../src/playground/encoder.js';
import type { KalturaServer } from '../../../src/playground/kaltura/index.js';
import {
  createSlackDouble,
  type SlackDouble,
  type SlackWorkspace,
  type StoredMessage,
  type StoredView,
} from '../../doubles/slack/index.js';
import { checkEnding, findLeaks } from '../ending.js';
import { type KalturaEntry, startKaltura } from '../kaltura.js';
import { type Bot, startBot } from './bot.js';
import type { Child } from './child.js';
import { entryIn } from './screen.js';

const signingSecret = 'signing-secret-of-the-stories';
const botToken = 'xoxb-0000-stories-0000';
const scopes = [
  ...['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'],
  ...['users:read.email', 'usergroups:read', 'files:write'],
];

/** What a fault of the behaving Kaltura is ordered by, at /_control/faults. */
export interface Fault {
  readonly kind:
    | 'delay'
    | 'hang'
    | 'http'
    | 'html'
    | 'truncated'
    | 'lost'
    | 'blocked'
    | 'rate-limited'
    | 'expired-session';
  readonly on: string;
  readonly times?: number;
  readonly delay?: number;
}

export interface RigOptions {
  /** Public channels that the bot is in; each takes a burst of five messages. */
  readonly channels?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions that the Kaltura account has on top. */
  readonly features?: readonly string[];
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
  /** Calls Kaltura's API as the account's own administrator. */
  call(service: string, action: string, body: object): Promise<unknown>;
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
  const kaltura = await startKaltura(options.features);
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-story-'));
  const env = {
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
    ...kaltura.env,
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

  /** Everything that must stand in no log line, however it came into the program. */
  async function secrets(): Promise<string[]> {
    const { tokens, triggers, responseUrls } = workspace.state;
    const ways = [...tokens.keys(), ...triggers.keys(), ...responseUrls.keys()];
    return [signingSecret, ...ways, ...(await kaltura.secrets())];
  }

  return {
    double,
    workspace,
    kaltura: kaltura.server,
    encoder: kaltura.encoder,
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
    call: kaltura.call,
    control: kaltura.control,
    fault: (fault) => kaltura.control('faults', fault),
    entries: async (name) => (await kaltura.fields()).filter((one) => one.name === name),
    nameOf: async (id) => (await kaltura.fields()).find((one) => one.id === id)?.name,
    requests: kaltura.trips,
    async roundTrips(work) {
      const before = kaltura.trips().length;
      await work();
      return kaltura.trips().slice(before);
    },
    async restart(changes) {
      running.bot = await start(changes);
    },
    async stop() {
      const code = await running.bot.stop();
      const printed = started.map(({ stdout, stderr }) => stdout + stderr).join('');
      const leaks = findLeaks(printed, await secrets());
      await double.stop();
      await kaltura.stop();
      await rm(dataDir, { recursive: true });
      checkEnding({ code, bot: running.bot, leaks, complaints: double.complaints });
    },
  };
}
