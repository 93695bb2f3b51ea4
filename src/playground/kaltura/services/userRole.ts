import type { Account } from '../account.js';
import type { Service } from '../call.js';
import { cutPage, listResponse } from '../filter.js';
import { type Fields, part } from '../values.js';

const ROLES: [name: string, permissions: string][] = [
  ['Basic User Session Role', 'BASE_USER_SESSION_PERMISSION'],
  ['Publisher Administrator', 'ADMIN_BASE,LIVE_STREAM_ADD,LIVE_STREAM_UPDATE,CONTENT_MANAGE_BASE,ANALYTICS_BASE'],
  [
    'WEBCAST_PRODUCER_DEVICE_ROLE',
    'BASE_USER_SESSION_PERMISSION,WEBCAST_PRODUCER_PERMISSION,LIVE_STREAM_UPDATE,ANALYTICS_BASE',
  ],
  ['KMS_WEBCAST_WIDGET_SESSION_ROLE', 'WIDGET_SESSION_PERMISSION'],
  ['PLAYBACK_BASE_ROLE', 'PLAYBACK_BASE_PERMISSION'],
  ['KMC_ANALYTICS_ROLE', 'ANALYTICS_BASE'],
];

function describeRoles({ openedAt }: Account): Fields[] {
  return ROLES.map(([name, permissionNames], index) => ({
    id: index + 1,
    name,
    systemName: name,
    description: name,
    status: 1,
    partnerId: 0,
    permissionNames,
    createdAt: openedAt,
    updatedAt: openedAt,
    objectType: 'KalturaUserRole',
  }));
}

export const userRole: Service = {
  list: (args, { account }) => {
    const roles = describeRoles(account);
    return listResponse('KalturaUserRoleListResponse', roles.length, cutPage(roles, part(args, 'pager')));
  },
};
