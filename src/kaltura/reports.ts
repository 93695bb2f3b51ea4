import {
  type Attendee,
  type LiveAudience,
  type Measured,
  type Numbers,
  type Point,
  type Reports,
  realTimeReach,
  type Share,
  type Span,
} from '../core/numbers.js';
import type { Clock } from '../core/ports.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { inOurWords } from './errors.js';
import { countQuestions } from './qna.js';
import type { QnaBook } from './questions.js';
import {
  countIn,
  type Graphs,
  graphsOf,
  numberIn,
  type Row,
  type Step,
  shareIn,
  steps,
  tableOf,
  totalOf,
} from './reportdata.js';

/** KalturaReportType: the real-time report whose viewers count everybody; the others count only those who signed in. */
const viewersNow = 10013;
/** KalturaReportType: the webcast reports. */
const webcast = {
  highlights: 40001,
  engagement: 40002,
  quality: 40003,
  countries: 40004,
  devices: 40007,
  users: 40009,
};

/** Webcasts that are asked about in one round trip. */
const together = 100;
/** Milliseconds between which the real-time reports are whole: younger seconds are still being gathered. */
const window = { from: 200_000, until: 30_000 };
/** Milliseconds of a span that is told in tens of seconds; a longer one is told in minutes. */
const shortSpan = 20 * 60_000;
/** Rows of one page of viewers, and the most that Kaltura gives of a table. */
const pageSize = 500;
const mostRows = 12_000;
/** Devices and countries that are asked for; what people are shown is far less. */
const mostShares = 250;

/** What is asked here is about this very moment, so answers that the server kept are of no use. */
const rightNow = { repeatable: true, fresh: true } as const;
const soon = { repeatable: true } as const;

type Lack = Extract<Measured<unknown>, { kind: 'lacking' }>['why'];

/** Says why an account has no figures; undefined for what is an error. */
function lackOf(error: KalturaError): Lack | undefined {
  switch (error.code) {
    case 'SERVICE_FORBIDDEN':
    case 'ACTION_FORBIDDEN':
    case 'FEATURE_FORBIDDEN':
    case 'REPORT_NOT_FOUND':
      return 'not in the account';
    case 'INVALID_ENUM_VALUE':
      // An installation that is older than a report does not know its number.
      return error.args.ENUM_TYPE === 'KalturaReportType' ? 'not in the account' : undefined;
    case 'DRUID_QUERY_TIMED_OUT':
      return 'took too long';
    default:
      return undefined;
  }
}

/** Runs a question for figures, which says itself why there are none; what is an error comes out as a BotError. */
async function measure<T extends object>(ask: () => Promise<T | Lack>): Promise<Measured<T>> {
  return inOurWords(async () => {
    try {
      const value = await ask();
      return typeof value === 'string' ? { kind: 'lacking', why: value } : { kind: 'measured', value };
    } catch (error) {
      const why = error instanceof KalturaError ? lackOf(error) : undefined;
      if (why === undefined) throw error;
      return { kind: 'lacking', why };
    }
  });
}

/** An answer that may be missing without harm to the others. */
function unlessLacking<T>(answer: T | KalturaError): T | undefined {
  if (answer instanceof KalturaError && lackOf(answer) !== undefined) return undefined;
  return must(answer);
}

/** The newest step that is over, with the share of viewers who have it in front of them. */
function newestOf(graphs: Graphs, until: Instant): LiveAudience | undefined {
  const over = (graphs.get('viewers') ?? []).filter(({ at }) => at + steps.ten_seconds * 1000 <= until);
  const newest = over.reduce<Point | undefined>(
    (last, point) => (last && last.at > point.at ? last : point),
    undefined,
  );
  if (newest === undefined) return undefined;
  const engaged = graphs.get('viewers_engagement')?.find(({ at }) => at === newest.at)?.value;
  return {
    at: instant(newest.at + steps.ten_seconds * 1000),
    viewers: Math.round(newest.value),
    engaged: engaged === undefined || newest.value === 0 ? undefined : Math.min(1, engaged / newest.value),
  };
}

/**
 * One graph for each webcast, a hundred in a round trip. The tables that tell of many webcasts at once will not do: one
 * counts only viewers who signed in (10012), the other leaves the choice of the webcasts to Kaltura (10015).
 */
