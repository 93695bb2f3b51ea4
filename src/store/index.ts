import type { LiveStore } from '../core/live.js';
import type { FileOffers, Installations, Log, References, Store } from '../core/ports.js';
import type { TicketStore } from '../core/tickets.js';
import { createBroadcasts } from './broadcasts.js';
import { createClaims } from './claims.js';
import { createCrew } from './crew.js';
import type { Database, Speech } from './dialect.js';
import { createFollow } from './follow.js';
import { createInstallations } from './installations.js';
import { createMarks } from './marks.js';
import { createNotes } from './notes.js';
import { createFileOffers } from './offers.js';
import { createOutbox } from './outbox.js';
import { createPlaces } from './places.js';
import { createQuestions } from './questions.js';
import { createReferences } from './references.js';
import { createRetirement } from './retire.js';
import type { Sealer } from './seal.js';
import { createTickets } from './tickets.js';
import { createUpkeep } from './upkeep.js';
import { createWatched } from './watched.js';

/** Where to remember: PostgreSQL at databaseUrl, or without it SQLite in the folder dataDir. */
interface StorePlace {
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly log: Log;
}

/** The store, and what else stands in its database. */
export interface OpenStore extends Store, LiveStore, TicketStore {
  installations(sealer: Sealer): Installations;
  /** The ways back into the conversations of one platform. */
  references(platform: string): References;
  /** The files that people of one platform were offered. */
  fileOffers(platform: string, sealer: Sealer): FileOffers;
  /** The same store for work that nobody waits for: it lets the others pass. */
  readonly unasked: Store & LiveStore;
}

/** Opens the store and brings its tables up to date; raises BotError misconfigured or unavailable with the remedy. */
export async function openStore({ databaseUrl, dataDir, log }: StorePlace): Promise<OpenStore> {
  const database = await openDatabase(databaseUrl, dataDir, log);
  return {
    ...createStore(database),
    unasked: createStore({ ...database, db: database.behind }),
    installations: (sealer) => createInstallations(database.db, sealer),
    references: (platform) => createReferences(database.db, platform),
    fileOffers: (platform, sealer) => createFileOffers(database.db, platform, sealer),
  };
}

/** Loads the driver of the database in use, and not the other one. */
async function openDatabase(databaseUrl: string | undefined, dataDir: string, log: Log): Promise<Database> {
  if (databaseUrl !== undefined) {
    const { openPostgres } = await import('./postgres.js');
    return await openPostgres(databaseUrl, log);
  }
  const { openSqlite } = await import('./sqlite.js');
  return await openSqlite(dataDir);
}

function createStore(speech: Speech): Store & LiveStore & TicketStore {
  const { db } = speech;
  let closed: Promise<void> | undefined;
  return {
    ...createClaims(db),
    ...createNotes(db),
    ...createPlaces(db),
    ...createFollow(db),
    ...createWatched(speech),
    ...createRetirement(db),
    ...createUpkeep(speech),
    ...createOutbox(speech),
    ...createTickets(db),
    ...createCrew(db),
    ...createBroadcasts(db),
    ...createQuestions(db),
    ...createMarks(db),
    close: () => {
      closed ??= db.destroy();
      return closed;
    },
  };
}
