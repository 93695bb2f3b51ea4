import { isObject, type JsonObject } from '../json.js';
import { findBlockIssues, findMetadataIssues } from './blocks/index.js';
import { findMarkdownHabits, findMrkdwnFaults, judgeTexts } from './blocks/text.js';
import { ApiError, invalidBlocks } from './errors.js';
import { fillDefaults } from './fill.js';
import { findPictureIssues } from './pictures.js';
import type { Channel, Platform, StoredMessage, Workspace } from './platform.js';
import { findSecrets } from './secrets.js';

const MAX_TEXT = 40_000;
const MAX_BLOCK_CHARACTERS = 13_000;

export interface Content {
  text: string;
  /** Undefined when the caller said nothing about blocks, which is not the same as none. */
  blocks: JsonObject[] | undefined;
  attachments: JsonObject[] | undefined;
  metadata: JsonObject | undefined;
}

/** Reads and judges the content of a message by the app of owner, if a token says so; throws the refusal Slack would give. */
export function readContent(
  platform: Platform,
  owner: Workspace | undefined,
  args: JsonObject,
  where: string,
): Content {
  if (typeof args.markdown_text === 'string' && (args.text !== undefined || args.blocks !== undefined)) {
    throw new ApiError('markdown_text_conflict');
  }
  const text = typeof args.text === 'string' ? args.text : '';
  const blocks = readList(args.blocks, 'invalid_blocks_format');
  const attachments = readList(args.attachments, 'invalid_attachments');
  if (text === '' && (blocks ?? []).length === 0 && (attachments ?? []).length === 0 && !args.markdown_text) {
    throw new ApiError('no_text');
  }
  if (blocks !== undefined) {
    const issues = [...findBlockIssues(blocks), ...findPictureIssues(platform, owner, blocks)];
    if (issues.length > 0) throw invalidBlocks(issues);
    if (JSON.stringify(blocks).length > MAX_BLOCK_CHARACTERS) throw new ApiError('msg_blocks_too_long');
  }
  if (attachments !== undefined && attachments.length > 100) throw new ApiError('too_many_attachments');
  for (const [index, attachment] of (attachments ?? []).entries()) {
    const issues = findBlockIssues(attachment.blocks ?? [], `/attachments/${index}/blocks`);
    if (issues.length > 0) throw invalidBlocks(issues);
  }
  const metadata = readMetadata(args.metadata);
  judgeContent(platform, { text, blocks, attachments, metadata }, args, where);
  return {
    text: typeof args.markdown_text === 'string' ? args.markdown_text : [...text].slice(0, MAX_TEXT).join(''),
    blocks: blocks === undefined ? undefined : fillDefaults(blocks, platform.ids),
    attachments: attachments?.map((attachment) => ({
      ...attachment,
      ...(Array.isArray(attachment.blocks)
        ? { blocks: fillDefaults(attachment.blocks.filter(isObject), platform.ids) }
        : {}),
    })),
    metadata,
  };
}

function readList(value: unknown, error: string): JsonObject[] | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (!Array.isArray(value) || !value.every(isObject)) throw new ApiError(error);
  return value;
}

function readMetadata(value: unknown): JsonObject | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (!isObject(value) || findMetadataIssues(value).length > 0) throw new ApiError('invalid_metadata_format');
  return value;
}

function judgeContent(platform: Platform, content: Content, args: JsonObject, where: string): void {
  const length = [...content.text].length;
  if (length > MAX_TEXT) platform.complain(`${where}: text of ${length} characters would be cut at ${MAX_TEXT}`);
  if (content.text === '' && typeof args.markdown_text !== 'string') {
    platform.complain(`${where}: no text to fall back on for notifications and screen readers`);
  }
  const isMrkdwn = args.mrkdwn !== false;
  for (const fault of isMrkdwn ? findMrkdwnFaults(content.text) : []) platform.complain(`${where}: ${fault} [/text]`);
  for (const habit of findMarkdownHabits(content.text)) platform.advice.push(`${where}: ${habit} [/text]`);
  const expandsNames = args.link_names === true || args.parse === 'full';
  if (expandsNames && /@(channel|here|everyone)\b/.test(content.text)) {
    platform.complain(`${where}: broadcast mention through link_names or parse`);
  }
  for (const secret of findSecrets(platform, content)) platform.complain(`${where}: ${secret} in a message`);
  for (const key of ['blocks', 'attachments'] as const) {
    const { faults, habits } = judgeTexts(content[key], `/${key}`);
    for (const fault of faults) platform.complain(`${where}: ${fault}`);
    platform.advice.push(...habits.map((habit) => `${where}: ${habit}`));
  }
}

/** Gives the next message timestamp of a channel: unique and increasing, whatever the clock does. */
function nextTs(platform: Platform, channel: Channel): string {
  const micros = Math.max(channel.lastTs + 100, Math.floor(platform.clock.now() / 1000) * 1_000_000 + 100);
  channel.lastTs = micros;
  return formatTs(micros);
}

/** Writes microseconds as Slack's seconds.micros. */
export function formatTs(micros: number): string {
  return `${Math.floor(micros / 1_000_000)}.${String(micros % 1_000_000).padStart(6, '0')}`;
}

export interface Placement {
  user: string;
  via: StoredMessage['via'];
  threadTs?: string | undefined;
  ephemeralFor?: string | undefined;
  files?: string[];
}

/** Stores a new message in a channel. */
export function storeMessage(
  platform: Platform,
  workspace: Workspace,
  channel: Channel,
  content: Content,
  placement: Placement,
): StoredMessage {
  const message: StoredMessage = {
    kind: 'message',
    teamId: workspace.teamId,
    channel: channel.id,
    ts: nextTs(platform, channel),
    user: placement.user,
    text: content.text,
    blocks: content.blocks ?? [],
    attachments: content.attachments ?? [],
    files: placement.files ?? [],
    edited: false,
    deleted: false,
    via: placement.via,
    history: [],
    states: new Map(),
    offered: new Map(),
    ...(content.metadata === undefined ? {} : { metadata: content.metadata }),
    ...(placement.threadTs === undefined ? {} : { threadTs: placement.threadTs }),
    ...(placement.ephemeralFor === undefined ? {} : { ephemeralFor: placement.ephemeralFor }),
  };
  channel.messages.push(message);
  platform.changed();
  return message;
}

/** Replaces the content of a stored message; blocks nobody mentions stay, as chat.update documents. */
export function replaceContent(platform: Platform, message: StoredMessage, content: Content): void {
  message.history.push({ text: message.text, blocks: message.blocks });
  message.text = content.text;
  if (content.blocks !== undefined) message.blocks = content.blocks;
  if (content.attachments !== undefined) message.attachments = content.attachments;
  if (content.metadata !== undefined) message.metadata = content.metadata;
  message.edited = true;
  platform.changed();
}

/** Renders a stored message as Slack sends it to apps. */
export function renderMessage(workspace: Workspace, message: StoredMessage): JsonObject {
  const byBot = message.user === workspace.botUserId;
  return {
    type: 'message',
    ...(byBot ? { subtype: 'bot_message' } : { client_msg_id: '00000000-0000-4000-8000-000000000000' }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...(byBot ? { bot_id: workspace.botId, app_id: workspace.appId } : {}),
    team: workspace.teamId,
    ...(message.blocks.length === 0 ? {} : { blocks: message.blocks }),
    ...(message.attachments.length === 0 ? {} : { attachments: message.attachments }),
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs, parent_user_id: workspace.botUserId }),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
  };
}
