import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { entry } from './samples.js';

const day = 24 * 60 * 60_000;
const start = 1_800_000_000_000;
const ten = Array.from({ length: 10 });

export function describeClaims({ store, ground }: Bench): void {
  describe('a delivery', () => {
    it('is claimed once', async () => {
      expect(await store().claimDelivery('slack:T1:E1', instant(start))).toBe(true);
      expect(await store().claimDelivery('slack:T1:E1', instant(start + 1))).toBe(false);
      expect(await store().claimDelivery('slack:T1:E2', instant(start + 1))).toBe(true);
    });

    it('is claimed by one of many at the same moment', async () => {
      const claims = await Promise.all(ten.map(() => store().claimDelivery('same', instant(start))));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('is remembered until a day has passed, to the millisecond', async () => {
      await store().claimDelivery('key', instant(start));
      expect(await store().claimDelivery('key', instant(start + day - 1))).toBe(false);
      expect(await store().claimDelivery('key', instant(start + day))).toBe(true);
      expect(await store().claimDelivery('key', instant(start + day))).toBe(false);
    });

    it('leaves no row behind once it is forgotten', async () => {
      await store().claimDelivery('old', instant(start));
      await store().claimDelivery('younger', instant(start + day / 2));
      await store().claimDelivery('new', instant(start + day));
      expect(await ground().query('select key from deliveries order by claimed_at')).toEqual([
        { key: 'younger' },
        { key: 'new' },
      ]);
    });

    it('may have a key of any length and alphabet', async () => {
      const long = 'ключ😀'.repeat(2000);
      expect(await store().claimDelivery(long, instant(start))).toBe(true);
      expect(await store().claimDelivery(long, instant(start))).toBe(false);
      expect(await store().claimDelivery(`${long}!`, instant(start))).toBe(true);
    });
  });

  describe('what may happen once', () => {
    it('is claimed by one of many', async () => {
      const claims = await Promise.all(ten.map(() => store().claimOnce('announce', instant(start))));
      expect(claims.filter(Boolean)).toHaveLength(1);
    });

    it('is never forgotten', async () => {
      await store().claimOnce('announce', instant(start));
      await store().claimDelivery('other', instant(start + 400 * day));
      expect(await store().claimOnce('announce', instant(start + 400 * day))).toBe(false);
    });

    it('is apart from deliveries', async () => {
      await store().claimDelivery('key', instant(start));
      expect(await store().claimOnce('key', instant(start))).toBe(true);
    });
  });

  describe('a creation', () => {
    it('is begun once, and found unfinished by whoever comes second', async () => {
      const first = await store().beginCreation('form:1', instant(start));
      const second = await store().beginCreation('form:1', instant(start + 1));
      expect(first).toEqual({ begun: true, creation: { key: 'form:1', entry: undefined } });
      expect(second).toEqual({ begun: false, creation: { key: 'form:1', entry: undefined } });
    });

    it('gives its entry to whoever comes after it was finished', async () => {
      await store().beginCreation('form:1', instant(start));
      await store().finishCreation('form:1', entry(1));
      const { begun, creation } = await store().beginCreation('form:1', instant(start + 1));
      expect({ begun, creation }).toEqual({ begun: false, creation: { key: 'form:1', entry: entry(1) } });
    });

    it('is begun by one of many at the same moment', async () => {
      const begun = await Promise.all(ten.map(() => store().beginCreation('form:1', instant(start))));
      expect(begun.filter((outcome) => outcome.begun)).toHaveLength(1);
    });

    it('cannot be finished before it was begun', async () => {
      await expect(store().finishCreation('form:9', entry(1))).rejects.toMatchObject({ code: 'bug' });
    });
  });
}
