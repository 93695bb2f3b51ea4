import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'conversations';

/** Lays the table of the ways back into conversations, for platforms whose messages need more than a channel's id. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('conversations')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('conversation', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('service_url', 'text', (column) => column.notNull())
    .addColumn('bot', 'text', (column) => column.notNull())
    .addColumn('person', 'text')
    .addColumn('zone', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('welcomed_at', 'bigint')
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('conversations_key', ['platform', 'tenant', 'conversation'])
    .execute();
  await db.schema
    .createIndex('conversations_by_person')
    .on('conversations')
    .columns(['platform', 'tenant', 'person'])
    .execute();
}
