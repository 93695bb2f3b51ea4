import type { Measured, Point, Span } from './numbers.js';
import type { EntryId, Instant } from './webcast.js';

/** What a look learns of a broadcast's course. */
export interface BroadcastCourse {
  /** Counts the broadcasts of the webcast, from 1. */
  readonly number: number;
  readonly began: Instant;
  /** Undefined while it runs. */
  readonly ended: Instant | undefined;
  /** When viewers were without the picture, oldest first; the last ones only of a stream that flaps. */
  readonly gaps: readonly Span[];
  readonly drops: number;
  /** Milliseconds without the picture, of all gaps. */
  readonly dark: number;
}

/** Why nobody can say how many are watching. */
export type WhyLacking = Extract<Measured<never>, { kind: 'lacking' }>['why'];

/** A broadcast as it is remembered: its course, and who watched it as far as the bot sampled it. */
export interface BroadcastRecord extends BroadcastCourse {
  readonly webcast: EntryId;
  readonly peak: Point | undefined;
  /** Oldest first, thinned out: see thinPoints. */
  readonly points: readonly Point[];
  /** Why the last sample of all webcasts failed; undefined when it did not. */
  readonly lacking: WhyLacking | undefined;
}

/** How many watched one webcast at a moment. */
export interface Sample {
  readonly webcast: EntryId;
  readonly number: number;
  readonly point: Point;
}

/** What commands may ask about broadcasts. */
export interface BroadcastStore {
  /** The broadcast of a webcast with this number, or the last one; undefined when there was none. */
  broadcast(webcast: EntryId, number?: number): Promise<BroadcastRecord | undefined>;
  /** How all broadcasts of a webcast went, oldest first. */
  courses(webcast: EntryId): Promise<readonly BroadcastCourse[]>;
}

/** Milliseconds on air until the end, or a moment. */
export const airTime = ({ began, ended, dark }: BroadcastCourse, now: Instant): number =>
  Math.max(0, (ended ?? now) - began - dark);

/** How many points are kept of a broadcast, and how near they lie at first, in milliseconds. */
export const mostPoints = 300;
const finest = 30_000;

/**
 * Thins out points so that no more than 300 stay, evenly over time: of each stretch the highest one, and always the last
 * one, so that the peak and the present are never lost. Thinning twice is thinning once.
 */
export function thinPoints(points: readonly Point[]): readonly Point[] {
  const sorted = [...points].sort((a, b) => a.at - b.at);
  const last = sorted.at(-1);
  if (last === undefined) return [];
  let width = finest;
  for (;;) {
    const kept = highestOf(sorted.slice(0, -1), width);
    if (kept.length < mostPoints) return [...kept, last];
    width *= 2;
  }
}

/** The highest point of each stretch; stretches begin at whole multiples of their width since 1970. */
function highestOf(points: readonly Point[], width: number): Point[] {
  const best = new Map<number, Point>();
  for (const point of points) {
    const stretch = Math.floor(point.at / width);
    const known = best.get(stretch);
    if (known === undefined || point.value > known.value) best.set(stretch, point);
  }
  return [...best.values()];
}
