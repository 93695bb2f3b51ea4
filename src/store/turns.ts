import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from 'kysely';

/** Resolves when all that was written before the call is on the disk. */
export type Sync = () => Promise<void>;

/** Whether somebody waits for what is asked, or nobody does: then whoever is waited for passes by. */
export type Rank = 'first' | 'behind';

/**
 * Shares one connection between dialects of both ranks. Within a rank it is handed out in the order in which it was asked
 * for; Kysely's own lock lets late comers pass by. What was written counts as done only when it is on the disk, but others
 * go on meanwhile.
 */
export function createTurns(sync: Sync): (dialect: Dialect, rank: Rank) => Dialect {
  const queue = createQueue();
  const breathe = createBreath();
  return (dialect, rank) => ({
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () =>
      turnByTurn(dialect.createDriver(), { enter: () => queue.enter(rank), leave: queue.leave, breathe, sync }),
  });
}

interface Manners {
  /** Resolves when the connection is free for this one. */
  enter(): Promise<void>;
  /** Gives it to the next one. */
  leave(): void;
  /** Lets the program serve others now and then. */
  breathe(): Promise<void>;
  readonly sync: Sync;
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

/** How many statements run one after the other before the program serves what has come in meanwhile. */
const together = 4;

/** One bearer of the connection, from when it is given to when it is given back. */
interface Turn extends DatabaseConnection {
  readonly inner: DatabaseConnection;
  wrote: boolean;
}

function turnByTurn(driver: Driver, { enter, leave, breathe, sync }: Manners): Driver {
  const turns = new WeakMap<DatabaseConnection, Turn>();
  const turnOf = (connection: DatabaseConnection): Turn => {
    const turn = turns.get(connection);
    if (!turn) throw new Error('The connection was not given by this driver.');
    return turn;
  };
  return {
    init: () => driver.init(),
    async acquireConnection() {
      await enter();
      const turn = takeTurn(await driver.acquireConnection(), breathe);
      turns.set(turn, turn);
      return turn;
    },
    async releaseConnection(connection) {
      const turn = turnOf(connection);
      await driver.releaseConnection(turn.inner);
      leave();
      if (turn.wrote) await sync();
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(turnOf(connection).inner, settings),
    commitTransaction: (connection) => driver.commitTransaction(turnOf(connection).inner),
    rollbackTransaction: (connection) => driver.rollbackTransaction(turnOf(connection).inner),
    destroy: () => driver.destroy(),
  };
}

/** SQLite works within the program, so that a long queue, or a long transaction, would keep everybody waiting to its end. */
function createBreath(): Manners['breathe'] {
  let run = 0;
  return async () => {
    run += 1;
    if (run % together === 0) await nextTurn();
  };
}

function takeTurn(inner: DatabaseConnection, breathe: Manners['breathe']): Turn {
  const turn: Turn = {
    inner,
    wrote: false,
    async executeQuery(query) {
      turn.wrote ||= isWrite(query);
      await breathe();
      return inner.executeQuery(query);
    },
    streamQuery: (query, size) => inner.streamQuery(query, size),
  };
  return turn;
}

const isWrite = ({ query }: CompiledQuery): boolean => query.kind !== 'SelectQueryNode';

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
