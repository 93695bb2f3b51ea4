import pg from 'pg';
import type { Log } from '../core/ports.js';
import { type Database, parseColumns, speakPostgres } from './dialect.js';
import { migrate } from './migrate.js';
import { explainPostgres, requireUnicode, serverOf } from './troubles.js';

/** Connections of one replica; its queries are short, and Kaltura is what its commands wait for. */
const poolSize = 5;
/** How long one query may take at the server, and together with the network to it, in milliseconds. */
const serverPatience = 20_000;
const networkPatience = 30_000;
/** How long a connection may take to be made or to come free, in milliseconds. */
const connectPatience = 5000;

/**
 * Opens a PostgreSQL database by its address; any number of replicas may do so at once.
 * Raises BotError misconfigured or unavailable with the remedy.
 */
export async function openPostgres(databaseUrl: string, log: Log): Promise<Database> {
  const server = serverOf(databaseUrl);
  const connect = (settings: pg.PoolConfig) => {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      application_name: 'kaltura-webcast-bot',
      connectionTimeoutMillis: connectPatience,
      keepAlive: true,
      types: parseColumns(pg.types.getTypeParser),
      ...settings,
    });
    // Nobody waits on an idle connection: the next query makes a new one, and tells when that fails.
    pool.on('error', (error) => log.warn({ reason: error.message }, 'An idle connection to the database was lost.'));
    return pool;
  };

  // Without a limit of time: a step over a large table may take long, and so may another replica's.
  const migrating = speakPostgres(connect({ max: 1 }), explainPostgres(server));
  try {
    await requireUnicode(migrating.db);
    await migrate(migrating);
  } finally {
    await migrating.db.destroy();
  }
  return speakPostgres(
    connect({ max: poolSize, statement_timeout: serverPatience, query_timeout: networkPatience }),
    explainPostgres('The database'),
  );
}
