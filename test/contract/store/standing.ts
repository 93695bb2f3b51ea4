import { describe, expect, it } from '@jest/globals';
import type { Notice } from '../../../src/core/live.js';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look, subscription } from './live.js';
import { entry, town } from './samples.js';

const lane = { platform: 'slack', tenant: 'T1' };
const message = { tenant: 'T1', channel: 'C1', message: 'm7' };
const snapshot = (facts: Partial<Notice> = {}): Notice => ({
  key: 'snapshot:1',
  webcast: entry(1),
  to: { kind: 'thread', platform: 'slack', place: town },
  body: '{"kind":"snapshot","number":1}',
  due: instant(100),
  ...facts,
});

export function describeStanding({ store }: Bench): void {
  const watch = async (notices: readonly Notice[], now = 10) => {
    await store().nudge(entry(1), instant(now));
    const [due] = await store().claimWebcasts(claim('watch', now));
    await store().recordLooks('watch', [look(1, { nudges: due?.nudges ?? 0, notices })], instant(now));
  };
  const take = async (now: number, owner = 'a') => (await store().claimNotices(lane, claim(owner, now)))[0];

  /** Settles what came due at a moment: the message stands, and is due again at the next. */
  const stands = (due: number, next: number, owner = 'a') =>
    store().settleNotice(owner, 'snapshot:1', { kind: 'standing', message, due: instant(due), next: instant(next) });

  describe('a message that stands', () => {
    it('is due again with the message that stands for it, as often as it is settled so', async () => {
      await watch([snapshot()]);
      expect(await take(100)).toMatchObject({ message: undefined, unsure: false });
      await stands(100, 500);
      expect(await take(499)).toBeUndefined();
      expect(await take(500)).toMatchObject({ message, unsure: false, attempts: 0 });
      await store().settleNotice('a', 'snapshot:1', { kind: 'standing', due: instant(500), next: instant(900) });
      expect(await take(900)).toMatchObject({ message });
      await store().settleNotice('a', 'snapshot:1', { kind: 'sent' });
      expect(await take(9999)).toBeUndefined();
    });

    it('is posted again, as one that is unsure, when a crash came between the post and its writing', async () => {
      await watch([snapshot()]);
      await take(100);
      expect(await take(1099, 'b')).toBeUndefined();
      expect(await take(1100, 'b')).toMatchObject({ message: undefined, unsure: true });
      await stands(100, 2000, 'b');
      // Whoever was cut off and comes back late changes nothing.
      await store().settleNotice('a', 'snapshot:1', { kind: 'sent' });
      expect(await take(2000)).toMatchObject({ message, unsure: false });
    });

    it('is edited, and not posted anew, when a crash came during an edit', async () => {
      await watch([snapshot()]);
      await take(100);
      await stands(100, 500);
      await take(500);
      expect(await take(1500, 'b')).toMatchObject({ message, unsure: true });
    });

    it('is due at once when a look says so, and one message still', async () => {
      await watch([snapshot()]);
      await take(100);
      await stands(100, 5000);
      await watch([snapshot({ due: instant(200), again: 'now' })], 200);
      expect(await take(200)).toMatchObject({ message });
      expect(await take(201, 'b')).toBeUndefined();
    });

    it('is due once more when that is said while it is being sent', async () => {
      await watch([snapshot()]);
      await take(100);
      await watch([snapshot({ due: instant(150), again: 'now' })], 150);
      expect(await take(160, 'b')).toBeUndefined();
      await stands(100, 5000);
      expect(await take(170, 'b')).toMatchObject({ message, unsure: false });
    });

    it('goes on after it was dropped, when a look wants it, and is left in peace while it was not', async () => {
      await watch([snapshot()]);
      await take(100);
      await store().settleNotice('a', 'snapshot:1', { kind: 'dropped', reason: 'not wanted' });
      await watch([snapshot({ due: instant(300) })], 200);
      expect(await take(400)).toBeUndefined();
      await watch([snapshot({ due: instant(300), again: 'if dropped' })], 200);
      expect(await take(299)).toBeUndefined();
      expect(await take(300)).toMatchObject({ key: 'snapshot:1' });
      await stands(300, 5000);
      await watch([snapshot({ due: instant(400), again: 'if dropped' })], 400);
      expect(await take(4999)).toBeUndefined();
    });

    it('follows a subscription that changes', async () => {
      await watch([snapshot()]);
      await take(100);
      await stands(100, 5000);
      await store().subscribe(subscription({ numbers: 1 }), instant(700));
      expect(await take(700)).toMatchObject({ message });
    });
  });

  describe('figures on a card', () => {
    it('make it due to be shown anew, unless it lags behind already or is not there', async () => {
      await store().touchCard('slack', town, entry(1));
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await store().touchCard('slack', town, entry(1));
      await store().touchCard('slack', town, entry(1));
      const [card] = await store().claimCards(lane, claim('a', 10));
      expect(card).toMatchObject({ message: 'm1', revision: 1 });
    });
  });

  describe('how often a channel wants figures', () => {
    it.each([5, 'end', 'off'] as const)('is kept: %s', async (numbers) => {
      await store().subscribe(subscription({ numbers }), instant(1));
      expect(await store().subscriptions('slack', town)).toMatchObject([{ numbers }]);
    });
  });
}
