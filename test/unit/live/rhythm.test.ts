import { describe, expect, it } from '@jest/globals';
import { instant, type WebcastNote } from '../../../src/core/webcast.js';
import { nextLook } from '../../../src/live/rhythm.js';
import { createStory, hour, minute, note, type State, second, start, states } from './samples.js';

/** Milliseconds until the next look, without jitter. */
function pause(state: State | object, after: number, planned: WebcastNote = note()): number | undefined {
  const story = createStory(planned);
  story.look(state, after);
  const now = instant(start + after);
  const next = story.known && nextLook(story.known, planned, now, () => 0.5);
  return next === undefined ? undefined : next - now;
}

describe('the rhythm of looks', () => {
  it.each([
    ['a week before the start', 'off', -7 * 24 * hour, 10 * minute],
    ['35 minutes before the start', 'off', -35 * minute, 5 * minute],
    ['half an hour before the start', 'off', -30 * minute, 15 * second],
    ['while the encoder connects', 'connecting', -2 * hour, 5 * second],
    ['in a preview hours before', 'preview', -2 * hour, 15 * second],
    ['in a preview near the start', 'preview', -10 * minute, 5 * second],
    ['on air', 'live', 10 * minute, 5 * second],
    ['long after a start that never came', 'off', 5 * hour, 10 * minute],
  ] as const)('%s', (_when, state, after, expected) => {
    expect(pause(state, after)).toBe(expected);
  });

  it('is a minute for a webcast without a plan', () => {
    const story = createStory('unplanned');
    story.look('off', 0);
    expect(story.known && nextLook(story.known, undefined, start, () => 0.5)).toBe(start + minute);
  });

  it('differs by a twentieth either way, so that webcasts do not fall together', () => {
    const story = createStory();
    story.look('live', 0);
    const at = (random: number) => (story.known && nextLook(story.known, note(), start, () => random)) ?? 0;
    expect([at(0) - start, at(1) - start]).toEqual([4750, 5250]);
  });

  describe('after the end', () => {
    const part = { id: createStory().known?.webcast.id ?? ('1_rec00001' as never), name: 'Part', size: undefined };
    const over = (after: number, ready: boolean, planned = note()) => {
      const story = createStory(planned);
      story.look('live', 0);
      story.look('preview', 10 * minute);
      story.look('off', 11 * minute);
      const done = { ...part, state: 'ready', createdAt: start, duration: 600 } as const;
      story.look('off', after, ready ? { recordings: [done] } : {});
      const now = instant(start + after);
      const next = story.known && nextLook(story.known, planned, now, () => 0.5);
      return { phase: story.phase, pause: next === undefined ? undefined : next - now };
    };

    it('is half a minute while the recording is made, and slower after two hours', () => {
      expect(over(12 * minute, false)).toEqual({ phase: 'recording', pause: 30 * second });
      expect(over(3 * hour, false)).toEqual({ phase: 'recording', pause: 5 * minute });
    });

    it('stays quick for half an hour in case somebody goes live again, and then there is none', () => {
      expect(over(20 * minute, true)).toEqual({ phase: 'recorded', pause: 15 * second });
      expect(over(41 * minute, true)).toEqual({ phase: 'recorded', pause: undefined });
      expect(over(26 * hour, false)).toEqual({ phase: 'ended', pause: undefined });
    });
  });

  it('ends when Kaltura has not had the webcast for a while', () => {
    const story = createStory();
    story.look(states.off, 0);
    for (let looks = 1; looks <= 6; looks++) story.vanish(looks * minute);
    expect(story.known && nextLook(story.known, note(), start, () => 0.5)).toBeUndefined();
  });
});
