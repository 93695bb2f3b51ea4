import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'calendar';

/** Counts the changes of plans for calendars, gives subscriptions quiet hours, and lets them call more than one person. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .alterTable('notes')
    .addColumn('sequence', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('notes')
    .addColumn('changed_at', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`update notes set changed_at = saved_at`.execute(db);

  await db.schema.alterTable('subscriptions').addColumn('quiet_hours', 'text').execute();
  // Until now a mention was the id of a person, which holds no quotes.
  await sql`update subscriptions set mention = '{"kind":"person","id":"' || mention || '"}' where mention is not null`.execute(
    db,
  );
}
