import type { Account } from '../account.js';
import { argument, objectArgument, type Service } from '../call.js';
import { findEntry } from '../entries/entry.js';
import { ApiError } from '../errors.js';
import { listRows } from '../rows.js';
import { checkInsert } from '../validation.js';
import type { Fields } from '../values.js';

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
  list: (args, { account }) =>
    listRows(account, 'thumbAssets', 'KalturaThumbAsset', args, {
      describe: (row) => ({ description: '', thumbParamsId: 0, ...row }),
    }),
};
