import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { instant } from '../../../src/core/webcast.js';
import { type OpenStore, openStore } from '../../../src/store/index.js';
import { openSqlite } from '../../../src/store/sqlite.js';
import { describeStore } from './describe.js';
import { type Ground, quiet } from './harness.js';
import { startWriter } from './process.js';
import { entry } from './samples.js';

/** A folder of its own under a store on SQLite. */
async function makeGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'webcast-bot-'));
  const stores: OpenStore[] = [];
  return {
    async open() {
      const store = await openStore({ dataDir: folder, log: quiet });
      stores.push(store);
      return store;
    },
    openDatabase: () => openSqlite(folder),
    async query(text) {
      const file = new Libsql(join(folder, 'webcast-bot.db'), { timeout: 1000 });
      const statement = file.prepare(text);
      const rows = statement.reader ? statement.all([]) : [];
      if (!statement.reader) statement.run([]);
      file.close();
      return rows.filter((row) => typeof row === 'object' && row !== null);
    },
    variables: { DATA_DIR: folder },
    async clear() {
      for (const store of stores) await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

describeStore('SQLite', makeGround);

describe('a data folder', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'webcast-bot-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const opening = (dataDir = folder) => openStore({ dataDir, log: quiet });

  it('goes to exactly one of many processes that start at once, and to the next when that one is killed', async () => {
    const writers = Array.from({ length: 4 }, () => startWriter({ DATA_DIR: folder }));
    let waiting = writers;
    while (waiting.length > 0) {
      for (const writer of waiting) writer.say('open');
      const answers = await Promise.all(waiting.map(async (writer) => ({ writer, answer: await writer.next() })));
      const [holder, ...others] = answers.filter(({ answer }) => answer === 'open').map(({ writer }) => writer);
      expect(holder).toBeDefined();
      expect(others).toEqual([]);
      waiting = waiting.filter((writer) => writer !== holder);
      for (const writer of waiting) {
        writer.say('open');
        expect(await writer.next()).toBe(`refused: The data folder ${folder} is in use by process ${holder?.pid}.`);
      }
      await holder?.kill();
    }
  }, 60_000);

  it('is free again when its process has closed the store', async () => {
    const writer = startWriter({ DATA_DIR: folder });
    writer.say('open');
    expect(await writer.next()).toBe('open');
    await writer.finish();
    await (await opening()).close();
  });

  it('is refused to a second store of the same process, with the remedy', async () => {
    const store = await opening();
    await expect(opening()).rejects.toMatchObject({
      code: 'misconfigured',
      message: `The data folder ${folder} is in use by process ${process.pid}.`,
      hint: 'Stop it, or set DATA_DIR to another folder.',
    });
    await expect(opening()).rejects.toMatchObject({ code: 'misconfigured' });
    await store.close();
  });

  it('is made for its owner alone, with all that lies in it', async () => {
    const inner = join(folder, 'deep', 'data');
    const store = await opening(inner);
    const modes = await Promise.all(
      ['', 'webcast-bot.db', 'webcast-bot.db-wal', 'webcast-bot.pid'].map(async (name) => {
        const { mode } = await stat(join(inner, name));
        return mode & 0o777;
      }),
    );
    expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
    await store.close();
  });

  it('holds everything in one file once the store is closed', async () => {
    const store = await opening();
    await store.claimOnce('announce', instant(1));
    await store.close();
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await copyFile(join(folder, 'webcast-bot.db'), join(elsewhere, 'webcast-bot.db'));
    const copy = await opening(elsewhere);
    expect(await copy.claimOnce('announce', instant(2))).toBe(false);
    await copy.close();
  });

  it('is named when it is a file', async () => {
    const file = join(folder, 'taken');
    await writeFile(file, '');
    await expect(opening(file)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining(`The data folder ${file} cannot be used`),
    });
  });

  it('is refused when the database in it is something else, and free again afterwards', async () => {
    await writeFile(join(folder, 'webcast-bot.db'), 'not a database '.repeat(100));
    await expect(opening()).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('is damaged, or is something else'),
    });
    await rm(join(folder, 'webcast-bot.db'));
    await (await opening()).close();
  });

  it('goes on after another program has held the file locked, whatever was tried meanwhile', async () => {
    const store = await opening();
    const other = new Libsql(join(folder, 'webcast-bot.db'));
    other.exec('begin immediate');
    const locked = { code: 'unavailable' };
    // A transaction, a write that gives rows and one that gives none.
    await expect(store.recordLooks('o', [], instant(1))).rejects.toMatchObject(locked);
    await expect(store.claimDelivery('a', instant(1))).rejects.toMatchObject(locked);
    await expect(store.nudge(entry(1), instant(1))).rejects.toMatchObject(locked);
    other.exec('rollback');
    other.close();
    await store.nudge(entry(1), instant(1));
    expect(await store.claimDelivery('a', instant(1))).toBe(true);
    await store.close();
  });

  // What SQLite leaves out of a commit, turns.ts waits for: see test/unit/store/turns.test.ts.
  it('writes into a write-ahead log, that SQLite itself syncs only before it empties it', async () => {
    const { db } = await openSqlite(folder);
    const { rows } = await sql`select journal_mode, synchronous, foreign_keys
      from pragma_journal_mode, pragma_synchronous, pragma_foreign_keys`.execute(db);
    expect(rows).toEqual([{ journal_mode: 'wal', synchronous: 1, foreign_keys: 1 }]);
    await db.destroy();
  });
});
