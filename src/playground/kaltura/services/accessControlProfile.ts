import type { Account } from '../account.js';
import { argument, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { checkInsert, requireProperties } from '../validation.js';
import type { Fields } from '../values.js';

function makeProfile(account: Account, id: number, sent: Fields, now: number): Fields {
  const profile: Fields = {
    partnerId: account.partnerId,
    createdAt: now,
    updatedAt: now,
    isDefault: false,
    rules: [],
    ...sent,
    id,
    objectType: 'KalturaAccessControlProfile',
  };
  account.store.table('accessControlProfiles').set(String(id), profile);
  return profile;
}

/** Makes the profile that every entry has which names no other; it lets everybody in. */
export function seedAccessControl(account: Account, now: number): void {
  const texts = { name: 'Default', systemName: 'Default', description: 'Default access control profile' };
  makeProfile(account, account.accessControlId, { ...texts, isDefault: true }, now);
}

export const accessControlProfile: Service = {
  add: (args, { account, now }) => {
    const sent = objectArgument(args, 'accessControlProfile');
    checkInsert(sent);
    requireProperties(sent, ['name']);
    return { ...makeProfile(account, account.store.next('accessControl', account.accessControlId + 1), sent, now) };
  },
  get: (args, { account }) => {
    const id = argument(args, 'id');
    const profile = account.store.table('accessControlProfiles').get(id);
    if (!profile) throw new ApiError('ACCESS_CONTROL_ID_NOT_FOUND', { ID: id });
    return { ...profile };
  },
  list: (args, { account }) => listRows(account, 'accessControlProfiles', 'KalturaAccessControlProfile', args),
};
