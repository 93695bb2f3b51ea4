import type { JsonObject } from '../../json.js';
import { type Conversation, findPerson, type Person, type Team, type Tenant } from '../platform.js';
import { type ConnectorAnswer, refuse } from './errors.js';

function describeMember(tenant: Tenant, person: Person): JsonObject {
  const [givenName = person.name, ...rest] = person.name.split(' ');
  const account = {
    id: person.id,
    name: person.name,
    objectId: person.aadObjectId,
    aadObjectId: person.aadObjectId,
    givenName,
    surname: rest.join(' '),
    tenantId: tenant.id,
    userRole: person.guest ? 'guest' : 'user',
  };
  return person.guest ? account : { ...account, email: person.email, userPrincipalName: person.email };
}

function membersOf(tenant: Tenant, conversation: Conversation): JsonObject[] {
  return tenant.people.filter(({ id }) => conversation.members.has(id)).map((person) => describeMember(tenant, person));
}

/** Answers the list that is not paged. */
export function listMembers(tenant: Tenant, conversation: Conversation): ConnectorAnswer {
  return { status: 200, body: membersOf(tenant, conversation) };
}

/** Answers one page; a page holds 50 to 500 people. */
export function pageMembers(tenant: Tenant, conversation: Conversation, query: URLSearchParams): ConnectorAnswer {
  const size = Math.min(500, Math.max(50, Number(query.get('pageSize') ?? 200)));
  const start = Number(query.get('continuationToken') ?? 0);
  const all = membersOf(tenant, conversation);
  const members = all.slice(start, start + size);
  const more = start + size < all.length ? { continuationToken: String(start + size) } : {};
  return { status: 200, body: { members, ...more } };
}

/** Answers one member by the bot's id for them or by their directory object id. */
export function showMember(tenant: Tenant, conversation: Conversation, id: string): ConnectorAnswer {
  const person = findPerson(tenant, id);
  if (person === undefined || !conversation.members.has(person.id)) throw refuse('MemberNotFoundInConversation');
  return { status: 200, body: describeMember(tenant, person) };
}

/** Answers what a bot may know of a team. */
export function describeTeam(team: Team): ConnectorAnswer {
  const people = new Set(team.channels.flatMap(({ members }) => [...members]));
  return {
    status: 200,
    body: {
      id: team.id,
      name: team.name,
      aadGroupId: team.aadGroupId,
      channelCount: team.channels.length,
      memberCount: people.size,
    },
  };
}

/** Answers a team's channels; the general one has no name, since clients translate it. */
export function listChannels(team: Team): ConnectorAnswer {
  const conversations = team.channels.map(({ id, name }) => (id === team.id ? { id } : { id, name }));
  return { status: 200, body: { conversations } };
}
