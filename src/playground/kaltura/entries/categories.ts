import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { type Fields, int, members, text } from '../values.js';

const FIRST_ID = 12;
const ACTIVE = 2;

/** Finds a category by its full name, in any case. */
export function findCategory(account: Account, fullName: string): Fields | undefined {
  const wanted = fullName.toLowerCase();
  for (const category of account.store.table('categories').values()) {
    if (text(category, 'fullName')?.toLowerCase() === wanted) return category;
  }
  return undefined;
}

/** Makes a category below its parent. */
export function makeCategory(account: Account, name: string, parent: Fields | undefined, now: number): Fields {
  const id = account.store.next('category', FIRST_ID);
  const category: Fields = {
    id,
    parentId: int(parent ?? {}, 'id') ?? 0,
    depth: parent ? (int(parent, 'depth') ?? 0) + 1 : 0,
    partnerId: account.partnerId,
    name,
    fullName: parent ? `${text(parent, 'fullName')}>${name}` : name,
    fullIds: parent ? `${text(parent, 'fullIds')}>${id}` : String(id),
    entriesCount: 0,
    createdAt: now,
    updatedAt: now,
    appearInList: 1,
    privacy: 1,
    inheritanceType: 2,
    userJoinPolicy: 3,
    defaultPermissionLevel: 3,
    owner: '',
    directEntriesCount: 0,
    contributionPolicy: 1,
    membersCount: 0,
    pendingMembersCount: 0,
    privacyContext: '',
    privacyContexts: '',
    status: 2,
    partnerSortValue: 0,
    directSubCategoriesCount: 0,
    moderation: false,
    isAggregationCategory: false,
    aggregationCategories: '',
    objectType: 'KalturaCategory',
  };
  account.store.table('categories').set(String(id), category);
  if (parent) parent.directSubCategoriesCount = (int(parent, 'directSubCategoriesCount') ?? 0) + 1;
  return category;
}

function ensureCategory(account: Account, fullName: string, now: number): Fields {
  const known = findCategory(account, fullName);
  if (known) return known;
  const cut = fullName.lastIndexOf('>');
  const parent = cut < 0 ? undefined : ensureCategory(account, fullName.slice(0, cut), now);
  return makeCategory(account, fullName.slice(cut + 1), parent, now);
}

/** Counts an entry in or out of a category and its parents. */
function count(account: Account, category: Fields, by: number): void {
  category.directEntriesCount = (int(category, 'directEntriesCount') ?? 0) + by;
  for (const id of (text(category, 'fullIds') ?? '').split('>')) {
    const one = account.store.table('categories').get(id);
    if (one) one.entriesCount = (int(one, 'entriesCount') ?? 0) + by;
  }
}

const linkKey = (categoryId: string, entryId: string) => `${categoryId}/${entryId}`;

/** Finds the link between a category and an entry. */
export function findLink(account: Account, categoryId: string, entryId: string): Fields | undefined {
  return account.store.table('categoryEntries').get(linkKey(categoryId, entryId));
}

/** Puts an entry into a category. */
export function linkEntry(account: Account, category: Fields, entryId: string, creator: string, now: number): Fields {
  const link: Fields = {
    id: linkKey(String(category.id), entryId),
    categoryId: int(category, 'id'),
    entryId,
    createdAt: now,
    categoryFullIds: text(category, 'fullIds'),
    status: ACTIVE,
    creatorUserId: creator,
    objectType: 'KalturaCategoryEntry',
  };
  account.store.table('categoryEntries').set(linkKey(String(category.id), entryId), link);
  count(account, category, 1);
  return link;
}

/** Takes an entry out of a category. */
export function unlinkEntry(account: Account, category: Fields, entryId: string): void {
  if (account.store.table('categoryEntries').delete(linkKey(String(category.id), entryId)))
    count(account, category, -1);
}

/** Puts an entry into exactly the categories named, which are made when they do not exist. */
export function assignCategories(account: Account, entry: Entry, fullNames: string, now: number): void {
  assign(
    account,
    entry,
    members(fullNames).map((fullName) => ensureCategory(account, fullName, now)),
    now,
  );
}

/** Puts an entry into exactly the categories with these ids. */
export function assignCategoryIds(account: Account, entry: Entry, ids: string, now: number): void {
  assign(account, entry, account.store.rows('categories', members(ids)), now);
}

function assign(account: Account, entry: Entry, wanted: Fields[], now: number): void {
  const table = account.store.table('categories');
  const wantedIds = new Set(wanted.map((category) => String(category.id)));
  for (const id of members(text(entry.fields, 'categoriesIds'))) {
    const category = table.get(id);
    if (category && !wantedIds.has(id)) unlinkEntry(account, category, entry.id);
  }
  for (const category of wanted) {
    if (!findLink(account, String(category.id), entry.id))
      linkEntry(account, category, entry.id, text(entry.fields, 'userId') ?? '', now);
  }
  entry.fields.categories = wanted.map((category) => text(category, 'fullName')).join(',');
  entry.fields.categoriesIds = [...wantedIds].join(',');
}
