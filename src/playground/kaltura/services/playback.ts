import type { Call } from '../call.js';
import { restrictionsOf } from '../entries/access.js';
import { assetsOf } from '../entries/flavors.js';
import { isLiveEntry } from '../entries/list.js';
import type { Entry } from '../store.js';
import type { Fields } from '../values.js';

const LIVE: [id: number, format: string, path: string][] = [
  [302, 'mpegdash', 'mpegdash/manifest.mpd'],
  [303, 'applehttp', 'applehttp/a.m3u8'],
  [3, 'applehttp_to_mc', 'applehttp_to_mc/a.m3u8'],
  [298, 'applehttp', 'applehttp/a.m3u8'],
  [299, 'hls', 'applehttp/a.m3u8'],
  [301, 'mpegdash', 'mpegdash/manifest.mpd'],
];
const objectType = 'KalturaPlaybackContext';
const RECORDED: [id: number, format: string, path: string][] = [
  [1, 'url', 'url/a.mp4'],
  [2, 'applehttp', 'applehttp/a.m3u8'],
];

/** Gives the sources a player may choose from, and why it may not play; a rule that blocks takes the sources away. */
export function describePlayback(call: Call, entry: Entry): Fields {
  const { account } = call;
  const { partnerId } = account;
  const assets = assetsOf(account, entry).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
  const flavorIds = assets.map(({ id }) => id).join(',');
  const base = `${account.url.replace(/^http:/, 'https:')}/p/${partnerId}/sp/${partnerId}/playManifest/entryId/${entry.id}`;
  const sources = (isLiveEntry(entry) ? LIVE : RECORDED).map(([deliveryProfileId, format, path]) => ({
    deliveryProfileId,
    format,
    protocols: 'http,https',
    flavorIds,
    url: `${base}/flavorIds/${flavorIds}/deliveryProfileId/${deliveryProfileId}/protocol/https/format/${path}`,
    drm: [],
    objectType: 'KalturaPlaybackSource',
  }));
  const { actions, messages, blocked } = restrictionsOf(call, entry);
  if (blocked)
    return { sources: [], playbackCaptions: [], flavorAssets: [], actions, messages, bumperData: [], objectType };
  return {
    sources: assets.length === 0 ? [] : sources,
    playbackCaptions: [],
    flavorAssets: assets,
    actions,
    messages,
    bumperData: [],
    objectType,
  };
}
