import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'first';

/** Lays every table of the first version. */
export async function up(db: Kysely<Tables>): Promise<void> {
  for (const table of ['deliveries', 'once'] as const)
    await db.schema
      .createTable(table)
      .addColumn('key', 'text', (column) => column.primaryKey().notNull())
      .addColumn('claimed_at', 'bigint', (column) => column.notNull())
      .execute();
  await db.schema.createIndex('deliveries_by_age').on('deliveries').column('claimed_at').execute();

  await db.schema
    .createTable('creations')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('entry', 'text')
    .addColumn('begun_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('notes')
    .addColumn('webcast', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('folded', 'text', (column) => column.notNull())
    .addColumn('starts', 'bigint')
    .addColumn('ends', 'bigint')
    .addColumn('zone', 'text')
    .addColumn('live_since', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('bindings')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('bound_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('bindings_key', ['platform', 'tenant', 'channel', 'webcast'])
    .execute();

  await db.schema
    .createTable('cards')
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('cards_key', ['webcast', 'platform', 'tenant', 'channel'])
    .execute();

  // Only ever appended to, and nothing refers to a line of it: it needs no key.
  await db.schema
    .createTable('acts')
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('command', 'text', (column) => column.notNull())
    .addColumn('webcast', 'text')
    .addColumn('outcome', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('acts_by_time').on('acts').column('at').execute();

  await db.schema
    .createTable('installations')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('saved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('installations_key', ['platform', 'tenant'])
    .execute();
}
