import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'marks';

/** Lays the table of the moments that people mark during a show, which become chapters of its recording. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('marks')
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('broadcast', 'integer', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('entry', 'text')
    .addColumn('place', 'bigint')
    .addColumn('due_at', 'bigint')
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('marks_key', ['webcast', 'at'])
    .execute();
  await db.schema.createIndex('marks_by_due').on('marks').column('due_at').execute();
}
