import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'tickets';

/** Lays the table of one-time links; of a link only a digest is kept, so that nobody who reads the table can use it. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('tickets')
    .addColumn('digest', 'text', (column) => column.primaryKey().notNull())
    .addColumn('errand', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await db.schema.createIndex('tickets_by_expiry').on('tickets').column('expires_at').execute();
}
