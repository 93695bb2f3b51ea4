import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DatabaseConnection, Dialect, Driver } from 'kysely';

/** Resolves when all that was written before the call is on the disk. */
export type Sync = () => Promise<void>;

/** Whether somebody waits for what is asked, or nobody does: then whoever is waited for passes by. */
export type Rank = 'first' | 'behind';

/**
 * Shares one connection between dialects of both ranks. Within a rank it is handed out in the order in which it was asked
 * for; Kysely's own lock lets late comers pass by. What was written counts as done only when it is on the disk, but others
 * go on meanwhile. A list outside of a transaction that somebody waits for waits for nobody where there is a connection for
 * reading: it sees what was written last.
 */
export function createTurns(sync: Sync, reading?: Dialect): (dialect: Dialect, rank: Rank) => Dialect {
  const queue = createQueue();
  const breathe = createBreath();
  const reader = reading && lazily(() => openReader(reading));
  return (dialect, rank) => ({
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () =>
      turnByTurn(dialect.createDriver(), {
        enter: () => queue.enter(rank),
        leave: queue.leave,
        breathe,
        sync,
        reader: rank === 'first' ? reader : undefined,
      }),
  });
}

async function openReader(reading: Dialect): Promise<DatabaseConnection> {
  const driver = reading.createDriver();
  await driver.init();
  return driver.acquireConnection();
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}

interface Manners {
  /** Resolves when the connection is free for this one. */
  enter(): Promise<void>;
  /** Gives it to the next one. */
  leave(): void;
  /** Lets the program serve others now and then. */
  breathe(): Promise<void>;
  readonly sync: Sync;
  /** The connection for reading, where there is one. */
  readonly reader: (() => Promise<DatabaseConnection>) | undefined;
}

function createQueue() {
  const waiting: Record<Rank, (() => void)[]> = { first: [], behind: [] };
  let taken = false;
  return {
    async enter(rank: Rank): Promise<void> {
      if (taken) await new Promise<void>((resolve) => waiting[rank].push(resolve));
      taken = true;
    },
    leave(): void {
      const next = waiting.first.shift() ?? waiting.behind.shift();
      // It stays taken while it passes from one to the next.
      if (next) next();
      else taken = false;
    },
  };
}

/** How long statements run one after the other before the program serves what has come in meanwhile, in milliseconds. */
const atOnce = 1;

/** One bearer of the connection, from the first statement that needs it to when it is given back. */
interface Turn extends DatabaseConnection {
  /** Waits for the connection, unless it is there already. */
  hold(): Promise<DatabaseConnection>;
  /** Gives it back. */
  end(): Promise<void>;
}

function turnByTurn(driver: Driver, manners: Manners): Driver {
  const turns = new WeakMap<DatabaseConnection, Turn>();
  const turnOf = (connection: DatabaseConnection): Turn => {
    const turn = turns.get(connection);
    if (!turn) throw new Error('The connection was not given by this driver.');
    return turn;
  };
  return {
    init: () => driver.init(),
    async acquireConnection() {
      const turn = takeTurn(driver, manners);
      turns.set(turn, turn);
      return turn;
    },
    releaseConnection: (connection) => turnOf(connection).end(),
    async beginTransaction(connection, settings) {
      await driver.beginTransaction(await turnOf(connection).hold(), settings);
    },
    async commitTransaction(connection) {
      await driver.commitTransaction(await turnOf(connection).hold());
    },
    async rollbackTransaction(connection) {
      await driver.rollbackTransaction(await turnOf(connection).hold());
    },
    destroy: () => driver.destroy(),
  };
}

/** SQLite works within the program, so that a long queue, or a long transaction, would keep everybody waiting to its end. */
function createBreath(): Manners['breathe'] {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < atOnce) return;
    await nextTurn();
    began = performance.now();
  };
}

function takeTurn(driver: Driver, { enter, leave, breathe, sync, reader }: Manners): Turn {
  let held: DatabaseConnection | undefined;
  let wrote = false;

  async function hold(): Promise<DatabaseConnection> {
    if (held) return held;
    await enter();
    held = await driver.acquireConnection();
    return held;
  }

  return {
    hold,
    async end() {
      if (!held) return;
      await driver.releaseConnection(held);
      leave();
      if (wrote) await sync();
    },
    async executeQuery(query) {
      const reads = query.query.kind === 'SelectQueryNode';
      const connection = reads && !held && reader ? await reader() : await hold();
      wrote ||= !reads;
      try {
        return await connection.executeQuery(query);
      } finally {
        await breathe();
      }
    },
    async *streamQuery(query, size) {
      yield* (await hold()).streamQuery(query, size);
    },
  };
}

/** Lets all who wait for the disk at the same time wait for one act of it. */
export function shareSync(act: () => Promise<void>): Sync {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    const begun = act().finally(() => {
      if (running === begun) running = undefined;
    });
    running = begun;
    return begun;
  };
  return () => {
    if (!running) return begin();
    // What runs may have begun before the last write.
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return begin();
      });
    return next;
  };
}
