import { BotError } from '../../core/errors.js';
import type { Clock, Log, Person, Platform } from '../../core/ports.js';
import type { Zone } from '../../core/webcast.js';
import type { Turn } from './activity.js';
import type { Address, Connector, Member } from './connector.js';
import { outcomeOf } from './errors.js';
import type { RememberedReferences } from './references.js';

/** What Teams tells about people, and what their own messages told. */
export interface People extends Pick<Platform, 'profile' | 'groupsOf'> {
  /** Takes what a turn tells: where the person was met, and in which zone. */
  meet(turn: Turn): void;
  /** The person with their zone, as far as it is known from other turns. */
  recall(turn: Turn): Person;
  /** The directory's ids of people who are named in a turn, as far as the roster tells them; asks Teams for each. */
  identify(turn: Turn, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The name in the roster; undefined where Teams does not tell it. */
  nameOf(tenant: string, person: string): Promise<string | undefined>;
  /** The person, known as a guest when the conversation's roster says so; raises BotError while Teams does not answer. */
  vouch(turn: Turn, person: Person): Promise<Person>;
}

const hour = 60 * 60_000;
/** People remembered at most; the oldest go first. */
const most = 5000;

interface Met {
  readonly address: Address;
  readonly zone: Zone | undefined;
  readonly roster: { readonly until: number; readonly member: Promise<Member> } | undefined;
}

export interface PeopleParts {
  readonly connector: Connector;
  readonly references: RememberedReferences;
  readonly clock: Clock;
  readonly log: Log;
}

export function createPeople({ connector, references, clock, log }: PeopleParts): People {
  const met = new Map<string, Met>();
  const keyOf = (tenant: string, person: string): string => `${tenant} ${person}`;

  function keep(key: string, entry: Met): void {
    met.delete(key);
    met.set(key, entry);
    const [oldest] = met.keys();
    if (met.size > most && oldest !== undefined) met.delete(oldest);
  }

  /** The roster's entry, kept for an hour; callers at the same time share one question. */
  async function ask(tenant: string, person: string): Promise<Member | undefined> {
    const key = keyOf(tenant, person);
    const known = met.get(key);
    if (known?.roster && known.roster.until > clock.now()) return known.roster.member;
    const address = known?.address ?? (await personalAddress(tenant, person));
    if (!address) return undefined;
    const member = connector.member(address, person);
    keep(key, { address, zone: known?.zone, roster: { until: clock.now() + hour, member } });
    member.catch(() => {
      const now = met.get(key);
      if (now?.roster?.member === member) met.set(key, { ...now, roster: undefined });
    });
    return member;
  }

  async function personalAddress(tenant: string, person: string): Promise<Address | undefined> {
    const found = await references.findPersonal(tenant, person);
    return found?.state === 'open' ? found : undefined;
  }

  return {
    meet(turn) {
      const { place, person, serviceUrl } = turn;
      const key = keyOf(place.tenant, person.id);
      const before = met.get(key);
      const zone = person.zone ?? before?.zone;
      keep(key, { address: { serviceUrl, conversation: place.channel }, zone, roster: before?.roster });
    },

    recall({ place, person }) {
      const zone = person.zone ?? met.get(keyOf(place.tenant, person.id))?.zone;
      return { ...person, zone };
    },

    async identify({ place, serviceUrl, conversation }, ids) {
      const address = { serviceUrl, conversation };
      const known = new Map<string, string>();
      for (const id of new Set(ids)) {
        try {
          const member = await connector.member(address, id);
          if (!member.aadObjectId) continue;
          const key = keyOf(place.tenant, member.aadObjectId);
          const roster = { until: clock.now() + hour, member: Promise.resolve(member) };
          keep(key, { address, zone: met.get(key)?.zone, roster });
          known.set(id, member.aadObjectId);
        } catch (error) {
          log.warn({ err: error, conversation }, 'Somebody who was named could not be looked up');
        }
      }
      return known;
    },

    async vouch({ place }, person) {
      if (person.guest) return person;
      try {
        const member = await ask(place.tenant, person.id);
        return member && isGuest(member, place.tenant) ? { ...person, guest: true } : person;
      } catch (error) {
        // Who asks while Teams is busy or away may be a guest; a refused answer says that nobody can know here.
        if (!isWithheld(error)) throw error;
        // Chats that the bot is not in have no roster for it; the directory's id in a signed request stands for the person.
        log.warn({ err: error, conversation: place.channel }, 'A roster could not be read');
        return person;
      }
    },

    async nameOf(tenant, person) {
      try {
        return (await ask(tenant, person))?.name ?? undefined;
      } catch (error) {
        // Without the name the message says the id, and is sent all the same.
        log.warn({ err: error }, 'The name of somebody could not be looked up');
        return undefined;
      }
    },

    async profile(tenant, person) {
      const zone = met.get(keyOf(tenant, person))?.zone ?? (await references.findPersonal(tenant, person))?.zone;
      const member = await ask(tenant, person);
      if (!member)
        throw new BotError('not_found', 'Teams does not know this person here.', 'Ask them to write to Webcast.');
      const email = member.email ?? member.userPrincipalName ?? undefined;
      return { name: member.name ?? person, email, zone };
    },

    // Groups are in the directory, which the bot has no permission to read.
    groupsOf: async () => [],
  };
}

/** Whether Teams does not show the roster to the bot, or has nobody of that id in it. */
function isWithheld(error: unknown): boolean {
  const outcome = outcomeOf(error);
  return outcome?.kind === 'refused' && (outcome.status === 403 || outcome.status === 404);
}

function isGuest({ userRole, userPrincipalName, tenantId }: Member, tenant: string): boolean {
  if (userRole === 'guest' || userRole === 'anonymous') return true;
  if (userPrincipalName?.includes('#EXT#')) return true;
  return typeof tenantId === 'string' && tenantId.toLowerCase() !== tenant;
}
