import type { Account } from '../account.js';
import { argument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
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

export const responseProfile: Service = {
  list: () => listResponse('KalturaResponseProfileListResponse', 0, []),
};

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

const DEFAULT_WIDGET_UI_CONF = 200;

export const widget: Service = {
  get: (args, { account }) => {
    const id = argument(args, 'id');
    if (id !== `_${account.partnerId}`) throw new ApiError('INVALID_WIDGET_ID', { WIDGET_ID: id });
    return {
      id,
      partnerId: account.partnerId,
      uiConfId: DEFAULT_WIDGET_UI_CONF,
      createdAt: account.openedAt,
      updatedAt: account.openedAt,
      widgetHTML: `Cannot find ui_conf [${DEFAULT_WIDGET_UI_CONF}]`,
      addEmbedHtml5Support: false,
      objectType: 'KalturaWidget',
    };
  },
};

/** Playback statistics are taken and dropped. */
export const stats: Service = { collect: () => true };

export const analytics: Service = {
  query: () => {
    throw new ApiError('REPORTS_QUERY_FAILURE', { ERROR_MSG: 'N/A' });
  },
};
