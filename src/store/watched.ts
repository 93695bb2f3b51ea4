import { type Kysely, type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { LiveStore, Look, Notice } from '../core/live.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import { rememberCourse } from './broadcasts.js';
import type { Speech } from './dialect.js';
import { readSubscription } from './follow.js';
import { isStanding } from './retire.js';
import type { Tables } from './schema.js';

const organizerSchema = z.object({ platform: z.string(), tenant: z.string(), person: z.string() });

/** How many rows one statement takes: SQLite works within the program, which serves others between two statements. */
const most = 100;

function* portions<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += most) yield all.slice(from, from + most);
}

type Row = Selectable<Tables['subscriptions']>;

type WatchedVerbs =
  | 'claimWebcasts'
  | 'recordLooks'
  | 'addCard'
  | 'postpone'
  | 'hasten'
  | 'known'
  | 'subscribers'
  | 'followsAny'
  | 'unwatched'
  | 'pauseChannel';

/** The webcasts that are watched, and what a look at them leads to. */
export function createWatched({ db, skipLocked }: Speech): Pick<LiveStore, WatchedVerbs> {
  return {
    async claimWebcasts({ owner, now, lease, limit }, fill = { together: 1, ahead: 0 }) {
      const free = (until: number) =>
        db
          .selectFrom('watched')
          .select('webcast')
          .where('due_at', '<=', instant(until))
          .where('lease_until', '<=', now);
      const { count } = await db
        .selectFrom(free(now).limit(limit).as('due'))
        .select((build) => build.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      if (count === 0) return [];
      const due = free(now + fill.ahead)
        .orderBy('due_at')
        .limit(Math.min(limit, Math.ceil(count / fill.together) * fill.together))
        .modifyEnd(skipLocked('watched'));
      const rows = await db
        .updateTable('watched')
        .set({ claimed_by: owner, lease_until: instant(now + lease) })
        .where('webcast', 'in', due)
        .returning(['webcast', 'known', 'organizer', 'nudges', 'heeded', 'due_at'])
        .execute();
      return rows.map((row) => ({
        webcast: row.webcast,
        known: row.known ?? undefined,
        organizer: row.organizer === null ? undefined : organizerSchema.parse(JSON.parse(row.organizer)),
        nudges: row.nudges,
        nudged: row.nudges !== row.heeded,
        // What is never due is not claimed.
        dueAt: row.due_at ?? now,
      }));
    },

    async recordLooks(owner, looks, now) {
      for (const { webcast, cards } of looks) await layOutCards(db, webcast, cards, now);
      await db.transaction().execute(async (transaction) => {
        for (const look of looks) await recordLook(transaction, owner, look, now);
      });
    },

    async addCard(webcast, platform, place, now) {
      await db.transaction().execute(async (transaction) => {
        await layOutCards(transaction, webcast, [{ platform, place }], now);
        await wantCards(transaction, webcast, true, now);
      });
    },

    async postpone(owner, webcasts, due) {
      if (webcasts.length === 0) return;
      await db
        .updateTable('watched')
        .set({ due_at: due, claimed_by: null, lease_until: instant(0) })
        .where('webcast', 'in', webcasts)
        .where('claimed_by', '=', owner)
        .execute();
    },

    async hasten(webcasts, due, now) {
      for (const some of portions(webcasts))
        await db
          .updateTable('watched')
          .set({ due_at: due })
          .where('webcast', 'in', some)
          // What is being looked at keeps the moment that it was due at until the look is written.
          .where(({ or, eb }) => or([eb('due_at', 'is', null), eb('due_at', '>', due), eb('lease_until', '>', now)]))
          .where(isStanding('watched'))
          .execute();
    },

    async known(webcast) {
      const row = await db.selectFrom('watched').select('known').where('webcast', '=', webcast).executeTakeFirst();
      return row?.known ?? undefined;
    },

    async subscribers(webcast, tags) {
      const subjects = [webcast, '*', ...tags.map((tag) => `#${tag.toLowerCase()}`)];
      const first = db
        .selectFrom('subscriptions')
        .selectAll()
        .where('subject', 'in', subjects)
        .where('paused', 'is', null)
        .orderBy('platform')
        .orderBy('tenant')
        .orderBy('channel')
        .orderBy('subject')
        .limit(most);
      const after = ({ platform, tenant, channel, subject }: Row) =>
        first.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('platform', 'tenant', 'channel', 'subject'), '>', tuple(platform, tenant, channel, subject)),
        );
      const found: Row[] = [];
      let page: readonly Row[];
      do {
        const last = found.at(-1);
        page = await (last ? after(last) : first).execute();
        found.push(...page);
      } while (page.length === most);
      return found.map(readSubscription);
    },

    async followsAny() {
      const found = await db
        .selectFrom('subscriptions')
        .select('subject')
        .where(({ or, eb }) => or([eb('subject', '=', '*'), eb('subject', 'like', '#%')]))
        .where('paused', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },

    async unwatched(webcasts) {
      if (webcasts.length === 0) return [];
      const rows = await db.selectFrom('watched').select('webcast').where('webcast', 'in', webcasts).execute();
      const known = new Set(rows.map((row) => row.webcast));
      return webcasts.filter((one) => !known.has(one));
    },

    async pauseChannel(platform, { tenant, channel }, reason) {
      return await db.transaction().execute(async (transaction) => {
        const paused = await transaction
          .updateTable('subscriptions')
          .set({ paused: reason })
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where('channel', '=', channel)
          .where('paused', 'is', null)
          .returningAll()
          .execute();
        await transaction
          .updateTable('cards')
          .set({ paused: reason, claimed_by: null, lease_until: instant(0) })
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where('channel', '=', channel)
          .execute();
        await transaction
          .updateTable('notices')
          .set({ state: 'dropped', reason, claimed_by: null, lease_until: instant(0) })
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where('target', '=', channel)
          .where('kind', '!=', 'person')
          .where('state', 'in', ['pending', 'sending'])
          .execute();
        return paused.map(readSubscription);
      });
    },
  };
}

