import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import {
  type BroadcastCourse,
  type BroadcastRecord,
  type BroadcastStore,
  type Sample,
  thinPoints,
} from '../core/broadcast.js';
import type { LiveStore } from '../core/live.js';
import type { Point } from '../core/numbers.js';
import { type EntryId, instant } from '../core/webcast.js';
import type { Tables } from './schema.js';

/** The longest that sampling rests on purpose, with room to spare, in milliseconds. */
const longestRest = 2 * 60 * 60_000;
const pairs = z.array(z.tuple([z.number(), z.number()]));

type SamplingVerbs = 'takeSampling' | 'restSampling' | 'running' | 'saveSamples';

/** The broadcasts of all webcasts, and who watched them. */
export function createBroadcasts(db: Kysely<Tables>): BroadcastStore & Pick<LiveStore, SamplingVerbs> {
  return {
    async broadcast(webcast, number) {
      const row = await db
        .selectFrom('broadcasts')
        .selectAll()
        .where('webcast', '=', webcast)
        .$if(number !== undefined, (query) => query.where('number', '=', number ?? 0))
        .orderBy('number', 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      const turn = await db.selectFrom('sampling').select('lacking').executeTakeFirst();
      return readBroadcast(row, turn?.lacking ?? undefined);
    },

    async courses(webcast) {
      const rows = await db
        .selectFrom('broadcasts')
        .select(['number', 'began', 'ended', 'gaps', 'drops', 'dark'])
        .where('webcast', '=', webcast)
        .orderBy('number')
        .execute();
      return rows.map(readCourse);
    },

    async takeSampling(now, next) {
      const rhythm = next - now;
      const taken = await db
        .insertInto('sampling')
        .values({ one: 1, due_at: next })
        .onConflict((conflict) =>
          conflict
            .column('one')
            .doUpdateSet({ due_at: next })
            .where(({ or, and, eb }) =>
              or([
                eb('sampling.due_at', '<=', now),
                // A clock that was set back would put it off for long.
                eb('sampling.due_at', '>', instant(now + longestRest)),
                and([eb('sampling.due_at', '>', instant(now + 2 * rhythm)), eb('sampling.lacking', 'is', null)]),
              ]),
            ),
        )
        .returning('one')
        .executeTakeFirst();
      return taken !== undefined;
    },

    async restSampling(why, next) {
      await db.updateTable('sampling').set({ lacking: why, due_at: next }).execute();
    },

    async running() {
      return await db
        .selectFrom('broadcasts')
        .innerJoin('watched', 'watched.webcast', 'broadcasts.webcast')
        .select(['broadcasts.webcast', 'broadcasts.number'])
        .where('broadcasts.ended', 'is', null)
        .where('watched.due_at', 'is not', null)
        .where(({ or, eb, exists, selectFrom }) =>
          or([
            eb('watched.organizer', 'is not', null),
            exists(
              selectFrom('cards')
                .select('cards.webcast')
                .whereRef('cards.webcast', '=', 'broadcasts.webcast')
                .where('cards.paused', 'is', null),
            ),
          ]),
        )
        .orderBy('broadcasts.webcast')
        .execute();
    },

    async saveSamples(samples) {
      await db.transaction().execute(async (transaction) => {
        await transaction.updateTable('sampling').set({ lacking: null }).where('lacking', 'is not', null).execute();
        for (const sample of samples) await addSample(transaction, sample);
      });
    },
  };
}

async function addSample(transaction: Kysely<Tables>, { webcast, number, point }: Sample): Promise<void> {
  const row = await transaction
    .selectFrom('broadcasts')
    .select(['points', 'peak', 'peak_at'])
    .where('webcast', '=', webcast)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return;
  const before = pointsOf(row.points).filter(({ at }) => at !== point.at);
  const higher = row.peak === null || point.value > row.peak;
  await transaction
    .updateTable('broadcasts')
    .set({
      points: JSON.stringify(thinPoints([...before, point]).map(({ at, value }) => [at, value])),
      ...(higher ? { peak: point.value, peak_at: point.at } : {}),
    })
    .where('webcast', '=', webcast)
    .where('number', '=', number)
    .execute();
}

/** Writes down how a broadcast goes, within the transaction of the look that saw it. */
export async function rememberCourse(
  transaction: Kysely<Tables>,
  webcast: EntryId,
  course: BroadcastCourse,
): Promise<void> {
  const { number, began, ended, gaps, drops, dark } = course;
  const facts = {
    began,
    ended: ended ?? null,
    gaps: JSON.stringify(gaps.map(({ from, until }) => [from, until])),
    drops,
    dark,
  };
  await transaction
    .insertInto('broadcasts')
    .values({ webcast, number, ...facts })
    .onConflict((conflict) => conflict.columns(['webcast', 'number']).doUpdateSet(facts))
    .execute();
}

const pointsOf = (text: string): readonly Point[] =>
  pairs.parse(JSON.parse(text)).map(([at, value]) => ({ at: instant(at), value }));

type CourseRow = Pick<Selectable<Tables['broadcasts']>, 'number' | 'began' | 'ended' | 'gaps' | 'drops' | 'dark'>;

const readCourse = ({ number, began, ended, gaps, drops, dark }: CourseRow): BroadcastCourse => ({
  number,
  began,
  ended: ended ?? undefined,
  gaps: pairs.parse(JSON.parse(gaps)).map(([from, until]) => ({ from: instant(from), until: instant(until) })),
  drops,
  dark,
});

function readBroadcast(row: Selectable<Tables['broadcasts']>, lacking: BroadcastRecord['lacking']): BroadcastRecord {
  const { webcast, peak, peak_at } = row;
  return {
    webcast,
    ...readCourse(row),
    peak: peak === null || peak_at === null ? undefined : { at: peak_at, value: peak },
    points: pointsOf(row.points),
    lacking,
  };
}
