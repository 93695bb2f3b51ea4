import type { When } from '../../core/params.js';
import type { Instant, WebcastNote, Zone } from '../../core/webcast.js';
import { type PlannedTimes, planTimes } from '../create/times.js';

/** What was said of a span that is planned already; what was left out follows from what stands. */
export interface Respan {
  readonly start: When | undefined;
  readonly end: When | undefined;
  readonly duration: number | undefined;
}

const exactly = (at: Instant): When => ({ kind: 'instant', at });

/** Whether words were said whose zone is not known. */
export const needsZone = ({ start, end }: Respan, zone: Zone | undefined): boolean =>
  zone === undefined && (start?.kind === 'words' || end?.kind === 'words');

/** The span anew: a start that moves takes the end along, so that the length stays unless another one is given. */
export function planAgain(
  { start, end, duration }: Respan,
  before: Pick<WebcastNote, 'start' | 'end'> | undefined,
  zone: Zone,
  now: Instant,
): PlannedTimes {
  const planned = before?.start;
  const from = start ?? (planned === undefined ? undefined : exactly(planned));
  if (from === undefined) {
    const message = 'I do not know when it starts. Give its start too.';
    return { kind: 'refused', issues: [{ field: 'start', message }] };
  }
  const stood = planned === undefined || before?.end === undefined ? undefined : (before.end - planned) / 60_000;
  const length = end === undefined ? (duration ?? stood) : duration;
  return planTimes({ start: from, end, duration: length, zone, startStands: start === undefined }, { now, zone });
}
