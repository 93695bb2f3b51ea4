import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'crew';

/** Lays the tables of who presents which webcast, and of the Kaltura users that people were linked to. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('presenters')
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('added_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('presenters_key', ['webcast', 'user', 'platform', 'tenant', 'person'])
    .execute();
  await db.schema
    .createTable('accounts')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('user', 'text', (column) => column.notNull())
    .addColumn('admin', 'text', (column) => column.notNull())
    .addColumn('linked_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('accounts_key', ['platform', 'tenant', 'person'])
    .execute();
}
