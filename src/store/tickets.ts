import type { Kysely } from 'kysely';
import { errandSchema, type TicketStore } from '../core/tickets.js';
import { instant } from '../core/webcast.js';
import type { Tables } from './schema.js';

/** How long a link that has expired or was used still says so, in milliseconds. */
const remembered = 7 * 24 * 60 * 60_000;

/** Keeps one-time links; those that ended a week ago are forgotten when the next one is made. */
export function createTickets(db: Kysely<Tables>): TicketStore {
  return {
    async saveTicket(digest, { errand, holder, expires }, now) {
      await db
        .deleteFrom('tickets')
        .where('expires_at', '<', instant(now - remembered))
        .execute();
      await db
        .insertInto('tickets')
        .values({ digest, errand: JSON.stringify(errand), ...holder, expires_at: expires, used_at: null })
        .execute();
    },

    async findTicket(digest) {
      const row = await db.selectFrom('tickets').selectAll().where('digest', '=', digest).executeTakeFirst();
      if (row === undefined) return undefined;
      const { platform, tenant, person } = row;
      const errand = errandSchema.parse(JSON.parse(row.errand));
      const ticket = { errand, holder: { platform, tenant, person }, expires: row.expires_at };
      return { ticket, used: row.used_at !== null };
    },

    async useTicket(digest, now) {
      const { numUpdatedRows } = await db
        .updateTable('tickets')
        .set({ used_at: now })
        .where('digest', '=', digest)
        .where('used_at', 'is', null)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async returnTicket(digest) {
      await db.updateTable('tickets').set({ used_at: null }).where('digest', '=', digest).execute();
    },
  };
}
