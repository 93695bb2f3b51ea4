import { createSlack, type Slack } from '../../../src/adapters/slack/index.js';
import type { Tenancy } from '../../../src/adapters/slack/tenancy.js';
import type { Chart } from '../../../src/core/chart.js';
import type { Command } from '../../../src/core/command.js';
import type { Dispatch } from '../../../src/core/dispatch.js';
import type { Installations, Log, Platform, Whom } from '../../../src/core/ports.js';
import type { Inbound, Job, Prepared } from '../../../src/core/request.js';
import { Secret } from '../../../src/core/secret.js';
import { say } from '../../../src/core/view.js';
import { createFront, type Front } from '../../../src/web/front.js';
import { createSlackDouble, type SlackDouble, type SlackWorkspace } from '../../doubles/slack/index.js';
import { createHandClock, type HandClock } from './clock.js';

export const signingSecret = 'a-signing-secret-of-the-test';
const botToken = 'xoxb-token-of-the-test';
const appToken = 'xapp-token-of-the-test';

/** What the product behind the adapter does, as far as a test says so. */
export interface Script {
  prepare?(inbound: Inbound): Prepared;
  run?(job: Job, platform: Platform): Promise<void>;
  suggest?: Dispatch['suggest'];
}

export interface Rig {
  readonly double: SlackDouble;
  readonly workspace: SlackWorkspace;
  readonly slack: Slack;
  readonly front: Front;
  readonly url: string;
  readonly clock: HandClock;
  /** What was asked of the product, in order. */
  readonly inbounds: Inbound[];
  readonly jobs: Job[];
  /** The lines written to the log, with their facts as JSON. */
  readonly logged: string[];
  /** Resolves as soon as a line with these words is in the log. */
  logs(words: string): Promise<void>;
  script: Script;
  /** The curves that were drawn as pictures. */
  readonly drawn: readonly Chart[];
  stop(): Promise<void>;
}

const command: Command = {
  name: 'status',
  summary: '',
  examples: [],
  role: 'viewer',
  params: {},
  form: undefined,
  read: () => ({ kind: 'ready', answer: undefined, run: async () => [] }),
};

/** Errors are written out whole, as a log of production would. */
const spell = (_: string, value: unknown): unknown =>
  value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value;

/** A job as dispatch makes it, for scripts that let a line run. */
export const jobFor = (inbound: Inbound): Prepared => ({
  kind: 'run',
  job: { command, inbound, values: {}, requestKey: inbound.deliveryId },
});

/** A promise that a test settles when it wants to. */
export function hold<T>(): { readonly promise: Promise<T>; release(value: T): void } {
  const held: { release?: (value: T) => void } = {};
  const promise = new Promise<T>((resolve) => {
    held.release = resolve;
  });
  return { promise, release: (value) => held.release?.(value) };
}

/** To whom a private answer to this request goes. */
export const whomOf = ({ place, person, wayBack }: Inbound): Whom => ({ place, person, wayBack });

export const scopes = ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read', 'users:read.email'];

export interface Changes {
  readonly scopes?: string[];
  /** Where installations stand; given, the app is one for many workspaces. */
  readonly installations?: Installations;
  /** Where browsers reach such an app; https://bot.example.com unless told. */
  readonly publicUrl?: string;
  /** Socket Mode instead of HTTP; the token is the right one unless another is given. */
  readonly socket?: boolean;
  readonly appToken?: string;
  /** The token the adapter is given, when it is not the right one. */
  readonly token?: string;
  /** Milliseconds by the clock for which Slack looks at a new file. */
  readonly fileWork?: number;
  /** Done to the double before the adapter starts. */
  first?(double: SlackDouble): void;
}

/** The app as many workspaces install it; a state is good once. */
function manyWorkspaces(installations: Installations, publicUrl = 'https://bot.example.com'): Tenancy {
  const claimed = new Set<string>();
  return {
    kind: 'many workspaces',
    clientId: '1111.2222',
    clientSecret: new Secret('client-secret'),
    stateSecret: new Secret('state-secret'),
    publicUrl,
    installations,
    claim: async (key) => claimed.size < claimed.add(key).size,
  };
}

/** Starts the double, the adapter behind the front, and a product that does what the script says. */
export async function startRig(changes: Changes = {}): Promise<Rig> {
  const clock = createHandClock(Date.now());
  const double = createSlackDouble({ clock, fileWork: changes.fileWork ?? 0 });
  changes.first?.(double);
  const { apiUrl } = await double.start();
  const workspace = double.workspace({
    signingSecret,
    botToken,
    appToken,
    scopes: changes.scopes ?? scopes,
    users: [{ name: 'ada', tz: 'Europe/Berlin' }, { name: 'bob' }],
    channels: [{ name: 'events' }, { name: 'open', bot: false }, { name: 'closed', private: true, bot: false }],
    usergroups: { S0PRODUCERS: ['ada'] },
  });
  const inbounds: Inbound[] = [];
  const jobs: Job[] = [];
  const logged: string[] = [];
  const rig = { script: {} as Script, drawn: [] as Chart[] };
  let ids = 0;

  const dispatch: Dispatch = {
    prepare(inbound) {
      inbounds.push(inbound);
      return rig.script.prepare?.(inbound) ?? { kind: 'answer', view: say('Done.') };
    },
    async run(job, platform) {
      jobs.push(job);
      await rig.script.run?.(job, platform);
    },
    suggest: async (...asked) => (await rig.script.suggest?.(...asked)) ?? [],
    stop: async () => undefined,
  };
  const readers: { readonly words: string; resolve(): void }[] = [];
  const write = (facts: object, message: string) => {
    const line = `${message} ${JSON.stringify(facts, spell)}`;
    logged.push(line);
    for (const reader of readers) if (line.includes(reader.words)) reader.resolve();
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const newId = () => `id-${(ids++).toString().padStart(8, '0')}`;
  const slack = createSlack({
    config: {
      signingSecret: changes.socket ? undefined : new Secret(signingSecret),
      tenancy: changes.installations
        ? manyWorkspaces(changes.installations, changes.publicUrl)
        : { kind: 'one workspace', botToken: new Secret(changes.token ?? botToken) },
      appToken: changes.socket ? new Secret(changes.appToken ?? appToken) : undefined,
      apiUrl,
    },
    dispatch,
    log,
    clock,
    newId,
    async drawChart(chart) {
      rig.drawn.push(chart);
      return new TextEncoder().encode(`a picture of ${chart.title}`);
    },
  });
  const front = createFront({
    port: 0,
    host: '127.0.0.1',
    routes: [
      { method: 'POST', path: '/slack/events', handle: slack.handle },
      ...(slack.installer
        ? [
            { method: 'GET' as const, path: '/slack/install', handle: slack.installer.begin },
            { method: 'GET' as const, path: '/slack/oauth_redirect', handle: slack.installer.finish },
          ]
        : []),
    ],
    ready: slack.ready,
    clock,
    log,
    newId,
  });
  try {
    await slack.start();
  } catch (error) {
    await slack.stop();
    await double.stop();
    throw error;
  }
  const url = `http://127.0.0.1:${await front.start()}`;
  if (!changes.socket) workspace.connect(`${url}/slack/events`);

  return Object.assign(rig, {
    double,
    workspace,
    slack,
    front,
    url,
    clock,
    inbounds,
    jobs,
    logged,
    logs: (words: string) =>
      logged.some((line) => line.includes(words))
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            readers.push({ words, resolve });
          }),
    async stop() {
      await front.stop();
      await slack.stop();
      await double.stop();
    },
  });
}
