import type { Moment } from '../../core/command.js';
import type { FieldIssue } from '../../core/errors.js';
import type { When } from '../../core/params.js';
import { type Instant, instant, type Zone } from '../../core/webcast.js';
import { type ReadTime, readTime } from '../../time/read.js';
import { sayFull } from '../../time/say.js';

const minute = 60_000;
const hour = 60 * minute;
/** Kaltura refuses schedule events of more than a day. */
const longest = 24 * hour;
/** Somebody who plans "now" has needed a moment to press the button. */
const grace = 5 * minute;
const farthest = 3 * 365 * 24 * hour;
/** A zone without gaps: what it cannot make sense of, no zone can. */
const utc = 'UTC' as Zone;

interface Given {
  readonly start: When;
  readonly end: When | undefined;
  readonly duration: number | undefined;
  readonly zone: Zone | undefined;
  /** The start is the one that was planned before, so that it may have passed. */
  readonly startStands?: boolean;
}

/** The span a webcast is planned for, or what is wrong with it. */
export type PlannedSpan =
  | { readonly kind: 'planned'; readonly start: Instant; readonly end: Instant; readonly zone: Zone }
  | { readonly kind: 'refused'; readonly issues: readonly FieldIssue[] };

type PlannedTimes = PlannedSpan | { readonly kind: 'zone needed' };

/** Understands start and end or duration as the person means them; the zone decides what words mean. */
export function planTimes(given: Given, moment: Moment): PlannedTimes {
  const zone = given.zone ?? moment.zone;
  return zone ? planIn(zone, given, moment.now) : planAnywhere(given, moment.now);
}

/** Understands start and end or duration in a zone that is known. */
export function planIn(zone: Zone, given: Omit<Given, 'zone'>, now: Instant): PlannedSpan {
  return planSaying(zone, given, now, (at) => sayFull(at, zone));
}

/** What is wrong in whatever zone, so that a form is refused while it still stands: exact moments, and words without sense. */
function planAnywhere(given: Given, now: Instant): PlannedTimes {
  const { start, end } = given;
  for (const [field, when] of Object.entries({ start, end })) {
    const read = when && understand(when, utc, now);
    if (read?.kind === 'unclear') return refuse(field, read.problem);
  }
  const exact = start.kind === 'instant' && end?.kind !== 'words';
  const planned: PlannedTimes = exact ? planSaying(utc, given, now) : { kind: 'zone needed' };
  return planned.kind === 'refused' ? planned : { kind: 'zone needed' };
}

function planSaying(zone: Zone, given: Omit<Given, 'zone'>, now: Instant, say?: (at: Instant) => string): PlannedSpan {
  const start = understand(given.start, zone, now);
  if (start.kind === 'unclear') return refuse('start', start.problem);
  const said = say ? `: ${say(start.at)}` : '';
  if (start.at < now - grace && !given.startStands)
    return refuse('start', `Start is in the past${said}. Give a time to come.`);
  if (start.at > now + farthest) return refuse('start', `Start is more than three years away${said}.`);
  if (given.end && given.duration !== undefined) return refuse('end', 'Give either an end or a duration, not both.');
  if (!given.end) {
    const end = instant(start.at + (given.duration ?? 60) * minute);
    return { kind: 'planned', start: start.at, end, zone };
  }
  const end = understandEnd(given.end, zone, start.at, now);
  if (end.kind === 'unclear') return refuse('end', end.problem);
  const length = end.at - start.at;
  // A bare time of day that has passed is read as the next day's: right for a show over midnight, not for a slip.
  if (length <= 0 || (end.clockOnly && length > 12 * hour)) return refuse('end', `End is not after the start${said}.`);
  if (length > longest) return refuse('end', 'A webcast can be planned for 24 hours at most. Give an earlier end.');
  return { kind: 'planned', start: start.at, end: end.at, zone };
}

/** Understands a moment as given; words are those of the zone. */
export function understand(when: When, zone: Zone, from: Instant): ReadTime {
  switch (when.kind) {
    case 'instant':
      return { kind: 'read', at: when.at, clockOnly: false };
    case 'words':
      return readTime(when.words, zone, from);
    default: {
      const never: never = when;
      return never;
    }
  }
}

/** A bare "16:00" is meant from the start on; all other words count from now, as the start's own do. */
function understandEnd(when: When, zone: Zone, start: Instant, now: Instant): ReadTime {
  const fromStart = understand(when, zone, start);
  const fromNow = understand(when, zone, now);
  const namesDay = [fromStart, fromNow].some((read) => read.kind === 'read' && !read.clockOnly);
  return namesDay ? fromNow : fromStart;
}

const refuse = (field: string, message: string): PlannedSpan => ({ kind: 'refused', issues: [{ field, message }] });
