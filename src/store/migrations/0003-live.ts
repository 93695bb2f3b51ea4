import { type Kysely, sql } from 'kysely';
import type { Tables } from '../schema.js';

export const name = 'live';

/** Lays what the bot needs to keep cards true: who follows what, what is watched, what each card shows, what is to be told. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('subscriptions')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('direct', 'integer', (column) => column.notNull())
    .addColumn('mode', 'text', (column) => column.notNull())
    .addColumn('side', 'text', (column) => column.notNull())
    .addColumn('reminders', 'text', (column) => column.notNull())
    .addColumn('mention', 'text')
    .addColumn('owner', 'text', (column) => column.notNull())
    .addColumn('paused', 'text')
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('subscriptions_key', ['platform', 'tenant', 'channel', 'subject'])
    .execute();
  await db.schema.createIndex('subscriptions_by_subject').on('subscriptions').column('subject').execute();

  await db.schema
    .createTable('watched')
    .addColumn('webcast', 'text', (column) => column.primaryKey().notNull())
    .addColumn('known', 'text')
    .addColumn('due_at', 'bigint')
    .addColumn('nudges', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('heeded', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('organizer', 'text')
    .addColumn('claimed_by', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('watched_by_due').on('watched').column('due_at').execute();

  for (const column of ['wanted', 'shown', 'urgent', 'retry_at', 'lease_until', 'attempts', 'direct'] as const)
    await db.schema
      .alterTable('cards')
      .addColumn(column, column === 'retry_at' || column === 'lease_until' ? 'bigint' : 'integer', (build) =>
        build.notNull().defaultTo(0),
      )
      .execute();
  for (const column of ['announced_at', 'announcement', 'claimed_by', 'paused'] as const)
    await db.schema
      .alterTable('cards')
      .addColumn(column, column === 'announced_at' ? 'bigint' : 'text')
      .execute();
  await sql`create index cards_due on cards (platform, tenant, retry_at) where shown < wanted`.execute(db);

  await db.schema
    .createTable('notices')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('webcast', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('tenant', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('direct', 'integer', (column) => column.notNull())
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('reason', 'text')
    .addColumn('claimed_by', 'text')
    .addColumn('lease_until', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`create index notices_due on notices (platform, tenant, due_at) where state in ('pending', 'sending')`.execute(
    db,
  );
  await db.schema.createIndex('notices_by_webcast').on('notices').column('webcast').execute();

  // The cards that stand already follow their webcasts from now on.
  await sql`insert into watched (webcast, due_at, nudges) select distinct webcast, 0, 1 from cards`.execute(db);
}
