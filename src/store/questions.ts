import { type Kysely, type Selectable, sql } from 'kysely';
import type { Listening, LiveStore } from '../core/live.js';
import { type Change, type KnownQuestion, type QuestionStore, readAnswer } from '../core/questions.js';
import { type Instant, instant } from '../core/webcast.js';
import type { Tables } from './schema.js';
import { addNotices } from './watched.js';

type ListeningVerbs =
  | 'moderated'
  | 'takeListening'
  | 'openQuestions'
  | 'toldSince'
  | 'unheard'
  | 'saveListening'
  | 'forgetQuestions'
  | 'crowd';

/** Questions of viewers may come before the show, in milliseconds. */
const before = 60 * 60_000;
/** The longest that asking rests, with room to spare, in milliseconds. */
const longestRest = 10 * 60_000;
/** Ids in one statement. */
const together = 400;

/** What viewers asked, as far as channels are told of it. */
export function createQuestions(db: Kysely<Tables>): QuestionStore & Pick<LiveStore, ListeningVerbs> {
  return {
    async question(id) {
      const row = await db.selectFrom('questions').selectAll().where('id', '=', id).executeTakeFirst();
      return row && readQuestion(row);
    },

    settleQuestion: (change, now) => db.transaction().execute((transaction) => settle(transaction, change, now)),

    async moderated(endedSince) {
      const wanted = await db
        .selectFrom('subscriptions')
        .select('subject')
        .where('questions', '=', 1)
        .where('paused', 'is', null)
        .limit(1)
        .executeTakeFirst();
      if (!wanted) return [];
      const rows = await db
        .selectFrom('broadcasts')
        .innerJoin('watched', 'watched.webcast', 'broadcasts.webcast')
        .select(['broadcasts.webcast', 'broadcasts.began', 'watched.known'])
        .where(({ or, eb }) => or([eb('broadcasts.ended', 'is', null), eb('broadcasts.ended', '>=', endedSince)]))
        .orderBy('broadcasts.webcast')
        .orderBy('broadcasts.began')
        .execute();
      const latest = new Map(rows.map((row) => [row.webcast, row]));
      return [...latest.values()].map(({ webcast, began, known }) => ({ webcast, began, known: known ?? undefined }));
    },

    async takeListening(webcasts, now, next) {
      if (webcasts.length === 0) return new Map();
      const taken = await db
        .insertInto('listening')
        .values(webcasts.map(({ webcast, began }) => ({ webcast, heard_until: instant(began - before), due_at: next })))
        .onConflict((conflict) =>
          conflict
            .column('webcast')
            .doUpdateSet({ due_at: next })
            .where(({ or, eb }) =>
              // A clock that was set back would put it off for long.
              or([eb('listening.due_at', '<=', now), eb('listening.due_at', '>', instant(now + longestRest))]),
            ),
        )
        .returning(['webcast', 'heard_until'])
        .execute();
      return new Map(taken.map(({ webcast, heard_until }) => [webcast, heard_until]));
    },

    async openQuestions(webcasts) {
      if (webcasts.length === 0) return [];
      const rows = await db
        .selectFrom('questions')
        .select('id')
        .where('webcast', 'in', webcasts)
        .where('state', '=', 'open')
        .orderBy('asked_at', 'desc')
        .execute();
      return rows.map(({ id }) => id);
    },

    async toldSince(webcast, since) {
      const { count } = await db
        .selectFrom('questions')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('webcast', '=', webcast)
        .where('heard_at', '>', since)
        .where('crowd', 'is', null)
        .executeTakeFirstOrThrow();
      return Number(count);
    },

    async unheard(questions) {
      const fresh = new Set(questions);
      for (let from = 0; from < questions.length; from += together) {
        const some = questions.slice(from, from + together);
        const rows = await db.selectFrom('questions').select('id').where('id', 'in', some).execute();
        for (const { id } of rows) fresh.delete(id);
      }
      return fresh;
    },

    saveListening: (listening, now) => db.transaction().execute((transaction) => save(transaction, listening, now)),

    async forgetQuestions(moment) {
      await db.deleteFrom('questions').where('asked_at', '<', moment).execute();
      await db.deleteFrom('listening').where('due_at', '<', moment).execute();
    },

    async crowd(webcast, since) {
      const rows = await db
        .selectFrom('questions')
        .select('state')
        .where('webcast', '=', webcast)
        .where('crowd', '=', since)
        .execute();
      return { asked: rows.length, open: rows.filter(({ state }) => state === 'open').length };
    },
  };
}

async function save(transaction: Kysely<Tables>, listening: Listening, now: Instant): Promise<void> {
  const { until, questions, changes, notices } = listening;
  for (const [webcast, heard] of until)
    await transaction
      .updateTable('listening')
      .set({ heard_until: heard })
      .where('webcast', '=', webcast)
      .where('heard_until', '<', heard)
      .execute();
  for (let from = 0; from < questions.length; from += together)
    await transaction
      .insertInto('questions')
      .values(questions.slice(from, from + together).map((one) => ({ ...rowOf(one), heard_at: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  await addNotices(transaction, { notices });
  for (const change of changes) await settle(transaction, change, now);
}

/** Remembers what became of an open question; what is known already is not told again. */
async function settle(transaction: Kysely<Tables>, { id, state, answer }: Change, now: Instant): Promise<void> {
  const { numUpdatedRows } = await transaction
    .updateTable('questions')
    .set({ state, answer: answer === undefined ? null : JSON.stringify(answer) })
    .where('id', '=', id)
    .where('state', '!=', state)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  const prefix = `question:${id}:`;
  await transaction
    .updateTable('notices')
    .set({
      // One that is being sent keeps its claim: whoever bears it sees by the moment that it is due once more.
      state: sql<'pending' | 'sending'>`case when state = 'sending' then 'sending' else 'pending' end`,
      attempts: 0,
      due_at: now,
    })
    .where(sql<boolean>`substr(key, 1, ${sql.lit(prefix.length)}) = ${prefix}`)
    .where('state', '!=', 'dropped')
    .execute();
}

const rowOf = ({ id, webcast, text, asker, at, state, answer, crowd }: KnownQuestion) => ({
  id,
  webcast,
  asked: text,
  asker: asker ?? null,
  asked_at: at,
  state,
  answer: answer === undefined ? null : JSON.stringify(answer),
  crowd: crowd ?? null,
});

const readQuestion = (row: Selectable<Tables['questions']>): KnownQuestion => ({
  id: row.id,
  webcast: row.webcast,
  text: row.asked,
  asker: row.asker ?? undefined,
  at: row.asked_at,
  state: row.state,
  answer: readAnswer(row.answer),
  crowd: row.crowd ?? undefined,
});
