import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant, type Webcast } from '../../../src/core/webcast.js';
import type { Known } from '../../../src/live/known.js';
import { readKnown } from '../../../src/live/known.js';
import { nextLook, rhythm } from '../../../src/live/rhythm.js';
import { step } from '../../../src/live/step.js';
import { createStory, hour, minute, note, type State, second, start, states, webcast } from './samples.js';

const anyState = fc.constantFrom<State>('off', 'connecting', 'preview', 'live', 'dropped', 'back', 'again');
/** How much later the next look is: by the rhythm, after a pause of the bot, or by a clock that jumped. */
const anyPause = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((seconds) => seconds * second),
  fc.integer({ min: 1, max: 120 }).map((minutes) => minutes * minute),
  fc.integer({ min: -3 * 24, max: 3 * 24 }).map((hours) => hours * hour),
);
const anyCourse = fc.array(fc.tuple(anyState, anyPause), { maxLength: 60 });

describe('whatever a stream does', () => {
  it('a broadcast is announced once: between two announcements there is an end', () => {
    fc.assert(
      fc.property(anyCourse, fc.boolean(), (course, planned) => {
        const story = createStory(planned ? note() : 'unplanned');
        let at = -hour;
        for (const [state, pause] of course) {
          at += pause;
          story.look(state, at);
        }
        const marks = story.kinds().filter((kind) => kind === 'went live' || kind === 'ended');
        expect(marks).toEqual(marks.map((_, index) => (index % 2 === 0 ? 'went live' : 'ended')));
      }),
    );
  });

  it('a loss is told before a return, and both lie within a broadcast', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const story = createStory();
        let at = -hour;
        for (const [state, pause] of course) {
          at += pause;
          story.look(state, at);
        }
        let on = false;
        for (const kind of story.kinds()) {
          if (kind === 'went live') on = true;
          else if (kind === 'ended') on = false;
          else if (['lost', 'returned', 'returned to preview'].includes(kind)) expect(on).toBe(true);
        }
      }),
    );
  });

  it('what is kept survives being written down, and stays small', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        let known: Known | undefined;
        let at = 0;
        for (const [state, pause] of course) {
          const seen = { webcast: webcast(states[state] as Partial<Webcast>), note: note() };
          at += pause;
          const now = instant(start + at);
          known = step(readKnown(known && JSON.stringify(known)), seen, now)?.known;
          expect(readKnown(JSON.stringify(known))).toEqual(known);
        }
        expect(JSON.stringify(known ?? {}).length).toBeLessThan(4000);
      }),
    );
  });

  it('the next look is later than now, and never an hour away, or there is none', () => {
    fc.assert(
      fc.property(anyCourse, fc.double({ min: 0, max: 1, noNaN: true }), (course, random) => {
        const story = createStory();
        let at = -hour;
        for (const [state, pause] of course) {
          at += pause;
          story.look(state, at);
          const next = story.known && nextLook(story.known, note(), instant(start + at), () => random);
          if (next !== undefined) {
            expect(next).toBeGreaterThan(start + at);
            expect(next - start - at).toBeLessThanOrEqual(rhythm.idle * 1.05);
          }
        }
      }),
    );
  });
});

describe('a stream that flaps', () => {
  it('with thirty drops in ten minutes is one announcement and one broadcast', () => {
    const story = createStory(note(), { preview: false, open: true });
    story.look({ feed: 'picture' }, 0);
    for (let drop = 0; drop < 30; drop++) {
      const at = drop * 20 * second;
      const lastEnded = instant(start + at + 5 * second);
      story.look({ feed: 'none', lastEnded }, at + 5 * second);
      story.look({ feed: 'none', lastEnded }, at + 10 * second);
      story.look({ feed: 'picture', connectedSince: instant(start + at + 14 * second) }, at + 15 * second);
    }
    expect(story.kinds().filter((kind) => kind === 'went live')).toHaveLength(1);
    expect(story.kinds()).not.toContain('ended');
    expect(story.known?.broadcast).toMatchObject({ number: 1, drops: 30, dark: 30 * 10 * second });
  });
});

describe('a clock that jumps', () => {
  it.each([-24 * hour, -minute, 45 * minute, 24 * hour])('by %d ms while live changes nothing', (jump) => {
    const story = createStory('unplanned');
    story.look('live', 0);
    expect(story.look('live', 5 * second + jump)).toEqual([]);
    expect(story.phase).toBe('live');
  });

  it.each([-24 * hour, 24 * hour])('by %d ms during a drop does not end the broadcast', (jump) => {
    const story = createStory('unplanned');
    story.look('live', 0);
    story.look('dropped', minute);
    story.look('dropped', minute + 5 * second);
    expect(story.look('dropped', minute + 10 * second + jump)).toEqual([]);
    expect(story.look('again', minute + 15 * second + jump)).toEqual(['returned']);
    expect(story.known?.broadcast?.dark).toBeGreaterThanOrEqual(0);
  });
});
