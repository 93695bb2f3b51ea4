import { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from '../core/ports.js';
import { type Database, parseColumns, speakPostgres } from './dialect.js';
import { migrate } from './migrate.js';
import { explainPostgres, requireUnicode, serverOf } from './troubles.js';

/** Connections of one replica; its queries are short, and Kaltura is what its commands wait for. */
const poolSize = 5;
/** How long a connection may take to be made or to come free, in milliseconds. */
const connectPatience = 5000;

/**
 * Opens a PostgreSQL database by its address; any number of replicas may do so at once. A query that hears nothing for
 * as long as patience, in milliseconds, is given up. Raises BotError misconfigured or unavailable with the remedy.
 */
export async function openPostgres(databaseUrl: string, log: Log, patience = 20_000): Promise<Database> {
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
    // A lost connection that idles is replaced by the next query; of one in use the query itself tells. Without
    // listeners either would end the process.
    pool.on('error', (error) => log.warn({ reason: error.message }, 'An idle connection to the database was lost.'));
    pool.on('connect', (client) =>
      client.on('error', (error) => log.debug({ reason: error.message }, 'A connection was lost.')),
    );
    return pool;
  };

  // Without a limit of time: a step over a large table may take long, and so may another replica's.
  const socket = new Socket();
  const migrating = speakPostgres(connect({ max: 1, stream: () => socket }), explainPostgres(server));
  try {
    await requireUnicode(migrating.db);
    await migrate(migrating);
  } finally {
    await migrating.db.destroy();
    // pg forgets a connection that fails before it is let in, and the server would hold it open for a minute.
    socket.destroy();
  }
  // Connections are closed when they idle for half of patience, so that one silent for longer waits for a lost answer.
  const pool = connect({ max: poolSize, idleTimeoutMillis: patience / 2, stream: () => impatientSocket(patience) });
  return speakPostgres(pool, explainPostgres('The database'));
}

/**
 * A socket that ends itself after a silence. pg's own query_timeout leaves the connection in the pool with its query
 * still before the next ones, and statement_timeout is refused by PgBouncer at the start.
 */
function impatientSocket(patience: number): Socket {
  const socket = new Socket();
  socket.setTimeout(patience, () => socket.destroy());
  return socket;
}