async function audienceNow(
  connection: Connection,
  now: Instant,
  webcasts: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, LiveAudience> | Lack> {
  const span: Span = { from: instant(now - window.from), until: instant(now - window.until) };
  const found = new Map<EntryId, LiveAudience>();
  let failed: KalturaError | undefined;
  for (let start = 0; start < webcasts.length; start += together) {
    const some = webcasts.slice(start, start + together);
    const questions = some.map((id) => graphsOf(viewersNow, { ids: [id], span, step: 'ten_seconds' }));
    const { ones } = await connection.askBoth(questions, [], rightNow);
    for (const [index, id] of some.entries()) {
      const graphs = ones[index];
      if (graphs instanceof KalturaError) failed = graphs;
      else if (graphs !== undefined) {
        const audience = newestOf(graphs, span.until);
        if (audience) found.set(id, audience);
      }
    }
  }
  // One that fails is left out, as long as there are others.
  if (found.size === 0 && failed) throw failed;
  return found.size === 0 ? 'nothing yet' : found;
}

/** The graphs of a webcast while it was live, in steps that suit the length of the span. */
async function graphsWithin(connection: Connection, now: Instant, id: EntryId, span: Span) {
  const from = instant(Math.max(span.from, now - realTimeReach));
  const until = instant(Math.min(span.until, now - window.until));
  if (until <= from) return undefined;
  const step: Step = until - from <= shortSpan ? 'ten_seconds' : 'minutes';
  return connection.ask(graphsOf(viewersNow, { ids: [id], span: { from, until }, step }), soon);
}

const whole = (points: readonly Point[] | undefined): readonly Point[] | Lack =>
  points === undefined || points.length === 0
    ? 'nothing yet'
    : points.map(({ at, value }) => ({ at, value: Math.round(value) }));

function sharesOf(rows: readonly Row[], name: string, plays: readonly string[]): readonly Share[] {
  return rows
    .map((row) => ({
      name: row.get(name)?.trim() || 'unknown',
      plays: plays.reduce((sum, column) => sum + countIn(row, column), 0),
      minutes: numberIn(row, 'sum_view_period'),
    }))
    .filter((share) => share.plays > 0 || (share.minutes ?? 0) > 0)
    .sort((one, other) => other.plays - one.plays || (other.minutes ?? 0) - (one.minutes ?? 0));
}

async function numbersOf(connection: Connection, ids: readonly EntryId[], span: Span): Promise<Numbers | Lack> {
  const asked = { ids, span };
  const page = { size: mostShares, order: '-sum_view_period' };
  const answers = await connection.askAll(
    [
      totalOf(webcast.highlights, asked),
      totalOf(webcast.engagement, asked),
      totalOf(webcast.quality, asked),
      tableOf(webcast.devices, asked, page),
      tableOf(webcast.countries, asked, page),
    ],
    soon,
  );
  const totals = must(answers[0]);
  if (totals === undefined) return 'nothing yet';
  const liveMinutes = numberIn(totals, 'sum_live_view_period') ?? 0;
  // Of nothing watched live there is no share, though the server says 0.
  const waiting = liveMinutes > 0 ? numberIn(unlessLacking(answers[2]), 'avg_live_buffer_time') : undefined;
  const engagement = shareIn(unlessLacking(answers[1]), 'live_engaged_users_play_time_ratio');
  return {
    span,
    plays: countIn(totals, 'count_plays'),
    viewers: countIn(totals, 'unique_viewers'),
    minutes: numberIn(totals, 'sum_view_period') ?? 0,
    liveMinutes,
    engagement: liveMinutes > 0 ? engagement : undefined,
    // The server divides seconds of waiting by seconds of play.
    buffering: waiting === undefined ? undefined : waiting * 60,
    devices: sharesOf(unlessLacking(answers[3])?.rows ?? [], 'device', ['live_plays_count', 'vod_plays_count']),
    places: sharesOf(unlessLacking(answers[4])?.rows ?? [], 'country', ['count_plays']),
  };
}

/** Sums ten-second steps into minutes, so that a minute with many viewers is not outweighed by one with few. */
function engagedByMinute(graphs: Graphs | undefined): readonly Point[] | Lack {
  const engaged = new Map((graphs?.get('viewers_engagement') ?? []).map(({ at, value }) => [at, value]));
  const minutes = new Map<number, { viewers: number; engaged: number }>();
  for (const { at, value } of graphs?.get('viewers') ?? []) {
    const minute = Math.floor(at / 60_000) * 60_000;
    const sum = minutes.get(minute) ?? { viewers: 0, engaged: 0 };
    minutes.set(minute, { viewers: sum.viewers + value, engaged: sum.engaged + (engaged.get(at) ?? 0) });
  }
  const points = [...minutes]
    .filter(([, sum]) => sum.viewers > 0)
    .map(([minute, sum]) => ({ at: instant(minute), value: Math.min(1, sum.engaged / sum.viewers) }));
  return points.length === 0 || engaged.size === 0 ? 'nothing yet' : points;
}

const attendeeOf = (row: Row): Attendee => {
  const user = row.get('user_id')?.trim() || undefined;
  return {
    user,
    name: row.get('user_name')?.trim() || user || '',
    plays: countIn(row, 'count_plays'),
    minutes: numberIn(row, 'sum_view_period') ?? 0,
    liveMinutes: numberIn(row, 'sum_live_view_period') ?? 0,
  };
};

async function attendanceOf(
  connection: Connection,
  ids: readonly EntryId[],
  span: Span,
): Promise<readonly Attendee[] | Lack> {
  const attendees: Attendee[] = [];
  for (let index = 1; index <= mostRows / pageSize; index += 1) {
    const page = { size: pageSize, index, order: '-sum_view_period' };
    const { rows, total } = await connection.ask(tableOf(webcast.users, { ids, span }, page), soon);
    attendees.push(...rows.map(attendeeOf));
    if (rows.length === 0 || index * pageSize >= total) break;
  }
  return attendees.length === 0 ? 'nothing yet' : attendees;
}

/** Asks Kaltura's reports; connection says under which name. */
export function createReports(connection: Connection, clock: Clock, book: QnaBook): Reports {
  return {
    audienceNow: (webcasts) => measure(() => audienceNow(connection, clock.now(), webcasts)),
    viewersOverTime: (id, span) =>
      measure(async () => whole((await graphsWithin(connection, clock.now(), id, span))?.get('viewers'))),
    numbers: (ids, span) => measure(() => numbersOf(connection, ids, span)),
    engagementOverTime: (id, span) =>
      measure(async () => engagedByMinute(await graphsWithin(connection, clock.now(), id, span))),
    attendance: (ids, span) => measure(() => attendanceOf(connection, ids, span)),
    questionsAsked: (id, span) => measure(() => countQuestions({ connection, book }, id, span)),
  };
}
