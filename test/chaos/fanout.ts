import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKalturaServer } from '../../src/playground/kaltura/index.js';
import { type Child, startChild } from '../e2e/program/child.js';
import type { OpenAudience } from './audience.js';
import { waitUntilNoneLags } from './lagging.js';
import { putOnAir, title } from './onair.js';

/** Messages that a bot may have under way in a workspace, as the design says. */
const inFlight = 4;
/** How long each step of a round may take, in milliseconds; the claims of a killed replica are kept for a minute. */
const patience = 180_000;

/** Where the bots remember, how many run at once, who is told, and when one of them is killed. */
export interface Plan {
  readonly open: OpenAudience;
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
  /** Does the part of a round that keeps the machine busy, when not too many others do theirs. */
  working<T>(work: () => Promise<T>): Promise<T>;
}

/** What one round came to. */
export interface Outcome {
  /** Whether a bot ended by the signal: killed by it, or in good order where that was asked. */
  readonly killed: boolean;
  readonly posts: number;
  /** Channels that were told more than once. */
  readonly doubled: readonly string[];
  /** Those of them that were not among the last posts of the killed bot, of which the answer may have been cut off. */
  readonly unexplained: readonly string[];
  /** Channels whose last message is not the card of the broadcast. */
  readonly wrong: readonly string[];
  /** Cards of which the store still says that they have to be sent. */
  readonly lagging: number;
  readonly complaints: readonly string[];
}

/** Tells one broadcast to many channels by the built bot, kills it on the way, starts it again and looks at each channel. */
export async function runRound(plan: Plan): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'webcast-chaos-'));
  const audience = await plan.open(plan.channels);
  const kaltura = createKalturaServer({});
  const { url: kalturaUrl } = await kaltura.start();
  const { databaseUrl } = plan;
  const env: Record<string, string> = {
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    KALTURA_SERVICE_URL: kalturaUrl,
    KALTURA_PARTNER_ID: String(kaltura.account.partnerId),
    KALTURA_ADMIN_SECRET: kaltura.account.adminSecret,
    DATA_DIR: folder,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const bots: Child[] = [];
  const start = async () => {
    bots.push(startChild('main.js', { ...env, ...(await audience.connect(bots.length)) }));
  };
  const { channels } = audience;
  const told = (channel: string) => audience.messages(channel).filter((text) => text.includes(title));
  const isRight = (channel: string) =>
    [`Live now: ${title}`, `${title}: Live`].includes(told(channel).at(-1) ?? 'nothing');
  try {
    const { victim, ending } = await plan.working(async () => {
      await putOnAir({ kaltura, kalturaUrl, databaseUrl, folder }, audience);
      for (let n = 0; n < plan.replicas; n++) await start();
      await audience.until('the fan-out', () => audience.posts().length >= plan.killAfter, patience);
      if (plan.delay > 0) await new Promise((resolve) => setTimeout(resolve, plan.delay));
      const bot = audience.posts().at(-1)?.bot ?? 0;
      bots[bot]?.kill(plan.signal);
      const ended = await bots[bot]?.ended;
      await start();
      // Those that the killed one has claimed may have to wait until its lease is over.
      const most = channels.length - (plan.replicas > 1 ? inFlight : 0);
      await audience
        .until('the others', () => channels.filter(isRight).length >= most, patience)
        .catch(() => undefined);
      return { victim: bot, ending: ended };
    });
    await audience.until('every channel', () => channels.every(isRight), patience).catch(() => undefined);
    const lagging = await waitUntilNoneLags({ databaseUrl, folder }, patience);
    for (const bot of bots) bot.kill('SIGTERM');
    await Promise.all(bots.map((bot) => bot.ended));
    const cutOff = audience
      .posts()
      .filter(({ bot }) => bot === victim)
      .slice(-inFlight)
      .map(({ channel }) => channel);
    const doubled = channels.filter((channel) => told(channel).length > 1);
    return {
      killed: plan.signal === 'SIGKILL' ? ending?.signal === plan.signal : ending?.code === 0,
      posts: channels.reduce((sum, channel) => sum + told(channel).length, 0),
      doubled,
      unexplained: doubled.filter((channel) => !cutOff.includes(channel)),
      wrong: channels.filter((channel) => !isRight(channel)),
      lagging,
      complaints: audience.complaints,
    };
  } finally {
    for (const bot of bots) bot.kill('SIGKILL');
    await Promise.all(bots.map((bot) => bot.ended));
    await audience.stop();
    await kaltura.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
