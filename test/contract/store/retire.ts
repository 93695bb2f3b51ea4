import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { claim, look, subscription } from './live.js';
import { entry, note, town } from './samples.js';

export function describeRetirement({ store }: Bench): void {
  describe('a webcast that was deleted', () => {
    const retire = () => store().retire(entry(1), '{"gone":true}', instant(5000));

    it('is not looked at any more, and not by a nudge either', async () => {
      await store().nudge(entry(1), instant(1));
      await retire();
      await store().nudge(entry(1), instant(6000));
      expect(await store().claimWebcasts(claim('a', 9000))).toEqual([]);
      expect(await store().known(entry(1))).toBe('{"gone":true}');
    });

    it('stays gone when a look at it was under way', async () => {
      await store().nudge(entry(1), instant(1));
      await store().claimWebcasts(claim('a', 1000));
      await retire();
      await store().recordLooks('a', [look(1)], instant(5001));
      expect(await store().known(entry(1))).toBe('{"gone":true}');
      expect(await store().claimWebcasts(claim('a', 99_000))).toEqual([]);
    });

    it('is known to be gone even when it was never looked at', async () => {
      await retire();
      expect(await store().known(entry(1))).toBe('{"gone":true}');
      expect(await store().unwatched([entry(1), entry(2)])).toEqual([entry(2)]);
    });

    it('has its cards shown anew, and no subscription or binding of its own', async () => {
      const all = subscription({ subject: { kind: 'all' } });
      await store().subscribe(subscription(), instant(1));
      await store().subscribe(all, instant(2));
      await store().bind('slack', town, entry(1), instant(1));
      await store().bind('slack', town, entry(2), instant(2));
      await store().saveCard('slack', entry(1), { ...town, message: 'm1' }, instant(1));
      await retire();
      const lane = { platform: 'slack', tenant: town.tenant };
      expect(await store().lanes(['slack'], instant(5000))).toEqual([lane]);
      expect(await store().claimCards(lane, claim('a', 5000))).toMatchObject([
        { webcast: entry(1), message: 'm1', known: '{"gone":true}' },
      ]);
      expect(await store().subscriptions('slack', town)).toEqual([all]);
      expect(await store().bound('slack', town)).toEqual([entry(2)]);
    });

    it('has no notices that wait', async () => {
      const to = { kind: 'channel', platform: 'slack', place: town } as const;
      const notices = [1, 2].map((n) => ({ key: `n${n}`, webcast: entry(n), to, body: '{}', due: instant(1) }));
      await store().nudge(entry(1), instant(1));
      await store().nudge(entry(2), instant(1));
      await store().claimWebcasts(claim('a', 1000));
      const looks = notices.map((notice, index) => look(index + 1, { notices: [notice] }));
      await store().recordLooks('a', looks, instant(1000));
      await retire();
      const lane = { platform: 'slack', tenant: town.tenant };
      expect((await store().claimNotices(lane, claim('a', 9000))).map(({ key }) => key)).toEqual(['n2']);
    });

    it('is found by no search, while what is remembered of it stays', async () => {
      await store().saveNote(note(1), instant(1));
      await store().saveNote(note(2), instant(1));
      await retire();
      const [first, second] = await store().notes([entry(1), entry(2)]);
      expect([first?.id, second?.id]).toEqual([entry(1), entry(2)]);
      const found = await store().findNotes(note(1).name.split(' ')[0] ?? '');
      expect(found.map(({ id }) => id)).not.toContain(entry(1));
      expect((await store().upcoming(instant(0), 10)).map(({ id }) => id)).not.toContain(entry(1));
    });

    it('may be said to be deleted twice', async () => {
      await retire();
      await retire();
      expect(await store().known(entry(1))).toBe('{"gone":true}');
    });
  });
}
