import type { Conversation, Person, Platform, Team, Tenant } from './platform.js';

interface PersonSeed {
  name: string;
  email?: string;
  locale?: string;
  /** IANA time zone; Europe/Berlin unless told. */
  timezone?: string;
  guest?: boolean;
}

export interface TenantSeed {
  id?: string;
  /** Names, or more about each; Alex Wilber, Megan Bowen and the guest Adele Vance unless told. */
  people?: (string | PersonSeed)[];
  /** Group chats with their members' names; everybody is in one called Rehearsal unless told. */
  groups?: { name: string; members?: string[] }[];
  /** Teams with their channels beside General; Event Ops with Webcasts unless told. */
  teams?: { name: string; channels: string[] }[];
  /** Whether the app is installed everywhere already; yes unless told. */
  installed?: boolean;
}

const ALEX_AND_COMPANY: PersonSeed[] = [
  { name: 'Alex Wilber' },
  { name: 'Megan Bowen' },
  { name: 'Adele Vance', guest: true },
];

function seedPerson(platform: Platform, seed: PersonSeed, tenantId: string): Person {
  const account = seed.name.toLowerCase().replaceAll(' ', '.');
  const locale = seed.locale ?? 'en-GB';
  return {
    id: platform.ids.next('29:1synthetic-person-'),
    aadObjectId: platform.ids.guid(`person ${tenantId}`),
    name: seed.name,
    email: seed.email ?? `${account}@contoso.example`,
    locale,
    country: locale.split('-')[1] ?? 'GB',
    timezone: seed.timezone ?? 'Europe/Berlin',
    guest: seed.guest ?? false,
  };
}

/** Makes the state of one tenant: its people, a chat of each with the bot, group chats and teams. */
export function seedTenant(platform: Platform, seed: TenantSeed): Tenant {
  const id = seed.id ?? platform.ids.guid('tenant');
  const people = (seed.people ?? ALEX_AND_COMPANY)
    .map((one) => (typeof one === 'string' ? { name: one } : one))
    .map((one) => seedPerson(platform, one, id));
  const base = { tenantId: id, installed: seed.installed ?? true, blocked: 'no' as const, gone: false };
  const idsOf = (names: string[]): Set<string> =>
    new Set(
      names.map((name) => {
        const person = people.find((one) => one.name === name);
        if (person === undefined) throw new Error(`nobody is called ${name}`);
        return person.id;
      }),
    );
  const everybody = people.map(({ name }) => name);
  const make = (kind: Conversation['kind'], name: string, conversationId: string, members: string[]): Conversation => ({
    ...base,
    id: conversationId,
    kind,
    name,
    team: undefined,
    members: idsOf(members),
    messages: [],
  });
  const chats = people.map(({ name }) =>
    make('personal', name, platform.ids.next('a:1synthetic-personal-conversation-'), [name]),
  );
  const groups = (seed.groups ?? [{ name: 'Rehearsal' }]).map(({ name, members }) =>
    make(
      'groupChat',
      name,
      `${platform.ids.next('19:synthetic0000000000000000000group')}@thread.v2`,
      members ?? everybody,
    ),
  );
  const teams = (seed.teams ?? [{ name: 'Event Ops', channels: ['Webcasts'] }]).map(({ name, channels }) => {
    const teamId = `${platform.ids.next('19:syntheticteam00000000000000')}@thread.tacv2`;
    const team: Team = { id: teamId, name, aadGroupId: platform.ids.guid(`team ${id}`), channels: [] };
    team.channels = [
      make('channel', 'General', teamId, everybody),
      ...channels.map((channel) =>
        make('channel', channel, `${platform.ids.next('19:syntheticchan00000000000000')}@thread.tacv2`, everybody),
      ),
    ].map((channel) => ({ ...channel, team }));
    return team;
  });
  return {
    id,
    serviceUrl: `${platform.connectorUrl}/emea/${id}/`,
    people,
    conversations: [...chats, ...groups, ...teams.flatMap(({ channels }) => channels)],
    teams,
  };
}
