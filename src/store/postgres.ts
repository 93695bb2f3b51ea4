import { Socket } from 'node:net';
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
  return speakPostgres(
    connect({ max: poolSize, statement_timeout: serverPatience, query_timeout: networkPatience }),
    explainPostgres('The database'),
  );
}
