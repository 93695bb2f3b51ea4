import { type Kysely, sql } from 'kysely';
import type { LiveStore } from '../core/live.js';
import { instant } from '../core/webcast.js';
import type { Tables } from './schema.js';

/** The claim that a webcast was deleted, which is never given back. */
const deletion = 'deleted:';

/** The condition that the webcast of a row was not deleted. */
export const isStanding = (table: 'notes' | 'watched') =>
  sql<boolean>`not exists (select 1 from once where once.key = ${deletion} || ${sql.ref(`${table}.webcast`)})`;

/** The end of what is remembered of a webcast. */
export function createRetirement(db: Kysely<Tables>): Pick<LiveStore, 'retire'> {
  return {
    async retire(webcast, known, now) {
      const unclaimed = { claimed_by: null, lease_until: instant(0) };
      await db.transaction().execute(async (transaction) => {
        // Whoever is looking at it right now loses the claim, so that no late look brings it back.
        await transaction
          .insertInto('watched')
          .values({ webcast, known, due_at: null })
          .onConflict((conflict) =>
            conflict
              .column('webcast')
              .doUpdateSet((build) => ({ known, due_at: null, heeded: build.ref('watched.nudges'), ...unclaimed })),
          )
          .execute();
        await transaction
          .insertInto('once')
          .values({ key: deletion + webcast, claimed_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        await transaction
          .updateTable('cards')
          .set({ wanted: sql<number>`wanted + 1`, attempts: 0, retry_at: instant(0) })
          .where('webcast', '=', webcast)
          .execute();
        await transaction.deleteFrom('subscriptions').where('subject', '=', webcast).execute();
        await transaction.deleteFrom('bindings').where('webcast', '=', webcast).execute();
        await transaction
          .updateTable('notices')
          .set({ state: 'dropped', reason: 'the webcast was deleted', ...unclaimed })
          .where('webcast', '=', webcast)
          .where('state', 'in', ['pending', 'sending'])
          .execute();
      });
    },
  };
}
