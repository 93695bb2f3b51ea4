import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { BotError } from '../core/errors.js';
import { type Database, speakSqlite } from './dialect.js';
import { lockFolder } from './lock.js';
import { migrate } from './migrate.js';
import { explainSqlite, wordsOf } from './troubles.js';
import { shareSync } from './turns.js';

const name = 'webcast-bot.db';
/** How long to wait for another program that reads or copies the file, in milliseconds. */
const patience = 1000;

/**
 * Opens the one database file of a data folder, which is made when it is missing and which no other process may use
 * meanwhile; raises BotError misconfigured or unavailable with the remedy.
 */
export async function openSqlite(folder: string): Promise<Database> {
  const lock = atFolder(folder, () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return lockFolder(folder);
  });
  let file: File | undefined;
  let reader: File | undefined;
  const disk = createDisk(folder);
  const close = () => {
    try {
      disk.close();
      reader?.close();
      // libsql leaves the connection to the garbage collector, and with it SQLite's own emptying of the log.
      file?.pragma('wal_checkpoint(TRUNCATE)');
      file?.close();
    } finally {
      lock.release();
    }
  };
  try {
    const opened = atFolder(folder, () => openFile(join(folder, name)));
    file = opened;
    const reading = async () => {
      reader = openFile(join(folder, name));
      return { prepare: keepStatements(reader), close: () => undefined };
    };
    const writing = { prepare: keepStatements(opened), close };
    const database = speakSqlite(writing, reading, shareSync(disk.sync), explainSqlite);
    await migrate(database);
    return database;
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Opens or makes the file. SQLite itself syncs its write-ahead log only before it empties it; after each commit the disk
 * does, beside the program instead of within it.
 */
function openFile(path: string) {
  makePrivate(path);
  const file = new Libsql(path, { timeout: patience });
  for (const setting of ['journal_mode = WAL', 'synchronous = NORMAL', 'foreign_keys = ON']) file.pragma(setting);
  return file;
}

/**
 * Brings the write-ahead log to the disk. SQLite keeps one file for it as long as the database is open, and makes it with
 * the first write (https://sqlite.org/wal.html).
 */
function createDisk(folder: string): { sync(): Promise<void>; close(): void } {
  let log: Promise<FileHandle> | undefined;
  return {
    async sync() {
      log ??= openLog(folder);
      await (await log).datasync();
    },
    close() {
      void log?.then((handle) => handle.close());
    },
  };
}

/** Opens the log, once its name is on the disk too. */
async function openLog(folder: string): Promise<FileHandle> {
  const log = await open(join(folder, `${name}-wal`), 'r+');
  const names = await open(folder);
  await names.sync();
  await names.close();
  return log;
}

/** How many statements are kept; those of lists of different lengths are different ones. */
const mostStatements = 200;

type File = ReturnType<typeof openFile>;
type Statement = ReturnType<File['prepare']>;

/**
 * Prepares each statement once: that costs as much as running it. A write that finds the file locked stays under way in
 * libsql, and no later commit succeeds; so the lock is taken before any write, by a statement that does nothing else.
 */
function keepStatements(file: File): SqliteDatabase['prepare'] {
  const kept = new Map<string, SqliteStatement>();
  return (text) => {
    const before = kept.get(text);
    if (before) return before;
    const safe = text === 'begin' ? beginLocked(file) : prepare(file, text);
    if (kept.size >= mostStatements) kept.clear();
    kept.set(text, safe);
    return safe;
  };
}

/** A transaction that holds the lock from its beginning; exec keeps no statement that could stay under way. */
function beginLocked(file: File): SqliteStatement {
  const run = () => {
    file.exec('begin immediate');
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, run, all: () => [], iterate: () => [].values() };
}

function prepare(file: File, text: string): SqliteStatement {
  const statement = file.prepare(text);
  return writes.test(text) ? lockFirst(file, statement) : statement;
}

const writes = /^\s*(insert|update|delete|with)\b/i;

/** A write that stands alone becomes a transaction of its own. */
function lockFirst(file: File, statement: Statement): SqliteStatement {
  function locked<T>(write: () => T): T {
    if (file.inTransaction) return write();
    file.exec('begin immediate');
    try {
      const result = write();
      file.exec('commit');
      return result;
    } catch (error) {
      file.exec('rollback');
      throw error;
    }
  }
  return {
    reader: statement.reader,
    all: (values) => locked(() => statement.all(values)),
    run: (values) => locked(() => statement.run(values)),
    iterate: (values) => statement.iterate(values),
  };
}

/** Makes the file for its owner alone before SQLite would make it for all; SQLite gives its log files the same rights. */
function makePrivate(path: string): void {
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600));
}

/** Does something with the folder and says what is wrong with it. */
function atFolder<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const told = explainSqlite(error);
    if (told instanceof BotError) throw told;
    throw new BotError(
      'misconfigured',
      `The data folder ${folder} cannot be used (${wordsOf(told)}).`,
      'Let this user write there, or set DATA_DIR to another folder.',
      error,
    );
  }
}
