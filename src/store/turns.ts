import type { CompiledQuery, DatabaseConnection, Dialect, Driver } from 'kysely';

/** Resolves when all that was written before the call is on the disk. */
export type Sync = () => Promise<void>;

/**
 * Speaks to a database of one connection. It is handed out in the order in which it was asked for; Kysely's own lock lets
 * late comers pass by. What was written counts as done only when it is on the disk, but others go on meanwhile.
 */
export function takeTurns(dialect: Dialect, sync: Sync): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: () => turnByTurn(dialect.createDriver(), sync),
  };
}

/** One bearer of the connection, from when it is given to when it is given back. */
interface Turn extends DatabaseConnection {
  readonly inner: DatabaseConnection;
  wrote: boolean;
  end(): void;
}

function turnByTurn(driver: Driver, sync: Sync): Driver {
  const turns = new WeakMap<DatabaseConnection, Turn>();
  let last = Promise.resolve();
  const turnOf = (connection: DatabaseConnection): Turn => {
    const turn = turns.get(connection);
    if (!turn) throw new Error('The connection was not given by this driver.');
    return turn;
  };
  return {
    init: () => driver.init(),
    async acquireConnection() {
      const before = last;
      let end: () => void = () => undefined;
      last = new Promise((resolve) => {
        end = resolve;
      });
      await before;
      const turn = takeTurn(await driver.acquireConnection(), end);
      turns.set(turn, turn);
      return turn;
    },
    async releaseConnection(connection) {
      const turn = turnOf(connection);
      await driver.releaseConnection(turn.inner);
      turn.end();
      if (turn.wrote) await sync();
    },
    beginTransaction: (connection, settings) => driver.beginTransaction(turnOf(connection).inner, settings),
    commitTransaction: (connection) => driver.commitTransaction(turnOf(connection).inner),
    rollbackTransaction: (connection) => driver.rollbackTransaction(turnOf(connection).inner),
    destroy: () => driver.destroy(),
  };
}

function takeTurn(inner: DatabaseConnection, end: () => void): Turn {
  const turn: Turn = {
    inner,
    wrote: false,
    end,
    executeQuery(query) {
      turn.wrote ||= isWrite(query);
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
