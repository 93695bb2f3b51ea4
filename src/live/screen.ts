import type { CalendarLink } from '../core/calendar.js';
import type { Kaltura } from '../core/ports.js';
import type { Player } from '../core/webcast.js';
import type { Outage } from './outage.js';
import type { Screen } from './stand.js';

/** Gives where players are reached; while Kaltura does not answer, as it was known last, so that messages go out meanwhile. */
export function createScreen(
  kaltura: Pick<Kaltura, 'players' | 'addresses'>,
  outage: Outage,
  calendarLink: CalendarLink | undefined,
): () => Promise<Screen> {
  const { addresses } = kaltura;
  let last: readonly Player[] | undefined;
  return async () => {
    if (last && outage.since !== undefined) return { addresses, players: last, calendarLink };
    try {
      last = await kaltura.players();
    } catch (error) {
      if (!last) throw error;
    }
    return { addresses, players: last, calendarLink };
  };
}
