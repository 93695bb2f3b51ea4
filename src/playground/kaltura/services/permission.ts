import type { Account } from '../account.js';
import type { Service } from '../call.js';
import { listResponse } from '../filter.js';
import { isLack } from '../reports/lacks.js';
import { members, part, text } from '../values.js';

/** What every account with the webcasting module may do. */
const USUAL = [
  'FEATURE_LIVE_STREAM',
  'FEATURE_KALTURA_LIVE_STREAM',
  'FEATURE_KALTURA_LIVE_STREAM_TRANSCODE',
  'FEATURE_LIVE_STREAM_RECORD',
  'FEATURE_LIVE_STREAM_KALTURA_RECORDING',
  'FEATURE_LIVE_STREAM_COPY_ENTITELMENTS',
  'METADATA_PLUGIN_PERMISSION',
  'CUEPOINT_PLUGIN_PERMISSION',
  'ANNOTATION_PLUGIN_PERMISSION',
  'EVENTNOTIFICATION_PLUGIN_PERMISSION',
  'HTTPNOTIFICATION_PLUGIN_PERMISSION',
  'SCHEDULE_PLUGIN_PERMISSION',
  'POLL_PLUGIN_PERMISSION',
  'BEACON_PLUGIN_PERMISSION',
  'LIVE_STREAM_ADD',
  'LIVE_STREAM_UPDATE',
  'ANALYTICS_BASE',
  'CONTENT_MANAGE_BASE',
  'CONTENT_MANAGE_DELETE',
];
const SPECIAL_FEATURE = 2;
const ACTIVE = 1;

function namesOf(account: Account): string[] {
  const push = account.features.has('PUSH_PUBLISH') ? ['FEATURE_PUSH_PUBLISH', 'PUSH_PUBLISH_PERMISSION'] : [];
  const usual = account.reportsHealth ? USUAL : USUAL.filter((name) => name !== 'BEACON_PLUGIN_PERMISSION');
  const more = [...account.features].filter((name) => !isLack(name));
  return [...new Set([...usual, ...push, ...more])];
}

export const permission: Service = {
  getCurrentPermissions: (_args, { account, session }) => {
    if (!session?.isAdmin)
      return session?.isWidget
        ? 'ALWAYS_ALLOWED_ACTIONS,WIDGET_SESSION_PERMISSION'
        : 'ALWAYS_ALLOWED_ACTIONS,BASE_USER_SESSION_PERMISSION';
    return namesOf(account).join(',');
  },
  list: (args, { account }) => {
    const filter = part(args, 'filter') ?? {};
    const wanted = new Set([...members(text(filter, 'nameEqual')), ...members(text(filter, 'nameIn'))]);
    const names = namesOf(account).filter((name) => wanted.size === 0 || wanted.has(name));
    const objects = names.map((name, index) => ({
      id: index + 1,
      type: SPECIAL_FEATURE,
      name,
      friendlyName: name,
      status: ACTIVE,
      partnerId: account.partnerId,
      objectType: 'KalturaPermission',
    }));
    return listResponse('KalturaPermissionListResponse', objects.length, objects);
  },
};
