import type { Service } from '../call.js';
import { appToken } from './appToken.js';
import { baseEntry } from './baseEntry.js';
import { conversionProfile, conversionProfileAssetParams } from './conversionProfile.js';
import { entryServerNode } from './entryServerNode.js';
import { flavorAsset } from './flavorAsset.js';
import { liveStream } from './liveStream.js';
import { media } from './media.js';
import { permission } from './permission.js';
import { session } from './session.js';
import { system } from './system.js';
import { uiConf } from './uiConf.js';

/** The services that behave, by the id of their address in lower case. */
export const SERVICES: Record<string, Service> = {
  apptoken: appToken,
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
