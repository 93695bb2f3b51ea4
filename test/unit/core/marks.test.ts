import { describe, expect, it } from '@jest/globals';
import type { BroadcastCourse } from '../../../src/core/broadcast.js';
import { type Kept, placeMark } from '../../../src/core/marks.js';
import { findTrim } from '../../../src/core/trim.js';
import { type EntryId, instant, type Recording } from '../../../src/core/webcast.js';

const second = 1000;
const now = instant(10_000 * second);
const at = (seconds: number) => instant(seconds * second);
const course = (began: number, ended: number, facts: Partial<BroadcastCourse> = {}): BroadcastCourse => ({
  number: 1,
  began: at(began),
  ended: at(ended),
  gaps: [],
  drops: 0,
  dark: 0,
  ...facts,
});
const part = (id: string, createdAt: number, duration: number, state: Recording['state'] = 'ready'): Recording => ({
  id: `0_${id}` as EntryId,
  name: id,
  state,
  createdAt: at(createdAt),
  duration,
  size: 1,
});
const kept = (
  courses: readonly BroadcastCourse[],
  parts: readonly Recording[],
  mode: Kept['mode'] = 'per-session',
) => ({
  mode,
  courses,
  parts,
});
const place = (seconds: number, what: Kept, broadcast = 1) => {
  const placing = placeMark({ broadcast, at: at(seconds) }, what, now);
  return placing.kind === 'placed' ? [placing.place.entry, placing.place.at / second] : placing.kind;
};

describe('the place of a mark', () => {
  const one = kept([course(100, 700)], [part('one', 40, 600)]);

  it('is its time into the show, and never outside of the recording', () => {
    expect(place(400, one)).toEqual(['0_one', 300]);
    expect(place(90, one)).toEqual(['0_one', 0]);
    expect(place(9000, one)).toEqual(['0_one', 599]);
  });

  it('leaves out what a part did not record', () => {
    const gaps = [{ from: at(200), until: at(300) }];
    const what = kept([course(100, 700, { gaps, drops: 1, dark: 100 * second })], [part('one', 40, 500)]);
    expect(place(150, what)).toEqual(['0_one', 50]);
    expect(place(250, what)).toEqual(['0_one', 100]);
    expect(place(400, what)).toEqual(['0_one', 200]);
  });

  it('counts from the beginning of its own part, of which there are several', () => {
    const gaps = [{ from: at(200), until: at(500) }];
    const course1 = course(100, 700, { gaps, drops: 1, dark: 300 * second });
    const what = kept([course1], [part('two', 480, 200), part('one', 40, 100)]);
    expect(place(150, what)).toEqual(['0_one', 50]);
    expect(place(300, what)).toEqual(['0_two', 0]);
    expect(place(560, what)).toEqual(['0_two', 60]);
  });

  it('lies behind an earlier broadcast of the same connection', () => {
    const what = kept([course(100, 200), course(300, 400, { number: 2 })], [part('one', 40, 200)]);
    expect(place(350, what, 2)).toEqual(['0_one', 150]);
  });

  it('lies behind what an appended recording held before', () => {
    expect(place(400, kept([course(100, 700)], [part('all', 1, 3600)], 'append'))).toEqual(['0_all', 3300]);
  });

  it('lies behind the preview where that was recorded too, as a trim finds it, and only where that is known', () => {
    const preview = kept([course(100, 700)], [part('one', 40, 720)]);
    expect(place(400, preview)).toEqual(['0_one', 360]);
    expect(place(400, kept([course(100, 700)], [part('one', 40, 609)]))).toEqual(['0_one', 300]);
    expect(place(1300, kept([course(1000, 1600)], [part('one', 40, 700)]))).toEqual(['0_one', 300]);
    const two = kept([course(100, 200), course(300, 400, { number: 2 })], [part('one', 40, 400)]);
    expect(place(350, two, 2)).toEqual(['0_one', 150]);
  });

  it('is not said before the recording is ready, and is nowhere when it failed or is not there', () => {
    expect(place(400, kept([course(100, 700)], [part('one', 40, 0, 'processing')]))).toBe('not yet');
    expect(place(400, kept([course(100, 700)], [part('one', 40, 0, 'failed')]))).toBe('nowhere');
    expect(place(400, kept([course(100, 700)], []))).toBe('nowhere');
    expect(place(400, one, 7)).toBe('nowhere');
    expect(place(150, kept([course(100, 200), course(900, 1000, { number: 2 })], [part('two', 850, 100)]))).toBe(
      'nowhere',
    );
  });

  it('spreads the gaps that were forgotten over the time before those that are known', () => {
    const gaps = [{ from: at(500), until: at(600) }];
    const what = kept([course(100, 700, { gaps, drops: 30, dark: 300 * second })], [part('one', 40, 300)]);
    expect(place(300, what)).toEqual(['0_one', 100]);
    expect(place(650, what)).toEqual(['0_one', 250]);
  });
});

describe('a trim to the time on air', () => {
  const range = (what: Kept) => {
    const found = findTrim(what.parts[0] as Recording, what, now);
    return found.kind === 'trim' ? [found.range.from / second, found.range.until / second] : found.kind;
  };

  it('leaves the show, from where it went live to where it ended', () => {
    expect(range(kept([course(100, 700)], [part('one', 40, 720)]))).toEqual([60, 660]);
  });

  it('changes nothing of less than ten seconds', () => {
    expect(range(kept([course(100, 700)], [part('one', 40, 609)]))).toBe('nothing');
  });

  it('is not guessed', () => {
    expect(range(kept([course(1000, 1600)], [part('one', 40, 700)]))).toBe('unknown');
    expect(range(kept([course(100, 700)], [part('one', 40, 720)], 'append'))).toBe('unknown');
    expect(range(kept([], [part('one', 40, 720)]))).toBe('unknown');
    expect(range(kept([course(100, 200), course(300, 400, { number: 2 })], [part('one', 40, 400)]))).toBe('unknown');
  });
});
