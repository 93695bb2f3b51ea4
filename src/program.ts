import type { Readable, Writable } from 'node:stream';
import type { TeamsConfig } from './adapters/teams/config.js';
import { createTerminal } from './adapters/terminal/index.js';
import { commands } from './commands/index.js';
import type { Config, KalturaConfig, SlackConfig } from './config.js';
import { createDispatch, type Dispatch } from './core/dispatch.js';
import { BotError } from './core/errors.js';
import { createPolicy } from './core/policy.js';
import type { Clock, DrawChart, Log, NewId, Platform } from './core/ports.js';
import type { Secret } from './core/secret.js';
import type { Zone } from './core/webcast.js';
import { createDrawing } from './draw/index.js';
import { createKaltura } from './kaltura/index.js';
import { calendarPath, createCalendar } from './live/calendar.js';
import { createLive } from './live/index.js';
import type { Playground } from './playground/index.js';
import { type OpenStore, openStore } from './store/index.js';
import { createDerivedSealer, createSealer } from './store/seal.js';
import { createCalendarRoute } from './web/calendar.js';
import { createFront, type Route } from './web/front.js';
import { createGoRoutes } from './web/go.js';
import { createNotifications } from './web/kaltura.js';
import { createOpen } from './web/open.js';
import { createTickets } from './web/tickets.js';

/** What the program stands on. */
export interface Ground {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
}

export interface Program {
  /** Where the http front listens. */
  readonly port: number;
  /** Resolves when the program has stopped, by stop or because the terminal's input has ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Composes the rooms and starts them; when one cannot start, those before it are stopped and its error is raised. */
export async function startProgram(config: Config, ground: Ground): Promise<Program> {
  const { clock, newId, log } = ground;
  const undo: (() => Promise<void>)[] = [];
  let finish: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let rise: () => void = () => undefined;
  const risen = new Promise<void>((resolve) => {
    rise = resolve;
  });
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
    finish();
  };

