import type { Account } from '../account.js';
import { argument, type Call, callerId, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { byNumber, listRows } from '../rows.js';
import { checkInsert, checkUpdate } from '../validation.js';
import { type Fields, text } from '../values.js';

const STATUS = { active: 1, deleted: 2 } as const;
const USER_ID = /^[\w.@+\-!#$%&'*/=?^`{|}~]+$/;

function find(account: Account, id: string): Fields {
  const user = account.store.table('users').get(id);
  if (!user || user.status === STATUS.deleted) throw new ApiError('INVALID_USER_ID');
  return user;
}

function withFullName(user: Fields): Fields {
  user.fullName = [text(user, 'firstName'), text(user, 'lastName')].filter(Boolean).join(' ');
  return user;
}

function add(args: Fields, { account, now }: Call): Fields {
  const sent = objectArgument(args, 'user');
  checkInsert(sent);
  const id = text(sent, 'id') ?? '';
  if (!USER_ID.test(id)) throw new ApiError('INVALID_FIELD_VALUE', { FIELD_NAME: 'id' });
  const known = account.store.table('users').get(id);
  if (known && known.status !== STATUS.deleted) throw new ApiError('DUPLICATE_USER_BY_ID', { UID: id });
  account.store.table('users').delete(id);
  const user = account.ensureUser(id, now);
  Object.assign(user, sent, { isAdmin: sent.isAdmin === 1 });
  withFullName(user);
  // Two properties get their values only when the row is read again.
  const { storageSize: _size, type: _type, ...answer } = user;
  return answer;
}

function update(args: Fields, { account, now }: Call): Fields {
  const user = find(account, argument(args, 'userId'));
  const sent = objectArgument(args, 'user');
  checkUpdate(sent, user);
  Object.assign(user, sent, {
    isAdmin: sent.isAdmin === undefined ? user.isAdmin : sent.isAdmin === 1,
    updatedAt: now,
  });
  return { ...withFullName(user) };
}

export const user: Service = {
  add,
  get: (args, call) => {
    const id = text(args, 'userId') ?? callerId(call);
    if (!call.session?.isAdmin && id !== callerId(call)) throw new ApiError('INVALID_USER_ID');
    return { ...find(call.account, id) };
  },
  update,
  delete: (args, { account, now }) => {
    const row = find(account, argument(args, 'userId'));
    Object.assign(row, { status: STATUS.deleted, updatedAt: now, statusUpdatedAt: now, deletedAt: now });
    return { ...row };
  },
  list: (args, { account }) =>
    listRows(account, 'users', 'KalturaUser', args, {
      visible: (row) => row.status !== STATUS.deleted,
      own: {
        idOrScreenNameStartsWith: (wanted) => (row) => {
          const start = String(wanted).toLowerCase();
          return [text(row, 'id'), text(row, 'screenName')].some((name) => name?.toLowerCase().startsWith(start));
        },
        loginEnabledEqual: (wanted) => (row) => row.loginEnabled === (wanted === 1),
      },
      order: byNumber('createdAt'),
    }),
};
