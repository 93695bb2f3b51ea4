import { copyJson, type JsonObject, stringAt } from '../../json.js';
import { ApiError } from '../errors.js';
import { readContent, renderMessage, replaceContent, storeMessage } from '../messages.js';
import { type Channel, openDirect, type StoredMessage } from '../platform.js';
import type { Call, Method } from './method.js';

const MAX_UPDATE_TEXT = 4_000;

/** Finds where a message goes: a conversation id, or a person's id for their direct conversation. */
function resolveConversation({ platform, workspace, args }: Call): Channel {
  const id = stringAt(args, 'channel') ?? '';
  const user = workspace.users.get(id);
  if (user !== undefined && !user.isBot && !user.deleted) return openDirect(platform, workspace, user.id);
  const channel = workspace.channels.get(id);
  if (channel === undefined) throw new ApiError('channel_not_found');
  return channel;
}

function demandMembership(call: Call, channel: Channel, publicScope: boolean): void {
  if (channel.members.has(call.workspace.botUserId)) return;
  if (channel.kind !== 'public') throw new ApiError('channel_not_found');
  if (!publicScope || !call.token.scopes.includes('chat:write.public')) throw new ApiError('not_in_channel');
}

function demandOwnName({ args, token }: Call): void {
  if (args.as_user === true) throw new ApiError('as_user_not_supported');
  const customised = ['username', 'icon_url', 'icon_emoji'].some((key) => args[key] !== undefined);
  if (customised && !token.scopes.includes('chat:write.customize')) {
    throw new ApiError('missing_scope', { needed: 'chat:write.customize', provided: token.scopes.join(',') });
  }
}

function readThread({ args }: Call, channel: Channel): string | undefined {
  const threadTs = stringAt(args, 'thread_ts');
  if (threadTs === undefined || threadTs === '') return undefined;
  const parent = channel.messages.find((message) => message.ts === threadTs && !message.deleted);
  if (parent === undefined || parent.ephemeralFor !== undefined) throw new ApiError('cannot_reply_to_message');
  return parent.threadTs ?? parent.ts;
}

function ownMessage({ workspace, args }: Call, refusal: string): { channel: Channel; message: StoredMessage } {
  const channel = workspace.channels.get(stringAt(args, 'channel') ?? '');
  if (channel === undefined) throw new ApiError('channel_not_found');
  const message = channel.messages.find((candidate) => candidate.ts === args.ts);
  if (message === undefined || message.deleted || message.ephemeralFor !== undefined) {
    throw new ApiError('message_not_found');
  }
  if (message.user !== workspace.botUserId) throw new ApiError(refusal);
  if (channel.archived) throw new ApiError('is_archived');
  return { channel, message };
}

const postMessage: Method = (call) => {
  const { platform, workspace, args, method } = call;
  demandOwnName(call);
  const channel = resolveConversation(call);
  if (channel.archived) throw new ApiError('is_archived');
  demandMembership(call, channel, true);
  const threadTs = readThread(call, channel);
  const content = readContent(platform, workspace, args, method);
  const message = storeMessage(platform, workspace, channel, content, {
    user: workspace.botUserId,
    via: 'api',
    threadTs,
  });
  return { channel: channel.id, ts: message.ts, message: renderPosted(call, message) };
};

function renderPosted({ workspace }: Call, message: StoredMessage): JsonObject {
  const { subtype, ...rest } = copyJson(renderMessage(workspace, message));
  return {
    ...(subtype === undefined ? {} : {}),
    ...rest,
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
    bot_profile: {
      id: workspace.botId,
      app_id: workspace.appId,
      name: 'Webcast',
      icons: {},
      deleted: false,
      updated: 1_700_000_000,
      team_id: workspace.teamId,
    },
  };
}

const postEphemeral: Method = (call) => {
  const { platform, workspace, args, method } = call;
  demandOwnName(call);
  const channel = resolveConversation(call);
  if (channel.archived) throw new ApiError('is_archived');
  demandMembership(call, channel, false);
  const user = stringAt(args, 'user') ?? '';
  if (!channel.members.has(user)) throw new ApiError('user_not_in_channel');
  if (typeof args.text === 'string' && [...args.text].length > 40_000) throw new ApiError('msg_too_long');
  const content = readContent(platform, workspace, args, method);
  const message = storeMessage(platform, workspace, channel, content, {
    user: workspace.botUserId,
    via: 'api',
    threadTs: readThread(call, channel),
    ephemeralFor: user,
  });
  return { message_ts: message.ts };
};

const update: Method = (call) => {
  const { platform, workspace, args, method } = call;
  const { channel, message } = ownMessage(call, 'cant_update_message');
  if (typeof args.text === 'string' && [...args.text].length > MAX_UPDATE_TEXT) throw new ApiError('msg_too_long');
  const content = readContent(platform, workspace, args, method);
  replaceContent(platform, message, content);
  return { channel: channel.id, ts: message.ts, text: message.text, message: renderPosted(call, message) };
};

const remove: Method = (call) => {
  const { channel, message } = ownMessage(call, 'cant_delete_message');
  message.deleted = true;
  call.platform.changed();
  return { channel: channel.id, ts: message.ts };
};

const getPermalink: Method = ({ workspace, args }) => {
  const channel = workspace.channels.get(stringAt(args, 'channel') ?? '');
  if (channel === undefined) throw new ApiError('channel_not_found');
  const ts = stringAt(args, 'message_ts') ?? '';
  if (
    !channel.messages.some((message) => message.ts === ts && message.ephemeralFor === undefined && !message.deleted)
  ) {
    throw new ApiError('message_not_found');
  }
  const permalink = `https://${workspace.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
  return { channel: channel.id, permalink };
};

/** chat.*: posting, editing and deleting, by membership and ownership. */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
