import { createHash } from 'node:crypto';
import type { Account } from '../account.js';
import { argument, type Call, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { buildFilter, buildOrder, cutPage, listResponse } from '../filter.js';
import { parsePrivileges } from '../ks.js';
import { checkInsert, checkUpdate } from '../validation.js';
import { type Fields, int, part, text } from '../values.js';
import { startSession } from './session.js';

const DAY = 86_400;
const ACTIVE = 2;
const FOREVER = Number.MAX_SAFE_INTEGER;
/** Privileges that the server itself knows; a caller of startSession may not add them. */
const KNOWN = new Set(
  (
    'view sview list download downloadasset edit edituser editadmintags setrole restrictingrole enableentitlement ' +
    'disableentitlement disableentitlementforentry privacycontext restrictexplicitliveview virtualeventid iprestrict ' +
    'urirestrict actionslimit limitentry preview reftime sessionid apptoken jobtype searchcontext ' +
    'enablecategorymoderation enablecaptionmoderation sessionkey *'
  ).split(' '),
);

function find(account: Account, id: string): Fields {
  const token = account.store.table('appTokens').get(id);
  if (!token) throw new ApiError('APP_TOKEN_ID_NOT_FOUND', { ID: id });
  return token;
}

function add(args: Fields, { account, now }: Call): Fields {
  const sent = objectArgument(args, 'appToken');
  checkInsert(sent);
  if (!text(sent, 'sessionUserId')) throw new ApiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'sessionUserId' });
  const id = account.newId();
  const token: Fields = {
    ...sent,
    id,
    token: account.options.random.bytes(16).toString('hex'),
    partnerId: account.partnerId,
    createdAt: now,
    updatedAt: now,
    status: ACTIVE,
    sessionDuration: int(sent, 'sessionDuration') ?? DAY,
    hashType: text(sent, 'hashType') ?? 'SHA1',
  };
  account.store.table('appTokens').set(id, token);
  return { ...token };
}

function update(args: Fields, { account, now }: Call): Fields {
  const token = find(account, argument(args, 'id'));
  const sent = objectArgument(args, 'appToken');
  checkUpdate(sent, token);
  Object.assign(token, sent, { updatedAt: now });
  return { ...token };
}

/** Deleting a token ends its sessions: they all share the session id that is the token's own. */
function remove(args: Fields, { account }: Call): undefined {
  const id = argument(args, 'id');
  find(account, id);
  account.store.table('appTokens').delete(id);
  account.store.endedSessions.set(id, FOREVER);
}

function list(args: Fields, { account }: Call): Fields {
  const filter = part(args, 'filter') ?? {};
  const found = [...account.store.table('appTokens').values()].filter(buildFilter(filter));
  const order = buildOrder(text(filter, 'orderBy'), new Set(['createdAt', 'updatedAt']));
  if (order) found.sort(order);
  return listResponse('KalturaAppTokenListResponse', found.length, cutPage(found, part(args, 'pager')));
}

/** Puts the caller's privileges below the token's own: known names are dropped unless the token has them for all. */
function mergePrivileges(own: [string, string][], asked: [string, string][]): [string, string][] {
  const merged: [string, string][] = own.map(([name, value]) => {
    const narrower = value === '*' ? asked.find(([other]) => other === name) : undefined;
    return narrower ?? [name, value];
  });
  return [...merged, ...asked.filter(([name]) => !KNOWN.has(name.toLowerCase()))];
}

function startTokenSession(args: Fields, { account, session, now }: Call): Fields {
  const id = argument(args, 'id');
  const token = find(account, id);
  const hashType = (text(token, 'hashType') ?? 'SHA1').toLowerCase();
  const expected = createHash(hashType)
    .update(`${session?.ks ?? ''}${text(token, 'token')}`)
    .digest('hex');
  if (argument(args, 'tokenHash') !== expected) throw new ApiError('INVALID_APP_TOKEN_HASH');
  const tokenExpiry = int(token, 'expiry') || FOREVER;
  if (tokenExpiry <= now) throw new ApiError('APP_TOKEN_EXPIRED', { ID: id });
  const duration = int(token, 'sessionDuration') ?? DAY;
  const expiry = Math.min(now + Math.min(int(args, 'expiry') ?? duration, duration), tokenExpiry);
  const privileges: [string, string][] = [
    ['sessionid', id],
    ['apptoken', id],
    ...mergePrivileges(
      parsePrivileges(text(token, 'sessionPrivileges') ?? ''),
      parsePrivileges(text(args, 'sessionPrivileges') ?? ''),
    ),
  ];
  const type = int(token, 'sessionType') ?? 0;
  const userId = text(token, 'sessionUserId') ?? '';
  const ks = startSession(account, { partnerId: account.partnerId, type, userId, expiry, privileges });
  return {
    ks,
    sessionType: type,
    partnerId: String(account.partnerId),
    userId,
    expiry,
    privileges: privileges.map(([name, value]) => (value === '' ? name : `${name}:${value}`)).join(','),
    objectType: 'KalturaSessionInfo',
  };
}

export const appToken: Service = {
  add,
  get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
  update,
  delete: remove,
  list,
  startSession: startTokenSession,
};
