import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/core/live.js';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look } from './live.js';
import { entry, town } from './samples.js';

const lane = { platform: 'slack', tenant: 'T1' };
const notice = (key: string, due: number): Notice => ({
  key,
  webcast: entry(1),
  to: { kind: 'channel', platform: 'slack', place: town },
  body: '{}',
  due: instant(due),
});

export function describeUpkeep({ store }: Bench): void {
  const watch = async (facts: Parameters<typeof look>[1], now = 10) => {
    await store().nudge(entry(1), instant(now));
    const [due] = await store().claimWebcasts(claim('watch', now));
    await store().recordLooks(
      'watch',
      [look(1, { nudges: due?.nudges ?? 0, dueAt: due?.dueAt ?? instant(now), ...facts })],
      instant(now),
    );
  };

  describe('what was settled long ago', () => {
    it('is forgotten a part at a time; what waits still is kept', async () => {
      await watch({ notices: [notice('a', 100), notice('b', 110), notice('waits', 120), notice('new', 5000)] });
      await store().claimNotices(lane, claim('s', 115));
      await store().settleNotice('s', 'a', { kind: 'sent' });
      await store().settleNotice('s', 'b', { kind: 'dropped', reason: 'stale' });
      expect(await store().forgetNotices(instant(4000), 1)).toBe(1);
      expect(await store().forgetNotices(instant(4000), 10)).toBe(1);
      expect(await store().forgetNotices(instant(4000), 10)).toBe(0);
      expect(await store().claimNotices(lane, claim('s', 6000))).toMatchObject([{ key: 'waits' }, { key: 'new' }]);
    });

    it('is a webcast that is not looked at any more, unless somebody asked for a look meanwhile', async () => {
      await watch({ due: undefined, known: '"over"' });
      expect(await store().finished(undefined, 10)).toEqual([{ webcast: entry(1), known: '"over"' }]);
      expect(await store().finished(entry(1), 10)).toEqual([]);
      await store().nudge(entry(1), instant(20));
      await store().forgetWebcasts([entry(1)]);
      expect(await store().known(entry(1))).toBe('"over"');
      await watch({ due: undefined, known: '"over"' }, 30);
      await store().forgetWebcasts([entry(1)]);
      expect(await store().known(entry(1))).toBeUndefined();
    });
  });

  describe('a clock that was set back', () => {
    it('leaves nothing waiting for the future but reminders', async () => {
      const far = 10_000_000;
      await watch({ due: instant(far), notices: [notice('lost:1', far), notice('reminder:1', far)] });
      await store().pullIn(instant(1000), 20_000_000);
      expect(await store().claimWebcasts(claim('w', 1000))).toEqual([]);
      await store().pullIn(instant(1000), 0);
      expect(await store().claimWebcasts(claim('w', 1000))).toHaveLength(1);
      expect(await store().claimNotices(lane, claim('s', 1000))).toMatchObject([{ key: 'lost:1' }]);
      expect(await store().claimNotices(lane, claim('s', far))).toMatchObject([
        { key: 'lost:1' },
        { key: 'reminder:1' },
      ]);
    });
  });

  describe('a promise of a command to tell a channel', () => {
    it('is kept by its message', async () => {
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await store().markAnnounced('slack', town, entry(1), instant(5));
      await watch({ changed: true });
      expect(await store().claimCards(lane, claim('a', 11))).toMatchObject([
        { promised: true, announcement: undefined, announcedAt: 5, behind: 1 },
      ]);
      await store().saveAnnouncement('slack', entry(1), { ...town, message: 'n1' }, instant(6));
      expect(await store().claimCards(lane, claim('a', 5000))).toMatchObject([{ promised: false, announcement: 'n1' }]);
    });
  });
}
