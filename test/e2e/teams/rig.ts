import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createTeamsDouble,
  type StoredMessage,
  type TeamsDouble,
  type TeamsTenant,
  type TeamsUser,
} from '../../doubles/teams/index.js';
import { checkEnding, findLeaks } from '../ending.js';
import { type StoryKaltura, startKaltura } from '../kaltura.js';
import { type Bot, startBot } from '../program/bot.js';
import type { Child } from '../program/child.js';

/** The built bot between a strict Teams and a behaving Kaltura. */
export interface Rig {
  readonly double: TeamsDouble;
  readonly tenant: TeamsTenant;
  readonly kaltura: StoryKaltura;
  readonly bot: Bot;
  /** The driver of somebody; Alex unless told. */
  person(name?: string): TeamsUser;
  /** The newest message of the bot in a place that says this to a person, once there is one. */
  saying(place: string, text: string, who?: string): Promise<StoredMessage>;
  /** The next message of the bot that a person sees in a place after some act. */
  answered(place: string, act: () => Promise<unknown>, who?: string): Promise<StoredMessage>;
  /** All words of a message as a person sees it, one text a line. */
  words(message: StoredMessage, who?: string): string;
  /** Plans a webcast by a typed line and gives its entry id and its card. */
  plan(place: string, name: string): Promise<{ readonly id: string; readonly card: StoredMessage }>;
  /** Ends the bot and starts it anew on the same folder. */
  restart(): Promise<void>;
  /** Stops everything and checks what must hold for every story. */
  stop(): Promise<void>;
}

export interface RigOptions {
  /** Channels of the one team; each takes seven messages a second. */
  readonly channels?: readonly string[];
  /** Ids of further tenants that the bot serves. */
  readonly tenants?: readonly string[];
  /** Names of those in the tenant; two members and a guest unless told. */
  readonly people?: readonly string[];
  /** Does something to Teams before the bot starts. */
  first?(double: TeamsDouble): void;
  readonly env?: Readonly<Record<string, string>>;
}

export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const { channels = ['Webcasts'], tenants = [], env = {} } = options;
  const double = createTeamsDouble();
  await double.start();
  options.first?.(double);
  const tenant = double.tenant({
    teams: [{ name: 'Event Ops', channels: [...channels] }],
    ...(options.people && { people: [...options.people] }),
  });
  const kaltura = await startKaltura();
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-story-'));
  const started: Child[] = [];
  const start = async (): Promise<Bot> => {
    const bot = await startBot({
      ...tenant.environment(),
      TEAMS_ALLOWED_TENANTS: [tenant.id, ...tenants].join(','),
      ...kaltura.env,
      DATA_DIR: dataDir,
      ...env,
    });
    started.push(bot.child);
    double.connect(`${bot.url}/api/messages`);
    return bot;
  };
  const running = { bot: await start() };

  const person = (name = 'Alex') => tenant.user(name);
  const words = (message: StoredMessage, who?: string) => person(who).reads(message).join('\n');
  const shown = (place: string, who?: string) =>
    person(who)
      .sees(place)
      .filter(({ author, cards }) => author === 'bot' && cards.length > 0);
  const saying = (place: string, text: string, who?: string) =>
    double.until(`"${text}" in ${place}`, () => shown(place, who).findLast((one) => words(one, who).includes(text)));

  return {
    double,
    tenant,
    kaltura,
    get bot() {
      return running.bot;
    },
    person,
    saying,
    words,
    async answered(place, act, who) {
      const before = shown(place, who).length;
      await act();
      return double.until(`an answer in ${place}`, () => shown(place, who)[before]);
    },
    async plan(place, name) {
      const to = place === 'personal' ? '' : '@Webcast ';
      await person().says(`${to}create "${name}" --start "in 10 minutes"`, { in: place });
      await saying(place, `${name} is planned`);
      const [id = ''] = await kaltura.entries(name);
      const card = await double.until('the card', () =>
        shown(place).findLast((one) => words(one).includes(id) && person().buttons(one).includes('Go live')),
      );
      return { id, card };
    },
    async restart() {
      const code = await running.bot.stop();
      if (code !== 0) throw new Error(`The bot ended with ${code}.`);
      running.bot = await start();
    },
    async stop() {
      const code = await running.bot.stop();
      const printed = started.map(({ stdout, stderr }) => stdout + stderr).join('');
      const leaks = findLeaks(printed, [...(await kaltura.secrets()), tenant.environment().MicrosoftAppPassword ?? '']);
      await double.stop();
      await kaltura.stop();
      await rm(dataDir, { recursive: true });
      checkEnding({ code, bot: running.bot, leaks, complaints: double.complaints });
    },
  };
}
