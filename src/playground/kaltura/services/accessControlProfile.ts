import type { Service } from '../call.js';
import { listResponse } from '../filter.js';
import type { Fields } from '../values.js';

export const accessControlProfile: Service = {
  list: (_args, { account }) => {
    const profile: Fields = {
      id: account.accessControlId,
      partnerId: account.partnerId,
      name: 'Default',
      systemName: 'Default',
      description: 'Default access control profile',
      createdAt: account.openedAt,
      updatedAt: account.openedAt,
      isDefault: true,
      rules: [],
      objectType: 'KalturaAccessControlProfile',
    };
    return listResponse('KalturaAccessControlProfileListResponse', 1, [profile]);
  },
};
