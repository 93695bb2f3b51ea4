import { type JsonObject, stringAt } from '../../json.js';
import { ApiError } from '../errors.js';
import { type Channel, openDirect, type User, type Workspace } from '../platform.js';
import type { Call, Method } from './method.js';

/** Seconds east of Greenwich in a zone at a moment. */
function offsetOf(zone: string, now: number): number {
  const written = new Date(now).toLocaleString('sv-SE', { timeZone: zone });
  return Math.round((Date.parse(`${written.replace(' ', 'T')}Z`) - Math.floor(now / 1000) * 1000) / 1000);
}

interface Seen {
  now: number;
  email: boolean;
  locale: boolean;
}

function renderUser(workspace: Workspace, user: User, { now, email, locale }: Seen): JsonObject {
  const names = { real_name: user.realName, display_name: user.name };
  return {
    id: user.id,
    team_id: workspace.teamId,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    tz_offset: offsetOf(user.tz, now),
    profile: {
      ...names,
      real_name_normalized: user.realName,
      display_name_normalized: user.name,
      ...(email ? { email: user.email } : {}),
      team: workspace.teamId,
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: user.isBot,
    updated: 1_700_000_000,
    ...(locale ? { locale: user.locale } : {}),
  };
}

function seenBy({ platform, token, args }: Call): Seen {
  return {
    now: platform.clock.now(),
    email: token.scopes.includes('users:read.email'),
    locale: args.include_locale === true,
  };
}

const usersInfo: Method = (call) => {
  const user = call.workspace.users.get(stringAt(call.args, 'user') ?? '');
  if (user === undefined) throw new ApiError('user_not_found');
  return { user: renderUser(call.workspace, user, seenBy(call)) };
};

const lookupByEmail: Method = (call) => {
  const email = (stringAt(call.args, 'email') ?? '').toLowerCase();
  const user = [...call.workspace.users.values()].find(
    (candidate) => !candidate.isBot && !candidate.deleted && candidate.email.toLowerCase() === email,
  );
  if (user === undefined) throw new ApiError('users_not_found');
  return { user: renderUser(call.workspace, user, seenBy(call)) };
};

const usergroupMembers: Method = ({ workspace, args }) => {
  const members = workspace.usergroups.get(stringAt(args, 'usergroup') ?? '');
  if (members === undefined) throw new ApiError('no_such_subteam');
  return { users: [...members] };
};

/** The read scope depends on the kind of conversation. */
const READ_SCOPE: Record<Channel['kind'], string> = { public: 'channels:read', private: 'groups:read', im: 'im:read' };

function demandScope({ token }: Call, needed: string): void {
  if (token.scopes.includes(needed)) return;
  throw new ApiError('missing_scope', { needed, provided: token.scopes.join(',') });
}

const conversationsInfo: Method = (call) => {
  const { workspace, args } = call;
  const channel = workspace.channels.get(stringAt(args, 'channel') ?? '');
  if (channel === undefined) throw new ApiError('channel_not_found');
  demandScope(call, READ_SCOPE[channel.kind]);
  const isMember = channel.members.has(workspace.botUserId);
  if (channel.kind !== 'public' && !isMember) throw new ApiError('channel_not_found');
  const people = [...channel.members].filter((id) => id !== workspace.botUserId);
  return {
    channel: {
      id: channel.id,
      created: 1_700_000_000,
      is_archived: channel.archived,
      is_im: channel.kind === 'im',
      is_org_shared: false,
      context_team_id: workspace.teamId,
      ...(channel.kind === 'im'
        ? { user: people[0] }
        : {
            name: channel.name,
            name_normalized: channel.name,
            is_channel: channel.kind === 'public',
            is_group: channel.kind === 'private',
            is_private: channel.kind === 'private',
            is_mpim: false,
            is_general: false,
            is_shared: false,
            is_ext_shared: false,
            is_member: isMember,
            topic: { value: '', creator: '', last_set: 0 },
            purpose: { value: '', creator: '', last_set: 0 },
            ...(args.include_num_members === true ? { num_members: channel.members.size } : {}),
          }),
    },
  };
};

const conversationsOpen: Method = (call) => {
  const { platform, workspace, args } = call;
  const existing = stringAt(args, 'channel');
  if (existing !== undefined) {
    const channel = workspace.channels.get(existing);
    if (channel === undefined || channel.kind !== 'im') throw new ApiError('channel_not_found');
    return { channel: { id: channel.id } };
  }
  const users = (stringAt(args, 'users') ?? '').split(',').filter((id) => id !== '');
  const [only] = users;
  if (only === undefined) throw new ApiError('users_list_not_supplied');
  if (users.length > 1) {
    demandScope(call, 'mpim:write');
    throw new Error('the double keeps no group conversations');
  }
  demandScope(call, 'im:write');
  const user = workspace.users.get(only);
  if (user === undefined || user.isBot) throw new ApiError('user_not_found');
  if (user.deleted) throw new ApiError('user_disabled');
  const known = [...workspace.channels.values()].some(
    (channel) => channel.kind === 'im' && channel.members.has(user.id),
  );
  const channel = openDirect(platform, workspace, user.id);
  return { ...(known ? { no_op: true, already_open: true } : {}), channel: { id: channel.id } };
};

const conversationsMembers: Method = (call) => {
  const channel = call.workspace.channels.get(stringAt(call.args, 'channel') ?? '');
  if (channel === undefined) throw new ApiError('channel_not_found');
  demandScope(call, READ_SCOPE[channel.kind]);
  if (channel.kind !== 'public' && !channel.members.has(call.workspace.botUserId)) {
    throw new ApiError('channel_not_found');
  }
  return { members: [...channel.members], response_metadata: { next_cursor: '' } };
};

const conversationsJoin: Method = ({ platform, workspace, args }) => {
  const channel = workspace.channels.get(stringAt(args, 'channel') ?? '');
  if (channel === undefined || channel.kind === 'private') throw new ApiError('channel_not_found');
  if (channel.kind === 'im') throw new ApiError('method_not_supported_for_channel_type');
  if (channel.archived) throw new ApiError('is_archived');
  channel.members.add(workspace.botUserId);
  platform.changed();
  return { channel: { id: channel.id, name: channel.name, is_member: true } };
};

/** users.*, usergroups.* and conversations.*: who is where, as far as the scopes let the app see. */
export const peopleMethods: Record<string, Method> = {
  'users.info': usersInfo,
  'users.lookupByEmail': lookupByEmail,
  'usergroups.users.list': usergroupMembers,
  'conversations.info': conversationsInfo,
  'conversations.open': conversationsOpen,
  'conversations.members': conversationsMembers,
  'conversations.join': conversationsJoin,
};
