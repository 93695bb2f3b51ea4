import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../../src/core/ports.js';
import { Secret } from '../../src/core/secret.js';
import { entryIdSchema, instant } from '../../src/core/webcast.js';
import { createKaltura } from '../../src/kaltura/index.js';
import { createEncoder } from '../../src/playground/encoder.js';
import { createKalturaServer } from '../../src/playground/kaltura/index.js';
import { openStore } from '../../src/store/index.js';
import { createSlackDouble, type SlackWorkspace } from '../doubles/slack/index.js';
import { type Child, startChild } from '../e2e/program/child.js';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => instant(Date.now()), wait: () => Promise.resolve() };
const name = 'Town Hall';
const signingSecret = 'signing-secret-of-the-chaos';
const botToken = 'xoxb-0000-chaos-0000';
/** Messages that a replica may have under way in a workspace, as the design says. */
const inFlight = 4;

/** Where the bots remember, how many run at once, how many channels are told, and when one of them is killed. */
export interface Plan {
  /** A database, or without it a folder of its own. */
  readonly databaseUrl: string | undefined;
  readonly replicas: number;
  readonly channels: number;
  /** After so many posts. */
  readonly killAfter: number;
  /** And so many milliseconds. */
  readonly delay: number;
  /** SIGKILL cuts it off; SIGTERM lets it finish what is under way. */
  readonly signal: 'SIGKILL' | 'SIGTERM';
}

/** What one round came to. */
export interface Outcome {
  readonly posts: number;
  /** Channels that were told more than once. */
  readonly doubled: readonly string[];
  /** Those of them whose first message was not among the last before the kill, of which the answer may have been cut off. */
  readonly unexplained: readonly string[];
  /** Channels whose last message is not the card of the broadcast. */
  readonly wrong: readonly string[];
  readonly complaints: readonly string[];
}

/** Tells one broadcast to many channels by the built bot, kills it on the way, starts it again and looks at each channel. */
export async function runRound(plan: Plan): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'webcast-chaos-'));
  const slack = createSlackDouble();
  const { apiUrl } = await slack.start();
  const names = Array.from({ length: plan.channels }, (_, n) => `channel-${n}`);
  const workspace = slack.workspace({
    signingSecret,
    botToken,
    scopes: ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'],
    users: [{ name: 'ada' }],
    channels: names.map((one) => ({ name: one })),
  });
  const kaltura = createKalturaServer({});
  const { url } = await kaltura.start();
  const { partnerId, adminSecret, mediaSecret } = kaltura.account;
  const account = { serviceUrl: url, partnerId, adminSecret, mediaSecret };
  const env: Record<string, string> = {
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
    KALTURA_SERVICE_URL: url,
    KALTURA_PARTNER_ID: String(partnerId),
    KALTURA_ADMIN_SECRET: adminSecret,
    DATA_DIR: folder,
    ...(plan.databaseUrl === undefined ? {} : { DATABASE_URL: plan.databaseUrl }),
  };
  const bots: Child[] = [];
  try {
    await prepare(plan, folder, workspace, names, account);
    const posts = () => slack.calls('chat.postMessage');
    for (let n = 0; n < plan.replicas; n++) bots.push(startChild('main.js', env));
    await slack.until('the fan-out', () => posts().length >= plan.killAfter, 20_000);
    if (plan.delay > 0) await new Promise((resolve) => setTimeout(resolve, plan.delay));
    const [victim] = bots.splice(0, 1);
    victim?.kill(plan.signal);
    await victim?.ended;
    const last = posts()
      .slice(-inFlight * plan.replicas)
      .map(({ args }) => String(args.channel));
    bots.push(startChild('main.js', env));

    const told = (channel: string) => workspace.messages(channel).filter(({ text }) => text.includes(name));
    const isRight = (channel: string) =>
      [`Live now: ${name}`, `${name}: Live`].includes(told(channel).at(-1)?.text ?? 'nothing');
    // With several replicas the claims of the killed one are taken over when their lease of a minute is over.
    const patience = plan.replicas > 1 ? 120_000 : 20_000;
    await slack.until('every channel', () => names.every(isRight), patience).catch(() => undefined);
    for (const bot of bots) bot.kill('SIGTERM');
    await Promise.all(bots.map((bot) => bot.ended));
    const doubled = names.filter((channel) => told(channel).length > 1);
    return {
      posts: names.reduce((sum, channel) => sum + told(channel).length, 0),
      doubled,
      unexplained: doubled.filter((channel) => !last.includes(workspace.channelId(channel))),
      wrong: names.filter((channel) => !isRight(channel)),
      complaints: slack.complaints,
    };
  } finally {
    for (const bot of bots) bot.kill('SIGKILL');
    await slack.stop();
    await kaltura.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Account {
  readonly serviceUrl: string;
  readonly partnerId: number;
  readonly adminSecret: string;
  readonly mediaSecret: string;
}

/** Has every channel follow all webcasts, and a webcast on air that nobody was told of yet. */
async function prepare(plan: Plan, folder: string, slack: SlackWorkspace, names: string[], account: Account) {
  const { serviceUrl, partnerId, adminSecret, mediaSecret } = account;
  const credentials = { kind: 'admin secret' as const, secret: new Secret(adminSecret) };
  const gateway = createKaltura({ serviceUrl, partnerId, credentials, clock, log: quiet });
  const store = await openStore({ databaseUrl: plan.databaseUrl, dataDir: folder, log: quiet });
  try {
    const added = await gateway.create(planned, 'chaos', false);
    const id = entryIdSchema.parse(added.id);
    await createEncoder({ serviceUrl, partnerId, mediaSecret, clock }).start(id);
    await gateway.goLive(id);
    for (const channel of names) {
      await store.subscribe(
        {
          platform: 'slack',
          place: { tenant: slack.teamId, channel: slack.channelId(channel), direct: false },
          subject: { kind: 'all' },
          mode: 'normal',
          side: 'audience',
          reminders: [],
          mention: undefined,
          numbers: 'off',
          questions: false,
          owner: 'U1',
          paused: undefined,
        },
        clock.now(),
      );
    }
    await store.nudge(id, clock.now());
  } finally {
    await store.close();
    await gateway.stop();
  }
}

const planned = {
  name,
  description: '',
  tags: [],
  start: clock.now(),
  end: instant(clock.now() + 3_600_000),
  zone: 'Etc/UTC' as never,
  dvr: true,
  dvrWindow: 60,
  recording: 'per-session' as const,
  preview: true,
  profile: undefined,
  multicast: false,
  copyEntitlement: true,
  hideRecording: true,
  archive: false,
};
