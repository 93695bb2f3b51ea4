import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely, SqliteDialect, sql } from 'kysely';
import Libsql from 'libsql';
import { createTurns, shareSync } from '../../../src/store/turns.js';

interface Tables {
  lines: { text: string };
}

/** A disk that finishes its acts when the test says so. */
function createDisk() {
  const acts: (() => void)[] = [];
  let begun = 0;
  return {
    act: () => {
      begun += 1;
      return new Promise<void>((resolve) => {
        acts.push(resolve);
      });
    },
    get begun() {
      return begun;
    },
    finish: () => acts.shift()?.(),
  };
}

/** Long enough for some statements, between which the program is served. */
const turns = async () => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const settled = async (work: Promise<unknown>): Promise<boolean> => {
  const open = Symbol();
  await turns();
  return (await Promise.race([work, Promise.resolve(open)])) !== open;
};

describe('a database of one connection', () => {
  let disk: ReturnType<typeof createDisk>;
  let db: Kysely<Tables>;
  const write = (text: string) => db.insertInto('lines').values({ text }).execute();
  const read = async () => (await db.selectFrom('lines').select('text').execute()).map(({ text }) => text);

  beforeEach(() => {
    disk = createDisk();
    const file = new Libsql(':memory:');
    file.exec('create table lines (text text)');
    db = new Kysely<Tables>({
      dialect: createTurns(shareSync(disk.act))(new SqliteDialect({ database: file }), 'first'),
    });
  });
  afterEach(() => db.destroy());

  it('counts a write as done when it is on the disk', async () => {
    const written = write('a');
    expect(await settled(written)).toBe(false);
    disk.finish();
    expect(await settled(written)).toBe(true);
  });

  it('counts a transaction as done when it is on the disk', async () => {
    const written = db.transaction().execute((transaction) => transaction.deleteFrom('lines').execute());
    expect(await settled(written)).toBe(false);
    disk.finish();
    expect(await settled(written)).toBe(true);
  });

  it('reads while a write waits for the disk, without waiting itself', async () => {
    const written = write('a');
    expect(await read()).toEqual(['a']);
    expect(disk.begun).toBe(1);
    disk.finish();
    await written;
  });

  it('lets all writes that came while the disk was busy wait for one more act of it', async () => {
    const first = write('a');
    expect(await settled(first)).toBe(false);
    const others = Promise.all([write('b'), write('c'), write('d')]);
    expect(await settled(others)).toBe(false);
    disk.finish();
    expect([await settled(first), await settled(others)]).toEqual([true, false]);
    expect(disk.begun).toBe(2);
    disk.finish();
    expect(await settled(others)).toBe(true);
  });

  it('serves in the order of asking, and nobody passes by', async () => {
    const order: string[] = [];
    const note = (name: string, work: Promise<unknown>) => work.then(() => order.push(name));
    const inside = db.transaction().execute(async (transaction) => {
      await transaction.selectFrom('lines').selectAll().execute();
      order.push('transaction');
    });
    const first = note('first', read());
    const second = note('second', read());
    disk.finish();
    await Promise.all([first, second]);
    const third = note('third', read());
    expect(order).toEqual(['transaction', 'first', 'second']);
    disk.finish();
    await Promise.all([inside, third]);
  });

  it('is given first to what somebody waits for, however much stands in the queue', async () => {
    const file = new Libsql(':memory:');
    const share = createTurns(async () => undefined);
    const [people, nobody] = (['first', 'behind'] as const).map(
      (rank) => new Kysely<Tables>({ dialect: share(new SqliteDialect({ database: file }), rank) }),
    );
    if (!people || !nobody) throw new Error('There are two.');
    const order: string[] = [];
    const ask = (by: Kysely<Tables>, name: string) => sql`select 1`.execute(by).then(() => order.push(name));
    const asked = [1, 2, 3, 4, 5].map((number) => ask(nobody, `nobody ${number}`));
    await Promise.all([...asked, ask(people, 'somebody')]);
    expect(order.indexOf('somebody')).toBeLessThanOrEqual(1);
    expect(order).toHaveLength(6);
    await people.destroy();
  });

  it('serves others while a long queue is worked off, or a long transaction', async () => {
    const count = sql`with recursive c(n) as (select 1 union all select n + 1 from c limit 20000) select count(*) from c`;
    const dialect = createTurns(async () => undefined)(
      new SqliteDialect({ database: new Libsql(':memory:') }),
      'first',
    );
    const quick = new Kysely<Tables>({ dialect });
    const served: number[] = [];
    const alone = Array.from({ length: 20 }, async (_, number) => {
      await count.execute(quick);
      served.push(number);
    });
    const within = quick.transaction().execute(async (transaction) => {
      for (let number = 20; number < 40; number += 1) {
        await count.execute(transaction);
        served.push(number);
      }
    });
    let turn = 0;
    for (; served.length < 40 && turn < 1000; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(served).toHaveLength(40);
    expect(turn).toBeGreaterThan(10);
    await Promise.all([...alone, within]);
    await quick.destroy();
  });

  it('is not waited for by lists where another connection reads, not even within a transaction of others', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'turns-'));
    const path = join(folder, 'lines.db');
    const file = new Libsql(path);
    file.pragma('journal_mode = WAL');
    file.exec("create table lines (text text); insert into lines values ('before')");
    const share = createTurns(async () => undefined, new SqliteDialect({ database: new Libsql(path) }));
    const people = new Kysely<Tables>({ dialect: share(new SqliteDialect({ database: file }), 'first') });
    const list = async () => (await people.selectFrom('lines').select('text').execute()).map(({ text }) => text);
    await people.transaction().execute(async (transaction) => {
      await transaction.updateTable('lines').set({ text: 'after' }).execute();
      expect(await list()).toEqual(['before']);
    });
    expect(await list()).toEqual(['after']);
    await people.destroy();
    rmSync(folder, { recursive: true });
  });

  it('tells the writer when the disk fails', async () => {
    const failing = new Kysely<Tables>({
      dialect: createTurns(() => Promise.reject(new Error('EIO')))(
        new SqliteDialect({ database: new Libsql(':memory:') }),
        'first',
      ),
    });
    await expect(failing.schema.createTable('lines').addColumn('text', 'text').execute()).rejects.toThrow('EIO');
    await failing.destroy();
  });
});
