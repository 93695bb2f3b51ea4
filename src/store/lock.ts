import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { BotError } from '../core/errors.js';
import { codeOf } from './troubles.js';

/** A data folder that this process alone may use until it lets go or ends, however it ends. */
interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this process; raises BotError misconfigured when another one has it.
 * The lock is SQLite's own on an empty file: the kernel drops it with its process, so that none is ever stale.
 */
export function lockFolder(folder: string): FolderLock {
  const pidFile = join(folder, 'webcast-bot.pid');
  const file = new Libsql(join(folder, 'webcast-bot.lock'));
  try {
    file.pragma('journal_mode = MEMORY');
    // Immediate and not exclusive: of racing starters exactly one gets it, since it need not wait for the others to let go.
    file.exec('begin immediate');
  } catch (error) {
    file.close();
    if (!codeOf(error).startsWith('SQLITE_BUSY')) throw error;
    throw new BotError(
      'misconfigured',
      `The data folder ${folder} is in use by ${readHolder(pidFile)}.`,
      'Stop it, or set DATA_DIR to another folder.',
      error,
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`, { mode: 0o600 });
  return {
    release: () => {
      rmSync(pidFile, { force: true });
      file.exec('rollback');
      file.close();
    },
  };
}

/** The holder in words; its number is written just after the lock was taken, and so may not be there yet. */
function readHolder(pidFile: string): string {
  const written = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim() : '';
  return written === '' ? 'another process' : `process ${written}`;
}
