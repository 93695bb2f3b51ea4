import type { Account } from '../account.js';
import { argument, objectArgument, type Service } from '../call.js';
import { STATUS as ENTRY_STATUS, ENTRY_TYPE, findEntry } from '../entries/entry.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { checkInsert } from '../validation.js';
import { type Fields, int, members, text } from '../values.js';

const STATUS = { captured: 0, ready: 2 } as const;

function make(account: Account, entryId: string, sent: Fields, now: number): Fields {
  const id = account.newId();
  const asset: Fields = {
    ...sent,
    id,
    entryId,
    partnerId: account.partnerId,
    size: 0,
    fileExt: 'jpg',
    createdAt: now,
    updatedAt: now,
    sizeInBytes: 0,
    width: 0,
    height: 0,
    status: STATUS.captured,
    objectType: 'KalturaThumbAsset',
  };
  account.store.table('thumbAssets').set(id, asset);
  return asset;
}

/** Fetches the picture to know whether it can be had; its bytes are not kept. */
async function checkPicture(url: string, timeout: number): Promise<number> {
  const failed = () => new ApiError('THUMB_ASSET_DOWNLOAD_FAILED', { URL_PATH: url });
  let response: Response;
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
  } catch {
    // Whatever the network says about it, the picture cannot be had.
    throw failed();
  }
  if (!response.ok) throw failed();
  return (await response.arrayBuffer()).byteLength;
}

function find(account: Account, id: string): Fields {
  const asset = account.store.table('thumbAssets').get(id);
  if (!asset) throw new ApiError('THUMB_ASSET_ID_NOT_FOUND', { ID: id });
  return asset;
}

const DEFAULT_TAG = 'default_thumb';

/** Moves the tag of the default to one asset of its entry. */
function makeDefault(account: Account, chosen: Fields): void {
  for (const asset of account.store.table('thumbAssets').values()) {
    if (asset.entryId !== chosen.entryId) continue;
    const others = members(text(asset, 'tags')).filter((tag) => tag !== DEFAULT_TAG);
    asset.tags = [...others, ...(asset === chosen ? [DEFAULT_TAG] : [])].join(',');
  }
}

export const thumbAsset: Service = {
  add: (args, { account, now }) => {
    const entry = findEntry(account, argument(args, 'entryId'));
    const sent = objectArgument(args, 'thumbAsset');
    checkInsert(sent);
    return { ...make(account, entry.id, sent, now) };
  },
  addFromUrl: async (args, { account, now }) => {
    const entry = findEntry(account, argument(args, 'entryId'));
    const bytes = await checkPicture(argument(args, 'url'), account.options.playlistTimeout);
    const asset = make(account, entry.id, {}, now);
    Object.assign(asset, { status: STATUS.ready, sizeInBytes: bytes, size: Math.ceil(bytes / 1024) });
    return { ...asset };
  },
  generate: (args, { account, now }) => {
    const entry = findEntry(account, argument(args, 'entryId'));
    if (entry.fields.type !== ENTRY_TYPE.media)
      throw new ApiError('ENTRY_TYPE_NOT_SUPPORTED', { ENTRY_TYPE: text(entry.fields, 'type') ?? '' });
    if (entry.fields.status !== ENTRY_STATUS.ready) throw new ApiError('INVALID_ENTRY_STATUS');
    const wanted = objectArgument(args, 'thumbParams');
    const asset = make(account, entry.id, {}, now);
    Object.assign(asset, {
      status: STATUS.ready,
      width: int(wanted, 'width') ?? 640,
      height: int(wanted, 'height') ?? 360,
      size: 20,
      sizeInBytes: 20_480,
    });
    return { ...asset };
  },
  setAsDefault: (args, { account }) => {
    makeDefault(account, find(account, argument(args, 'thumbAssetId')));
  },
  list: (args, { account }) =>
    listRows(account, 'thumbAssets', 'KalturaThumbAsset', args, {
      describe: (row) => ({ description: '', thumbParamsId: 0, ...row }),
    }),
};
