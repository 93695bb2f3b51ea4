import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { commands } from '../../src/commands/index.js';
import type { CalendarLink } from '../../src/core/calendar.js';
import { createDispatch, type Dispatch } from '../../src/core/dispatch.js';
import type { Reports } from '../../src/core/numbers.js';
import type { Grant } from '../../src/core/policy.js';
import { createPolicy } from '../../src/core/policy.js';
import type { Act, Log, Person, Place } from '../../src/core/ports.js';
import type { Inbound, Prepared } from '../../src/core/request.js';
import { Secret } from '../../src/core/secret.js';
import type { EntryId } from '../../src/core/webcast.js';
import { entryIdSchema } from '../../src/core/webcast.js';
import { createKaltura, type KalturaGateway } from '../../src/kaltura/index.js';
import { createLive, type Live } from '../../src/live/index.js';
import { createEncoder, type Encoder } from '../../src/playground/encoder.js';
import {
  createKalturaServer,
  type KalturaServer,
  type KalturaServerOptions,
} from '../../src/playground/kaltura/index.js';
import { type OpenStore, openStore } from '../../src/store/index.js';
import { createTickets, type Tickets } from '../../src/web/tickets.js';
import { createTestClock, type TestClock } from './clock.js';
import { createRecorder, type Recorder, type Shown, wordsOf } from './recorder.js';

const listSchema = z.object({ objects: z.array(z.looseObject({})) });

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** The product on a behaving Kaltura, a real store and a platform that writes down what it is asked to show. */
export interface Rig {
  readonly kaltura: KalturaServer;
  readonly gateway: KalturaGateway;
  readonly store: OpenStore;
  readonly dispatch: Dispatch;
  readonly clock: TestClock;
  readonly platform: Recorder;
  readonly encoder: Encoder;
  /** Looks and sends at a test's bidding: its loops do not run. */
  readonly live: Live;
  /** One-time links, as their pages see them. */
  readonly tickets: Tickets;
  /** The audit so far. */
  readonly acts: readonly Act[];
  /** Says a line and gives what was shown, after everything it started is done. */
  say(
    line: string,
    about?: Partial<Pick<Inbound, 'deliveryId'>> & { place?: Place; person?: Person },
  ): Promise<readonly Shown[]>;
  /** The same, as the words that a reader gets. */
  read(line: string): Promise<string>;
  prepare(said: Inbound['said'], about?: { place?: Place; person?: Person; deliveryId?: string }): Prepared;
  /** Plans a webcast in the channel and gives its entry id. */
  plan(options?: string): Promise<EntryId>;
  /** Round trips to Kaltura while work is done, without those of the encoder. */
  roundTrips(work: () => Promise<unknown>): Promise<string[][]>;
  /** Asks the behaving Kaltura itself, as its administrator. */
  raw(service: string, action: string, params: object): Promise<{ readonly objects: readonly object[] }>;
  /** The same, where the answer is no list. */
  ask(service: string, action: string, params: object): Promise<unknown>;
  /** Tells the behaving Kaltura to behave in some way, at one of its control addresses. */
  control(path: string, body: object): Promise<void>;
  stop(): Promise<void>;
}

/** Background waits (those that can be aborted) last for ever; all others move the clock on. */
const outsideWaits = (clock: TestClock): TestClock => ({
  ...clock,
  wait: (milliseconds, signal) =>
    signal
      ? new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      : clock.wait(milliseconds),
});

export const channel: Place = { tenant: 'T1', channel: 'C1', direct: false };
export const ann: Person = { id: 'U1', zone: undefined };

