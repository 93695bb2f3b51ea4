import type { Account } from '../account.js';
import { argument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { type Fields, int } from '../values.js';

const LIVE = 2;

/** Answers a profile; which one is the default is the account's own knowledge. */
function describe(account: Account, profile: Fields): Fields {
  const isDefault = int(profile, 'id') === account.defaultLiveProfileId() || profile.isDefault === true;
  return { ...profile, isDefault, isPartnerDefault: isDefault };
}

function find(account: Account, id: string): Fields {
  const profile = account.store.table('conversionProfiles').get(id);
  if (!profile) throw new ApiError('CONVERSION_PROFILE_ID_NOT_FOUND', { ID: id });
  return describe(account, profile);
}

export const conversionProfile: Service = {
  get: (args, { account }) => find(account, argument(args, 'id')),
  getDefault: (args, { account }) => {
    const id = int(args, 'type') === LIVE ? account.defaultLiveProfileId() : undefined;
    if (id === undefined) throw new ApiError('CONVERSION_PROFILE_ID_NOT_FOUND', { ID: 'N/A' });
    return find(account, String(id));
  },
  setAsDefault: (args, { account }) => {
    const profile = find(account, argument(args, 'id'));
    if (profile.type === LIVE) account.setDefaultLiveProfile(int(profile, 'id') ?? 0);
    return find(account, argument(args, 'id'));
  },
  list: (args, { account }) =>
    listRows(account, 'conversionProfiles', 'KalturaConversionProfile', args, {
      describe: (row) => describe(account, row),
    }),
};
