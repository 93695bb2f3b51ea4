import type { Account } from '../account.js';
import { MEDIA_SERVER_PARTNER } from '../account.js';
import { argument, type Call, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { formatPrivileges, type KsContent, mintKs, parsePrivileges, readKs } from '../ks.js';
import { sessionKey } from '../session.js';
import { type Fields, int, text } from '../values.js';

const DAY = 86_400;
const USER = 0;

/** Makes a session of the account (or of its media server); times are unix seconds. */
export function startSession(account: Account, content: Omit<KsContent, 'version'>): string {
  const secret = account.secretOf(content.partnerId);
  if (secret === undefined) throw new Error(`no partner ${content.partnerId}`);
  return mintKs(content, secret, (size) => account.options.random.bytes(size));
}

function secretsFor(account: Account, partnerId: number, type: number): string[] {
  const { adminSecret, userSecret, mediaSecret } = account.options;
  if (partnerId === MEDIA_SERVER_PARTNER) return [mediaSecret];
  return type === USER ? [adminSecret, userSecret] : [adminSecret];
}

function start(args: Fields, { account, now }: Call): string {
  const partnerId = int(args, 'partnerId') ?? 0;
  const type = int(args, 'type') ?? USER;
  const known = partnerId === account.partnerId || partnerId === MEDIA_SERVER_PARTNER;
  if (!known && partnerId !== 0) throw new ApiError('SERVICE_FORBIDDEN_CONTENT_BLOCKED');
  if (!known || !secretsFor(account, partnerId, type).includes(argument(args, 'secret'))) {
    throw new ApiError('START_SESSION_ERROR', { PID: String(partnerId) });
  }
  return startSession(account, {
    partnerId,
    type,
    userId: text(args, 'userId') ?? '',
    expiry: now + (int(args, 'expiry') ?? DAY),
    privileges: parsePrivileges(text(args, 'privileges') ?? ''),
  });
}

function startWidgetSession(args: Fields, { account, now }: Call): Fields {
  const widgetId = argument(args, 'widgetId');
  if (widgetId !== `_${account.partnerId}`) throw new ApiError('INVALID_WIDGET_ID', { WIDGET_ID: widgetId });
  const ks = startSession(account, {
    partnerId: account.partnerId,
    type: USER,
    userId: '0',
    expiry: now + (int(args, 'expiry') ?? DAY),
    privileges: [
      ['view', '*'],
      ['widget', '1'],
    ],
  });
  return { partnerId: account.partnerId, ks, userId: 0, objectType: 'KalturaStartWidgetSessionResponse' };
}

function end(_args: Fields, { account, session }: Call): undefined {
  if (session) account.store.endedSessions.set(sessionKey(session.content, session.ks), session.content.expiry);
}

function get(args: Fields, { account, session }: Call): Fields {
  const ks = text(args, 'session') ?? session?.ks ?? '';
  const content = readKs(ks, (partnerId) => account.secretOf(partnerId));
  if (!content) throw new ApiError('START_SESSION_ERROR', { PID: String(account.partnerId) });
  return {
    sessionType: String(content.type),
    partnerId: String(content.partnerId),
    userId: content.userId,
    expiry: String(content.expiry),
    privileges: formatPrivileges(content.privileges),
    objectType: 'KalturaSessionInfo',
  };
}

export const session: Service = { start, startWidgetSession, end, get };
