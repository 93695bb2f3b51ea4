import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'file offers';

/** Lays the table of files that people were offered and may still take. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('file_offers')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('offered_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('file_offers_key', ['platform', 'id'])
    .execute();
}
