import type { Channel, Platform, User, Workspace } from './platform.js';

export interface UserSeed {
  name: string;
  id?: string;
  realName?: string;
  email?: string;
  /** IANA time zone; Europe/London unless told. */
  tz?: string;
  locale?: string;
  deleted?: boolean;
}

export interface ChannelSeed {
  name: string;
  id?: string;
  private?: boolean;
  archived?: boolean;
  /** User names or ids; everybody unless told. */
  members?: string[];
  /** Whether the bot was invited; yes unless told. */
  bot?: boolean;
}

export interface WorkspaceSeed {
  teamId?: string;
  name?: string;
  domain?: string;
  signingSecret: string;
  botToken: string;
  /** An xapp token with connections:write, for Socket Mode. */
  appToken?: string;
  scopes: string[];
  users: UserSeed[];
  channels: ChannelSeed[];
  /** Members by usergroup id, as user names or ids. */
  usergroups?: Record<string, string[]>;
  /** Whether the Home tab is switched on in the app's settings; yes unless told. */
  homeEnabled?: boolean;
  requestUrl?: string;
}

/** Makes the state of one workspace with the app installed. */
export function seedWorkspace(platform: Platform, seed: WorkspaceSeed): Workspace {
  const { ids } = platform;
  const botUserId = ids.next('U');
  const users = seed.users.map(
    (user): User => ({
      id: user.id ?? ids.next('U'),
      name: user.name,
      realName: user.realName ?? user.name,
      email: user.email ?? `${user.name}@example.com`,
      tz: user.tz ?? 'Europe/London',
      locale: user.locale ?? 'en-US',
      isBot: false,
      deleted: user.deleted ?? false,
    }),
  );
  const bot: User = {
    id: botUserId,
    name: 'webcast',
    realName: 'Webcast',
    email: '',
    tz: 'America/Los_Angeles',
    locale: 'en-US',
    isBot: true,
    deleted: false,
  };
  const idOf = (name: string): string => {
    const user = users.find((candidate) => candidate.id === name || candidate.name === name);
    if (user === undefined) throw new Error(`no user called ${name} in this workspace`);
    return user.id;
  };
  const channels = seed.channels.map(
    (channel): Channel => ({
      id: channel.id ?? ids.next('C'),
      name: channel.name,
      kind: channel.private === true ? 'private' : 'public',
      archived: channel.archived ?? false,
      members: new Set([
        ...(channel.members ?? users.map((user) => user.id)).map(idOf),
        ...(channel.bot === false ? [] : [botUserId]),
      ]),
      messages: [],
      lastTs: 0,
    }),
  );
  const teamId = seed.teamId ?? ids.next('T');
  const workspace: Workspace = {
    teamId,
    name: seed.name ?? 'Example',
    domain: seed.domain ?? 'example-ws',
    appId: platform.app.id,
    botId: ids.next('B'),
    botUserId,
    homeEnabled: seed.homeEnabled ?? true,
    signingSecret: seed.signingSecret,
    requestUrl: seed.requestUrl,
    tokens: new Map([
      [seed.botToken, { value: seed.botToken, kind: 'bot', scopes: [...seed.scopes], status: 'active' }],
    ]),
    users: new Map([...users, bot].map((user) => [user.id, user])),
    channels: new Map(channels.map((channel) => [channel.id, channel])),
    usergroups: new Map(Object.entries(seed.usergroups ?? {}).map(([id, members]) => [id, members.map(idOf)])),
    views: [],
    triggers: new Map(),
    responseUrls: new Map(),
    files: new Map(),
  };
  if (seed.appToken !== undefined) {
    workspace.tokens.set(seed.appToken, {
      value: seed.appToken,
      kind: 'app',
      scopes: ['connections:write'],
      status: 'active',
    });
  }
  return workspace;
}
