import { createHash } from 'node:crypto';
import type { Entry, Show } from '../store.js';

/** Seconds between two signs of life of a player; a viewer is one who sends them. */
const BEAT = 10;
/** Seconds until all have come who will come. */
const ARRIVAL = 120;

/** Gives a number from 0 to 1 that is always the same for the same words. */
export function chance(...words: (string | number)[]): number {
  return createHash('md5').update(words.join('/')).digest().readUInt32BE() / 2 ** 32;
}

/** How many have a picture at most: another crowd for every webcast, the same at every look. */
const crowdOf = (id: string): number => 20 + Math.floor(chance('crowd', id) * 180);

const isOver = ({ until }: Show, at: number): boolean => until !== undefined && at >= until;

/** Says how many watch an entry in the ten seconds that hold a unix second: they come, sway a little, and go at the end. */
function viewersAt({ id, broadcast }: Entry, second: number, now: number): number {
  const at = Math.floor(second / BEAT) * BEAT;
  const show = broadcast?.shows?.find((one) => one.from < at + BEAT && !isOver(one, at));
  if (!show || at > now) return 0;
  const arrived = Math.min(1, (at + BEAT - show.from) / ARRIVAL);
  const sway = 0.95 + 0.1 * chance('sway', id, at);
  return Math.max(1, Math.round(crowdOf(id) * arrived * sway));
}

/** Says which share of viewers has a webcast in front of them in the ten seconds that hold a unix second. */
const engagedAt = ({ id }: Entry, second: number): number =>
  0.55 + 0.3 * chance('engaged', id, Math.floor(second / 60));

/** What a stretch of time came to; watched and engaged are in seconds of all viewers together. */
export interface Attention {
  /** The most that watched at once. */
  peak: number;
  watched: number;
  engaged: number;
}

/** The tens of seconds between two unix seconds in which any of the entries had a show. */
function beatsOf(entries: Entry[], from: number, to: number, now: number): Set<number> {
  const beats = new Set<number>();
  for (const show of entries.flatMap(({ broadcast }) => broadcast?.shows ?? [])) {
    const first = Math.max(Math.ceil(from / BEAT), Math.floor(show.from / BEAT));
    const last = Math.min(to, now + 1, show.until ?? now + 1);
    for (let at = first * BEAT; at < last; at += BEAT) beats.add(at);
  }
  return beats;
}

/** Adds up what the viewers of entries did between two unix seconds. */
export function attentionOf(entries: Entry[], from: number, to: number, now: number): Attention {
  const sum: Attention = { peak: 0, watched: 0, engaged: 0 };
  for (const at of beatsOf(entries, from, to, now)) {
    let present = 0;
    for (const entry of entries) {
      const viewers = viewersAt(entry, at, now);
      present += viewers;
      sum.watched += viewers * BEAT;
      sum.engaged += viewers * BEAT * engagedAt(entry, at);
    }
    sum.peak = Math.max(sum.peak, present);
  }
  return sum;
}
