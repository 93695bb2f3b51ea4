import type { Account } from '../account.js';
import type { Call } from '../call.js';
import { entryNotFound } from '../errors.js';
import { mayEdit } from '../session.js';
import type { Entry } from '../store.js';
import { type Fields, int, members, text } from '../values.js';

export const ENTRY_TYPE = { media: 1, live: 7 } as const;
export const STATUS = { ready: 2, deleted: 3, pending: 4, noContent: 7 } as const;
export const SOURCE = { akamai: '29', manual: '30', akamaiUniversal: '31', live: '32', recordedLive: '36' } as const;

/** KalturaEntryModerationStatus. */
export const MODERATION = { approved: 2, rejected: 3, deleted: 4, autoApproved: 6 } as const;
/** KalturaMediaType of live streams begins here. */
const FIRST_LIVE_MEDIA_TYPE = 200;
/** Hidden from lists that do not ask for it. */
export const DISPLAY_SYSTEM = -1;
export const DISPLAY_RECYCLED = -2;

/** Gives the properties every new entry has. */
export function baseFields(account: Account, id: string, owner: string, now: number): Fields {
  return {
    id,
    description: '',
    partnerId: account.partnerId,
    userId: owner,
    creatorId: owner,
    tags: '',
    categories: '',
    categoriesIds: '',
    moderationStatus: MODERATION.autoApproved,
    moderationCount: 0,
    createdAt: now,
    updatedAt: now,
    rank: 0,
    totalRank: 0,
    votes: 0,
    licenseType: -1,
    version: 0,
    accessControlId: 11,
    replacementStatus: 0,
    partnerSortValue: 0,
    rootEntryId: id,
    operationAttributes: [],
    entitledUsersEdit: '',
    entitledUsersPublish: '',
    entitledUsersView: '',
    capabilities: '',
    displayInSearch: 1,
    blockAutoTranscript: false,
    plays: 0,
    views: 0,
    duration: 0,
    msDuration: 0,
  };
}

/** Puts a new entry into the store. */
export function keepEntry(account: Account, entry: Omit<Entry, 'order' | 'assets'>): Entry {
  const kept: Entry = { order: account.store.next('entry'), assets: [], ...entry };
  account.store.entries.set(kept.id, kept);
  return kept;
}

/** Finds an entry that is not deleted. Throws ENTRY_ID_NOT_FOUND. */
export function findEntry(account: Account, id: string): Entry {
  const entry = account.store.entries.get(id);
  if (!entry || entry.fields.status === STATUS.deleted) throw entryNotFound(id);
  return entry;
}

/** Says whether the caller may edit an entry. */
export function mayEditEntry(call: Call, entry: Entry): boolean {
  const { fields } = entry;
  return mayEdit(call.session, entry.id, text(fields, 'userId') ?? '', text(fields, 'entitledUsersEdit') ?? '');
}

/** Says whether the caller owns an entry or is one of its co-editors, by the user id of the session alone. */
export function isOwnerOrEditor(call: Call, entry: Entry): boolean {
  const userId = call.session?.userId ?? '';
  if (userId === '') return false;
  return userId === entry.fields.userId || members(text(entry.fields, 'entitledUsersEdit')).includes(userId);
}

/** Marks an entry as deleted; it stays in the store, as lists by id still show it. */
export function markDeleted(entry: Entry, now: number): void {
  entry.fields.status = STATUS.deleted;
  entry.fields.moderationStatus = MODERATION.deleted;
  entry.fields.updatedAt = now;
}

/** Sub-partner id in delivery addresses; recordings that the media server made have none. */
function subPartner(account: Account, entry: Entry): string {
  return entry.recording ? '0' : `${account.partnerId}00`;
}

/** Gives the delivery address of an entry up to its format. */
export function deliveryBase(account: Account, entry: Entry): string {
  return `${account.url}/p/${account.partnerId}/sp/${subPartner(account, entry)}`;
}

/** Builds the text the search index holds: quotes and line breaks go, runs of spaces become one. */
function searchText(fields: Fields): string {
  const texts = ['name', 'tags', 'description', 'adminTags'].map((name) => text(fields, name) ?? '');
  const words = ['', ...texts]
    .join(' ')
    .replace(/["\n\r]/g, '')
    .replace(/ +/g, ' ');
  const scope = fields.displayInSearch === DISPLAY_SYSTEM ? '_NONE_' : '_PAR_ONLY_';
  return `${scope} _${text(fields, 'partnerId')}_ _MEDIA_TYPE_${text(fields, 'mediaType') ?? ''}| ${words}`;
}

/** Adds what is computed from other properties whenever an entry is answered. */
export function computeCommon(account: Account, entry: Entry): Fields {
  const { fields, id } = entry;
  const base = deliveryBase(account, entry);
  const isLive = (int(fields, 'mediaType') ?? 0) >= FIRST_LIVE_MEDIA_TYPE;
  const playManifest = `${base}/playManifest/entryId/${id}/format`;
  return {
    ...fields,
    downloadUrl: isLive
      ? `${base}/raw/entry_id/${id}/version/${text(fields, 'version')}`
      : `${playManifest}/download/protocol/http/flavorParamIds/0`,
    searchText: searchText(fields),
    thumbnailUrl: `${base}/thumbnail/entry_id/${id}/version/${text(fields, 'version')}`,
    ...(isLive ? {} : { dataUrl: `${playManifest}/url/protocol/http` }),
  };
}
