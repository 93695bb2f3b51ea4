import { type Account, MEDIA_SERVER_PARTNER } from './account.js';
import { ApiError, invalidKs } from './errors.js';
import { type KsContent, readKs } from './ks.js';
import { findRole } from './permissions.js';
import { members } from './values.js';

/** The session of a call: who asks and with which rights. */
export interface Session {
  ks: string;
  content: KsContent;
  isAdmin: boolean;
  /** A widget session: anonymous, may view. */
  isWidget: boolean;
  /** A session of the media server's own partner. */
  isMediaServer: boolean;
  userId: string;
  role: string | undefined;
}

/** Where a call came from, for sessions that are bound to an address. */
export interface Origin {
  ip: string;
  uri: string;
}

/** Gives the value of a privilege, "" when it has none, undefined when the session lacks it. */
export function privilege(session: Session, name: string): string | undefined {
  return session.content.privileges.find(([known]) => known === name)?.[1];
}

/** Says whether a session has a privilege for an object or for all (`*`). */
export function hasPrivilege(session: Session, name: string, value: string): boolean {
  return session.content.privileges.some(
    ([known, values]) => known === name && values.split('/').some((one) => one === '*' || one === value),
  );
}

/** What a logged-out session is remembered by: its sessionid privilege, else the session itself. */
export function sessionKey(content: KsContent, ks: string): string {
  return content.privileges.find(([name]) => name === 'sessionid')?.[1] ?? ks;
}

/** Reads and checks a session string. Throws INVALID_KS with the reason as the server words it. */
export function openSession(account: Account, ks: string, origin: Origin): Session {
  const content = readKs(ks, (partnerId) => account.secretOf(partnerId));
  if (!content) throw invalidKs(ks);
  const { store } = account;
  const key = sessionKey(content, ks);
  if (content.expiry < account.now()) throw invalidKs('EXPIRED');
  if ((store.endedSessions.get(key) ?? 0) > account.now()) throw invalidKs('LOGOUT');
  const session = describeSession(content, ks);
  checkRestrictions(account, session, origin);
  if (!session.isMediaServer && session.userId !== '') account.ensureUser(session.userId, account.now());
  return session;
}

function describeSession(content: KsContent, ks: string): Session {
  const role = content.privileges.find(([name]) => name === 'setrole')?.[1];
  const isWidget = content.privileges.some(([name]) => name === 'widget');
  return {
    ks,
    content,
    isAdmin: content.type >= 1,
    isWidget,
    isMediaServer: content.partnerId === MEDIA_SERVER_PARTNER,
    userId: isWidget ? '' : content.userId,
    role,
  };
}

function checkRestrictions(account: Account, session: Session, origin: Origin): void {
  const limit = privilege(session, 'actionslimit');
  if (limit !== undefined) {
    const used = account.store.usedActions.get(session.ks) ?? 0;
    if (used >= Number(limit)) throw invalidKs('EXCEEDED_ACTIONS_LIMIT');
    account.store.usedActions.set(session.ks, used + 1);
  }
  const uris = privilege(session, 'urirestrict');
  if (uris !== undefined && !uris.split('|').some((uri) => matchesUri(origin.uri, uri))) {
    throw invalidKs('EXCEEDED_RESTRICTED_URI');
  }
  const ip = privilege(session, 'iprestrict');
  if (ip !== undefined && ip !== origin.ip) throw invalidKs('EXCEEDED_RESTRICTED_IP');
  // A role that nobody knows is found out only when the permissions of a call are looked up.
  if (session.role !== undefined && !findRole(session.role)) throw new ApiError('INVALID_OBJECT_ID', { ID: 'N/A' });
}

function matchesUri(uri: string, pattern: string): boolean {
  return pattern.endsWith('*') ? uri.startsWith(pattern.slice(0, -1)) : uri === pattern;
}

/** Says whether a session may change an entry: administrators, the owner, co-editors and the `edit` privilege. */
export function mayEdit(session: Session | undefined, entryId: string, ownerId: string, editors: string): boolean {
  if (!session || session.isWidget) return false;
  if (session.isAdmin || hasPrivilege(session, 'edit', entryId)) return true;
  return session.userId !== '' && (session.userId === ownerId || members(editors).includes(session.userId));
}
