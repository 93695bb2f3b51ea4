import type { Account } from '../account.js';
import { argument, callerId, objectArgument, type Service } from '../call.js';
import { findLink, linkEntry, unlinkEntry } from '../entries/categories.js';
import { findEntry } from '../entries/entry.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { requireProperties } from '../validation.js';
import { members, text } from '../values.js';
import { findCategoryById } from './category.js';

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
    const row = findCategoryById(account, categoryId);
    if (findLink(account, categoryId, entryId)) throw new ApiError('CATEGORY_ENTRY_ALREADY_EXISTS');
    const link = linkEntry(account, row, entry.id, callerId(call), now);
    noteCategories(account, entryId, (ids) => [...ids, categoryId]);
    return { ...link };
  },
  delete: (args, { account }) => {
    const categoryId = argument(args, 'categoryId');
    const entryId = argument(args, 'entryId');
    const row = findCategoryById(account, categoryId);
    if (!findLink(account, categoryId, entryId)) throw new ApiError('ENTRY_IS_NOT_ASSIGNED_TO_CATEGORY');
    unlinkEntry(account, row, entryId);
    noteCategories(account, entryId, (ids) => ids.filter((id) => id !== categoryId));
  },
  list: (args, { account }) => listRows(account, 'categoryEntries', 'KalturaCategoryEntry', args),
};
