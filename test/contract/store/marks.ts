import { describe, expect, it } from '@jest/globals';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look } from './live.js';
import { entry } from './samples.js';

const part = '0_recorded' as EntryId;

export function describeMarks({ store }: Bench): void {
  const add = (at: number, words: string, n = 1, broadcast = 1) =>
    store().addMark({ webcast: entry(n), broadcast, at: instant(at), words, person: 'U1' });
  const words = async (n = 1) => (await store().marks(entry(n), 1)).map((mark) => [mark.at, mark.words]);
  const due = async (now: number, next = now + 100) =>
    (await store().claimMarks(instant(now), instant(next))).map((mark) => mark.words);

  /** Has a look see the broadcast, ended or not, and its recording. */
  async function see(ended: number | undefined, recorded = false): Promise<void> {
    await store().nudge(entry(1), instant(10));
    const [claimed] = await store().claimWebcasts(claim('watch', 10));
    const course = { began: instant(1), ended: ended === undefined ? undefined : instant(ended) };
    const broadcast = { number: 1, ...course, gaps: [], drops: 0, dark: 0 };
    await store().recordLooks('watch', [look(1, { nudges: claimed?.nudges ?? 0, broadcast, recorded })], instant(10));
  }

  describe('a mark', () => {
    it('stands with others of its broadcast, by its moment', async () => {
      await add(20, 'Second');
      await add(10, 'First');
      await add(15, 'Of another broadcast', 1, 2);
      await add(15, 'Of another webcast', 2);
      expect(await words()).toEqual([
        [10, 'First'],
        [20, 'Second'],
      ]);
    });

    it('gives way by a millisecond to one that stands at its moment', async () => {
      expect(await add(10, 'One')).toBe(10);
      expect(await add(10, 'Two')).toBe(11);
      expect(await add(10, 'Three')).toBe(12);
      expect(await words()).toHaveLength(3);
    });

    it('keeps hostile words as they are', async () => {
      const hostile = `'; drop table marks; -- <!channel> \u{1F984} "`;
      await add(10, hostile);
      expect(await words()).toEqual([[10, hostile]]);
    });

    it('is taken away once', async () => {
      await add(10, 'One');
      expect(await store().removeMark(entry(1), instant(10))).toBe(true);
      expect(await store().removeMark(entry(1), instant(10))).toBe(false);
      expect(await words()).toEqual([]);
    });

    it('is due when its broadcast has ended, and to one of those who ask', async () => {
      await add(10, 'One');
      expect(await due(50)).toEqual([]);
      await see(undefined);
      expect(await due(50)).toEqual([]);
      await see(40);
      expect(await due(50)).toEqual(['One']);
      expect(await due(60)).toEqual([]);
      expect(await due(150)).toEqual(['One']);
    });

    it('is not due any more when it is settled, as a chapter or without one', async () => {
      await add(10, 'One');
      await add(11, 'Two');
      await see(40);
      const [one, two] = await store().claimMarks(instant(50), instant(60));
      if (!one || !two) throw new Error('nothing was due');
      await store().settleMarks([{ ...one, chapter: { entry: part, at: 5000 } }, two]);
      expect(await due(1000)).toEqual([]);
      expect((await store().marks(entry(1), 1)).map(({ chapter }) => chapter)).toEqual([
        { entry: part, at: 5000 },
        undefined,
      ]);
    });

    it('is due at once when a look finds the recording, unless it is settled', async () => {
      await add(8, 'Settled');
      await add(9, 'Waits');
      await see(40);
      const [settled] = await store().claimMarks(instant(50), instant(1000));
      await store().settleMarks(settled ? [settled] : []);
      expect(await due(60)).toEqual([]);
      await see(40, true);
      expect(await due(60)).toEqual(['Waits']);
    });

    it('counts the tries that failed', async () => {
      await add(10, 'One');
      await see(40);
      const [mark] = await store().claimMarks(instant(50), instant(60));
      if (!mark) throw new Error('nothing was due');
      expect(mark.attempts).toBe(0);
      await store().postponeMarks([mark], instant(70), true);
      expect(await due(65)).toEqual([]);
      await store().postponeMarks([mark], instant(80), false);
      expect((await store().claimMarks(instant(90), instant(99)))[0]?.attempts).toBe(1);
    });

    it('moves with a trim of its recording, and is no chapter when it was cut off', async () => {
      const places = [100, 900, 1500];
      for (const [index, at] of places.entries()) {
        await add(10 + index, `At ${at}`);
        const marks = await store().marks(entry(1), 1);
        await store().settleMarks(marks.slice(-1).map((mark) => ({ ...mark, chapter: { entry: part, at } })));
      }
      await store().shiftChapters(part, 500, 800);
      expect((await store().marks(entry(1), 1)).map(({ chapter }) => chapter?.at)).toEqual([undefined, 400, undefined]);
    });
  });

  describe('the courses of a webcast', () => {
    it('are given oldest first, without who watched', async () => {
      await see(40);
      const course = { number: 1, began: 1, ended: 40, gaps: [], drops: 0, dark: 0 };
      expect(await store().courses(entry(1))).toEqual([course]);
      expect(await store().courses(entry(2))).toEqual([]);
    });
  });
}
