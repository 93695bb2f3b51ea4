import type { Dispatcher } from 'undici';
import type { Clock, Kaltura, Log } from '../core/ports.js';
import type { Secret } from '../core/secret.js';
import { findWithAccess, tryAccess } from './access.js';
import { createAccountBook } from './account.js';
import { endBroadcast, goLive, seeAudience, sightWebcasts } from './broadcast.js';
import { changeCategories, findWithCategories, setCategories } from './categories.js';
import { checkAccount } from './checkup.js';
import { createCaller } from './client/caller.js';
import { createConnection } from './client/connection.js';
import { connectPerson, createPersonSessions } from './client/person.js';
import { type Credentials, createSessions } from './client/session.js';
import { createTransport } from './client/transport.js';
import { createWebcast } from './create.js';
import { createCrew } from './crew.js';
import { inOurWords, startInOurWords } from './errors.js';
import { createEventDesk } from './eventdata.js';
import { findWebcasts, pageWebcasts } from './find.js';
import { createHealthDesk } from './health.js';
import { findIngest, renewIngest } from './ingest.js';
import { createLibrary } from './library.js';
import { findWithPlayers } from './players.js';
import { createQnaBook } from './questions.js';
import { addressDownload, listRecordings } from './recordings.js';
import { createReports } from './reports.js';
import { createQuestions, moderatorOf } from './speak.js';
import { createTools } from './studio.js';
import { deleteWebcast, updateWebcast } from './update.js';
import { watchWebcasts } from './watch.js';

/** Names the bot in Kaltura's logs. A tag with "kmc" in it would make the server treat updates as its console's. */
const clientTag = 'webcast-bot/1';
/** Names what nobody typed: the looks at what is watched. */
const watchTag = 'webcast-watch/1';

export interface KalturaParts {
  readonly serviceUrl: string;
  readonly partnerId: number;
  readonly credentials: Credentials;
  /** Makes sessions of people; without it there are none. */
  readonly adminSecret?: Secret | undefined;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds for one request; the wire runs on real time, whatever the clock says. Ten seconds by default. */
  readonly timeout?: number;
  /** Bytes of one answer that are read; 8 MiB by default. */
  readonly sizeLimit?: number;
  /** In place of the gateway's own keep-alive connections. */
  readonly dispatcher?: Dispatcher;
}

