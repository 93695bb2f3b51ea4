import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { type Fields, int, members, text } from '../values.js';

interface LiveFlavor {
  bitrate: number;
  width: number;
  height: number;
  tags: string;
  assetTags: string;
}

/** The ingest flavors an encoder sends, by flavor params id; other ids of a profile are made by transcoding. */
const INGEST: Record<string, LiveFlavor> = {
  '32': ingest(900, 640, 480, 'source', ',recording_anchor'),
  '36': ingest(400, 480, 360, 'mbr', ',recording_anchor'),
  '37': ingest(600, 640, 480, 'mbr', ''),
};

function ingest(bitrate: number, width: number, height: number, kind: string, more: string): LiveFlavor {
  const tags = `${kind},ingest,web,mobile,ipad,ipadnew`;
  return { bitrate, width, height, tags, assetTags: tags + more };
}

const flavorIds = (profile: Fields) => members(text(profile, 'flavorParamsIds')).filter((id) => INGEST[id]);

/** Gives the bitrates a live entry expects from its encoder. */
export function bitratesOf(profile: Fields | undefined): Fields[] {
  if (!profile) return [{ bitrate: 300, width: 320, height: 240, objectType: 'KalturaLiveStreamBitrate' }];
  return flavorIds(profile).flatMap((id) => {
    const flavor = INGEST[id];
    if (!flavor) return [];
    const { bitrate, width, height, tags } = flavor;
    return [{ bitrate, width, height, tags, objectType: 'KalturaLiveStreamBitrate' }];
  });
}

/** Makes the live assets that the flavors of a profile need and an entry lacks. */
export function addLiveAssets(account: Account, entry: Entry, profile: Fields, now: number): void {
  const present = new Set(assetsOf(account, entry).map((asset) => int(asset, 'flavorParamsId')));
  for (const id of flavorIds(profile)) {
    const flavor = INGEST[id];
    if (!flavor || present.has(Number(id))) continue;
    keepAsset(account, entry, describeAsset(account, entry.id, now, { ...flavor, flavorParamsId: Number(id) }));
  }
}

function keepAsset(account: Account, entry: Entry, asset: Fields): void {
  const id = String(asset.id);
  account.store.table('flavorAssets').set(id, asset);
  entry.assets.push(id);
}

function describeAsset(
  account: Account,
  entryId: string,
  now: number,
  flavor: LiveFlavor & { flavorParamsId: number },
): Fields {
  return {
    id: account.newId(),
    entryId,
    partnerId: account.partnerId,
    size: 0,
    tags: flavor.assetTags,
    createdAt: now,
    updatedAt: now,
    description: '',
    sizeInBytes: 0,
    flavorParamsId: flavor.flavorParamsId,
    width: flavor.width,
    height: flavor.height,
    bitrate: flavor.bitrate,
    frameRate: 0,
    isOriginal: false,
    isWeb: true,
    containerFormat: '',
    videoCodecId: '',
    status: 2,
    isDefault: false,
    objectType: 'KalturaLiveAsset',
  };
}

/** Makes the asset of a finished recording: an MP4 of the source quality. `seconds` gives its size. */
export function addRecordedAsset(account: Account, entry: Entry, seconds: number, now: number): void {
  const source = INGEST['32'] ?? ingest(900, 640, 480, 'source', '');
  const bytes = Math.round((source.bitrate * 1000 * seconds) / 8);
  const asset: Fields = {
    ...describeAsset(account, entry.id, now, {
      ...source,
      assetTags: 'source,web,mobile,ipad,ipadnew',
      flavorParamsId: 0,
    }),
    size: Math.max(1, Math.round(bytes / 1024)),
    sizeInBytes: Math.max(1024, bytes),
    frameRate: 25,
    isOriginal: true,
    fileExt: 'mp4',
    containerFormat: 'mpeg-4',
    videoCodecId: 'avc1',
    version: '1',
    objectType: 'KalturaFlavorAsset',
  };
  keepAsset(account, entry, asset);
}

/** Lists the assets of an entry, oldest first. */
export function assetsOf(account: Account, entry: Entry): Fields[] {
  return account.store.rows('flavorAssets', entry.assets);
}
