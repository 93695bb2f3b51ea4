import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type RawBuilder,
  type SqliteDatabase,
  SqliteDialect,
  sql,
} from 'kysely';
import type { Tables } from './schema.js';
import { createTurns, type Rank, type Sync } from './turns.js';

/** A database that is asked, and the few things in which its queries differ from the other kind's. */
export interface Speech {
  readonly db: Kysely<Tables>;
  /** Whether one process alone can have it open, so that no claim of another one can be at work. */
  readonly exclusive: boolean;
  /** Passes by the rows of this table that others hold locked; where one process writes there are none. */
  skipLocked(table: 'watched' | 'cards' | 'notices'): RawBuilder<unknown>;
  /** Waits within a transaction until no other opener migrates; held until the transaction ends. */
  lockMigrations(transaction: Kysely<Tables>): Promise<void>;
}

/** A database that is open. */
export interface Database extends Speech {
  /** The same for what nobody waits for, which lets the others pass where there is one connection. */
  readonly behind: Kysely<Tables>;
}

/** Says a driver's error in words for a person, or gives it back when it means a bug. */
export type Explain = (error: unknown) => unknown;

/**
 * Speaks SQLite; only one process has the file open, so nothing needs to be waited for but the disk, by sync: where a
 * commit waits for it itself, the whole program waits with it.
 */
export function speakSqlite(
  database: SqliteDatabase,
  reading: () => Promise<SqliteDatabase>,
  sync: Sync,
  explain: Explain,
): Database {
  const turns = createTurns(sync, new SqliteDialect({ database: reading }));
  const ranked = (rank: Rank) => speak(turns(new SqliteDialect({ database }), rank), explain);
  return {
    db: ranked('first'),
    behind: ranked('behind'),
    exclusive: true,
    skipLocked: () => sql``,
    lockMigrations: async () => {},
  };
}

/** Any number will do that no other program locks in the same database; this one spells "webcas" in ASCII. */
const migrationLock = 131_277_326_082_419;

/** Speaks PostgreSQL. */
export function speakPostgres(pool: PostgresPool, explain: Explain): Database {
  const db = speak(new PostgresDialect({ pool }), explain);
  return {
    db,
    behind: db,
    exclusive: false,
    skipLocked: (table) => sql`for update of ${sql.table(table)} skip locked`,
    lockMigrations: async (transaction) => {
      await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(transaction);
    },
  };
}

/** PostgreSQL's type number of a 64-bit integer (pg_type.oid of int8). */
const int8 = 20;

/** The column parsers for a pool: 64-bit integers become numbers, since none here passes 2^53. */
export function parseColumns(standard: (oid: number, format: 'text' | 'binary') => (value: string) => unknown) {
  return {
    getTypeParser: (oid: number, format: 'text' | 'binary' = 'text') =>
      oid === int8 && format === 'text' ? (value: string) => Number(value) : standard(oid, format),
  };
}

function speak(dialect: Dialect, explain: Explain): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
      createDriver: () => explainingDriver(dialect.createDriver(), explain),
    },
  });
}

/** Wraps a driver so that both databases take the same values and fail in the same words. */
function explainingDriver(driver: Driver, explain: Explain): Driver {
  const inner = new WeakMap<DatabaseConnection, DatabaseConnection>();
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw explain(error);
    }
  };
  const within = (connection: DatabaseConnection): DatabaseConnection => inner.get(connection) ?? connection;
  return {
    init: () => driver.init(),
    acquireConnection: async () => {
      const connection = await told(() => driver.acquireConnection());
      const outer: DatabaseConnection = {
        executeQuery: (query) => told(() => connection.executeQuery(withoutNul(query))),
        streamQuery: (query, size) => connection.streamQuery(withoutNul(query), size),
      };
      inner.set(outer, connection);
      return outer;
    },
    beginTransaction: (connection, settings) => told(() => driver.beginTransaction(within(connection), settings)),
    commitTransaction: (connection) => told(() => driver.commitTransaction(within(connection))),
    rollbackTransaction: (connection) => told(() => driver.rollbackTransaction(within(connection))),
    releaseConnection: (connection) => told(() => driver.releaseConnection(within(connection))),
    destroy: () => driver.destroy(),
  };
}

/** PostgreSQL refuses U+0000 in text and SQLite's functions stop at it, so that it is left out on both. */
function withoutNul(query: CompiledQuery): CompiledQuery {
  if (!query.parameters.some((value) => typeof value === 'string' && value.includes('\0'))) return query;
  const parameters = query.parameters.map((value) => (typeof value === 'string' ? value.replaceAll('\0', '') : value));
  return { ...query, parameters };
}
