import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { entry } from './samples.js';

const ann = { platform: 'slack', tenant: 'T1', person: 'U1' };
const bob = { platform: 'teams', tenant: 't-2', person: '29:bob' };

export function describeCrew({ store }: Bench): void {
  describe('presenters', () => {
    it('come back in the order in which they were added, each once', async () => {
      await store().savePresenter({ webcast: entry(1), user: 'z@example.test', chat: ann }, instant(1));
      await store().savePresenter({ webcast: entry(1), user: 'b@example.test', chat: undefined }, instant(2));
      await store().savePresenter({ webcast: entry(1), user: 'z@example.test', chat: ann }, instant(3));
      await store().savePresenter({ webcast: entry(2), user: 'c@example.test', chat: bob }, instant(1));
      expect(await store().presenters(entry(1))).toEqual([
        { webcast: entry(1), user: 'z@example.test', chat: ann },
        { webcast: entry(1), user: 'b@example.test', chat: undefined },
      ]);
    });

    it('leave by their Kaltura user, in every chat and from one webcast', async () => {
      for (const chat of [ann, bob, undefined]) {
        await store().savePresenter({ webcast: entry(1), user: 'a@example.test', chat }, instant(1));
      }
      await store().savePresenter({ webcast: entry(2), user: 'a@example.test', chat: ann }, instant(1));
      await store().removePresenter(entry(1), 'a@example.test');
      expect(await store().presenters(entry(1))).toEqual([]);
      expect(await store().presenters(entry(2))).toHaveLength(1);
    });
  });

  describe('linked accounts', () => {
    it('are one for each person of each chat, the last one said', async () => {
      await store().linkAccount(ann, 'ann.old', 'U9', instant(1));
      await store().linkAccount(ann, 'ann.new', 'U9', instant(2));
      await store().linkAccount(bob, 'bob', 'U9', instant(2));
      expect(await store().linkedUser(ann)).toBe('ann.new');
      expect(await store().linkedUser({ ...ann, tenant: 'T2' })).toBeUndefined();
      await store().unlinkAccount(ann);
      expect(await store().linkedUser(ann)).toBeUndefined();
      expect(await store().linkedUser(bob)).toBe('bob');
    });
  });
}
