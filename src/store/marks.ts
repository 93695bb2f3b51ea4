import type { Kysely, Selectable } from 'kysely';
import type { LiveStore } from '../core/live.js';
import type { MarkRecord, MarkStore } from '../core/marks.js';
import { instant } from '../core/webcast.js';
import type { Tables } from './schema.js';

type ChapterVerbs = 'claimMarks' | 'settleMarks' | 'postponeMarks';

/** The moments that people marked, and the way of each to become a chapter. */
export function createMarks(db: Kysely<Tables>): MarkStore & Pick<LiveStore, ChapterVerbs> {
  return {
    async addMark({ webcast, broadcast, at, words, person }) {
      for (let moment = at; ; moment = instant(moment + 1)) {
        const added = await db
          .insertInto('marks')
          .values({ webcast, at: moment, broadcast, words, person, entry: null, place: null, due_at: moment })
          .onConflict((conflict) => conflict.doNothing())
          .returning('at')
          .executeTakeFirst();
        if (added) return moment;
      }
    },

    async marks(webcast, broadcast) {
      const rows = await db
        .selectFrom('marks')
        .selectAll()
        .where('webcast', '=', webcast)
        .where('broadcast', '=', broadcast)
        .orderBy('at')
        .execute();
      return rows.map(readMark);
    },

    async removeMark(webcast, at) {
      const { numDeletedRows } = await db
        .deleteFrom('marks')
        .where('webcast', '=', webcast)
        .where('at', '=', at)
        .executeTakeFirstOrThrow();
      return numDeletedRows > 0n;
    },

    async shiftChapters(entry, from, length) {
      await db
        .updateTable('marks')
        .set(({ eb }) => ({ place: eb('place', '-', from) }))
        .where('entry', '=', entry)
        .where('place', 'is not', null)
        .execute();
      await db
        .updateTable('marks')
        .set({ entry: null, place: null })
        .where('entry', '=', entry)
        .where(({ or, eb }) => or([eb('place', '<', 0), eb('place', '>=', length)]))
        .execute();
    },

    async claimMarks(now, next) {
      // Most of the time there is none, and a look takes no lock.
      if ((await db.selectFrom('marks').select('at').where('due_at', '<=', now).limit(1).execute()).length === 0)
        return [];
      const rows = await db
        .updateTable('marks')
        .set({ due_at: next })
        .where('due_at', '<=', now)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('broadcasts')
              .select('broadcasts.number')
              .whereRef('broadcasts.webcast', '=', 'marks.webcast')
              .whereRef('broadcasts.number', '=', 'marks.broadcast')
              .where('broadcasts.ended', 'is not', null),
          ),
        )
        .returningAll()
        .execute();
      return rows.map((row) => ({ ...readMark(row), attempts: row.attempts })).sort((a, b) => a.at - b.at);
    },

    async settleMarks(marks) {
      await db.transaction().execute(async (transaction) => {
        for (const { webcast, at, chapter } of marks)
          await transaction
            .updateTable('marks')
            .set({ entry: chapter?.entry ?? null, place: chapter?.at ?? null, due_at: null })
            .where('webcast', '=', webcast)
            .where('at', '=', at)
            .execute();
      });
    },

    async postponeMarks(marks, due, failed) {
      for (const { webcast, at } of marks)
        await db
          .updateTable('marks')
          .set(({ eb }) => ({ due_at: due, ...(failed ? { attempts: eb('attempts', '+', 1) } : {}) }))
          .where('webcast', '=', webcast)
          .where('at', '=', at)
          .execute();
    },
  };
}

const readMark = (row: Selectable<Tables['marks']>): MarkRecord => ({
  webcast: row.webcast,
  broadcast: row.broadcast,
  at: row.at,
  words: row.words,
  person: row.person,
  chapter: row.entry === null || row.place === null ? undefined : { entry: row.entry, at: row.place },
});
