import type { Service } from '../call.js';
import { accessControlProfile } from './accessControlProfile.js';
import { analytics } from './analytics.js';
import { appToken } from './appToken.js';
import { baseEntry } from './baseEntry.js';
import { beacon } from './beacon.js';
import { captionAsset } from './captionAsset.js';
import { category } from './category.js';
import { categoryEntry } from './categoryEntry.js';
import { conversionProfile } from './conversionProfile.js';
import { conversionProfileAssetParams } from './conversionProfileAssetParams.js';
import { annotation, cuePoint } from './cuePoint.js';
import { entryServerNode } from './entryServerNode.js';
import { flavorAsset } from './flavorAsset.js';
import { liveReports } from './liveReports.js';
import { liveStream } from './liveStream.js';
import { media } from './media.js';
import { metadata } from './metadata.js';
import { metadataProfile } from './metadataProfile.js';
import { notificationTemplate } from './notificationTemplate.js';
import { partner } from './partner.js';
import { permission } from './permission.js';
import { poll } from './poll.js';
import { report } from './report.js';
import { responseProfile } from './responseProfile.js';
import { scheduleEvent } from './scheduleEvent.js';
import { session } from './session.js';
import { stats } from './stats.js';
import { system } from './system.js';
import { thumbAsset } from './thumbAsset.js';
import { uiConf } from './uiConf.js';
import { user } from './user.js';
import { userRole } from './userRole.js';
import { widget } from './widget.js';
/** The services that behave, by the id of their address in lower case. */
export const SERVICES: Record<string, Service> = {
  apptoken: appToken,
  accesscontrolprofile: accessControlProfile,
  analytics,
  annotation_annotation: annotation,
  beacon_beacon: beacon,
  caption_captionasset: captionAsset,
  category,
  categoryentry: categoryEntry,
  cuepoint_cuepoint: cuePoint,
  eventnotification_eventnotificationtemplate: notificationTemplate,
  livereports: liveReports,
  metadata_metadata: metadata,
  metadata_metadataprofile: metadataProfile,
  partner,
  poll_poll: poll,
  report,
  responseprofile: responseProfile,
  schedule_scheduleevent: scheduleEvent,
  stats,
  thumbasset: thumbAsset,
  user,
  userrole: userRole,
  widget,
  baseentry: baseEntry,
  conversionprofile: conversionProfile,
  conversionprofileassetparams: conversionProfileAssetParams,
  entryservernode: entryServerNode,
  flavorasset: flavorAsset,
  livestream: liveStream,
  media,
  permission,
  session,
  system,
  uiconf: uiConf,
};
