import type { Kysely, Selectable } from 'kysely';
import type { Reference, References } from '../core/ports.js';
import type { Tables } from './schema.js';

/** Keeps the references of one platform in the database. */
export function createReferences(db: Kysely<Tables>, platform: string): References {
  return {
    async save({ tenant, conversation, kind, serviceUrl, bot, person, zone, state }, now) {
      const values = { kind, service_url: serviceUrl, bot, person: person ?? null, state, seen_at: now };
      await db
        .insertInto('conversations')
        .values({ platform, tenant, conversation, zone: zone ?? null, welcomed_at: null, ...values })
        .onConflict((conflict) =>
          conflict
            .columns(['platform', 'tenant', 'conversation'])
            // Not every message says the zone; what is known stays.
            .doUpdateSet(zone === undefined ? values : { ...values, zone }),
        )
        .execute();
    },

    async find(tenant, conversation) {
      const row = await db
        .selectFrom('conversations')
        .selectAll()
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('conversation', '=', conversation)
        .executeTakeFirst();
      return row && readReference(row);
    },

    async findPersonal(tenant, person) {
      const row = await db
        .selectFrom('conversations')
        .selectAll()
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('person', '=', person)
        .orderBy('seen_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && readReference(row);
    },

    async close(tenant, conversation, state) {
      await db
        .updateTable('conversations')
        .set({ state })
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('conversation', '=', conversation)
        .execute();
    },

    async claimWelcome(tenant, conversation, now) {
      const { numUpdatedRows } = await db
        .updateTable('conversations')
        .set({ welcomed_at: now })
        .where('platform', '=', platform)
        .where('tenant', '=', tenant)
        .where('conversation', '=', conversation)
        .where('welcomed_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

const kinds: readonly Reference['kind'][] = ['personal', 'groupChat', 'channel'];
const states: readonly Reference['state'][] = ['open', 'removed', 'blocked'];

function readReference(row: Selectable<Tables['conversations']>): Reference {
  const kind = kinds.find((one) => one === row.kind);
  const state = states.find((one) => one === row.state);
  if (!kind || !state)
    throw new TypeError(`The conversation ${row.conversation} is stored as ${row.kind}, ${row.state}.`);
  return {
    tenant: row.tenant,
    conversation: row.conversation,
    kind,
    serviceUrl: row.service_url,
    bot: row.bot,
    person: row.person ?? undefined,
    zone: row.zone ?? undefined,
    state,
  };
}
