import { describe, expect, it } from '@jest/globals';
import type { FileOffer } from '../../../src/core/ports.js';
import { Secret } from '../../../src/core/secret.js';
import { instant } from '../../../src/core/webcast.js';
import { createDerivedSealer } from '../../../src/store/seal.js';
import type { Bench } from './describe.js';

const day = 24 * 60 * 60_000;
const offer: FileOffer = {
  id: 'o1',
  tenant: 'T1',
  person: 'ada',
  name: 'attendance.csv',
  text: 'name\nGrace Hopper\n',
};

export function describeOffers({ store, ground }: Bench): void {
  describe('a file on offer', () => {
    const offers = (secret = 'a', platform = 'teams') =>
      store().fileOffers(platform, createDerivedSealer(new Secret(secret)));

    it('comes back for whom it was offered to, and for nobody else', async () => {
      await offers().save(offer, instant(1));
      expect(await offers().find('o1', 'T1', 'ada', instant(2))).toEqual(offer);
      expect(await offers().find('o1', 'T1', 'bob', instant(2))).toBeUndefined();
      expect(await offers().find('o1', 'T2', 'ada', instant(2))).toBeUndefined();
      expect(await offers('a', 'slack').find('o1', 'T1', 'ada', instant(2))).toBeUndefined();
    });

    it('is gone after a day, and its row with the next offer', async () => {
      await offers().save(offer, instant(1));
      expect(await offers().find('o1', 'T1', 'ada', instant(day))).toEqual(offer);
      expect(await offers().find('o1', 'T1', 'ada', instant(day + 1))).toBeUndefined();
      await offers().save({ ...offer, id: 'o2' }, instant(day + 1));
      expect(await ground().query('select id from file_offers')).toEqual([{ id: 'o2' }]);
    });

    it('is gone when it was taken', async () => {
      await offers().save(offer, instant(1));
      await offers().delete('o1');
      expect(await offers().find('o1', 'T1', 'ada', instant(2))).toBeUndefined();
    });

    it('cannot be read in the database, nor opened as the offer of somebody else', async () => {
      await offers().save(offer, instant(1));
      expect(JSON.stringify(await ground().query('select * from file_offers'))).not.toMatch(/Grace|attendance/);
      await ground().query("update file_offers set person = 'bob'");
      expect(await offers().find('o1', 'T1', 'bob', instant(2))).toBeUndefined();
    });

    it('is worth nothing once the secret behind its key has changed', async () => {
      await offers('a').save(offer, instant(1));
      expect(await offers('b').find('o1', 'T1', 'ada', instant(2))).toBeUndefined();
    });
  });
}
