import { describe, expect, it } from '@jest/globals';
import type { Reference } from '../../../src/core/ports.js';
import { instant, type Zone } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';

const reference: Reference = {
  tenant: 'T1',
  conversation: 'a:1',
  kind: 'personal',
  serviceUrl: 'https://smba.example/',
  bot: '28:bot',
  person: 'ann',
  zone: 'Europe/Berlin' as Zone,
  state: 'open',
};

export function describeReferences({ store }: Bench): void {
  describe('the way back into a conversation', () => {
    const references = (platform = 'teams') => store().references(platform);

    it('comes back as it was saved last, to its platform and tenant alone', async () => {
      await references().save(reference, instant(1));
      await references().save({ ...reference, serviceUrl: 'https://other.example/' }, instant(2));
      expect(await references().find('T1', 'a:1')).toEqual({ ...reference, serviceUrl: 'https://other.example/' });
      expect(await references().find('T2', 'a:1')).toBeUndefined();
      expect(await references('slack').find('T1', 'a:1')).toBeUndefined();
    });

    it('is found by its person, the latest of several', async () => {
      await references().save(reference, instant(1));
      await references().save({ ...reference, conversation: 'a:2' }, instant(3));
      await references().save({ ...reference, conversation: 'a:3', person: 'bob' }, instant(4));
      expect(await references().findPersonal('T1', 'ann')).toMatchObject({ conversation: 'a:2' });
      expect(await references().findPersonal('T1', 'eve')).toBeUndefined();
    });

    it('keeps the zone that a later message does not tell', async () => {
      await references().save(reference, instant(1));
      await references().save({ ...reference, zone: undefined }, instant(2));
      expect(await references().find('T1', 'a:1')).toMatchObject({ zone: 'Europe/Berlin' });
    });

    it('is closed, and open again when it is saved anew', async () => {
      await references().save(reference, instant(1));
      await references().close('T1', 'a:1', 'removed');
      expect(await references().find('T1', 'a:1')).toMatchObject({ state: 'removed' });
      await references().save(reference, instant(2));
      expect(await references().find('T1', 'a:1')).toMatchObject({ state: 'open' });
    });

    it('has one welcome, of several who claim it at once and for good', async () => {
      expect(await references().claimWelcome('T1', 'a:1', instant(1))).toBe(false);
      await references().save(reference, instant(1));
      const claims = await Promise.all([1, 2, 3].map(() => references().claimWelcome('T1', 'a:1', instant(2))));
      expect(claims.filter(Boolean)).toHaveLength(1);
      await references().save(reference, instant(3));
      expect(await references().claimWelcome('T1', 'a:1', instant(4))).toBe(false);
    });
  });
}
