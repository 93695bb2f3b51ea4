import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import { BotError } from '../core/errors.js';
import type { Store } from '../core/ports.js';
import { type Instant, instant } from '../core/webcast.js';
import type { Tables } from './schema.js';

const day = 24 * 60 * 60_000;
const hour = 60 * 60_000;

/** What must happen once: deliveries for a day, the rest for good. */
export function createClaims(
  db: Kysely<Tables>,
): Pick<Store, 'claimDelivery' | 'claimOnce' | 'beginCreation' | 'finishCreation'> {
  let forgottenAt: Instant | undefined;

  /** Keeps the table small without a timer of its own: at most once an hour, when a delivery comes. */
  async function forgetOld(now: Instant): Promise<void> {
    if (forgottenAt !== undefined && now - forgottenAt < hour) return;
    forgottenAt = now;
    await db
      .deleteFrom('deliveries')
      .where('claimed_at', '<=', instant(now - day))
      .execute();
  }

  return {
    async claimDelivery(key, now) {
      await forgetOld(now);
      const claimed = await db
        .insertInto('deliveries')
        .values({ key: shortKey(key), claimed_at: now })
        .onConflict((conflict) =>
          conflict
            .column('key')
            .doUpdateSet({ claimed_at: now })
            .where('deliveries.claimed_at', '<=', instant(now - day)),
        )
        .returning('key')
        .executeTakeFirst();
      return claimed !== undefined;
    },

    async claimOnce(key, now) {
      const claimed = await db
        .insertInto('once')
        .values({ key: shortKey(key), claimed_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .executeTakeFirst();
      return claimed !== undefined;
    },

    async beginCreation(key, now) {
      const begun = await db
        .insertInto('creations')
        .values({ key: shortKey(key), entry: null, begun_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('key')
        .executeTakeFirst();
      if (begun) return { begun: true, creation: { key, entry: undefined } };
      const { entry } = await db
        .selectFrom('creations')
        .select('entry')
        .where('key', '=', shortKey(key))
        .executeTakeFirstOrThrow();
      return { begun: false, creation: { key, entry: entry ?? undefined } };
    },

    async finishCreation(key, entry) {
      const { numUpdatedRows } = await db
        .updateTable('creations')
        .set({ entry })
        .where('key', '=', shortKey(key))
        .executeTakeFirst();
      if (numUpdatedRows === 0n)
        throw new BotError('bug', `The creation of ${entry} was never begun.`, 'Report this with the log.');
    },
  };
}

/** PostgreSQL indexes at most 2704 bytes a row; a longer key is known by its digest. */
function shortKey(key: string): string {
  return key.length <= 500 ? key : `sha256:${createHash('sha256').update(key).digest('hex')}`;
}