  try {
    const store = await openStore({ databaseUrl: config.databaseUrl?.reveal(), dataDir: config.dataDir, log });
    undo.push(() => store.close());

    const playground = config.kaltura ? undefined : await startPlayground(config, ground);
    if (playground) undo.push(() => playground.stop());
    const account = config.kaltura ?? playground?.kaltura;
    if (!account) throw new Error('There is neither an account nor a playground.');
    const kaltura = createKaltura({ ...account, clock, log });
    undo.push(() => kaltura.stop());
    await signIn(kaltura, log);

    const platforms = new Map<string, Platform>();
    const policy = createPolicy(config);
    const calendar = config.publicUrl
      ? createCalendar({ store, kaltura, secret: lastingSecret(account), publicUrl: config.publicUrl, log })
      : undefined;
    const calendarLink = calendar?.linkOf;
    const { unasked } = store;
    const live = createLive({
      store,
      unasked,
      kaltura,
      platforms,
      clock,
      log,
      newId,
      random: Math.random,
      calendarLink,
    });
    let reached = config.publicUrl;
    const tickets = createTickets({ store, clock, publicUrl: () => reached });
    const dispatch = createDispatch({
      commands,
      kaltura,
      store,
      clock,
      newId,
      log,
      policy,
      live,
      tickets,
      calendarLink,
    });

    const open = createOpen({ kaltura, store, now: clock.now });
    const notifications = createNotifications({
      keys: account.notifications,
      heard: live.heard,
      claim: store.claimDelivery,
      clock,
      log,
    });
    const routes: Route[] = [
      { method: 'POST', path: '/kaltura/events', handle: notifications },
      ...createGoRoutes({ tickets, open, log }),
      ...(calendar ? [createCalendarRoute(calendarPath, calendar.find)] : []),
    ];
    const checks: (() => boolean)[] = [];
    if (config.slack) {
      const drawing = createDrawing(clock);
      undo.push(() => drawing.stop());
      const slack = await composeSlack(config.slack, dispatch, store, drawing.drawChart, ground);
      platforms.set(slack.name, slack);
      routes.push({
        method: 'POST',
        path: '/slack/events',
        handle: (request, response) => slack.handle(request, response),
      });
      if (slack.installer) {
        routes.push({ method: 'GET', path: '/slack/install', handle: slack.installer.begin });
        routes.push({ method: 'GET', path: '/slack/oauth_redirect', handle: slack.installer.finish });
      }
      checks.push(() => slack.ready());
    }
    if (config.teams) {
      const teams = await composeTeams(config.teams, account, dispatch, store, ground);
      platforms.set(teams.name, teams);
      routes.push({
        method: 'POST',
        path: '/api/messages',
        handle: (request, response) => teams.handle(request, response),
      });
      checks.push(() => teams.ready());
    }
    if (platforms.size === 0) {
      const terminal = composeTerminal(dispatch, playground, ground, () => void risen.then(stop));
      platforms.set(terminal.name, terminal);
    }

    let started = false;
    const ready = () => started && checks.every((check) => check());
    // What is stopped last was started first: no new request, then no running job, then no platform.
    for (const one of platforms.values()) undo.push(() => one.stop());
    undo.push(() => dispatch.stop());
    const front = createFront({ port: config.port, host: config.host, routes, ready, clock, log, newId });
    const port = await front.start();
    // In demo mode everything is on this machine.
    if (playground) reached ??= `http://127.0.0.1:${port}`;
    undo.push(() => front.stop());
    for (const one of platforms.values()) await one.start();
    undo.push(() => live.stop());
    await live.start();
    checks.push(() => live.ready());
    started = true;
    // An input that ended meanwhile ends the program now, not while half of it stands.
    rise();
    log.info({ port, platforms: [...platforms.keys()] }, 'The webcast bot is ready');
    return { port, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Signs in at once, so that a wrong secret stops the start; a Kaltura that is down may come back later. */
async function signIn(kaltura: { start(): Promise<void> }, log: Log): Promise<void> {
  try {
    await kaltura.start();
  } catch (error) {
    if (!(error instanceof BotError) || error.code !== 'unavailable') throw error;
    log.warn({ err: error }, 'Kaltura does not answer; commands will sign in when it does');
  }
}

/** Loads the playground only where it is needed, so that a configured bot never carries it. */
async function startPlayground(config: Config, ground: Ground): Promise<Playground> {
  const { openPlayground } = await import('./playground/index.js');
  return openPlayground({ dataDir: config.dataDir, clock: ground.clock, newId: ground.newId });
}

async function composeSlack(
  config: SlackConfig,
  dispatch: Dispatch,
  store: OpenStore,
  drawChart: DrawChart,
  { clock, newId, log }: Ground,
) {
  const { createSlack } = await import('./adapters/slack/index.js');
  const tenancy = withInstallations(config.tenancy, store);
  return createSlack({ config: { ...config, tenancy }, dispatch, clock, newId, log, drawChart });
}

/** Gives many workspaces their place in the store, sealed; raises BotError misconfigured for a key that cannot be one. */
function withInstallations(tenancy: SlackConfig['tenancy'], store: OpenStore) {
  if (tenancy.kind === 'one workspace') return tenancy;
  const installations = store.installations(createSealer(tenancy.encryptionKey.reveal()));
  return { ...tenancy, installations, claim: store.claimDelivery };
}

/** A secret that every replica has and keeps over restarts; what is made from it is derived for one purpose each. */
const lastingSecret = ({ credentials }: Pick<KalturaConfig, 'credentials'>): Secret =>
  credentials.kind === 'app token' ? credentials.token : credentials.secret;

/** Loaded only where it is needed: the Bot Framework takes as long to load as all the rest. */
async function composeTeams(
  config: TeamsConfig,
  account: Pick<KalturaConfig, 'credentials'>,
  dispatch: Dispatch,
  store: OpenStore,
  { clock, newId, log }: Ground,
) {
  const { createTeams } = await import('./adapters/teams/index.js');
  const signingSecret = lastingSecret(account);
  const offers = store.fileOffers('teams', createDerivedSealer(config.password ?? signingSecret));
  const references = store.references('teams');
  return createTeams({ config, dispatch, references, offers, signingSecret, clock, newId, log });
}

function composeTerminal(
  dispatch: Dispatch,
  playground: Playground | undefined,
  { input, output, newId, log }: Ground,
  onEnd: () => void,
): Platform {
  const interactive = input.isTTY === true && output.isTTY === true;
  return createTerminal({
    input,
    output,
    dispatch,
    newId,
    log,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone as Zone,
    colours: output.isTTY === true,
    interactive,
    banner: playground?.banner ?? ['The terminal speaks to your own Kaltura account. Type help.'],
    words: playground?.words ?? [],
    onEnd,
  });
}
