import type { Kysely } from 'kysely';
import type { Tables } from '../schema.js';
import * as first from './0001-first.js';
import * as conversations from './0002-conversations.js';
import * as live from './0003-live.js';
import * as numbers from './0004-numbers.js';
import * as fileOffers from './0005-file-offers.js';
import * as calendar from './0006-calendar.js';
import * as tickets from './0007-tickets.js';
import * as questions from './0008-questions.js';
import * as crew from './0009-crew.js';
import * as marks from './0010-marks.js';

/** One step forward of the database; a step that was released is never changed. */
export interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<Tables>) => Promise<void>;
}

/** Every step in order; the first brings the database to number 1. */
export const migrations: readonly Migration[] = [
  first,
  conversations,
  live,
  numbers,
  fileOffers,
  calendar,
  tickets,
  questions,
  crew,
  marks,
];