/** A connection to one Kaltura account that can be started and stopped. */
export interface KalturaGateway extends Kaltura {
  /** Mints the first session, so that no command pays for it, and keeps it good; raises BotError with the remedy. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Players of the first region come from Kaltura's content network; other installations serve their own. */
const contentHostOf = (serviceUrl: string): string =>
  serviceUrl === 'https://www.kaltura.com' ? 'https://cdnapisec.kaltura.com' : serviceUrl;

/** Connects the product to a Kaltura account; nothing is sent before start or the first verb. */
export function createKaltura(parts: KalturaParts): KalturaGateway {
  const { partnerId, credentials, clock, log } = parts;
  const serviceUrl = parts.serviceUrl.replace(/\/+$/, '');
  const transport = createTransport({
    serviceUrl,
    timeout: parts.timeout ?? 10_000,
    sizeLimit: parts.sizeLimit ?? 8 * 1024 * 1024,
    dispatcher: parts.dispatcher,
  });
  const caller = createCaller({ transport, clock, log, clientTag });
  const sessions = createSessions({ caller, partnerId, credentials, clock, log });
  const connection = createConnection({ caller, sessions, log });
  const watcher = createCaller({ transport, clock, log, clientTag: watchTag });
  const watching = createConnection({ caller: watcher, sessions, log });
  const book = createAccountBook({ partnerId, clock });
  const addresses = { service: serviceUrl, content: contentHostOf(serviceUrl), partnerId };
  const adminSecret = credentials.kind === 'admin secret' ? credentials.secret : parts.adminSecret;
  const people = createPersonSessions({ caller, partnerId, adminSecret });
  const tools = createTools({ connection, people, addresses, clock });
  const crew = createCrew(connection);
  const desk = createHealthDesk({ clock });
  const qna = createQnaBook(clock);
  const questions = createQuestions({
    connection,
    watching,
    book: qna,
    clock,
    log,
    connectAs: people.possible
      ? (user, webcast) =>
          connectPerson({ caller, people, log }, { user, privileges: moderatorOf(webcast), minutes: 5 })
      : undefined,
  });
  const events = createEventDesk({ connection, book, clock, log });

  return {
    addresses,
    tools: {
      forPeople: tools.forPeople,
      studio: (use) => inOurWords(() => tools.studio(use)),
      preview: (use) => inOurWords(() => tools.preview(use)),
      moderator: (use) => inOurWords(() => tools.moderator(use)),
    },
    questions: {
      all: (webcast, since) => inOurWords(() => questions.all(webcast, since)),
      hear: (webcasts, since, open) => inOurWords(() => questions.hear(webcasts, since, open)),
      find: (id) => inOurWords(() => questions.find(id)),
      answer: (id, text, toAll, by) => inOurWords(() => questions.answer(id, text, toAll, by)),
      dismiss: (id) => inOurWords(() => questions.dismiss(id)),
      announce: (webcast, text, key, by) => inOurWords(() => questions.announce(webcast, text, key, by)),
      withdraw: (id) => inOurWords(() => questions.withdraw(id)),
    },
    crew: {
      users: (ids) => inOurWords(() => crew.users(ids)),
      find: (which, ids) => inOurWords(() => crew.find(which, ids)),
      name: (id, change) => inOurWords(() => crew.name(id, change)),
    },
    account: () => inOurWords(() => book.read(connection)),
    knownAccount: () => book.known(),
    create: (plan, key, lookFirst) =>
      inOurWords(() => createWebcast({ connection, book, clock, log }, plan, key, lookFirst)),
    update: (id, changes) => inOurWords(() => updateWebcast({ connection, log }, id, changes)),
    delete: (id) => inOurWords(() => deleteWebcast(connection, id)),
    find: (which) => inOurWords(() => findWebcasts(connection, which)),
    sight: (which) => inOurWords(() => sightWebcasts(connection, desk, which)),
    ingest: (which) => inOurWords(() => findIngest(connection, which)),
    renewIngest: (id) => inOurWords(() => renewIngest(connection, id)),
    goLive: (id) => inOurWords(() => goLive(connection, id)),
    end: (id) => inOurWords(() => endBroadcast(connection, id)),
    audience: (id) => inOurWords(() => seeAudience(connection, id)),
    setCategories: (id, wanted) => inOurWords(() => setCategories(connection, id, wanted)),
    findWithCategories: (which, names) => inOurWords(() => findWithCategories(connection, which, names)),
    changeCategories: (id, change) => inOurWords(() => changeCategories(connection, id, change)),
    access: (id) => inOurWords(() => tryAccess({ connection, people, partnerId }, id)),
    accessUnasked: (id) => inOurWords(() => tryAccess({ connection: watching, people, partnerId }, id)),
    findWithAccess: (which) => inOurWords(() => findWithAccess({ connection, people, partnerId }, which)),
    withPlayers: (which) => inOurWords(() => findWithPlayers(connection, which)),
    recordings: (id) => inOurWords(() => listRecordings(connection, id)),
    download: (recording) => inOurWords(() => addressDownload(connection, recording)),
    page: (words, page, size) => inOurWords(() => pageWebcasts(connection, words, page, size)),
    watch: (ids, asking) => inOurWords(() => watchWebcasts(watching, desk, ids, asking)),
    library: createLibrary(connection, watching),
    checkup: () => inOurWords(() => checkAccount({ connection, book, clock })),
    players: () => inOurWords(async () => (await book.read(watching)).players),
    discover: (size) => inOurWords(async () => (await pageWebcasts(watching, undefined, 1, size)).webcasts),
    eventData: {
      keepInStep: (id, plan, fresh) => inOurWords(() => events.keepInStep(id, plan, fresh)),
      takeOver: (id, plan) => inOurWords(() => events.takeOver(id, plan)),
      withdraw: (id) => inOurWords(() => events.withdraw(id)),
      lineUp: (id) => inOurWords(() => events.lineUp(id)),
      changeLineUp: (id, plan, change) => inOurWords(() => events.changeLineUp(id, plan, change)),
    },
    reports: createReports(connection, clock, qna),
    reportsUnasked: createReports(watching, clock, qna),
    start: () => startInOurWords(serviceUrl, credentials.kind, () => sessions.start()),
    async stop() {
      await Promise.all([sessions.stop(), transport.stop()]);
    },
  };
}
