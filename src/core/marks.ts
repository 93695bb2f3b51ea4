import type { BroadcastCourse } from './broadcast.js';
import type { Span } from './numbers.js';
import { type EntryId, type Instant, instant, type Recording, type RecordingMode } from './webcast.js';

/** The most marks of one broadcast. */
export const mostMarks = 100;

/** A moment of a broadcast that somebody named. */
export interface MarkRecord {
  readonly webcast: EntryId;
  /** The number of the broadcast. */
  readonly broadcast: number;
  readonly at: Instant;
  readonly words: string;
  /** Who marked it, as their platform names them. */
  readonly person: string;
  /** Where it became a chapter; undefined as long as it is none. */
  readonly chapter: ChapterPlace | undefined;
}

/** A place in a recording, in milliseconds from its beginning. */
export interface ChapterPlace {
  readonly entry: EntryId;
  readonly at: number;
}

/** What commands may do with marks. */
export interface MarkStore {
  /** Adds a mark and gives the moment that it bears: a millisecond later for each one that stands there already. */
  addMark(mark: Omit<MarkRecord, 'chapter'>): Promise<Instant>;
  /** The marks of a broadcast, oldest first. */
  marks(webcast: EntryId, broadcast: number): Promise<readonly MarkRecord[]>;
  /** Forgets a mark; false when it was gone. */
  removeMark(webcast: EntryId, at: Instant): Promise<boolean>;
  /** Follows a trim: chapters of a recording lie that much earlier, and those that were cut off are none any more. */
  shiftChapters(entry: EntryId, from: number, length: number): Promise<void>;
}

/** The name by which Kaltura knows the chapter of a mark, so that it is never made twice. */
export const keyOfMark = ({ broadcast, at }: Pick<MarkRecord, 'broadcast' | 'at'>): string =>
  `webcast-bot-mark-${broadcast}-${at}`;

/** A time without a break in which viewers had the picture, and how much of it was recorded, in milliseconds. */
interface Stretch extends Span {
  readonly content: number;
}

/**
 * The times in which a broadcast was shown. Of a stream that flaps only the last gaps are known one by one: what is
 * missing of them was spent without a picture before these.
 */
function stretchesOf({ began, ended, gaps, dark }: BroadcastCourse, now: Instant): readonly Stretch[] {
  const until = ended ?? now;
  const edges = [began, ...gaps.flatMap((gap) => [gap.from, gap.until]), until];
  const known = gaps.reduce((sum, gap) => sum + gap.until - gap.from, 0);
  const stretches: Stretch[] = [];
  for (let index = 0; index + 1 < edges.length; index += 2) {
    const from = edges[index] ?? began;
    const to = instant(Math.max(from, edges[index + 1] ?? until));
    const lost = index === 0 ? Math.max(0, dark - known) : 0;
    stretches.push({ from, until: to, content: Math.max(0, to - from - lost) });
  }
  return stretches;
}

/** What Kaltura kept of the shows of a webcast. */
export interface Kept {
  readonly mode: RecordingMode;
  /** Every broadcast that is remembered. */
  readonly courses: readonly BroadcastCourse[];
  /** Every recording of the webcast, whatever its state. */
  readonly parts: readonly Recording[];
}

/** Finds the part that a stretch was recorded into. */
function partFinder(parts: readonly Recording[]): (stretch: Stretch) => Recording | undefined {
  const sorted = [...parts].sort((a, b) => a.createdAt - b.createdAt);
  return ({ until }) => sorted.findLast(({ createdAt }) => createdAt < until);
}

/** The broadcasts, with their stretches, that a part was recorded from. */
export function recordedIn(part: EntryId, { courses, parts }: Kept, now: Instant): readonly (readonly Stretch[])[] {
  const partOf = partFinder(parts);
  return [...courses]
    .sort((a, b) => a.began - b.began)
    .map((course) => stretchesOf(course, now).filter((one) => partOf(one)?.id === part))
    .filter(({ length }) => length > 0);
}

/** A recording that is longer than the show by less than this, in milliseconds, holds the show alone. */
export const leastSurplus = 10_000;

/**
 * How much of a recording lies before its only show, in milliseconds, where it holds more than that: it began when the
 * encoder connected, which is when Kaltura made its entry. Undefined when it cannot have begun then.
 */
export function leadOf(part: Recording, [first]: readonly Stretch[], surplus: number): number | undefined {
  if (first === undefined) return undefined;
  const before = Math.max(0, first.from - part.createdAt);
  return before > surplus + leastSurplus ? undefined : Math.min(before, surplus);
}

/** Where a mark lies: in a recording, in one that is not ready yet, or in none. */
export type Placing =
  | { readonly kind: 'placed'; readonly place: ChapterPlace }
  | { readonly kind: 'not yet' }
  | { readonly kind: 'nowhere' };

/** What a recording of one show holds of the preview before it; nothing where that is not known. */
const previewOf = (part: Recording, [show, ...more]: readonly (readonly Stretch[])[], surplus: number): number =>
  show === undefined || more.length > 0 || surplus < leastSurplus ? 0 : (leadOf(part, show, surplus) ?? 0);

/** An appended recording that is so much longer than what is remembered began before that, in milliseconds. */
const unknownBefore = 30_000;

/**
 * Finds the place of a mark: the part that was being recorded at its moment, and what that part recorded before it. The
 * encoder's connection makes a part, so a stretch belongs to the last part made before it ended; what happens in a gap
 * lies where the picture came back. A part that holds the preview too has its show behind that, as a trim finds it.
 */
export function placeMark(mark: Pick<MarkRecord, 'broadcast' | 'at'>, kept: Kept, now: Instant): Placing {
  const partOf = partFinder(kept.parts);
  const courses = [...kept.courses].sort((a, b) => a.began - b.began);
  const own = courses.find(({ number }) => number === mark.broadcast);
  const stretches = own ? stretchesOf(own, now) : [];
  const home = stretches.find(({ until }) => mark.at < until) ?? stretches.at(-1);
  const part = home && partOf(home);
  if (home === undefined || part === undefined || part.state === 'failed') return { kind: 'nowhere' };
  if (part.state !== 'ready' || part.duration <= 0) return { kind: 'not yet' };
  const length = part.duration * 1000;
  const shows = recordedIn(part.id, kept, now);
  const same = shows.flat();
  const surplus = length - same.reduce((sum, { content }) => sum + content, 0);
  const lead = kept.mode === 'append' ? (surplus > unknownBefore ? surplus : 0) : previewOf(part, shows, surplus);
  const before = same.filter(({ until }) => until <= home.from).reduce((sum, { content }) => sum + content, 0);
  const wall = Math.max(1, home.until - home.from);
  const into = Math.min(Math.max(0, mark.at - home.from), wall) * (home.content / wall);
  const at = Math.round(Math.min(lead + before + into, length - 1000));
  return { kind: 'placed', place: { entry: part.id, at: Math.max(0, at) } };
}
