import type { Account } from '../account.js';
import type { Call } from '../call.js';
import { entryNotFound } from '../errors.js';
import { hasPrivilege, privilege } from '../session.js';
import type { Entry } from '../store.js';
import { type Fields, int, isFields, items, members, text } from '../values.js';
import { findEntry, isOwnerOrEditor } from './entry.js';

const BLOCK = '1';
const PRIVACY = { all: 1, authenticated: 2 } as const;
const OUT_OF_SCHEDULE = "Out of scheduling\nWe're sorry, this content is currently unavailable.";

/** What a player is told beside the sources: rules that apply, and why it may not play. */
export interface Restrictions {
  actions: Fields[];
  messages: Fields[];
  blocked: boolean;
}

const message = (code: string, words: string): Fields => ({
  message: words,
  code,
  objectType: 'KalturaAccessControlMessage',
});

/** Judges an entry's access control profile and its dates for the session of a call. */
export function restrictionsOf(call: Call, entry: Entry): Restrictions {
  const rules = rulesOf(call.account, entry).filter((rule) => applies(call, entry, rule));
  const actions = rules.flatMap((rule) => items(rule, 'actions').filter(isFields)).map(typeAction);
  const messages = rules.flatMap((rule) => {
    const words = text(rule, 'message');
    return words === undefined ? [] : [message(text(rule, 'code') ?? '', words)];
  });
  if (!isScheduledNow(call, entry)) messages.push(message('SCHEDULED_RESTRICTED', OUT_OF_SCHEDULE));
  return { actions, messages, blocked: actions.some((action) => String(action.type) === BLOCK) };
}

/** The class of an action says its type, which is not written. */
const typeAction = (action: Fields): Fields =>
  text(action, 'objectType') === 'KalturaAccessControlBlockAction' ? { ...action, type: BLOCK } : action;

function rulesOf(account: Account, entry: Entry): Fields[] {
  const profile = account.store.table('accessControlProfiles').get(String(entry.fields.accessControlId));
  return profile ? items(profile, 'rules').filter(isFields) : [];
}

/** An administrator is exempt unless the rule says otherwise; a rule without conditions holds for everybody. */
function applies(call: Call, entry: Entry, rule: Fields): boolean {
  if (call.session?.isAdmin && int(rule, 'forceAdminValidation') !== 1) return false;
  return items(rule, 'conditions')
    .filter(isFields)
    .every((condition) => holds(call, entry, condition) !== (condition.not === true));
}

/** Where a call comes from is not looked at: countries, sites and addresses match nothing. */
function holds({ session }: Call, entry: Entry, condition: Fields): boolean {
  if (text(condition, 'objectType') !== 'KalturaAuthenticatedCondition' || !session) return false;
  if (session.isAdmin) return true;
  const named = items(condition, 'privileges')
    .filter(isFields)
    .map((one) => text(one, 'value') ?? '');
  return (named.length > 0 ? named : ['sview']).some((name) => hasPrivilege(session, name, entry.id));
}

/** Outside of its dates an entry plays for those whose session names it. */
function isScheduledNow({ session, now }: Call, { id, fields }: Entry): boolean {
  const [start, end] = [int(fields, 'startDate'), int(fields, 'endDate')];
  if ((start === undefined || start <= now) && (end === undefined || end > now)) return true;
  return session !== undefined && hasPrivilege(session, 'sview', id);
}

/** Finds an entry that the caller is entitled to. Throws ENTRY_ID_NOT_FOUND for the others as well. */
export function findEntitled(call: Call, id: string): Entry {
  const entry = findEntry(call.account, id);
  if (!isEntitled(call, entry)) throw entryNotFound(id);
  return entry;
}

/** An account with entitlement enforces it by default here; what lies in no category with a context is everybody's. */
function isEntitled(call: Call, entry: Entry): boolean {
  const { account, session } = call;
  if (!account.features.has('FEATURE_ENTITLEMENT')) return true;
  if (session && privilege(session, 'disableentitlement') !== undefined) return true;
  if (session && hasPrivilege(session, 'disableentitlementforentry', entry.id)) return true;
  const closed = account.store
    .rows('categories', members(text(entry.fields, 'categoriesIds')))
    .filter((category) => members(text(category, 'privacyContexts')).length > 0);
  if (closed.length === 0 || isOwnerOrEditor(call, entry)) return true;
  const contexts = session ? members(privilege(session, 'privacycontext')) : [];
  return closed.some((category) => {
    if (!members(text(category, 'privacyContexts')).some((context) => contexts.includes(context))) return false;
    const privacy = int(category, 'privacy');
    return privacy === PRIVACY.all || (privacy === PRIVACY.authenticated && (session?.userId ?? '') !== '');
  });
}
