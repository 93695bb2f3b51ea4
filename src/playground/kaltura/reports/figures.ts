import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { type Fields, int, text } from '../values.js';
import { type Attention, attentionOf, chance } from './audience.js';
import type { Layout } from './layouts.js';

/** What a report is asked for. Times are unix seconds. */
export interface Question {
  from: number;
  to: number;
  now: number;
  entries: Entry[];
  /** How far apart the points of its graphs are, in seconds, when the caller says so. */
  interval: number | undefined;
}

const DAY = 86_400;
const INTERVALS: Record<string, number> = {
  ten_seconds: 10,
  minutes: 60,
  ten_minutes: 600,
  hours: 3600,
  days: DAY,
};
/** How far back the real-time reports reach, in seconds. */
const REACH = 7 * DAY;

/** Reads the filter of a report; several values in one of its fields are parted as the answer's cells are. */
export function readQuestion(
  account: Account,
  filter: Fields,
  objectIds: string | undefined,
  reading: { delimiter: string; isRealTime: boolean },
): Question {
  const now = account.now();
  const parted = (list: string | undefined) => (list ?? '').split(reading.delimiter).map((id) => id.trim());
  const ids = new Set([...parted(text(filter, 'entryIdIn')), ...parted(objectIds)]);
  const entries = [...ids].map((id) => account.store.entries.get(id)).filter((entry) => entry !== undefined);
  const from = int(filter, 'fromDate') ?? readDay(text(filter, 'fromDay')) ?? now - DAY;
  return {
    from: reading.isRealTime ? Math.max(from, now - REACH) : from,
    to: int(filter, 'toDate') ?? endOfDay(readDay(text(filter, 'toDay'))) ?? now,
    now,
    entries,
    interval: INTERVALS[text(filter, 'interval') ?? ''],
  };
}

const endOfDay = (day: number | undefined) => (day === undefined ? undefined : day + DAY - 1);

function readDay(day: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(day ?? '');
  return parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / 1000 : undefined;
}

const known = new WeakMap<Question, Map<string, Attention>>();

/** What the viewers did in a stretch of the question; a table asks for the same one in every cell. */
function attentionIn(question: Question, from: number, to: number): Attention {
  const kept = known.get(question) ?? new Map<string, Attention>();
  known.set(question, kept);
  const key = `${from}/${to}`;
  const attention = kept.get(key) ?? attentionOf(question.entries, from, to, question.now);
  kept.set(key, attention);
  return attention;
}

/** Says whether anybody watched in the time that is asked about: a table has no rows of what nobody watched. */
export const hasViewers = (question: Question): boolean =>
  attentionIn(question, question.from, question.to).watched > 0;

/** How many came in all: some leave before others come. */
export const uniqueOf = (question: Question): number =>
  Math.round(attentionIn(question, question.from, question.to).peak * 1.25);

/** What a figure is about: all, a part of the viewers, or a stretch of the time. */
export interface Cell {
  share?: number;
  row?: string;
  stretch?: { from: number; to: number };
}

/** Counts that follow from what viewers did; the rest is made up. */
const METRICS: Record<string, (attention: Attention, share: number, seconds: number) => string> = {
  viewers_engagement: ({ engaged }, share, seconds) => decimal((engaged * share) / seconds),
  viewers_buffering: ({ watched }, share, seconds) => decimal((watched * share * 0.02) / seconds),
  viewers_dvr: ({ watched }, share, seconds) => decimal((watched * share * 0.05) / seconds),
  view_unique_audience: ({ peak }, share) => whole(peak * share * 0.6),
  view_unique_engaged_users: ({ peak }, share) => whole(peak * share * 0.4),
  views: ({ watched }, share) => whole((watched * share) / 10),
  sum_view_time: ({ watched }, share) => whole(watched * share),
  avg_view_engagement: ratio,
  live_engaged_users_play_time_ratio: ratio,
  count_plays: ({ peak }, share) => whole(peak * share * 1.6),
  count_loads: ({ peak }, share) => whole(peak * share * 1.8),
  live_plays_count: ({ peak }, share) => whole(peak * share * 1.6),
  unique_viewers: ({ peak }, share) => whole(peak * share * 1.25),
  sum_view_period: ({ watched }, share) => whole((watched * share) / 60),
  sum_live_view_period: ({ watched }, share) => whole((watched * share) / 60),
  avg_live_buffer_time: ({ watched }) => (watched === 0 ? '0' : '0.004'),
  vod_plays_count: () => '0',
  avg_vod_completion_rate: () => '0',
};
const RATIO = /^avg_|ratio|rate|time_sec$/;

const whole = (value: number): string => String(Math.round(value));
const decimal = (value: number): string => String(Math.round(value * 10) / 10);
function ratio({ watched, engaged }: Attention): string {
  return watched === 0 ? '0' : (engaged / watched).toFixed(3);
}

/** Gives one figure: of the audience there was, none where there was no broadcast. */
export function figure(metric: string, question: Question, cell: Cell = {}): string {
  if (metric === 'known_flavor_params_view_count') return '"Source":40/"Ingest 2":20';
  const { from, to } = cell.stretch ?? question;
  const attention = attentionIn(question, from, to);
  const share = cell.share ?? 1;
  // In time it is the mean of each stretch, else the most there were.
  if (metric === 'viewers')
    return cell.stretch ? decimal((attention.watched * share) / (to - from)) : whole(attention.peak * share);
  const count = METRICS[metric];
  if (count) return count(attention, share, Math.max(1, to - from));
  if (attention.watched === 0) return '0';
  const part = chance(metric, cell.row ?? '', ...question.entries.map(({ id }) => id), from);
  return RATIO.test(metric) ? part.toFixed(3) : String(20 + Math.floor(part * 180));
}

/** Gives the points in time of a graph with the label each has. */
export function pointsOf(question: Question, step: Layout['step']): { label: string; from: number; to: number }[] {
  // Only the finest reports follow the interval that is asked for; the others have their own.
  const isFine = step === 'ten-seconds';
  const seconds = isFine ? (question.interval ?? 10) : { day: DAY, hour: 3600 }[step];
  const isAligned = !isFine || question.interval !== undefined;
  const first = isAligned ? Math.ceil(question.from / seconds) * seconds : question.from;
  const points: { label: string; from: number; to: number }[] = [];
  for (let at = step === 'day' ? Math.floor(question.from / DAY) * DAY : first; at < question.to; at += seconds) {
    points.push({
      label: step === 'day' ? new Date(at * 1000).toISOString().slice(0, 10).replaceAll('-', '') : String(at),
      from: at,
      to: at + seconds,
    });
  }
  return points;
}
