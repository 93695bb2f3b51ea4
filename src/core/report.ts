import type { BroadcastRecord } from './broadcast.js';
import { BotError } from './errors.js';
import type { Attendee, Measured, Numbers, Point, Reports } from './numbers.js';
import { type EntryId, type Instant, instant } from './webcast.js';

/** What Kaltura counted of a broadcast. */
export interface ReportFigures {
  readonly numbers: Measured<Numbers>;
  readonly curve: Measured<readonly Point[]>;
  readonly questions: Measured<{ readonly asked: number; readonly open: number }>;
}

/** A question that fails counts as one that took too long, so that the others are told without it. */
async function orLacking<T>(asked: Promise<Measured<T>>): Promise<Measured<T>> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof BotError && error.code !== 'bug') return { kind: 'lacking', why: 'took too long' };
    throw error;
  }
}

/**
 * Asks what was counted of a broadcast and its recordings until now; three round trips at once. When lenient, what fails
 * is lacking rather than an error.
 */
export async function fetchFigures(
  reports: Reports,
  record: BroadcastRecord,
  recordings: readonly EntryId[],
  now: Instant,
  lenient: boolean,
): Promise<ReportFigures> {
  const show = { from: record.began, until: record.ended ?? now };
  // Whoever plays the recording comes later.
  const since = { from: record.began, until: instant(Math.max(now, show.until)) };
  const settle = lenient ? orLacking : <T>(asked: Promise<Measured<T>>) => asked;
  const [numbers, curve, questions] = await Promise.all([
    settle(reports.numbers([record.webcast, ...recordings], since)),
    settle(reports.viewersOverTime(record.webcast, show)),
    settle(reports.questionsAsked(record.webcast, show)),
  ]);
  return { numbers, curve, questions };
}

/** Asks who watched a broadcast while it was live; personal data, which is kept nowhere. */
export function fetchAttendance(
  reports: Reports,
  record: BroadcastRecord,
  now: Instant,
  lenient: boolean,
): Promise<Measured<readonly Attendee[]>> {
  const asked = reports.attendance([record.webcast], { from: record.began, until: record.ended ?? now });
  return lenient ? orLacking(asked) : asked;
}
