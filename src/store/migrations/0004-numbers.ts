import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'numbers';

/** Lays what the bot needs to tell of figures: broadcasts with their audience, and messages that stand and are edited. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('broadcasts')
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('number', 'integer', (column) => column.notNull())
    .addColumn('began', 'bigint', (column) => column.notNull())
    .addColumn('ended', 'bigint')
    .addColumn('gaps', 'text', (column) => column.notNull())
    .addColumn('drops', 'integer', (column) => column.notNull())
    .addColumn('dark', 'bigint', (column) => column.notNull())
    .addColumn('peak', 'integer')
    .addColumn('peak_at', 'bigint')
    .addColumn('points', 'text', (column) => column.notNull().defaultTo('[]'))
    .addPrimaryKeyConstraint('broadcasts_key', ['webcast', 'number'])
    .execute();
  await db.schema.createIndex('broadcasts_by_end').on('broadcasts').column('ended').execute();

  await db.schema
    .createTable('sampling')
    .addColumn('one', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('lacking', 'text')
    .execute();

  await db.schema
    .alterTable('subscriptions')
    .addColumn('numbers', 'text', (column) => column.notNull().defaultTo('off'))
    .execute();
  await db.schema.alterTable('notices').addColumn('message', 'text').execute();
}
