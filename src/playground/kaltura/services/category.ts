import type { Account } from '../account.js';
import { argument, type Call, objectArgument, type Service } from '../call.js';
import { findCategory, makeCategory } from '../entries/categories.js';
import { ApiError } from '../errors.js';
import { byNumber, listRows } from '../rows.js';
import { checkInsert, checkUpdate, requireProperties } from '../validation.js';
import { type Fields, int, text } from '../values.js';

/** Finds a category by its id. */
export function findCategoryById(account: Account, id: string): Fields {
  const category = account.store.table('categories').get(id);
  if (!category) throw new ApiError('CATEGORY_NOT_FOUND', { ID: id });
  return category;
}

function add(args: Fields, { account, now }: Call): Fields {
  const sent = objectArgument(args, 'category');
  checkInsert(sent);
  requireProperties(sent, ['name']);
  const parentId = int(sent, 'parentId') ?? 0;
  const parent = parentId === 0 ? undefined : findCategoryById(account, String(parentId));
  const name = text(sent, 'name') ?? '';
  const fullName = parent ? `${text(parent, 'fullName')}>${name}` : name;
  if (findCategory(account, fullName)) throw new ApiError('DUPLICATE_CATEGORY', { CATEGORY: fullName });
  const row = makeCategory(account, name, parent, now);
  const { objectType: _type, parentId: _parent, ...changes } = sent;
  Object.assign(row, changes, {
    privacyContexts: text(sent, 'privacyContext') ?? text(parent ?? {}, 'privacyContexts') ?? '',
  });
  // Three properties get their values only when the row is read again.
  const { parentId: _id, owner: _owner, moderation: _moderation, ...answer } = row;
  return parent ? { ...answer, parentId } : answer;
}

export const category: Service = {
  add,
  get: (args, { account }) => ({ ...findCategoryById(account, argument(args, 'id')) }),
  update: (args, { account, now }) => {
    const row = findCategoryById(account, argument(args, 'id'));
    const sent = objectArgument(args, 'category');
    checkUpdate(sent, row);
    Object.assign(row, sent, { updatedAt: now });
    return { ...row };
  },
  delete: (args, { account }) => {
    const id = argument(args, 'id');
    findCategoryById(account, id);
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
