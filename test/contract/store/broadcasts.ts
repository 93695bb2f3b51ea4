import { describe, expect, it } from '@jest/globals';
import type { BroadcastCourse } from '../../../src/core/broadcast.js';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look } from './live.js';
import { entry, town } from './samples.js';

const minute = 60_000;
const course = (number: number, facts: Partial<BroadcastCourse> = {}): BroadcastCourse => ({
  number,
  began: instant(number * 1000),
  ended: undefined,
  gaps: [],
  drops: 0,
  dark: 0,
  ...facts,
});

export function describeBroadcasts({ store }: Bench): void {
  /** Looks at a webcast that somebody organizes, and sees how its broadcast goes. */
  const see = async (broadcast: BroadcastCourse, n = 1, organized = true) => {
    const organizer = { platform: 'slack', tenant: 'T1', person: 'U1' };
    await store().nudge(entry(n), instant(10), organized ? organizer : undefined);
    const due = await store().claimWebcasts(claim('watch', 10));
    const nudges = due.find(({ webcast }) => webcast === entry(n))?.nudges ?? 0;
    await store().recordLooks('watch', [look(n, { nudges, broadcast })], instant(10));
  };
  const sample = (at: number, value: number, number = 1, n = 1) => ({
    webcast: entry(n),
    number,
    point: { at: instant(at), value },
  });
  const running = async () => (await store().running()).map(({ webcast, number }) => [webcast, number]);

  describe('a broadcast', () => {
    it('is remembered as it goes, and the last one is given unless another is asked for', async () => {
      expect(await store().broadcast(entry(1))).toBeUndefined();
      await see(course(1));
      const over = course(1, {
        ended: instant(9000),
        gaps: [{ from: instant(2000), until: instant(2500) }],
        drops: 1,
        dark: 500,
      });
      await see(over);
      await see(course(2));
      const bare = { webcast: entry(1), peak: undefined, points: [], lacking: undefined };
      expect(await store().broadcast(entry(1), 1)).toEqual({ ...over, ...bare });
      expect(await store().broadcast(entry(1))).toEqual({ ...course(2), ...bare });
      expect(await store().broadcast(entry(1), 3)).toBeUndefined();
      expect(await store().broadcast(entry(2))).toBeUndefined();
    });

    it('is not remembered by a look whose claim was lost', async () => {
      await store().nudge(entry(1), instant(10));
      await store().recordLooks('nobody', [look(1, { broadcast: course(1) })], instant(10));
      expect(await store().broadcast(entry(1))).toBeUndefined();
    });

    it('keeps its samples and its peak when its course changes', async () => {
      await see(course(1));
      await store().saveSamples([sample(1000, 5)]);
      await store().saveSamples([sample(2000, 9), sample(3000, 7)]);
      await see(course(1, { drops: 1 }));
      expect(await store().broadcast(entry(1))).toMatchObject({
        drops: 1,
        peak: { at: 2000, value: 9 },
        points: [
          { at: 2000, value: 9 },
          { at: 3000, value: 7 },
        ],
      });
    });

    it('has no sample twice, and no more than 300 of them', async () => {
      await see(course(1));
      await store().saveSamples([sample(1000, 5)]);
      await store().saveSamples([sample(1000, 5)]);
      expect((await store().broadcast(entry(1)))?.points).toHaveLength(1);
      await store().saveSamples(Array.from({ length: 700 }, (_, index) => sample(index * minute, index)));
      const kept = await store().broadcast(entry(1));
      expect(kept?.points.length).toBeLessThanOrEqual(300);
      expect(kept?.peak).toEqual({ at: 699 * minute, value: 699 });
    });

    it('that is not remembered takes no sample', async () => {
      await store().saveSamples([sample(1000, 5, 7)]);
      expect(await store().broadcast(entry(1), 7)).toBeUndefined();
    });

    it('counts as running until it ends, when an organizer or a card is there for it', async () => {
      await see(course(1), 1);
      await see(course(4), 2, false);
      expect(await running()).toEqual([[entry(1), 1]]);
      await store().saveCard('slack', entry(2), { ...town, message: 'm1' }, instant(1));
      expect(await running()).toEqual([
        [entry(1), 1],
        [entry(2), 4],
      ]);
      await see(course(1, { ended: instant(5000) }), 1);
      expect(await running()).toEqual([[entry(2), 4]]);
    });
  });

  describe('the turn to sample', () => {
    const take = (at: number) => store().takeSampling(instant(at), instant(at + minute));

    it('is taken by one, and again when the next is due', async () => {
      expect((await Promise.all([take(0), take(1), take(2)])).filter(Boolean)).toHaveLength(1);
      expect(await take(minute - 1)).toBe(false);
      expect(await take(minute + 3)).toBe(true);
    });

    it('rests as long as it is told, with the reason that everybody sees until a sample comes', async () => {
      await see(course(1));
      await take(0);
      await store().restSampling('not in the account', instant(60 * minute));
      expect(await take(59 * minute)).toBe(false);
      expect(await store().broadcast(entry(1))).toMatchObject({ lacking: 'not in the account' });
      expect(await take(60 * minute)).toBe(true);
      await store().saveSamples([sample(60 * minute, 1)]);
      expect(await store().broadcast(entry(1))).toMatchObject({ lacking: undefined });
    });

    it('comes back when the clock was set back', async () => {
      await take(600 * minute);
      expect(await take(0)).toBe(true);
      await store().restSampling('not in the account', instant(600 * minute));
      expect(await take(1)).toBe(true);
    });
  });
}
