import { createHash } from 'node:crypto';
import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { type Fields, int, members, text } from '../values.js';

/** What a report is asked for. Times are unix seconds. */
export interface Question {
  from: number;
  to: number;
  entries: Entry[];
}

const DAY = 86_400;
const RATIO = /^avg_|ratio|rate|time_sec$/;

/** Reads the filter of a report. */
export function readQuestion(account: Account, filter: Fields, objectIds: string | undefined): Question {
  const now = account.now();
  const ids = [...members(text(filter, 'entryIdIn')), ...members(objectIds)];
  const entries = ids.map((id) => account.store.entries.get(id)).filter((entry) => entry !== undefined);
  return {
    from: int(filter, 'fromDate') ?? readDay(text(filter, 'fromDay')) ?? now - DAY,
    to: int(filter, 'toDate') ?? endOfDay(readDay(text(filter, 'toDay'))) ?? now,
    entries,
  };
}

const endOfDay = (day: number | undefined) => (day === undefined ? undefined : day + DAY - 1);

function readDay(day: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(day ?? '');
  return parts ? Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3])) / 1000 : undefined;
}

/** Gives a number from 0 to 1 that is always the same for the same words. */
function chance(...words: (string | number)[]): number {
  return createHash('md5').update(words.join('/')).digest().readUInt32BE() / 2 ** 32;
}

/** Says whether any of the entries was on air between two times. */
function wasOnAir({ entries }: Question, from: number, to: number): boolean {
  return entries.some(({ fields }) => {
    const start = int(fields, 'firstBroadcast');
    const end = int(fields, 'lastBroadcastEndTime') || Number.POSITIVE_INFINITY;
    return start !== undefined && start <= to && end >= from;
  });
}

/** Makes up one figure: an audience where there was a broadcast, none where there was not. */
export function figure(
  metric: string,
  question: Question,
  row: string,
  from = question.from,
  to = question.to,
): string {
  if (metric === 'known_flavor_params_view_count') return '"Source":40/"Ingest 2":20';
  if (!wasOnAir(question, from, to)) return '0';
  const part = chance(metric, row, ...question.entries.map(({ id }) => id), from);
  return RATIO.test(metric) ? part.toFixed(3) : String(20 + Math.floor(part * 180));
}

/** Gives the points in time of a graph with the label each has. */
export function pointsOf(
  question: Question,
  step: 'day' | 'hour' | 'ten-seconds',
  aligned: boolean,
): { label: string; from: number; to: number }[] {
  const seconds = { day: DAY, hour: 3600, 'ten-seconds': 10 }[step];
  const first = step === 'ten-seconds' && !aligned ? question.from : Math.ceil(question.from / seconds) * seconds;
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
