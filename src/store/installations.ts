import type { Kysely } from 'kysely';
import type { Installations } from '../core/ports.js';
import type { Tables } from './schema.js';
import type { Sealer } from './seal.js';

/** Keeps installations in the database under the sealer's keys; what an earlier key sealed is sealed anew when it is read. */
export function createInstallations(db: Kysely<Tables>, sealer: Sealer): Installations {
  const purpose = (platform: string, tenant: string) => `installation:${platform}:${tenant}`;

  return {
    async get(platform, tenant) {
      const row = await db
        .selectFrom('installations')
        .select('sealed')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const payload = sealer.open(row.sealed, purpose(platform, tenant));
      if (sealer.isStale(row.sealed))
        await db
          .updateTable('installations')
          .set({ sealed: sealer.seal(payload, purpose(platform, tenant)) })
          .where('platform', '=', platform)
          .where('tenant', '=', tenant)
          // Somebody may have saved anew since it was read.
          .where('sealed', '=', row.sealed)
          .execute();
      return payload;
    },

    async save(platform, tenant, payload, now) {
      const values = { sealed: sealer.seal(payload, purpose(platform, tenant)), saved_at: now };
      await db
        .insertInto('installations')
        .values({ platform, tenant, ...values })
        .onConflict((conflict) => conflict.columns(['platform', 'tenant']).doUpdateSet(values))
        .execute();
    },

    async delete(platform, tenant) {
      await db.deleteFrom('installations').where('platform', '=', platform).where('tenant', '=', tenant).execute();
    },
  };
}
