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
  const breath = createBreath();
  const queue = createQueue(breath);
  const reader = reading && lazily(() => openReader(reading));
  return (dialect, rank) => ({
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () =>
      turnByTurn(dialect.createDriver(), {
        enter: () => queue.enter(rank),
        leave: queue.leave,
        breath,
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
  readonly breath: Breath;
  readonly sync: Sync;
  /** The connection for reading, where there is one. */
  readonly reader: (() => Promise<DatabaseConnection>) | undefined;
}

/**
 * How long statements run one after the other before the program serves what has come in meanwhile, in milliseconds. A
 * transaction keeps others from writing until it ends, so that a short one does not rest within.
 */
const atOnce = { alone: 1, within: 5 };

interface Breath {
  /** Whether statements have run for so many milliseconds since the program served others. */
  due(after: number): boolean;
  /** Lets the program serve others. */
  take(): Promise<void>;
}

/** SQLite works within the program, so that a long queue, or a long transaction, would keep everybody waiting to its end. */
function createBreath(): Breath {
  let began = performance.now();
  return {
    due: (after) => performance.now() - began >= after,
    async take() {
      await nextTurn();
      began = performance.now();
    },
  };
}

function createQueue(breath: Breath) {
  const waiting: Record<Rank, (() => void)[]> = { first: [], behind: [] };
  let taken = false;

  function grant(): void {
    const next = taken ? undefined : (waiting.first.shift() ?? waiting.behind.shift());
    if (!next) return;
    taken = true;
    next();
  }

  return {
    async enter(rank: Rank): Promise<void> {
      const isNext = waiting.first.length === 0 && (rank === 'first' || waiting.behind.length === 0);
      if (taken || !isNext) return await new Promise<void>((resolve) => waiting[rank].push(resolve));
      taken = true;
    },
    leave(): void {
      taken = false;
      // Whoever comes while the program serves others and is waited for takes it at once.
      if (breath.due(atOnce.alone)) void breath.take().then(grant);
      else grant();
    },
  };
}

/** One bearer of the connection, from the first statement that needs it to when it is given back. */
interface Turn extends DatabaseConnection {
  /** Waits for the connection, unless it is there already; until the end all statements are one transaction, if begun so. */
  hold(transaction?: boolean): Promise<DatabaseConnection>;
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
      await driver.beginTransaction(await turnOf(connection).hold(true), settings);
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

function takeTurn(driver: Driver, { enter, leave, breath, sync, reader }: Manners): Turn {
  let held: DatabaseConnection | undefined;
  let wrote = false;
  let within = false;

  async function hold(transaction = false): Promise<DatabaseConnection> {
    within ||= transaction;
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
      await Promise.all([wrote ? sync() : undefined, breath.due(atOnce.alone) ? breath.take() : undefined]);
    },
    async executeQuery(query) {
      const reads = query.query.kind === 'SelectQueryNode';
      const aside = reads && !held && reader !== undefined;
      const connection = aside ? await reader() : await hold();
      wrote ||= !reads;
      try {
        return await connection.executeQuery(query);
      } finally {
        // What stands alone rests when it has let the next one in.
        if ((within && breath.due(atOnce.within)) || (aside && breath.due(atOnce.alone))) await breath.take();
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
