import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type JsonObject, parseJson, stringAt } from '../json.js';
import { ApiError } from './errors.js';
import { readContent, replaceContent, storeMessage } from './messages.js';
import type { Channel, Platform, ResponseUrl, Workspace } from './platform.js';

const LIFETIME = 30 * 60 * 1000;
const MAX_USES = 5;
const KNOWN = new Set([
  ...['response_type', 'replace_original', 'delete_original', 'text', 'blocks', 'attachments', 'thread_ts', 'metadata'],
  ...['unfurl_links', 'unfurl_media', 'mrkdwn', 'parse', 'link_names', 'username', 'icon_url', 'icon_emoji'],
]);

export interface HookResponse {
  status: number;
  body: string;
}

/** Answers a post to a response_url: five uses in thirty minutes, then 404. */
export function answerResponseUrl(
  platform: Platform,
  path: string,
  headers: IncomingHttpHeaders,
  raw: string,
): HookResponse {
  const form = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  const body = parseJson(form ? (new URLSearchParams(raw).get('payload') ?? '') : raw);
  if (headers.authorization !== undefined) platform.complain('response_url: an Authorization header was sent');
  const response = judgePost(platform, path, headers, body);
  platform.log.push({
    kind: 'response_url',
    at: platform.clock.now(),
    path,
    body,
    status: response.status,
    response: response.body,
  });
  platform.changed();
  return response;
}

function judgePost(platform: Platform, path: string, headers: IncomingHttpHeaders, body: unknown): HookResponse {
  const workspace = platform.workspaces.find((candidate) => candidate.responseUrls.has(path));
  const url = workspace?.responseUrls.get(path);
  if (workspace === undefined || url === undefined) return refuse(404, 'expired_url');
  if (platform.clock.now() - url.mintedAt > LIFETIME) return refuse(404, 'expired_url');
  if (url.uses >= MAX_USES) return refuse(404, 'used_url');
  if (!/^application\/(json|x-www-form-urlencoded)/.test(headers['content-type'] ?? '')) {
    platform.complain(`response_url: content-type ${headers['content-type'] ?? 'missing'}`);
  }
  if (!isObject(body)) return refuse(400, 'invalid_payload');
  url.uses += 1;
  try {
    applyResponse(platform, workspace, url, body, 'response_url');
    return { status: 200, body: 'ok' };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    platform.complain(`response_url: ${error.code} ${JSON.stringify(error.extra)}`);
    return refuse(error.code === 'channel_not_found' ? 404 : 400, error.code);
  }
}

function refuse(status: number, error: string): HookResponse {
  return { status, body: JSON.stringify({ ok: false, error }) };
}

/** Carries out what an app answered to a command or posted to a response_url. */
export function applyResponse(
  platform: Platform,
  workspace: Workspace,
  url: Pick<ResponseUrl, 'userId' | 'channelId' | 'source'>,
  body: JsonObject,
  via: 'response_url' | 'command',
): void {
  for (const key of Object.keys(body)) if (!KNOWN.has(key)) platform.complain(`${via}: unknown field ${key}`);
  const type = stringAt(body, 'response_type') ?? 'ephemeral';
  if (type !== 'ephemeral' && type !== 'in_channel') platform.complain(`${via}: response_type ${type}`);
  for (const key of ['replace_original', 'delete_original']) {
    if (body[key] !== undefined && typeof body[key] !== 'boolean')
      platform.complain(`${via}: ${key} must be a boolean`);
  }
  const channel = workspace.channels.get(url.channelId);
  if (channel === undefined) throw new ApiError('channel_not_found');
  if (channel.archived) throw new ApiError('is_archived');
  const { source } = url;
  if (body.delete_original === true) {
    if (source === undefined) platform.complain(`${via}: delete_original without an original`);
    else source.deleted = true;
    platform.changed();
    if (body.text === undefined && body.blocks === undefined) return;
  }
  const content = readContent(platform, undefined, body, via);
  if (body.replace_original === true && source === undefined)
    platform.complain(`${via}: replace_original without an original`);
  if (body.replace_original === true && source !== undefined && !source.deleted) {
    replaceContent(platform, source, { ...content, blocks: content.blocks ?? [] });
    return;
  }
  storeMessage(platform, workspace, channel, content, {
    user: workspace.botUserId,
    via,
    threadTs: threadOf(channel, body, source?.threadTs),
    ephemeralFor: type === 'in_channel' ? undefined : url.userId,
  });
}

function threadOf(channel: Channel, body: JsonObject, sourceThread: string | undefined): string | undefined {
  const asked = stringAt(body, 'thread_ts');
  if (asked !== undefined && !channel.messages.some((message) => message.ts === asked))
    throw new ApiError('thread_not_found');
  return asked ?? sourceThread;
}
