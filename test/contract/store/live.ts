import { describe, expect, it } from '@jest/globals';
import type { Look } from '../../../src/core/live.js';
import type { Subscription } from '../../../src/core/subscription.js';
import { type Instant, instant, type Zone } from '../../../src/core/webcast.js';
import { following } from '../../rig/subscription.js';
import type { Bench } from './describe.js';
import { entry, town } from './samples.js';

/** A subscription of the town's channel to the first webcast, unless told otherwise. */
export const subscription = (facts: Partial<Subscription> = {}): Subscription =>
  following({
    platform: 'slack',
    place: town,
    subject: { kind: 'webcast', webcast: entry(1) },
    reminders: [10_080, 15],
    owner: 'U1',
    ...facts,
  });

/** A look at the nth webcast that found nothing new. */
export const look = (n: number, facts: Partial<Look> = {}): Look => ({
  webcast: entry(n),
  nudges: 1,
  dueAt: instant(1),
  known: '{}',
  due: instant(9000),
  changed: false,
  urgent: false,
  cards: [],
  notices: [],
  ...facts,
});

/** What a replica claims with at a moment. */
export const claim = (owner: string, now: number, limit = 10) => ({ owner, now: instant(now), lease: 1000, limit });

export function describeLive({ store }: Bench): void {
  const claimed = async (owner: string, now: number, limit?: number) =>
    (await store().claimWebcasts(claim(owner, now, limit))).map(({ webcast }) => webcast);

  describe('a subscription', () => {
    const calling: Partial<Subscription> = {
      mention: { kind: 'everyone', who: 'here' },
      quietHours: { from: 1320, to: 420, zone: 'Europe/Berlin' as Zone },
    };

    it('comes back as it was made, and is replaced by the next of the same channel and subject', async () => {
      const first = subscription({ mention: { kind: 'person', id: 'U2' }, reminders: [] });
      const all = subscription({ subject: { kind: 'all' }, mode: 'quiet', side: 'crew', ...calling });
      await store().subscribe(first, instant(1));
      await store().subscribe(all, instant(2));
      expect(await store().subscriptions('slack', town)).toEqual([first, all]);
      await store().subscribe(subscription({ mode: 'flat' }), instant(3));
      expect(await store().subscriptions('slack', town)).toEqual([subscription({ mode: 'flat' }), all]);
    });

    it('ends once', async () => {
      await store().subscribe(subscription(), instant(1));
      expect(await store().unsubscribe('slack', town, { kind: 'all' })).toBe(false);
      expect(await store().unsubscribe('slack', town, subscription().subject)).toBe(true);
      expect(await store().unsubscribe('slack', town, subscription().subject)).toBe(false);
    });

    it('reaches the webcast that it names, all of them, or those with its tag', async () => {
      const tagged = subscription({ subject: { kind: 'tag', tag: 'finance' } });
      await store().subscribe(subscription(), instant(1));
      await store().subscribe(subscription({ subject: { kind: 'all' } }), instant(2));
      await store().subscribe(tagged, instant(3));
      const reached = async (n: number, tags: string[]) =>
        (await store().subscribers(entry(n), tags)).map(({ subject }) => subject.kind).sort();
      expect(await reached(1, [])).toEqual(['all', 'webcast']);
      expect(await reached(2, ['Finance'])).toEqual(['all', 'tag']);
      expect(await reached(2, ['%'])).toEqual(['all']);
    });

    it('is found once however many there are', async () => {
      const channels = Array.from({ length: 205 }, (_, n) => `C${n}`);
      for (const channel of channels)
        await store().subscribe(subscription({ place: { ...town, channel } }), instant(1));
      await store().subscribe(
        subscription({ place: { ...town, channel: 'C7' }, subject: { kind: 'all' } }),
        instant(1),
      );
      const found = await store().subscribers(entry(1), []);
      expect(found.map(({ place }) => place.channel).sort()).toEqual([...channels, 'C7'].sort());
    });

    it('is paused with its channel, gives its owner, and goes on only when it is made anew', async () => {
      await store().subscribe(subscription(), instant(1));
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      expect(await store().pauseChannel('slack', town, 'archived')).toMatchObject([
        { owner: 'U1', paused: 'archived' },
      ]);
      expect(await store().pauseChannel('slack', town, 'archived')).toEqual([]);
      expect(await store().subscribers(entry(1), [])).toEqual([]);
      expect(await store().subscriptions('slack', town)).toMatchObject([{ paused: 'archived' }]);
      await store().subscribe(subscription(), instant(2));
      expect(await store().subscribers(entry(1), [])).toEqual([subscription()]);
    });

    it('that names no webcast is told apart', async () => {
      await store().subscribe(subscription(), instant(1));
      expect(await store().followsAny()).toBe(false);
      await store().subscribe(subscription({ subject: { kind: 'tag', tag: 'x' } }), instant(1));
      expect(await store().followsAny()).toBe(true);
    });
  });

  describe('a watched webcast', () => {
    it('is due when it is nudged, and goes to one claimant until the lease is over', async () => {
      await store().nudge(entry(1), instant(10));
      expect(await claimed('a', 9)).toEqual([]);
      expect(await claimed('a', 10)).toEqual([entry(1)]);
      expect(await claimed('b', 1009)).toEqual([]);
      expect(await claimed('b', 1010)).toEqual([entry(1)]);
    });

    it('goes to one of many who claim at the same moment', async () => {
      for (let n = 0; n < 30; n++) await store().nudge(entry(n), instant(1));
      const shares = await Promise.all(['a', 'b', 'c'].map((owner) => claimed(owner, 5, 20)));
      const all = shares.flat();
      expect(new Set(all).size).toBe(all.length);
      expect(all.length).toBeGreaterThanOrEqual(20);
    });

    it('takes along what is due soon, to fill up, and nothing when none is due yet', async () => {
      for (let n = 0; n < 5; n++) await store().nudge(entry(n), instant(10 * (n + 1)));
      const filled = async (now: number, together: number) =>
        (await store().claimWebcasts(claim('a', now), { together, ahead: 25 })).map(({ webcast }) => webcast);
      expect(await filled(9, 3)).toEqual([]);
      expect((await filled(10, 2)).sort()).toEqual([entry(0), entry(1)]);
      expect((await filled(30, 5)).sort()).toEqual([entry(2), entry(3), entry(4)]);
    });

    it('keeps what was known of it, and who planned it', async () => {
      const organizer = { platform: 'slack', tenant: 'T1', person: 'U1' };
      await store().nudge(entry(1), instant(1), organizer);
      await claimed('a', 1);
      await store().recordLooks('a', [look(1, { known: '{"phase":"live"}' })], instant(2));
      await store().nudge(entry(1), instant(3));
      expect(await store().claimWebcasts(claim('a', 3))).toEqual([
        { webcast: entry(1), known: '{"phase":"live"}', organizer, nudges: 2, nudged: true, dueAt: instant(3) },
      ]);
    });

    it('is due again when its look says, or never', async () => {
      await store().nudge(entry(1), instant(1));
      await store().nudge(entry(2), instant(1));
      await claimed('a', 1);
      await store().recordLooks('a', [look(1, { due: instant(50) }), look(2, { due: undefined })], instant(2));
      expect(await claimed('a', 49)).toEqual([]);
      expect(await claimed('a', 50)).toEqual([entry(1)]);
      expect(await claimed('b', 1e9)).not.toContain(entry(2));
    });

    it('is due at once when a nudge came while it was looked at', async () => {
      await store().nudge(entry(1), instant(1));
      await claimed('a', 1);
      await store().nudge(entry(1), instant(2));
      await store().recordLooks('a', [look(1, { nudges: 1 })], instant(3));
      expect(await store().claimWebcasts(claim('a', 3))).toMatchObject([{ webcast: entry(1), nudged: true }]);
    });

    it('is due sooner when something was heard of it, and no later than it was', async () => {
      await store().nudge(entry(1), instant(50));
      await store().nudge(entry(2), instant(5));
      await store().hasten([entry(1), entry(2)], instant(10), instant(1));
      expect(await claimed('a', 5)).toEqual([entry(2)]);
      expect(await claimed('a', 10)).toEqual([entry(1)]);
    });

    it('is looked at once more when something was heard while it was looked at, without its cards being shown anew', async () => {
      await store().nudge(entry(1), instant(1));
      await claimed('a', 1);
      for (let heard = 2; heard < 5; heard += 1) await store().hasten([entry(1)], instant(heard + 100), instant(heard));
      await store().recordLooks('a', [look(1)], instant(5));
      expect(await claimed('a', 103)).toEqual([]);
      expect(await store().claimWebcasts(claim('a', 104))).toMatchObject([{ webcast: entry(1), nudged: false }]);
    });

    it('is due again after its last look when something was heard of it', async () => {
      await store().nudge(entry(1), instant(1));
      await claimed('a', 1);
      await store().recordLooks('a', [look(1, { due: undefined })], instant(2));
      await store().hasten([entry(1)], instant(10), instant(3));
      expect(await claimed('a', 10)).toEqual([entry(1)]);
    });

    it('does not begin to be watched by what is heard', async () => {
      await store().hasten([entry(7)], instant(1), instant(1));
      expect(await claimed('a', 1e9)).toEqual([]);
      expect(await store().unwatched([entry(7)])).toEqual([entry(7)]);
    });

    it('takes no look from a replica that lost its claim', async () => {
      await store().nudge(entry(1), instant(1));
      await claimed('a', 1);
      await claimed('b', 2000);
      const notice = {
        key: 'k',
        webcast: entry(1),
        to: { kind: 'channel' as const, platform: 'slack', place: town },
        body: '{}',
        due: instant(1),
      };
      await store().recordLooks('a', [look(1, { known: 'late', notices: [notice] })], instant(2001));
      expect(await store().claimNotices({ platform: 'slack', tenant: 'T1' }, claim('a', 3000))).toEqual([]);
      await store().recordLooks('b', [look(1, { known: 'kept', due: instant(2500) })], instant(2002));
      expect(await store().claimWebcasts(claim('c', 2500))).toMatchObject([{ known: 'kept' }]);
    });

    it('is given back to be looked at later', async () => {
      await store().nudge(entry(1), instant(1));
      await claimed('a', 1);
      await store().postpone('a', [entry(1)], instant(20) as Instant);
      expect(await claimed('b', 19)).toEqual([]);
      expect(await claimed('b', 20)).toEqual([entry(1)]);
    });

    it('is told apart from those that are not watched', async () => {
      await store().nudge(entry(1), instant(1));
      expect(await store().unwatched([entry(1), entry(2)])).toEqual([entry(2)]);
      expect(await store().unwatched([])).toEqual([]);
    });
  });
}
