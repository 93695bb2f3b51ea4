import { describe, expect, it } from '@jest/globals';
import { migrate } from '../../../src/store/migrate.js';
import { type Migration, migrations } from '../../../src/store/migrations/index.js';
import type { Bench } from './describe.js';
import { entry, town } from './samples.js';

const addTable: Migration = {
  name: 'more',
  up: async (db) => db.schema.createTable('more').addColumn('key', 'text').execute(),
};
const failing: Migration = {
  name: 'failing',
  up: async (db) => {
    await db.deleteFrom('once').execute();
    await db.schema.createTable('half').addColumn('key', 'text').execute();
    throw new Error('half-way');
  },
};

export function describeMigrations({ store, ground }: Bench): void {
  describe('the schema', () => {
    const steps = () => ground().query('select number, name from migrations order by number');

    it('takes each step once', async () => {
      const all = migrations.map(({ name }, index) => ({ number: index + 1, name }));
      expect(await steps()).toEqual(all);
      await store().close();
      await ground().open();
      expect(await steps()).toEqual(all);
    });

    it('goes on from where an earlier version left it', async () => {
      await store().close();
      const database = await ground().openDatabase();
      expect(await migrate(database, [...migrations, addTable])).toEqual(['more']);
      expect(await migrate(database, [...migrations, addTable])).toEqual([]);
      await database.db.destroy();
      expect(await ground().query('select * from more')).toEqual([]);
      expect(await steps()).toContainEqual({ number: migrations.length + 1, name: 'more' });
    });

    it('keeps whom a channel calls, and when a plan was saved, from before calendars', async () => {
      await store().close();
      const database = await ground().openDatabase();
      for (const { name } of await database.db.introspection.getTables())
        await database.db.schema.dropTable(name).execute();
      await migrate(
        database,
        migrations.slice(
          0,
          migrations.findIndex(({ name }) => name === 'calendar'),
        ),
      );
      await ground().query(`insert into subscriptions
        (platform, tenant, channel, subject, direct, mode, side, reminders, mention, owner, since)
        values ('slack', 'T1', 'C1', '*', 0, 'flat', 'crew', '', 'U1', 'U2', 1),
               ('slack', 'T1', 'C1', '#tag', 0, 'flat', 'crew', '', null, 'U2', 2)`);
      await ground().query(
        "insert into notes (webcast, name, folded, saved_at) values ('1_webcast1', 'One', 'one', 7)",
      );
      await migrate(database, migrations);
      await database.db.destroy();
      const opened = await ground().open();
      const kept = await opened.subscriptions('slack', town);
      expect(kept.map(({ mention, quietHours }) => [mention, quietHours])).toEqual([
        [{ kind: 'person', id: 'U1' }, undefined],
        [undefined, undefined],
      ]);
      expect(await opened.edition(entry(1))).toMatchObject({ sequence: 0, changedAt: 7 });
    });

    it('stays as it was, with all that is in it, when a step fails', async () => {
      await ground().query("insert into once (key, claimed_at) values ('kept', 1)");
      await store().close();
      const database = await ground().openDatabase();
      await expect(migrate(database, [...migrations, addTable, failing])).rejects.toThrow('half-way');
      await database.db.destroy();
      expect(await ground().query('select key from once')).toEqual([{ key: 'kept' }]);
      expect(await steps()).toHaveLength(migrations.length);
      await ground().query('create table half (key text)');
      await ground().query('create table more (key text)');
    });

    it('is refused when a newer version has used it', async () => {
      await ground().query("insert into migrations (number, name) values (99, 'from the future')");
      await store().close();
      await expect(ground().open()).rejects.toMatchObject({
        code: 'misconfigured',
        message: expect.stringMatching(/newer version .* step is 99/),
      });
    });
  });
}
