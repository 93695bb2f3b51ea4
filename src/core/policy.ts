import type { Role } from './command.js';
import type { Person, Place, Platform } from './ports.js';
import type { Policy } from './request.js';

/** One name on a list of people: a platform's own id (of a person or group), or an e-mail address. */
export type Grant =
  | { readonly kind: 'id'; readonly platform: string; readonly id: string }
  | { readonly kind: 'email'; readonly email: string };

/** Reads a name such as slack:U123 or ann@example.com; undefined when it is neither. */
export function readGrant(text: string): Grant | undefined {
  const id = /^(slack|teams|terminal):([A-Za-z0-9-]{2,64})$/.exec(text);
  if (id?.[1] && id[2]) return { kind: 'id', platform: id[1], id: id[2].replace(/^S-/, 'S') };
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { kind: 'email', email: text.toLowerCase() } : undefined;
}

/** Decides roles from the lists of admins and producers; with no producers named every member is one. */
export function createPolicy(lists: {
  readonly admins: readonly Grant[];
  readonly producers: readonly Grant[];
}): Policy {
  async function roleOf(platform: Platform, place: Place, person: Person): Promise<Role> {
    if (person.guest) return 'viewer';
    if (await holds(lists.admins, platform, place, person)) return 'admin';
    if (lists.producers.length === 0) return 'producer';
    return (await holds(lists.producers, platform, place, person)) ? 'producer' : 'viewer';
  }

  function whoCan(role: Role): string {
    if (role === 'producer' && lists.producers.length === 0) return 'Every member can.';
    const names = (role === 'admin' ? lists.admins : [...lists.producers, ...lists.admins]).map(sayGrant);
    if (names.length === 0) return 'Ask whoever runs the bot to add you to BOT_ADMINS.';
    return `These can: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ' and others' : ''}.`;
  }

  return { roleOf, whoCan };
}

async function holds(grants: readonly Grant[], platform: Platform, place: Place, person: Person): Promise<boolean> {
  const ids = grants.flatMap((grant) => (grant.kind === 'id' && grant.platform === platform.name ? [grant.id] : []));
  if (ids.includes(person.id)) return true;
  const emails = grants.flatMap((grant) => (grant.kind === 'email' ? [grant.email] : []));
  if (emails.length > 0) {
    const { email } = await platform.profile(place.tenant, person.id);
    if (email !== undefined && emails.includes(email.toLowerCase())) return true;
  }
  return ids.length > 0 && (await platform.groupsOf(place.tenant, person.id, ids)).length > 0;
}

const sayGrant = (grant: Grant): string => (grant.kind === 'email' ? grant.email : `${grant.platform}:${grant.id}`);
