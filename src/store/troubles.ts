import { type Kysely, sql } from 'kysely';
import { BotError, type ErrorCode } from '../core/errors.js';
import type { Explain } from './dialect.js';
import type { Tables } from './schema.js';

/** Names the server and database of an address without its password; raises BotError misconfigured when it is none. */
export function serverOf(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl) || !/^postgres(ql)?:$/.test(new URL(databaseUrl).protocol))
    throw new BotError(
      'misconfigured',
      'DATABASE_URL is not the address of a PostgreSQL database.',
      'Write it as postgres://user:password@host:5432/database, with signs such as @ or # in the password percent-encoded.',
    );
  const { host, pathname } = new URL(databaseUrl);
  return `PostgreSQL at ${host || 'the local socket'}${pathname}`;
}

/** Refuses a database that cannot hold every name. */
export async function requireUnicode(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  const encoding = rows[0]?.server_encoding;
  if (encoding === 'UTF8') return;
  throw new BotError(
    'misconfigured',
    `The database of DATABASE_URL is encoded in ${encoding}, which cannot hold every name.`,
    "Make one with: create database webcasts encoding 'UTF8' template template0",
  );
}

/** What may go wrong outside the program; anything else is a bug and keeps its own words. */
const troubles: readonly {
  /** SQLSTATE codes of PostgreSQL (appendix A of its manual, a class by its two first signs), codes of node, or words of pg. */
  readonly signs: RegExp;
  readonly code: ErrorCode;
  readonly what: string;
  readonly hint: string;
}[] = [
  {
    signs: /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENET|EPIPE|ENOENT|08)|timeout|Connection terminated/,
    code: 'unavailable',
    what: 'cannot be reached',
    hint: 'Start it, or correct the host and port in DATABASE_URL.',
  },
  {
    signs: /^(57P|25006)/,
    code: 'unavailable',
    what: 'is starting, stopping or read-only',
    hint: 'Try again in a minute; if it stays so, let DATABASE_URL name the primary server.',
  },
  {
    signs: /^(28P01|28000)|SASL|password must be a string/,
    code: 'misconfigured',
    what: 'refuses the user or the password',
    hint: 'Correct user and password in DATABASE_URL; a server that asks for encryption also needs ?sslmode=verify-full.',
  },
  {
    signs: /^3D000/,
    code: 'misconfigured',
    what: 'does not exist there',
    hint: 'Create the database, or correct its name at the end of DATABASE_URL.',
  },
  {
    signs: /^(42501|3F000)/,
    code: 'misconfigured',
    what: 'does not let this user make or change tables',
    hint: 'Give the user of DATABASE_URL the right to create in its schema, or make it the owner of the database.',
  },
  {
    signs: /^(53300|53200|57014|40001|40P01|55P03)/,
    code: 'unavailable',
    what: 'is too busy',
    hint: 'Try again in a minute; if it stays so, raise max_connections or look for what blocks it.',
  },
  {
    signs: /^(53|58)/,
    code: 'unavailable',
    what: 'has no room left or cannot use its disk',
    hint: 'Look at the disk of the database server.',
  },
  {
    signs: /SELF_SIGNED|CERT_|VERIFY|ALTNAME|SSL/,
    code: 'misconfigured',
    what: 'and this program cannot agree on an encrypted connection',
    hint: 'Set sslmode in DATABASE_URL: disable without encryption, no-verify for a certificate of your own, else verify-full.',
  },
];

/** Says PostgreSQL's errors in words, about the server by the name that is given. */
export function explainPostgres(server: string): Explain {
  return (error) => {
    const sign = codeOf(error) || wordsOf(error);
    const trouble = troubles.find(({ signs }) => signs.test(sign));
    if (!trouble) return error;
    return new BotError(trouble.code, `${server} ${trouble.what}.`, trouble.hint, error);
  };
}

/** Says SQLite's errors in words; the result codes are those of https://www.sqlite.org/rescode.html. */
export function explainSqlite(error: unknown): unknown {
  switch (codeOf(error).split('_', 2).join('_')) {
    case 'SQLITE_FULL':
      return new BotError(
        'unavailable',
        'The disk that holds the database is full.',
        'Make room on it; the bot goes on by itself.',
        error,
      );
    case 'SQLITE_IOERR':
      return new BotError(
        'unavailable',
        'The disk that holds the database fails.',
        'Look at the disk and its mount, then restart the bot.',
        error,
      );
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new BotError(
        'unavailable',
        'Another program keeps the database locked.',
        'Close what has webcast-bot.db open, then try again.',
        error,
      );
    case 'SQLITE_NOTADB':
    case 'SQLITE_CORRUPT':
      return new BotError(
        'misconfigured',
        'The database file webcast-bot.db is damaged, or is something else.',
        'Restore a backup of it, or move it away to begin anew.',
        error,
      );
    case 'SQLITE_READONLY':
    case 'SQLITE_CANTOPEN':
    case 'SQLITE_PERM':
      return new BotError(
        'misconfigured',
        'The database file webcast-bot.db cannot be written.',
        'Let this user write to the data folder and its files.',
        error,
      );
    default:
      return error;
  }
}

/** The code of a driver's or node's error, or an empty text. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** The words of an error. */
export function wordsOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
