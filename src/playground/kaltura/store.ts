import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { codeOf } from './errors.js';
import { type Fields, isFields } from './values.js';

/** What the server knows about the broadcasts of a live entry and does not answer as it stands. Times are unix seconds. */
export interface Broadcast {
  streamPassword: string;
  /** As written; without explicitLive other values are read back. */
  viewMode: number;
  recordingStatus: number;
  /** Broadcasting addresses that somebody wrote instead of the computed ones. */
  addresses: Fields;
  /** When viewMode last became 1; the packager follows after the publish delay. */
  publishedAt?: number;
  /** Since when content is being recorded, and what was recorded before, in seconds. */
  recordingSince?: number;
  recordedSeconds: number;
  /** Whether this broadcast was recorded at all, be it for a moment. */
  hasContent: boolean;
  /** Numbers the recordings of an entry that records per session. */
  sessions: number;
  /** What the search index says about isLive since the entry was last saved. */
  indexedLive: boolean;
  /** When viewers had the picture; the last one has no end while they have it. */
  shows?: Show[];
}

/** A time in which viewers had the picture, in unix seconds. */
export interface Show {
  from: number;
  until?: number;
}

/** What becomes of a recorded entry after the broadcast. Times are unix seconds. */
interface Recording {
  liveEntryId: string;
  seconds: number;
  readyAt?: number;
  /** A cut of it that is to take its place. */
  cut?: Cut;
}

/** A stretch of a recording that is to take the place of the whole, in milliseconds; ready at a unix second. */
export interface Cut {
  offset: number;
  duration: number;
  readyAt: number;
}

/** An entry: the properties it is answered with, and what stands behind them. */
export interface Entry {
  id: string;
  /** Grows with every entry; the search index sorts by it. */
  order: number;
  fields: Fields;
  /** Ids of its flavor assets, oldest first. */
  assets: string[];
  broadcast?: Broadcast;
  recording?: Recording;
}

export type TableName =
  | 'appTokens'
  | 'conversionProfiles'
  | 'conversionProfileAssetParams'
  | 'uiConfs'
  | 'metadataProfiles'
  | 'metadata'
  | 'scheduleEvents'
  | 'cuePoints'
  | 'notificationTemplates'
  | 'flavorAssets'
  | 'thumbAssets'
  | 'captionAssets'
  | 'serverNodes'
  | 'categories'
  | 'categoryEntries'
  | 'users'
  | 'beacons'
  | 'feeds'
  | 'reports'
  | 'polls'
  | 'accessControlProfiles';

/** What an account falls back to. */
interface Defaults {
  partnerId?: number;
  liveProfileId?: number;
  openedAt?: number;
}

interface StateFile {
  version: 1;
  counters: Record<string, number>;
  entries: Entry[];
  tables: Record<string, [key: string, row: Fields][]>;
  metadataKeys: [string, string][];
  defaults: Defaults;
  endedSessions: [string, number][];
  usedActions: [string, number][];
}

/** Everything an account holds, in memory and indexed by id. */
export class Store {
  readonly entries = new Map<string, Entry>();
  /** Session ids and session strings that were logged out, with the second until which that counts. */
  readonly endedSessions = new Map<string, number>();
  /** How often sessions with an `actionslimit` were used. */
  readonly usedActions = new Map<string, number>();
  readonly defaults: Defaults = {};
  /** Where the metadata of an id lies: rows are kept by profile and object. */
  readonly metadataKeys = new Map<string, string>();
  /** Ids of recordings that become ready when their time comes. */
  readonly pendingRecordings = new Set<string>();
  private readonly tables = new Map<string, Map<string, Fields>>();
  private counters: Record<string, number> = {};

  /** Gives a table of rows by id. */
  table(name: TableName): Map<string, Fields> {
    let table = this.tables.get(name);
    if (!table) {
      table = new Map();
      this.tables.set(name, table);
    }
    return table;
  }

  /** Gives the rows of a table that have one of the ids, in the order of the ids. */
  rows(name: TableName, ids: string[]): Fields[] {
    const table = this.table(name);
    return ids.map((id) => table.get(id)).filter((row) => row !== undefined);
  }

  /** Counts a named counter up; the first number is `first`. */
  next(counter: string, first = 1): number {
    const value = this.counters[counter] ?? first;
    this.counters[counter] = value + 1;
    return value;
  }

  /** Empties the store. */
  clear(): void {
    this.entries.clear();
    this.endedSessions.clear();
    this.usedActions.clear();
    this.pendingRecordings.clear();
    this.metadataKeys.clear();
    this.tables.clear();
    this.counters = {};
    delete this.defaults.liveProfileId;
  }

  /** Gives all state as plain data. */
  dump(): StateFile {
    return {
      version: 1,
      counters: { ...this.counters },
      entries: [...this.entries.values()],
      metadataKeys: [...this.metadataKeys],
      defaults: { ...this.defaults },
      tables: Object.fromEntries([...this.tables].map(([name, table]) => [name, [...table]])),
      endedSessions: [...this.endedSessions],
      usedActions: [...this.usedActions],
    };
  }

  /** Writes the state to a file in one step: a reader sees the old state or the new one. */
  save(path: string): void {
    mkdirSync(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}.tmp`;
    writeFileSync(draft, JSON.stringify(this.dump()), { mode: 0o600 });
    renameSync(draft, path);
  }

  /** Reads the state of a file; false when there is none, an error when it is not one of ours. */
  load(path: string): boolean {
    let content: string;
    try {
      content = readFileSync(path, 'utf8');
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
    const state: unknown = JSON.parse(content);
    if (!isStateFile(state)) throw new Error(`${path} is not a state file of this server`);
    this.clear();
    this.counters = state.counters;
    Object.assign(this.defaults, state.defaults);
    for (const [id, key] of state.metadataKeys) this.metadataKeys.set(id, key);
    for (const entry of state.entries) {
      this.entries.set(entry.id, entry);
      if (entry.recording?.readyAt !== undefined || entry.recording?.cut) this.pendingRecordings.add(entry.id);
    }
    for (const [name, rows] of Object.entries(state.tables)) {
      this.tables.set(name, new Map(rows));
    }
    for (const [id, until] of state.endedSessions) this.endedSessions.set(id, until);
    for (const [id, count] of state.usedActions) this.usedActions.set(id, count);
    return true;
  }
}

function isStateFile(state: unknown): state is StateFile {
  return isFields(state) && state.version === 1 && Array.isArray(state.entries) && isFields(state.tables);
}
