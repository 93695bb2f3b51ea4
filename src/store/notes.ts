import { type Kysely, type Selectable, sql } from 'kysely';
import type { Store } from '../core/ports.js';
import type { EntryId, Instant, WebcastNote } from '../core/webcast.js';
import { fold, patternFor } from './fold.js';
import { isStanding } from './retire.js';
import type { Tables } from './schema.js';

/** How many notes a search gives. */
const most = 20;

/** Whether the row that is written differs in what a calendar shows from the one that stands. */
const isMoved = sql<boolean>`notes.name <> excluded.name or notes.starts is distinct from excluded.starts or notes.ends is distinct from excluded.ends`;

type NoteVerbs = 'saveNote' | 'notes' | 'edition' | 'findNotes' | 'upcoming';

/** What is remembered of webcasts. */
export function createNotes(db: Kysely<Tables>): Pick<Store, NoteVerbs> {
  return {
    async saveNote(note, now) {
      const values = {
        name: note.name,
        folded: fold(note.name),
        starts: note.start ?? null,
        ends: note.end ?? null,
        zone: note.zone ?? null,
        live_since: note.liveSince ?? null,
        ended_at: note.endedAt ?? null,
        saved_at: now,
      };
      await db
        .insertInto('notes')
        .values({ webcast: note.id, ...values, changed_at: now })
        // Counted by the database itself, so that replicas agree.
        .onConflict((conflict) =>
          conflict.column('webcast').doUpdateSet({
            ...values,
            sequence: sql<number>`notes.sequence + case when ${isMoved} then 1 else 0 end`,
            changed_at: sql<Instant>`case when ${isMoved} then excluded.saved_at else notes.changed_at end`,
          }),
        )
        .execute();
    },

    notes: (ids) => notesOf(db, ids),

    async edition(id) {
      const row = await db.selectFrom('notes').selectAll().where('webcast', '=', id).executeTakeFirst();
      return row && { note: readNote(row), sequence: row.sequence, changedAt: row.changed_at };
    },

    async findNotes(words) {
      let query = db.selectFrom('notes').selectAll().where(isStanding('notes'));
      for (const word of new Set(fold(words).split(' ')))
        query = query.where(sql<boolean>`folded like ${patternFor(word)} escape ${sql.lit('\\')}`);
      // The latest start first puts what is still to come before what has been.
      const rows = await query
        .orderBy('starts', (order) => order.desc().nullsLast())
        .orderBy('webcast')
        .limit(most)
        .execute();
      return rows.map(readNote);
    },

    async upcoming(since, limit) {
      const rows = await db
        .selectFrom('notes')
        .selectAll()
        .where(isStanding('notes'))
        .where(({ and, or, eb, ref }) =>
          or([
            eb('ended_at', '>=', since),
            and([
              // A rehearsal that was ended before the planned start does not end the show.
              or([eb('ended_at', 'is', null), eb('ended_at', '<', ref('starts'))]),
              or([
                eb('ends', 'is', null),
                eb('ends', '>=', since),
                and([eb('live_since', 'is not', null), eb('ended_at', 'is', null)]),
              ]),
            ]),
          ]),
        )
        .orderBy('starts', (order) => order.asc().nullsLast())
        .orderBy('webcast')
        .limit(limit)
        .execute();
      return rows.map(readNote);
    },
  };
}

/** What is remembered of these webcasts, in their order; those of which nothing is are left out. */
export async function notesOf(db: Kysely<Tables>, ids: readonly EntryId[]): Promise<readonly WebcastNote[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('notes').selectAll().where('webcast', 'in', ids).execute();
  const byId = new Map(rows.map((row) => [row.webcast, readNote(row)]));
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
}

function readNote(row: Selectable<Tables['notes']>): WebcastNote {
  return {
    id: row.webcast,
    name: row.name,
    start: row.starts ?? undefined,
    end: row.ends ?? undefined,
    zone: row.zone ?? undefined,
    liveSince: row.live_since ?? undefined,
    endedAt: row.ended_at ?? undefined,
  };
}
