import type { Kysely } from 'kysely';
import { z } from 'zod';
import { BotError } from '../core/errors.js';
import type { FileOffer, FileOffers } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import { instant } from '../core/webcast.js';
import type { Tables } from './schema.js';
import type { Sealer } from './seal.js';

const day = 24 * 60 * 60_000;

const file = z.object({ name: z.string(), text: z.string() });

/** Keeps files on offer in the database: each opens for the person it was offered to, and for a day only. */
export function createFileOffers(db: Kysely<Tables>, platform: string, sealer: Sealer): FileOffers {
  const purpose = ({ id, tenant, person }: Pick<FileOffer, 'id' | 'tenant' | 'person'>) =>
    JSON.stringify(['file offer', platform, tenant, person, id]);

  /** What a key sealed that is in use no more is worth as much as what is older than a day. */
  function openOrForget(sealed: string, named: string): Secret | undefined {
    try {
      return sealer.open(sealed, named);
    } catch (error) {
      if (error instanceof BotError && error.code === 'misconfigured') return undefined;
      throw error;
    }
  }

  return {
    async save(offer, now) {
      const { id, tenant, person, name, text } = offer;
      await db
        .deleteFrom('file_offers')
        .where('offered_at', '<=', instant(now - day))
        .execute();
      const sealed = sealer.seal(new Secret(JSON.stringify({ name, text })), purpose(offer));
      await db.insertInto('file_offers').values({ platform, id, tenant, person, sealed, offered_at: now }).execute();
    },

    async find(id, tenant, person, now) {
      const row = await db
        .selectFrom('file_offers')
        .select('sealed')
        .where('platform', '=', platform)
        .where('id', '=', id)
        .where('tenant', '=', tenant)
        .where('person', '=', person)
        .where('offered_at', '>', instant(now - day))
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const payload = openOrForget(row.sealed, purpose({ id, tenant, person }));
      return payload && { id, tenant, person, ...file.parse(JSON.parse(payload.reveal())) };
    },

    async delete(id) {
      await db.deleteFrom('file_offers').where('platform', '=', platform).where('id', '=', id).execute();
    },
  };
}
