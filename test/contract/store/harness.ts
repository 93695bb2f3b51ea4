import type { Log } from '../../../src/core/ports.js';
import type { Database } from '../../../src/store/dialect.js';
import type { OpenStore } from '../../../src/store/index.js';

/** A place that stores can be opened on, one after the other or at once, and looked into from beside. */
export interface Ground {
  /** Opens a store, which is closed with the ground unless the test closed it. */
  open(): Promise<OpenStore>;
  /** Opens the database under the store, which the test closes itself. */
  openDatabase(): Promise<Database>;
  /** Runs a query beside the store. */
  query(text: string): Promise<readonly object[]>;
  /** The variables that name it to another process. */
  readonly variables: { readonly DATABASE_URL?: string; readonly DATA_DIR?: string };
  /** Closes its stores and takes it away. */
  clear(): Promise<void>;
}

/** A log that nobody reads. */
export const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
