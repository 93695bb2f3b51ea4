import { createHash, randomBytes } from 'node:crypto';
import { BotError } from '../core/errors.js';
import type { Clock } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import type { Ticket, TicketOffice, TicketStore } from '../core/tickets.js';
import { instant } from '../core/webcast.js';

const minute = 60_000;

/** Why a token opens nothing. */
export type NotGood = { readonly kind: 'used' | 'expired'; readonly ticket: Ticket } | { readonly kind: 'unknown' };

/** What a token stands for now. */
type Found = NotGood | { readonly kind: 'good'; readonly ticket: Ticket };

/** One-time links of one deployment, as their pages see them. */
export interface Tickets extends TicketOffice {
  /** What stands behind a token; looking spends nothing. */
  look(token: string): Promise<Found>;
  /** Does the errand and uses the ticket up; a ticket whose errand has failed is good again. */
  redeem<T>(
    token: string,
    errand: (ticket: Ticket) => Promise<T>,
  ): Promise<NotGood | { readonly kind: 'done'; readonly result: T }>;
}

export interface TicketParts {
  readonly store: TicketStore;
  readonly clock: Clock;
  /** Where the front is reached; undefined while there is no public address. */
  publicUrl(): string | undefined;
}

const digestOf = (token: string): string => createHash('sha256').update(`ticket ${token}`).digest('hex');
const tokenShape = /^[\w-]{43}$/;

/** Opens the office; a token is 256 random bits, of which only a digest is kept. */
export function createTickets({ store, clock, publicUrl }: TicketParts): Tickets {
  async function look(token: string): Promise<Found> {
    if (!tokenShape.test(token)) return { kind: 'unknown' };
    const found = await store.findTicket(digestOf(token));
    if (!found) return { kind: 'unknown' };
    const { ticket, used } = found;
    if (used) return { kind: 'used', ticket };
    return { kind: clock.now() < ticket.expires ? 'good' : 'expired', ticket };
  }

  return {
    look,
    publicUrl,

    async issue(errand, holder, minutes) {
      const base = publicUrl();
      if (base === undefined) {
        throw new BotError(
          'misconfigured',
          'This bot has no public address, so it cannot hand out links.',
          'Whoever runs it sets PUBLIC_URL and starts it again.',
        );
      }
      const token = randomBytes(32).toString('base64url');
      const now = clock.now();
      await store.saveTicket(digestOf(token), { errand, holder, expires: instant(now + minutes * minute) }, now);
      return new Secret(`${base}/go/${token}`);
    },

    async redeem(token, errand) {
      const found = await look(token);
      if (found.kind !== 'good') return found;
      if (!(await store.useTicket(digestOf(token), clock.now()))) return { kind: 'used', ticket: found.ticket };
      try {
        return { kind: 'done', result: await errand(found.ticket) };
      } catch (error) {
        await store.returnTicket(digestOf(token));
        throw error;
      }
    },
  };
}
