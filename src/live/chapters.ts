import type { DueMark, LiveStore } from '../core/live.js';
import { type ChapterPlace, keyOfMark, type MarkRecord, placeMark } from '../core/marks.js';
import type { Clock, Kaltura, Log, Store } from '../core/ports.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import { readKnown } from './known.js';

const minute = 60_000;
/** How long a replica may take to place marks before another one tries. */
const lease = 2 * minute;
/** How soon a recording that is not ready is looked after again, and how long a failure waits at most. */
const waiting = minute / 2;
const longestWait = 60 * minute;
/** After so many failures, about half a day, a mark stays a mark. */
const patience = 16;

/** Makes chapters of marks when the recording is there. */
export interface Chapters {
  /** Places what is due and says how many marks there were; what fails is logged and tried again later. */
  round(): Promise<number>;
}

interface Placed {
  readonly mark: DueMark;
  readonly place: ChapterPlace;
}

export function createChapters(parts: {
  readonly store: Pick<LiveStore, 'claimMarks' | 'settleMarks' | 'postponeMarks' | 'known'> &
    Pick<Store, 'courses' | 'nudge'>;
  readonly kaltura: Pick<Kaltura, 'library'>;
  readonly clock: Clock;
  readonly log: Log;
}): Chapters {
  const { store, kaltura, clock, log } = parts;
  const later = (pause: number): Instant => instant(clock.now() + pause);

  async function round(): Promise<number> {
    const now = clock.now();
    const due = await store.claimMarks(now, instant(now + lease));
    for (const webcast of new Set(due.map((mark) => mark.webcast)))
      await placeAll(
        webcast,
        due.filter((mark) => mark.webcast === webcast),
      );
    return due.length;
  }

  async function placeAll(webcast: EntryId, marks: readonly DueMark[]): Promise<void> {
    const known = readKnown(await store.known(webcast));
    // It is given up, or there never was one.
    if (known?.phase === 'ended') return store.settleMarks(marks);
    if (known?.phase !== 'recorded') return store.postponeMarks(marks, later(waiting), false);
    const courses = await store.courses(webcast);
    const kept = { mode: known.webcast.recording, courses, parts: known.recordings };
    const places = marks.map((mark) => ({ mark, placing: placeMark(mark, kept, clock.now()) }));
    const waits = places.flatMap(({ mark, placing }) => (placing.kind === 'not yet' ? [mark] : []));
    const lost = places.flatMap(({ mark, placing }) => (placing.kind === 'nowhere' ? [mark] : []));
    const placed = places.flatMap(({ mark, placing }): Placed[] =>
      placing.kind === 'placed' ? [{ mark, place: placing.place }] : [],
    );
    await store.postponeMarks(waits, later(waiting), false);
    await store.settleMarks(lost);
    for (const entry of new Set(placed.map(({ place }) => place.entry)))
      await placeIn(
        entry,
        placed.filter(({ place }) => place.entry === entry),
      );
    if (placed.length > 0) await store.nudge(webcast, clock.now());
  }

  async function placeIn(entry: EntryId, placed: readonly Placed[]): Promise<void> {
    const marks = placed.map(({ mark }) => mark);
    const chapters = placed.map(({ mark, place }) => ({ key: keyOfMark(mark), title: mark.words, at: place.at }));
    try {
      await kaltura.library.addChapters(entry, chapters);
    } catch (error) {
      const attempts = Math.max(...marks.map((mark) => mark.attempts));
      const given = attempts + 1 >= patience;
      log.warn({ err: error, entry, marks: marks.length, attempts, given }, 'Marks could not be made chapters');
      if (given) return store.settleMarks(marks);
      return store.postponeMarks(marks, later(Math.min(longestWait, waiting * 2 ** attempts)), true);
    }
    await store.settleMarks(placed.map(({ mark, place }): MarkRecord => ({ ...mark, chapter: place })));
    log.info({ entry, marks: marks.length }, 'Marks became chapters');
  }

  return { round };
}
