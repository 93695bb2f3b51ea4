import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Kysely, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import { shareSync, takeTurns } from '../../../src/store/turns.js';

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

const settled = async (work: Promise<unknown>): Promise<boolean> => {
  const open = Symbol();
  await new Promise((resolve) => setImmediate(resolve));
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
    db = new Kysely<Tables>({ dialect: takeTurns(new SqliteDialect({ database: file }), shareSync(disk.act)) });
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
    void note('third', read());
    expect(order).toEqual(['transaction', 'first', 'second']);
    disk.finish();
    await inside;
  });

  it('tells the writer when the disk fails', async () => {
    const failing = new Kysely<Tables>({
      dialect: takeTurns(new SqliteDialect({ database: new Libsql(':memory:') }), () =>
        Promise.reject(new Error('EIO')),
      ),
    });
    await expect(failing.schema.createTable('lines').addColumn('text', 'text').execute()).rejects.toThrow('EIO');
    await failing.destroy();
  });
});
