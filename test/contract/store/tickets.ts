import { describe, expect, it } from '@jest/globals';
import type { Ticket } from '../../../src/core/tickets.js';
import { instant } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { entry } from './samples.js';

const day = 24 * 60 * 60_000;
const ticket: Ticket = {
  errand: { kind: 'studio', webcast: entry(1), user: 'ann@example.test', name: 'Town "Hall" 1', by: 'presenter' },
  holder: { platform: 'slack', tenant: 'T1', person: 'U1' },
  expires: instant(1000),
};

export function describeTickets({ store }: Bench): void {
  describe('a one-time link', () => {
    it('comes back as it was saved, and is unknown by any other digest', async () => {
      await store().saveTicket('d1', ticket, instant(1));
      expect(await store().findTicket('d1')).toEqual({ ticket, used: false });
      expect(await store().findTicket('d2')).toBeUndefined();
    });

    it('is used by one of several who press at once', async () => {
      await store().saveTicket('d1', ticket, instant(1));
      const presses = await Promise.all([1, 2, 3, 4].map(() => store().useTicket('d1', instant(2))));
      expect(presses.filter(Boolean)).toHaveLength(1);
      expect((await store().findTicket('d1'))?.used).toBe(true);
    });

    it('cannot be used from the moment on at which it expires', async () => {
      await store().saveTicket('d1', ticket, instant(1));
      expect(await store().useTicket('d1', ticket.expires)).toBe(false);
    });

    it('is good again when it is given back', async () => {
      await store().saveTicket('d1', ticket, instant(1));
      await store().useTicket('d1', instant(2));
      await store().returnTicket('d1');
      expect(await store().useTicket('d1', instant(3))).toBe(true);
    });

    it('is forgotten a week after it expired', async () => {
      await store().saveTicket('d1', ticket, instant(1));
      await store().saveTicket('d2', { ...ticket, expires: instant(9 * day) }, instant(8 * day));
      expect(await store().findTicket('d1')).toBeUndefined();
      expect(await store().findTicket('d2')).toBeDefined();
    });
  });
}
