import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'questions';

/** Lays what the bot needs to tell moderators of questions: the questions, how far each webcast was heard, and who wants them. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('questions')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('asked', 'text', (column) => column.notNull())
    .addColumn('asker', 'text')
    .addColumn('asked_at', 'bigint', (column) => column.notNull())
    .addColumn('heard_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('crowd', 'bigint')
    .execute();
  await db.schema.createIndex('questions_by_webcast').on('questions').columns(['webcast', 'state']).execute();

  await db.schema
    .createTable('listening')
    .addColumn('webcast', 'text', (column) => column.primaryKey().notNull())
    .addColumn('heard_until', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .execute();

  await db.schema
    .alterTable('subscriptions')
    .addColumn('questions', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
}
