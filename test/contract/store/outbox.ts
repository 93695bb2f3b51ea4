import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/core/live.js';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look, subscription } from './live.js';
import { entry, town } from './samples.js';

const lane = { platform: 'slack', tenant: 'T1' };
const notice = (key: string, facts: Partial<Notice> = {}): Notice => ({
  key,
  webcast: entry(1),
  to: { kind: 'thread', platform: 'slack', place: town },
  body: `{"say":"${key}"}`,
  due: instant(100),
  ...facts,
});

export function describeOutbox({ store }: Bench): void {
  /** Looks at the first webcast, as the watch does. */
  const watch = async (facts: Parameters<typeof look>[1], now = 10) => {
    await store().nudge(entry(1), instant(now));
    const [due] = await store().claimWebcasts(claim('watch', now));
    await store().recordLooks('watch', [look(1, { nudges: due?.nudges ?? 0, ...facts })], instant(now));
  };
  const card = { platform: 'slack', place: town };

  describe('a card that lags behind', () => {
    it('is claimed by one, with what is known, and not again once it shows the revision', async () => {
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await watch({ changed: true, known: '"now"' });
      expect(await store().lanes(['slack', 'teams'], instant(11))).toEqual([lane]);
      expect(await store().lanes(['teams'], instant(11))).toEqual([]);
      const [mine] = await store().claimCards(lane, claim('a', 11));
      expect(mine).toMatchObject({ message: 'm1', known: '"now"', revision: 1, unsure: false });
      expect(await store().claimCards(lane, claim('b', 12))).toEqual([]);
      if (mine)
        await store().settleCard('a', mine, { shown: mine.revision, release: { retryAt: undefined, failed: false } });
      expect(await store().claimCards(lane, claim('b', 9999))).toEqual([]);
    });

    it('is claimed again when it changed meanwhile', async () => {
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await watch({ changed: true });
      const [mine] = await store().claimCards(lane, claim('a', 11));
      await watch({ changed: true }, 12);
      if (mine)
        await store().settleCard('a', mine, { shown: mine.revision, release: { retryAt: undefined, failed: false } });
      expect(await store().claimCards(lane, claim('a', 13))).toMatchObject([{ revision: 2 }]);
    });

    it('is unsure when the claim before was cut off', async () => {
      await watch({ cards: [card] });
      expect(await store().claimCards(lane, claim('a', 11))).toMatchObject([{ message: undefined, unsure: false }]);
      expect(await store().claimCards(lane, claim('b', 2000))).toMatchObject([{ message: undefined, unsure: true }]);
    });

    it('waits until its retry, counts its failures, and starts anew with the next change', async () => {
      await watch({ cards: [card] });
      const [mine] = await store().claimCards(lane, claim('a', 11));
      if (mine) await store().settleCard('a', mine, { release: { retryAt: instant(500), failed: true } });
      expect(await store().claimCards(lane, claim('a', 499))).toEqual([]);
      expect(await store().claimCards(lane, claim('a', 500))).toMatchObject([{ attempts: 1 }]);
      await watch({ changed: true }, 5000);
      expect(await store().claimCards(lane, claim('a', 5000))).toMatchObject([{ attempts: 0 }]);
    });

    it('is made once for a channel, however often it is asked for', async () => {
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await watch({ cards: [card, { platform: 'slack', place: { ...town, channel: 'C2' } }] });
      await watch({ cards: [card] }, 12);
      expect(await store().claimCards(lane, claim('a', 13))).toMatchObject([{ place: { channel: 'C2' } }]);
    });

    it('goes before others when it is urgent', async () => {
      const places = ['C1', 'C2', 'C3'].map((channel) => ({ platform: 'slack', place: { ...town, channel } }));
      await watch({ cards: places });
      await store().nudge(entry(2), instant(20));
      await store().claimWebcasts(claim('watch', 20));
      await store().recordLooks('watch', [look(2, { urgent: true, cards: places.slice(2) })], instant(20));
      const first = await store().claimCards(lane, claim('a', 30, 1));
      expect(first).toMatchObject([{ webcast: entry(2), place: { channel: 'C3' } }]);
    });

    it('goes behind others once its channel was told, and rests with the edits of its workspace', async () => {
      const other = { ...town, channel: 'C2' };
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await watch({ changed: true, urgent: true, cards: [{ platform: 'slack', place: other }] });
      const [mine] = await store().claimCards(lane, claim('a', 11, 1));
      if (!mine) throw new Error('The card was not claimed.');
      expect(mine.message).toBe('m1');
      await store().settleCard('a', mine, { told: true, release: { retryAt: undefined, failed: false } });
      await store().restEdits(lane, instant(12), instant(500));
      expect(await store().claimCards(lane, claim('a', 499, 1))).toMatchObject([{ place: { channel: 'C2' } }]);
      expect(await store().claimCards(lane, claim('a', 499))).toEqual([]);
      expect(await store().claimCards(lane, claim('a', 500))).toMatchObject([{ message: 'm1' }]);
    });

    it('takes its message and its announcement one after the other', async () => {
      await watch({ cards: [card] });
      const [mine] = await store().claimCards(lane, claim('a', 11));
      if (!mine) throw new Error('The card was not claimed.');
      await store().settleCard('a', mine, { message: 'm9', announcedAt: instant(12), announcement: 'n1' });
      expect(await store().cardMessage('slack', town, entry(1))).toBe('m9');
      await watch({ changed: true }, 2000);
      expect(await store().claimCards(lane, claim('b', 2000))).toMatchObject([
        { message: 'm9', announcedAt: 12, announcement: 'n1' },
      ]);
    });

    it('is left to a command that tells the channel by its own message, for two minutes', async () => {
      await store().markAnnounced('slack', town, entry(1), instant(1000));
      await watch({ changed: true }, 1000);
      expect(await store().claimCards(lane, claim('a', 200_000))).toEqual([]);
      await watch({ cards: [card] }, 1000);
      expect(await store().claimCards(lane, claim('a', 120_000))).toEqual([]);
      expect(await store().claimCards(lane, claim('a', 121_000))).toMatchObject([{ message: undefined }]);
      expect(await store().cards(entry(1))).toEqual([]);
    });

    it('remembers the message of a command that told the channel', async () => {
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await store().saveAnnouncement('slack', entry(1), { ...town, message: 'n1' }, instant(5));
      await watch({ changed: true });
      expect(await store().claimCards(lane, claim('a', 11))).toMatchObject([
        { message: 'm1', announcement: 'n1', announcedAt: 5 },
      ]);
    });

    it('is not sent any more when its channel is paused', async () => {
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await watch({ changed: true, notices: [notice('n')] });
      await store().pauseChannel('slack', town, 'gone');
      expect(await store().lanes(['slack'], instant(5000))).toEqual([]);
      await store().subscribe(subscription(), instant(1));
      expect(await store().lanes(['slack'], instant(5000))).toEqual([lane]);
    });
  });

  describe('a notice', () => {
    it('is there once under its key, and goes out when it is due', async () => {
      await watch({ notices: [notice('once'), notice('later', { due: instant(900) })] });
      await watch({ notices: [notice('once')] }, 20);
      expect(await store().claimNotices(lane, claim('a', 99))).toEqual([]);
      expect(await store().claimNotices(lane, claim('a', 100))).toEqual([
        { ...notice('once'), attempts: 0, unsure: false },
      ]);
      expect(await store().claimNotices(lane, claim('b', 101))).toEqual([]);
    });

    it('goes to a person as well', async () => {
      const to = { kind: 'person' as const, platform: 'slack', tenant: 'T1', person: 'U1' };
      await watch({ notices: [notice('private', { to })] });
      expect(await store().claimNotices(lane, claim('a', 100))).toMatchObject([{ to }]);
    });

    it.each([
      ['sent', { kind: 'sent' as const }],
      ['dropped', { kind: 'dropped' as const, reason: 'moved' }],
    ])('is over when it was %s', async (_what, outcome) => {
      await watch({ notices: [notice('n')] });
      await store().claimNotices(lane, claim('a', 100));
      await store().settleNotice('a', 'n', outcome);
      expect(await store().claimNotices(lane, claim('a', 1e6))).toEqual([]);
    });

    it('is taken up again later, and is unsure when it was cut off', async () => {
      await watch({ notices: [notice('n')] });
      await store().claimNotices(lane, claim('a', 100));
      await store().settleNotice('a', 'n', { kind: 'again', at: instant(300), failed: true });
      expect(await store().claimNotices(lane, claim('a', 299))).toEqual([]);
      expect(await store().claimNotices(lane, claim('a', 300))).toMatchObject([{ attempts: 1, unsure: false }]);
      expect(await store().claimNotices(lane, claim('b', 1300))).toMatchObject([{ attempts: 1, unsure: true }]);
      await store().settleNotice('a', 'n', { kind: 'sent' });
      expect(await store().claimNotices(lane, claim('b', 2300))).toMatchObject([{ unsure: true }]);
    });

    it('tells which reminders are out', async () => {
      await watch({ notices: [notice('reminder:1'), notice('reminder:2', { due: instant(9000) }), notice('lost:1')] });
      await store().claimNotices(lane, claim('a', 100));
      expect(await store().reminded(entry(1))).toEqual([{ key: 'reminder:1', body: notice('reminder:1').body }]);
    });
  });
}
