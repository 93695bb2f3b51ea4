import { describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { entry, town } from './samples.js';

export function describePlaces({ store, ground }: Bench): void {
  describe('a channel', () => {
    it('knows its webcasts, the newest first', async () => {
      await store().bind('slack', town, entry(1), instant(1));
      await store().bind('slack', town, entry(2), instant(2));
      expect(await store().bound('slack', town)).toEqual([entry(2), entry(1)]);
    });

    it('holds a webcast once, which comes to the front when it is tied again', async () => {
      await store().bind('slack', town, entry(1), instant(1));
      await store().bind('slack', town, entry(2), instant(2));
      await store().bind('slack', town, entry(1), instant(3));
      expect(await store().bound('slack', town)).toEqual([entry(1), entry(2)]);
    });

    it.each([
      ['platform', 'teams', town],
      ['tenant', 'slack', { ...town, tenant: 'T2' }],
      ['channel', 'slack', { ...town, channel: 'C2' }],
    ])('shares nothing with that of another %s', async (_what, platform, place) => {
      await store().bind('slack', town, entry(1), instant(1));
      expect(await store().bound(platform, place)).toEqual([]);
    });
  });

  describe('a card', () => {
    const ref = { tenant: 'T1', channel: 'C1', message: '1700000000.000100' };

    it('stands once in each channel, and the latest one counts', async () => {
      await store().saveCard('slack', entry(1), ref, instant(1));
      await store().saveCard('teams', entry(1), { ...ref, message: 'activity' }, instant(2));
      await store().saveCard('slack', entry(1), { ...ref, message: '1700000009.000100' }, instant(3));
      expect(await store().cards(entry(1))).toEqual([
        { platform: 'teams', ref: { ...ref, message: 'activity' } },
        { platform: 'slack', ref: { ...ref, message: '1700000009.000100' } },
      ]);
    });

    it('belongs to its webcast alone', async () => {
      await store().saveCard('slack', entry(1), ref, instant(1));
      expect(await store().cards(entry(2))).toEqual([]);
    });
  });

  it('writes every act to the audit', async () => {
    const act = {
      at: instant(1_800_000_000_123),
      platform: 'slack',
      tenant: 'T1',
      channel: 'C1',
      person: 'U1',
      command: 'golive',
      webcast: entry(1),
      outcome: 'done',
    };
    await store().audit(act);
    await store().audit(act);
    await store().audit({ ...act, command: 'help', webcast: undefined });
    expect(await ground().query('select * from acts order by command')).toEqual([
      act,
      act,
      { ...act, command: 'help', webcast: null },
    ]);
  });
}
