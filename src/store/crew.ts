import type { Kysely } from 'kysely';
import type { ChatPerson, CrewStore } from '../core/crew.js';
import type { Tables } from './schema.js';

const nobody: ChatPerson = { platform: '', tenant: '', person: '' };

/** Keeps who presents which webcast, and which Kaltura user a person is. */
export function createCrew(db: Kysely<Tables>): CrewStore {
  return {
    async savePresenter({ webcast, user, chat }, now) {
      await db
        .insertInto('presenters')
        .values({ webcast, user, ...(chat ?? nobody), added_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async presenters(webcast) {
      const rows = await db
        .selectFrom('presenters')
        .selectAll()
        .where('webcast', '=', webcast)
        .orderBy('added_at')
        .orderBy('user')
        .execute();
      return rows.map(({ user, platform, tenant, person }) => {
        const chat = platform === '' ? undefined : { platform, tenant, person };
        return { webcast, user, chat };
      });
    },

    async removePresenter(webcast, user) {
      await db.deleteFrom('presenters').where('webcast', '=', webcast).where('user', '=', user).execute();
    },

    async linkAccount({ platform, tenant, person }, user, admin, now) {
      await db
        .insertInto('accounts')
        .values({ platform, tenant, person, user, admin, linked_at: now })
        .onConflict((conflict) =>
          conflict.columns(['platform', 'tenant', 'person']).doUpdateSet({ user, admin, linked_at: now }),
        )
        .execute();
    },

    async unlinkAccount({ platform, tenant, person }) {
      await db
        .deleteFrom('accounts')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('person', '=', person)
        .execute();
    },

    async linkedUser({ platform, tenant, person }) {
      const row = await db
        .selectFrom('accounts')
        .select('user')
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('person', '=', person)
        .executeTakeFirst();
      return row?.user;
    },
  };
}