export async function openRig(
  options: {
    kaltura?: KalturaServerOptions;
    admins?: Grant[];
    producers?: Grant[];
    /** Answers in the place of Kaltura's reports, as far as nobody has asked for them. */
    reports?: Partial<Reports>;
    calendarLink?: CalendarLink;
  } = {},
): Promise<Rig> {
  const clock = createTestClock();
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-rig-'));
  const kaltura = createKalturaServer({ partnerId: 101, clock, ...options.kaltura });
  const { url } = await kaltura.start();
  const { partnerId, adminSecret, mediaSecret } = kaltura.account;
  const gateway = createKaltura({
    serviceUrl: url,
    partnerId,
    credentials: { kind: 'admin secret', secret: new Secret(adminSecret) },
    clock: outsideWaits(clock),
    log: silent,
  });
  await gateway.start();
  const acts: Act[] = [];
  const opened = await openStore({ dataDir, log: silent });
  const store: OpenStore = {
    ...opened,
    async audit(act) {
      await opened.audit(act);
      acts.push(act);
    },
  };
  const platform = createRecorder();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${String(ids).padStart(8, '0')}`;
  };
  const policy = createPolicy({ admins: options.admins ?? [], producers: options.producers ?? [] });
  const live = createLive({
    store,
    kaltura: { ...gateway, reportsUnasked: { ...gateway.reportsUnasked, ...options.reports } },
    platforms: new Map([[platform.name, platform]]),
    clock,
    log: silent,
    newId,
    random: () => 0.5,
    calendarLink: options.calendarLink,
  });
  const tickets = createTickets({ store, clock, publicUrl: () => 'https://bot.example.test' });
  const dispatch = createDispatch({
    commands,
    kaltura: gateway,
    store,
    clock,
    newId,
    log: silent,
    policy,
    live,
    tickets,
    calendarLink: options.calendarLink,
  });
  const encoder = createEncoder({ serviceUrl: url, partnerId, mediaSecret, clock });

  const prepare: Rig['prepare'] = (said, about = {}) =>
    dispatch.prepare({
      place: about.place ?? channel,
      person: about.person ?? ann,
      deliveryId: about.deliveryId ?? newId(),
      wayBack: undefined,
      said,
    });

  const say: Rig['say'] = async (line, about = {}) => {
    const before = platform.shown.length;
    const prepared = prepare({ kind: 'line', line }, about);
    if (prepared.kind === 'answer') return [{ how: 'whisper', message: undefined, view: prepared.view }];
    if (prepared.kind !== 'run') throw new Error(`${line} gave ${prepared.kind}`);
    await dispatch.run(prepared.job, platform);
    return platform.shown.slice(before);
  };

  async function askKaltura(service: string, action: string, params: object): Promise<unknown> {
    const ask = async (where: string, body: object): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify({ ...body, format: 1 }) };
      return (await fetch(`${url}/api_v3/service/${where}`, init)).json();
    };
    const ks = await ask('session/action/start', { secret: adminSecret, partnerId, type: 2 });
    return ask(`${service}/action/${action}`, { ...params, ks });
  }

  return {
    kaltura,
    gateway,
    store,
    dispatch,
    clock,
    platform,
    encoder,
    live,
    tickets,
    acts,
    say,
    prepare,
    read: async (line) => (await say(line)).map(({ how, view }) => `${how}\n${wordsOf(view)}`).join('\n\n'),
    async plan(more = '') {
      const shown = await say(`create "Q3 Town Hall" --start "in 10 minutes" ${more}`);
      const id = shown
        .map(({ view }) => /\b\d_[a-z0-9]{8}\b/.exec(wordsOf(view))?.[0])
        .find((found) => found !== undefined);
      return entryIdSchema.parse(id);
    },
    async roundTrips(work) {
      const from = kaltura.requests.read().total;
      await work();
      return kaltura.requests
        .read()
        .requests.filter(({ number, clientTag }) => number > from && clientTag?.startsWith('webcast-bot'))
        .map(({ calls }) => calls);
    },
    raw: async (service, action, params) => listSchema.parse(await askKaltura(service, action, params)),
    ask: askKaltura,
    async control(path, body) {
      const answer = await fetch(`${url}/_control/${path}`, { method: 'POST', body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${path} answered ${answer.status} ${await answer.text()}`);
    },
    async stop() {
      await live.stop();
      await dispatch.stop();
      await store.close();
      await gateway.stop();
      await kaltura.stop();
      await rm(dataDir, { recursive: true });
    },
  };
}
