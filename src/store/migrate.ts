import { BotError } from '../core/errors.js';
import type { Database } from './dialect.js';
import { type Migration, migrations } from './migrations/index.js';

/**
 * Brings the database to the newest step in one transaction, one opener at a time; returns the steps taken.
 * Raises BotError misconfigured when a newer program has been here.
 */
export async function migrate(
  { db, lockMigrations }: Database,
  steps: readonly Migration[] = migrations,
): Promise<readonly string[]> {
  return await db.transaction().execute(async (transaction) => {
    await lockMigrations(transaction);
    await transaction.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .execute();
    const { reached } = await transaction
      .selectFrom('migrations')
      .select((build) => build.fn.coalesce(build.fn.max('number'), build.lit(0)).as('reached'))
      .executeTakeFirstOrThrow();
    if (reached > steps.length)
      throw new BotError(
        'misconfigured',
        `The database was last used by a newer version of the bot (its step is ${reached}, this version knows ${steps.length}).`,
        'Install that version again, or restore a backup from before the upgrade.',
      );
    const missing = steps.slice(reached);
    for (const [index, step] of missing.entries()) {
      await step.up(transaction);
      await transaction
        .insertInto('migrations')
        .values({ number: reached + index + 1, name: step.name })
        .execute();
    }
    return missing.map((step) => step.name);
  });
}
