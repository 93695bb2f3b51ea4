import { type Expression, type ExpressionBuilder, type Kysely, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { commandPatience, type DueCard, type LiveStore, type Notice } from '../core/live.js';
import type { Place } from '../core/ports.js';
import { type Instant, instant } from '../core/webcast.js';
import type { Speech } from './dialect.js';
import { followedBy } from './follow.js';
import { notesOf } from './notes.js';
import type { Tables } from './schema.js';

const messageSchema = z.object({ tenant: z.string(), channel: z.string(), message: z.string() });

/** The conditions under which a card, or a notice, is to be taken up at a moment. */
const cardIsDue =
  (now: number) =>
  ({ and, or, eb, ref }: ExpressionBuilder<Tables, 'cards'>): Expression<SqlBool> =>
    and([
      eb('shown', '<', ref('wanted')),
      eb('paused', 'is', null),
      eb('retry_at', '<=', instant(now)),
      eb('lease_until', '<=', instant(now)),
      or([
        eb('message', '!=', ''),
        eb('announced_at', 'is', null),
        eb('announced_at', '<=', instant(now - commandPatience)),
      ]),
    ]);

const noticeIsDue =
  (now: number) =>
  ({ and, eb }: ExpressionBuilder<Tables, 'notices'>): Expression<SqlBool> =>
    and([
      eb('state', 'in', ['pending', 'sending']),
      eb('due_at', '<=', instant(now)),
      eb('lease_until', '<=', instant(now)),
    ]);

type OutboxVerbs =
  | 'lanes'
  | 'claimCards'
  | 'restEdits'
  | 'settleCard'
  | 'claimNotices'
  | 'settleNotice'
  | 'cardMessage'
  | 'touchCard'
  | 'reminded';

/** What is on its way to channels and people: cards that lag behind, and notices. A claim is the intent to send. */
export function createOutbox({ db, skipLocked }: Speech): Pick<LiveStore, OutboxVerbs> {
  return {
    async lanes(platforms, now) {
      if (platforms.length === 0) return [];
      return await db
        .selectFrom('cards')
        .select(['platform', 'tenant'])
        .where('platform', 'in', platforms)
        .where(cardIsDue(now))
        .union(
          db
            .selectFrom('notices')
            .select(['platform', 'tenant'])
            .where('platform', 'in', platforms)
            .where(noticeIsDue(now)),
        )
        .execute();
    },

    async claimCards({ platform, tenant }, { owner, now, lease, limit }) {
      return await db.transaction().execute(async (transaction) => {
        const due = await transaction
          .selectFrom('cards')
          .selectAll()
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where(cardIsDue(now))
          .orderBy('urgent', 'desc')
          .orderBy('saved_at')
          .limit(limit)
          .modifyEnd(skipLocked('cards'))
          .execute();
        // What is urgent goes out by itself, and not beside what is not.
        const rows = due.filter(({ urgent }) => urgent === due[0]?.urgent);
        if (rows.length === 0) return [];
        await transaction
          .updateTable('cards')
          .set({ claimed_by: owner, lease_until: instant(now + lease) })
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where(({ or, and, eb }) =>
            or(rows.map((row) => and([eb('webcast', '=', row.webcast), eb('channel', '=', row.channel)]))),
          )
          .execute();
        // Asked for all of them at once: each statement of a claim counts a thousand times when many channels are told.
        const webcasts = [...new Set(rows.map((row) => row.webcast))];
        const watched = await transaction
          .selectFrom('watched')
          .select(['webcast', 'known'])
          .where('webcast', 'in', webcasts)
          .execute();
        const knownOf = new Map(watched.map(({ webcast, known }) => [webcast, known ?? undefined]));
        const noteOf = new Map((await notesOf(transaction, webcasts)).map((note) => [note.id, note]));
        const followed = await followedBy(
          transaction,
          { platform, tenant },
          rows.map(({ channel }) => channel),
        );
        return rows.map(
          (row): DueCard => ({
            webcast: row.webcast,
            platform: row.platform,
            place: { tenant: row.tenant, channel: row.channel, direct: row.direct === 1 },
            message: row.message === '' ? undefined : row.message,
            revision: row.wanted,
            announcedAt: row.announced_at ?? undefined,
            announcement: row.announcement === null || row.announcement === '' ? undefined : row.announcement,
            promised: row.announcement === '',
            behind: row.wanted - row.shown,
            known: knownOf.get(row.webcast),
            note: noteOf.get(row.webcast),
            subscriptions: followed.filter(({ place }) => place.channel === row.channel),
            attempts: row.attempts,
            unsure: row.claimed_by !== null,
          }),
        );
      });
    },

    async restEdits({ platform, tenant }, now, until) {
      await db
        .updateTable('cards')
        .set({ retry_at: until })
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where(cardIsDue(now))
        .where('message', '!=', '')
        .where('urgent', '=', 0)
        .execute();
    },

    async settleCard(owner, { platform, place, webcast }, outcome) {
      const { release } = outcome;
      await db
        .updateTable('cards')
        .set((build) => ({
          ...(outcome.message === undefined ? {} : { message: outcome.message }),
          ...(outcome.announcedAt === undefined ? {} : { announced_at: outcome.announcedAt }),
          ...('announcement' in outcome ? { announcement: outcome.announcement ?? null } : {}),
          ...(outcome.shown === undefined ? {} : { shown: outcome.shown }),
          ...(outcome.shown === undefined && outcome.told === undefined ? {} : { urgent: 0 }),
          ...(release === undefined
            ? {}
            : {
                claimed_by: null,
                lease_until: instant(0),
                retry_at: release.retryAt ?? instant(0),
                attempts: release.failed ? build('attempts', '+', 1) : build.lit(0),
              }),
        }))
        .where('platform', '=', platform)
        .where('tenant', '=', place.tenant)
        .where('channel', '=', place.channel)
        .where('webcast', '=', webcast)
        .where('claimed_by', '=', owner)
        .execute();
    },

    async claimNotices({ platform, tenant }, { owner, now, lease, limit }) {
      return await db.transaction().execute(async (transaction) => {
        const rows = await transaction
          .selectFrom('notices')
          .selectAll()
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          .where(noticeIsDue(now))
          .orderBy('due_at')
          .limit(limit)
          .modifyEnd(skipLocked('notices'))
          .execute();
        if (rows.length === 0) return [];
        await transaction
          .updateTable('notices')
          .set({ state: 'sending', claimed_by: owner, lease_until: instant(now + lease) })
          .where(
            'key',
            'in',
            rows.map((row) => row.key),
          )
          .execute();
        return rows.map((row) => ({
          key: row.key,
          webcast: row.webcast,
          to: recipientOf(row),
          body: row.body,
          due: row.due_at,
          message: row.message === null ? undefined : messageSchema.parse(JSON.parse(row.message)),
          attempts: row.attempts,
          unsure: row.state === 'sending',
        }));
      });
    },

    async settleNotice(owner, key, outcome) {
      const settled = (() => {
        switch (outcome.kind) {
          case 'sent':
            return { state: 'sent' as const };
          case 'resting':
            return {
              // Made due once more while it was sent: then it is sent again.
              state: sql<'sent' | 'pending'>`case when due_at = ${outcome.due} then 'sent' else 'pending' end`,
              attempts: 0,
              message: JSON.stringify(outcome.message),
            };
          case 'standing':
            return {
              state: 'pending' as const,
              attempts: 0,
              ...(outcome.message === undefined ? {} : { message: JSON.stringify(outcome.message) }),
              // Made due once more while it was sent: then it is due again now.
              due_at: sql<Instant>`case when due_at = ${outcome.due} then cast(${outcome.next} as bigint) else due_at end`,
            };
          case 'dropped':
            return { state: 'dropped' as const, reason: outcome.reason };
          case 'again':
            return {
              state: 'pending' as const,
              due_at: outcome.at,
              ...(outcome.failed ? { attempts: sql<number>`attempts + 1` } : {}),
            };
          default: {
            const never: never = outcome;
            throw never;
          }
        }
      })();
      await db
        .updateTable('notices')
        .set({ ...settled, claimed_by: null, lease_until: instant(0) })
        .where('key', '=', key)
        .where('claimed_by', '=', owner)
        .execute();
    },

    cardMessage: (platform, place, webcast) => cardMessage(db, platform, place, webcast),

    async touchCard(platform, { tenant, channel }, webcast) {
      await db
        .updateTable('cards')
        .set((build) => ({ wanted: build('wanted', '+', 1) }))
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('channel', '=', channel)
        .where('webcast', '=', webcast)
        .where('message', '!=', '')
        .where('shown', '>=', (build) => build.ref('wanted'))
        .execute();
    },

    async reminded(webcast) {
      return await db
        .selectFrom('notices')
        .select(['key', 'body'])
        .where('webcast', '=', webcast)
        .where('key', 'like', 'reminder:%')
        .where('state', 'in', ['sending', 'sent'])
        .execute();
    },
  };
}

async function cardMessage(db: Kysely<Tables>, platform: string, place: Place, webcast: DueCard['webcast']) {
  const row = await db
    .selectFrom('cards')
    .select('message')
    .where('platform', '=', platform)
    .where('tenant', '=', place.tenant)
    .where('channel', '=', place.channel)
    .where('webcast', '=', webcast)
    .executeTakeFirst();
  return row === undefined || row.message === '' ? undefined : row.message;
}

interface Target {
  readonly kind: Notice['to']['kind'];
  readonly platform: string;
  readonly tenant: string;
  readonly target: string;
  readonly direct: number;
}

function recipientOf({ kind, platform, tenant, target, direct }: Target): Notice['to'] {
  switch (kind) {
    case 'person':
      return { kind, platform, tenant, person: target };
    case 'channel':
    case 'thread':
    case 'card':
      return { kind, platform, place: { tenant, channel: target, direct: direct === 1 } };
    default: {
      const never: never = kind;
      return never;
    }
  }
}
