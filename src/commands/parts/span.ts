import { BotError } from '../../core/errors.js';
import type { When } from '../../core/params.js';
import type { Instant, WebcastNote, Zone } from '../../core/webcast.js';
import { type PlannedSpan, planIn } from '../create/times.js';

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
): PlannedSpan {
  const planned = before?.start;
  const from = start ?? (planned === undefined ? undefined : exactly(planned));
  if (from === undefined) {
    const message = 'I do not know when it starts. Give its start too.';
    return { kind: 'refused', issues: [{ field: 'start', message }] };
  }
  const stood = planned === undefined || before?.end === undefined ? undefined : (before.end - planned) / 60_000;
  const length = end === undefined ? (duration ?? stood) : duration;
  return planIn(zone, { start: from, end, duration: length, startStands: start === undefined }, now);
}

/** As planAgain, for a command that runs: what is wrong is thrown as "invalid", with the sentence that nothing was done. */
export function mustPlanAgain(
  span: Respan,
  before: Pick<WebcastNote, 'start' | 'end'> | undefined,
  zone: Zone,
  now: Instant,
  nothingDone: string,
): { readonly start: Instant; readonly end: Instant } {
  const planned = planAgain(span, before, zone, now);
  if (planned.kind === 'planned') return planned;
  throw new BotError('invalid', planned.issues.map(({ message }) => message).join(' '), nothingDone);
}
