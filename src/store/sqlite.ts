import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { BotError } from '../core/errors.js';
import { type Database, speakSqlite } from './dialect.js';
import { lockFolder } from './lock.js';
import { migrate } from './migrate.js';
import { explainSqlite, wordsOf } from './troubles.js';

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
  let file: ReturnType<typeof openFile> | undefined;
  const close = () => {
    try {
      // libsql leaves the connection to the garbage collector, and with it SQLite's own emptying of the log.
      file?.pragma('wal_checkpoint(TRUNCATE)');
      file?.close();
    } finally {
      lock.release();
    }
  };
  try {
    const opened = atFolder(folder, () => openFile(join(folder, 'webcast-bot.db')));
    file = opened;
    const database = speakSqlite({ prepare: (text) => opened.prepare(text), close }, explainSqlite);
    await migrate(database);
    return database;
  } catch (error) {
    close();
    throw error;
  }
}

/** Opens or makes the file; its write-ahead log is synced at each commit, so that what was told to be written stays. */
function openFile(path: string) {
  makePrivate(path);
  const file = new Libsql(path, { timeout: patience });
  for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']) file.pragma(setting);
  return file;
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
