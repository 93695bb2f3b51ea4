import type { Clock, Log, Reference, References } from '../../core/ports.js';
import type { Turn } from './activity.js';

/** References with a memory before them, so that a turn that tells nothing new writes nothing. */
export interface RememberedReferences {
  /** Takes what a turn tells: the conversation is open, and this is the way there. */
  remember(turn: Turn): Promise<void>;
  find(tenant: string, conversation: string): Promise<Reference | undefined>;
  findPersonal(tenant: string, person: string): Promise<Reference | undefined>;
  close(tenant: string, conversation: string, state: 'removed' | 'blocked'): Promise<void>;
  claimWelcome(tenant: string, conversation: string): Promise<boolean>;
}

const hour = 60 * 60_000;
/** References remembered at most; the oldest go first. */
const most = 5000;

export function rememberReferences(kept: References, clock: Clock, log: Log): RememberedReferences {
  const known = new Map<string, { readonly reference: Reference; readonly savedAt: number }>();
  const keyOf = (tenant: string, conversation: string) => `${tenant} ${conversation}`;

  function hold(reference: Reference, savedAt: number): void {
    const key = keyOf(reference.tenant, reference.conversation);
    known.delete(key);
    known.set(key, { reference, savedAt });
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
  }

  return {
    async remember(turn) {
      const { place, person } = turn;
      const before = known.get(keyOf(place.tenant, place.channel));
      const reference: Reference = {
        tenant: place.tenant,
        conversation: place.channel,
        kind: turn.kind,
        serviceUrl: turn.serviceUrl,
        bot: turn.bot,
        person: place.direct ? person.id : undefined,
        zone: place.direct ? (person.zone ?? before?.reference.zone) : undefined,
        state: 'open',
      };
      const now = clock.now();
      if (before && now - before.savedAt < hour && same(before.reference, reference)) return;
      hold(reference, now);
      try {
        await kept.save(reference, now);
      } catch (error) {
        known.delete(keyOf(place.tenant, place.channel));
        log.error({ err: error, conversation: place.channel }, 'The way back into a conversation could not be saved');
      }
    },

    async find(tenant, conversation) {
      const held = known.get(keyOf(tenant, conversation));
      if (held) return held.reference;
      const found = await kept.find(tenant, conversation);
      if (found) hold(found, clock.now());
      return found;
    },

    findPersonal: (tenant, person) => kept.findPersonal(tenant, person),

    async close(tenant, conversation, state) {
      known.delete(keyOf(tenant, conversation));
      await kept.close(tenant, conversation, state);
    },

    claimWelcome: (tenant, conversation) => kept.claimWelcome(tenant, conversation, clock.now()),
  };
}

function same(one: Reference, other: Reference): boolean {
  return (
    one.serviceUrl === other.serviceUrl &&
    one.bot === other.bot &&
    one.kind === other.kind &&
    one.person === other.person &&
    one.zone === other.zone &&
    one.state === other.state
  );
}
