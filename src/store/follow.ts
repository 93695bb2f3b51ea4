import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { Lane } from '../core/live.js';
import { mentionSchema } from '../core/mention.js';
import { type FollowStore, keyOf, type NumbersRhythm, type Subject, type Subscription } from '../core/subscription.js';
import { entryIdSchema, type Zone } from '../core/webcast.js';
import { isStanding } from './retire.js';
import type { Tables } from './schema.js';

const quietHoursSchema = z.object({
  from: z.number(),
  to: z.number(),
  zone: z.string().transform((name) => name as Zone),
});

/** What is due at once when it is written down, so that only a rhythm or quiet hours have put it off. */
const waiting = ['snapshot', 'moved', 'ended', 'recording ready'] as const;

/** Who follows what, and the nudges that make a webcast due. */
export function createFollow(db: Kysely<Tables>): FollowStore {
  return {
    async subscribe(subscription, now) {
      const { platform, place, subject, mode, side, reminders, mention, numbers, questions, quietHours, owner } =
        subscription;
      const values = {
        direct: place.direct ? 1 : 0,
        mode,
        side,
        reminders: reminders.join(','),
        mention: mention ? JSON.stringify(mention) : null,
        numbers: String(numbers),
        questions: questions ? 1 : 0,
        quiet_hours: quietHours ? JSON.stringify(quietHours) : null,
        owner,
        paused: null,
      };
      const where = { platform, tenant: place.tenant, channel: place.channel };
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('subscriptions')
          .values({ ...where, subject: keyOf(subject), ...values, since: now })
          .onConflict((conflict) => conflict.columns(['platform', 'tenant', 'channel', 'subject']).doUpdateSet(values))
          .execute();
        await transaction
          .updateTable('cards')
          .set({ paused: null, attempts: 0 })
          .where('platform', '=', platform)
          .where('tenant', '=', place.tenant)
          .where('channel', '=', place.channel)
          .where('paused', 'is not', null)
          .execute();
        // A snapshot that stands already follows the new rhythm from now on, and what was put off by quiet hours the new ones.
        await transaction
          .updateTable('notices')
          .set({ due_at: now })
          .where('platform', '=', platform)
          .where('tenant', '=', place.tenant)
          .where('target', '=', place.channel)
          .where(({ or, eb }) => or(waiting.map((kind) => eb('key', 'like', `${kind}:%`))))
          .where('state', '=', 'pending')
          .execute();
      });
    },

    async unsubscribe(platform, { tenant, channel }, subject) {
      const { numDeletedRows } = await db
        .deleteFrom('subscriptions')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('channel', '=', channel)
        .where('subject', '=', keyOf(subject))
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async subscriptions(platform, { tenant, channel }) {
      return await followedBy(db, { platform, tenant }, [channel]);
    },

    async nudge(webcast, now, organizer) {
      const told = organizer === undefined ? {} : { organizer: JSON.stringify(organizer) };
      await db
        .insertInto('watched')
        .values({ webcast, due_at: now, nudges: 1, ...told })
        .onConflict((conflict) =>
          conflict
            .column('webcast')
            .doUpdateSet((build) => ({ due_at: now, nudges: build('watched.nudges', '+', 1), ...told }))
            // Kaltura's lists are some seconds behind: a look would find what is deleted.
            .where(isStanding('watched')),
        )
        .execute();
    },

    async markAnnounced(platform, { tenant, channel, direct }, webcast, now) {
      await db
        .insertInto('cards')
        .values({
          platform,
          tenant,
          channel,
          webcast,
          direct: direct ? 1 : 0,
          message: '',
          saved_at: now,
          announced_at: now,
          announcement: '',
        })
        .onConflict((conflict) =>
          conflict
            .columns(['webcast', 'platform', 'tenant', 'channel'])
            .doUpdateSet({ announced_at: now, announcement: '' }),
        )
        .execute();
    },

    async saveAnnouncement(platform, webcast, { tenant, channel, message }, now) {
      await db
        .updateTable('cards')
        .set({ announced_at: now, announcement: message })
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('channel', '=', channel)
        .where('webcast', '=', webcast)
        .execute();
    },
  };
}

/** The subscriptions of some channels of one workspace, oldest first. */
export async function followedBy(
  db: Kysely<Tables>,
  { platform, tenant }: Lane,
  channels: readonly string[],
): Promise<readonly Subscription[]> {
  const rows = await db
    .selectFrom('subscriptions')
    .selectAll()
    .where('platform', '=', platform)
    .where('tenant', '=', tenant)
    .where('channel', 'in', channels)
    .orderBy('since')
    .orderBy('subject')
    .execute();
  return rows.map(readSubscription);
}

/** Reads a row as the subscription that it keeps. */
export function readSubscription(row: Selectable<Tables['subscriptions']>): Subscription {
  return {
    platform: row.platform,
    place: { tenant: row.tenant, channel: row.channel, direct: row.direct === 1 },
    subject: readSubject(row.subject),
    mode: row.mode,
    side: row.side,
    reminders: row.reminders === '' ? [] : row.reminders.split(',').map(Number),
    mention: row.mention === null ? undefined : mentionSchema.parse(JSON.parse(row.mention)),
    numbers: readNumbers(row.numbers),
    questions: row.questions === 1,
    quietHours: row.quiet_hours === null ? undefined : quietHoursSchema.parse(JSON.parse(row.quiet_hours)),
    owner: row.owner,
    paused: row.paused ?? undefined,
  };
}

const readNumbers = (words: string): NumbersRhythm => (words === 'end' || words === 'off' ? words : Number(words));

function readSubject(key: string): Subject {
  if (key === '*') return { kind: 'all' };
  if (key.startsWith('#')) return { kind: 'tag', tag: key.slice(1) };
  return { kind: 'webcast', webcast: entryIdSchema.parse(key) };
}