async function recordLook(transaction: Kysely<Tables>, owner: string, look: Look, now: Instant): Promise<void> {
  const { webcast, known, nudges } = look;
  const { numUpdatedRows } = await transaction
    .updateTable('watched')
    .set({
      known,
      heeded: nudges,
      claimed_by: null,
      lease_until: instant(0),
      // A nudge that came meanwhile asks for another look at once, and what hastened it asks for one at that moment.
      due_at: sql<Instant | null>`case when nudges <> ${nudges} then cast(${now} as bigint) when due_at <> ${look.dueAt} then due_at else cast(${look.due ?? null} as bigint) end`,
    })
    .where('webcast', '=', webcast)
    .where('claimed_by', '=', owner)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return;
  if (look.changed)
    await transaction
      .updateTable('cards')
      .set({
        wanted: sql<number>`wanted + 1`,
        attempts: 0,
        retry_at: instant(0),
        ...(look.urgent ? { urgent: 1 } : {}),
      })
      .where('webcast', '=', webcast)
      // A mark of a command that announces is no card yet.
      .where(({ or, eb }) => or([eb('message', '!=', ''), eb('wanted', '>', 0)]))
      .execute();
  if (look.broadcast) await rememberCourse(transaction, webcast, look.broadcast);
  if (look.recorded)
    await transaction
      .updateTable('marks')
      .set({ due_at: now })
      .where('webcast', '=', webcast)
      .where('due_at', 'is not', null)
      .execute();
  if (look.cards.length > 0) await wantCards(transaction, webcast, look.urgent, now);
  await addNotices(transaction, look);
}

/**
 * Lays out cards that nobody wants yet, at this very moment. Of thousands that takes long, in which other writes must not
 * wait for one great transaction; a crash leaves rows that say nothing.
 */
async function layOutCards(db: Kysely<Tables>, webcast: EntryId, all: Look['cards'], now: Instant): Promise<void> {
  for (const cards of portions(all))
    await db
      .insertInto('cards')
      .values(
        cards.map(({ platform, place }) => ({
          platform,
          tenant: place.tenant,
          channel: place.channel,
          direct: place.direct ? 1 : 0,
          webcast,
          message: '',
          saved_at: now,
          wanted: 0,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['webcast', 'platform', 'tenant', 'channel'])
          .doUpdateSet({ saved_at: now })
          // Marked by a command that announces, or not posted because nobody followed it then.
          .where('cards.message', '=', '')
          .where('cards.shown', '>=', (build) => build.ref('cards.wanted')),
      )
      .execute();
}

/** Makes the cards wanted that were laid out at this moment. */
async function wantCards(transaction: Kysely<Tables>, webcast: EntryId, urgent: boolean, now: Instant): Promise<void> {
  await transaction
    .updateTable('cards')
    .set({ wanted: sql<number>`wanted + 1`, urgent: urgent ? 1 : 0 })
    .where('webcast', '=', webcast)
    .where('saved_at', '=', now)
    .where('message', '=', '')
    .where('shown', '>=', ({ ref }) => ref('wanted'))
    .execute();
}

/** Adds notices to those that are to be sent; the same key again is the same notice. */
export async function addNotices(transaction: Kysely<Tables>, { notices }: Pick<Look, 'notices'>): Promise<void> {
  const fresh = notices.filter(({ again }) => again === undefined);
  for (const some of portions(fresh))
    await transaction
      .insertInto('notices')
      .values(some.map(rowOf))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  for (const some of portions(notices.filter(({ again }) => again === 'if dropped')))
    await transaction
      .insertInto('notices')
      .values(some.map(rowOf))
      .onConflict((conflict) =>
        conflict
          .column('key')
          .doUpdateSet((build) => ({ state: 'pending', attempts: 0, due_at: build.ref('excluded.due_at') }))
          .where('notices.state', '=', 'dropped'),
      )
      .execute();
  for (const some of portions(notices.filter(({ again }) => again === 'now')))
    await transaction
      .insertInto('notices')
      .values(some.map(rowOf))
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet((build) => ({
          // One that is being sent keeps its claim: whoever bears it sees by the moment that it is due once more.
          state: sql<'pending' | 'sending'>`case when notices.state = 'sending' then 'sending' else 'pending' end`,
          attempts: 0,
          due_at: build.ref('excluded.due_at'),
        })),
      )
      .execute();
}

const rowOf = ({ key, webcast, to, body, due }: Notice) => ({
  key,
  webcast,
  platform: to.platform,
  ...(to.kind === 'person'
    ? { tenant: to.tenant, target: to.person, direct: 1 }
    : { tenant: to.place.tenant, target: to.place.channel, direct: to.place.direct ? 1 : 0 }),
  kind: to.kind,
  body,
  due_at: due,
  state: 'pending' as const,
});
