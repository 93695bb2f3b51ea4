import type { Account } from '../account.js';
import { argument, type Call, callerId, objectArgument, type Service } from '../call.js';
import { findCategory, findLink, linkEntry, makeCategory, unlinkEntry } from '../entries/categories.js';
import { findEntry } from '../entries/entry.js';
import { ApiError } from '../errors.js';
import { byNumber, listRows } from '../rows.js';
import { checkInsert, checkUpdate, requireProperties } from '../validation.js';
import { type Fields, int, members, text } from '../values.js';

function find(account: Account, id: string): Fields {
  const category = account.store.table('categories').get(id);
  if (!category) throw new ApiError('CATEGORY_NOT_FOUND', { ID: id });
  return category;
}

function add(args: Fields, { account, now }: Call): Fields {
  const sent = objectArgument(args, 'category');
  checkInsert(sent);
  requireProperties(sent, ['name']);
  const parentId = int(sent, 'parentId') ?? 0;
  const parent = parentId === 0 ? undefined : find(account, String(parentId));
  const name = text(sent, 'name') ?? '';
  const fullName = parent ? `${text(parent, 'fullName')}>${name}` : name;
  if (findCategory(account, fullName)) throw new ApiError('DUPLICATE_CATEGORY', { CATEGORY: fullName });
  const row = makeCategory(account, name, parent, now);
  const { objectType: _type, parentId: _parent, ...changes } = sent;
  Object.assign(row, changes);
  // Three properties get their values only when the row is read again.
  const { parentId: _id, owner: _owner, moderation: _moderation, ...answer } = row;
  return parent ? { ...answer, parentId } : answer;
}

export const category: Service = {
  add,
  get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
  update: (args, { account, now }) => {
    const row = find(account, argument(args, 'id'));
    const sent = objectArgument(args, 'category');
    checkUpdate(sent, row);
    Object.assign(row, sent, { updatedAt: now });
    return { ...row };
  },
  delete: (args, { account }) => {
    const id = argument(args, 'id');
    find(account, id);
    account.store.table('categories').delete(id);
  },
  list: (args, { account }) =>
    listRows(account, 'categories', 'KalturaCategory', args, {
      own: {
        fullNameEqual: (wanted) => (row) => text(row, 'fullName')?.toLowerCase() === String(wanted).toLowerCase(),
        fullNameStartsWith: (wanted) => (row) =>
          text(row, 'fullName')?.toLowerCase().startsWith(String(wanted).toLowerCase()) ?? false,
        freeText: (wanted) => (row) =>
          text(row, 'fullName')?.toLowerCase().includes(String(wanted).toLowerCase()) ?? false,
      },
      order: (a, b) => byNumber('depth')(a, b) || byNumber('id')(a, b),
    }),
};

/** Writes the categories of an entry, as its links now say, into the entry. */
function noteCategories(account: Account, entryId: string, change: (ids: string[]) => string[]): void {
  const entry = account.store.entries.get(entryId);
  if (!entry) return;
  entry.fields.updatedAt = account.now();
  const ids = change(members(text(entry.fields, 'categoriesIds')));
  entry.fields.categoriesIds = ids.join(',');
  entry.fields.categories = account.store
    .rows('categories', ids)
    .map((row) => text(row, 'fullName'))
    .join(',');
}

export const categoryEntry: Service = {
  add: (args, call) => {
    const { account, now } = call;
    const sent = objectArgument(args, 'categoryEntry');
    requireProperties(sent, ['entryId', 'categoryId']);
    const categoryId = String(sent.categoryId);
    const entryId = text(sent, 'entryId') ?? '';
    const entry = findEntry(account, entryId);
    const row = find(account, categoryId);
    if (findLink(account, categoryId, entryId)) throw new ApiError('CATEGORY_ENTRY_ALREADY_EXISTS');
    const link = linkEntry(account, row, entry.id, callerId(call), now);
    noteCategories(account, entryId, (ids) => [...ids, categoryId]);
    return { ...link };
  },
  delete: (args, { account }) => {
    const categoryId = argument(args, 'categoryId');
    const entryId = argument(args, 'entryId');
    const row = find(account, categoryId);
    if (!findLink(account, categoryId, entryId)) throw new ApiError('ENTRY_IS_NOT_ASSIGNED_TO_CATEGORY');
    unlinkEntry(account, row, entryId);
    noteCategories(account, entryId, (ids) => ids.filter((id) => id !== categoryId));
  },
  list: (args, { account }) => listRows(account, 'categoryEntries', 'KalturaCategoryEntry', args),
};
