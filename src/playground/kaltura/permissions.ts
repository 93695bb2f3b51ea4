import type { Session } from './session.js';

/** Who may call an action: nobody in particular, any session, a person's session, an administrator, the media server. */
type Access = 'open' | 'widget' | 'user' | 'admin' | 'mediaServer' | 'nobody';

const DEFAULTS: Record<string, Access> = {
  system: 'open',
  session: 'open',
  livestream: 'admin',
  baseentry: 'user',
  media: 'user',
  cuepoint_cuepoint: 'widget',
  annotation_annotation: 'widget',
  metadata_metadata: 'user',
  poll_poll: 'user',
  livereports: 'user',
  entryservernode: 'user',
  flavorasset: 'widget',
  thumbasset: 'user',
  caption_captionasset: 'user',
  categoryentry: 'user',
  schedule_scheduleevent: 'admin',
  deliveryprofile: 'nobody',
  stats: 'open',
  analytics: 'user',
};

const ACTIONS: Record<string, Access> = {
  'session.end': 'widget',
  'session.get': 'admin',
  'session.impersonate': 'nobody',
  'session.impersonatebyks': 'nobody',
  'apptoken.startsession': 'widget',
  'livestream.get': 'widget',
  'livestream.list': 'widget',
  'livestream.islive': 'open',
  'livestream.getdetails': 'open',
  'livestream.getlivestreamstats': 'open',
  'livestream.registermediaserver': 'mediaServer',
  'livestream.unregistermediaserver': 'mediaServer',
  'livestream.appendrecording': 'mediaServer',
  'livestream.createrecordedentry': 'mediaServer',
  'livestream.authenticate': 'mediaServer',
  'livestream.archive': 'nobody',
  'livestream.setrecordedcontent': 'mediaServer',
  'livestream.validateregisteredmediaservers': 'mediaServer',
  'baseentry.get': 'widget',
  'baseentry.list': 'widget',
  'baseentry.getbyids': 'widget',
  'baseentry.listbyreferenceid': 'widget',
  'baseentry.getplaybackcontext': 'open',
  'baseentry.getcontextdata': 'open',
  'baseentry.approve': 'admin',
  'baseentry.reject': 'admin',
  'media.get': 'widget',
  'media.list': 'widget',
  'uiconf.get': 'widget',
  'uiconf.list': 'widget',
  'uiconf.listtemplates': 'user',
  'cuepoint_cuepoint.updatestatus': 'admin',
  'metadata_metadataprofile.list': 'user',
  'metadata_metadataprofile.get': 'user',
  'metadata_metadataprofile.listfields': 'user',
  'schedule_scheduleevent.get': 'user',
  'schedule_scheduleevent.list': 'user',
  'category.get': 'user',
  'category.list': 'user',
  'user.get': 'user',
  'permission.getcurrentpermissions': 'user',
  'partner.getinfo': 'user',
  'partner.getsecrets': 'open',
  'thumbasset.list': 'widget',
  'thumbasset.geturl': 'widget',
  'caption_captionasset.list': 'widget',
  'widget.get': 'widget',
  'eventnotification_eventnotificationtemplate.add': 'nobody',
};

/** The roles every account has, with what they allow beyond a person's base session. */
const ROLES = new Map<string, RegExp>([
  [
    'WEBCAST_PRODUCER_DEVICE_ROLE',
    /^(livestream\.(update|regeneratestreamtoken)|report\.|cuepoint_cuepoint\.updatestatus|beacon_beacon\.list)/,
  ],
  ['KMS_WEBCAST_WIDGET_SESSION_ROLE', /^$/],
  ['PLAYBACK_BASE_ROLE', /^$/],
  ['KMC_ANALYTICS_ROLE', /^report\./],
  ['EP_USER_ANALYTICS', /^report\./],
  ['CAPTURE_DEVICE_ROLE', /^(livestream\.(add|update)|schedule_scheduleevent\.(add|update)|beacon_beacon\.)/],
]);

/** Finds a role by system name; undefined when the account has none of that name. */
export function findRole(systemName: string): RegExp | undefined {
  return ROLES.get(systemName);
}

/** Says whether a session may call an action; both names in lower case. */
export function mayCall(service: string, action: string, session: Session | undefined): boolean {
  const name = `${service}.${action}`;
  const access = ACTIONS[name] ?? DEFAULTS[service] ?? 'admin';
  if (access === 'open') return true;
  if (access === 'nobody' || !session) return false;
  if (session.isMediaServer) return access !== 'admin' || service === 'livestream';
  if (access === 'mediaServer') return false;
  if (access === 'widget') return true;
  if (session.isWidget) return false;
  if (access === 'user' || session.isAdmin) return true;
  return session.role !== undefined && findRole(session.role)?.test(name) === true;
}
