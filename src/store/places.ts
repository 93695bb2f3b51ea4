import type { Kysely } from 'kysely';
import type { Store } from '../core/ports.js';
import type { Tables } from './schema.js';

/** Where webcasts are at home, the cards that stand for them there, and who did what. */
export function createPlaces(db: Kysely<Tables>): Pick<Store, 'bind' | 'bound' | 'saveCard' | 'cards' | 'audit'> {
  return {
    async bind(platform, { tenant, channel }, webcast, now) {
      await db
        .insertInto('bindings')
        .values({ platform, tenant, channel, webcast, bound_at: now })
        .onConflict((conflict) =>
          conflict.columns(['platform', 'tenant', 'channel', 'webcast']).doUpdateSet({ bound_at: now }),
        )
        .execute();
    },

    async bound(platform, { tenant, channel }) {
      const rows = await db
        .selectFrom('bindings')
        .select('webcast')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('channel', '=', channel)
        .orderBy('bound_at', 'desc')
        .orderBy('webcast')
        .execute();
      return rows.map((row) => row.webcast);
    },

    async saveCard(platform, webcast, { tenant, channel, message }, now, announced) {
      const told = announced === true ? { announced_at: now, announcement: null } : {};
      await db
        .insertInto('cards')
        .values({ webcast, platform, tenant, channel, message, saved_at: now, ...told })
        .onConflict((conflict) =>
          conflict
            .columns(['webcast', 'platform', 'tenant', 'channel'])
            .doUpdateSet({ message, saved_at: now, paused: null, ...told }),
        )
        .execute();
    },

    async cards(webcast) {
      const rows = await db
        .selectFrom('cards')
        .select(['platform', 'tenant', 'channel', 'message'])
        .where('webcast', '=', webcast)
        .where('message', '!=', '')
        .orderBy('saved_at')
        .orderBy('channel')
        .execute();
      return rows.map(({ platform, ...ref }) => ({ platform, ref }));
    },

    async audit({ at, platform, tenant, channel, person, command, webcast, outcome }) {
      await db
        .insertInto('acts')
        .values({ at, platform, tenant, channel, person, command, webcast: webcast ?? null, outcome })
        .execute();
    },
  };
}
