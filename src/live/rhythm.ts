import { type Instant, instant, type WebcastNote } from '../core/webcast.js';
import { isGone, type Known, runs } from './known.js';
import { gaveUp } from './step.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long to wait between two looks, in milliseconds. */
export const rhythm = {
  onAir: 5 * second,
  soon: 15 * second,
  recording: 30 * second,
  idle: 10 * minute,
} as const;

/** How old the state of both paths may be on air, in milliseconds. */
export const pathsAge = 30 * second;

/** How long before its start a webcast is soon, and how long after its end it may still begin. */
const soon = 30 * minute;
/** How long after the end somebody may notice that it was too early, and go live again. */
const secondThoughts = 30 * minute;

/** When to look next, or never; random gives a number from 0 to 1, so that many webcasts do not fall together. */
export function nextLook(
  known: Known,
  note: WebcastNote | undefined,
  now: Instant,
  random: () => number,
): Instant | undefined {
  const pause = pauseOf(known, note, now);
  if (pause === undefined) return undefined;
  return instant(now + Math.round(pause * (0.95 + random() / 10)));
}

/** Whether it is looked at so often that people count on what its card says. */
export const isCountedOn = (known: Known, note: WebcastNote | undefined, now: Instant): boolean =>
  (pauseOf(known, note, now) ?? rhythm.idle) <= rhythm.recording;

function pauseOf(known: Known, note: WebcastNote | undefined, now: Instant): number | undefined {
  if (known.missing > 0) return isGone(known) ? undefined : minute;
  switch (known.phase) {
    case 'live':
    case 'interrupted':
    case 'connecting':
      return rhythm.onAir;
    case 'preview':
      return runs(known.broadcast) || isSoon(note, now) ? rhythm.onAir : rhythm.soon;
    case 'scheduled':
      return untilStart(note, now);
    case 'ended':
    case 'recording':
    case 'recorded':
      return afterEnd(known, note, now);
    default: {
      const never: never = known.phase;
      return never;
    }
  }
}

const isSoon = (note: WebcastNote | undefined, now: Instant): boolean =>
  note?.start === undefined || (now >= note.start - soon && now <= (note.end ?? note.start) + soon);

function untilStart(note: WebcastNote | undefined, now: Instant): number {
  if (note?.start === undefined) return minute;
  if (isSoon(note, now)) return rhythm.soon;
  const before = note.start - soon - now;
  // The look that finds it soon should not come much later than that.
  return before > 0 ? Math.min(rhythm.idle, Math.max(before, rhythm.soon)) : rhythm.idle;
}

function afterEnd(known: Known, note: WebcastNote | undefined, now: Instant): number | undefined {
  const { broadcast, webcast, phase } = known;
  const since = now - (broadcast?.ended ?? webcast.lastEnded ?? now);
  if (webcast.feed === 'picture' || webcast.feed === 'connecting') return rhythm.soon;
  if (since < secondThoughts) return phase === 'recording' ? rhythm.recording : rhythm.soon;
  if (phase === 'recording') return since < 2 * hour ? rhythm.recording : 5 * minute;
  if (note?.start !== undefined && note.start > now) return untilStart(note, now);
  return since < gaveUp && phase === 'ended' ? rhythm.idle : undefined;
}
