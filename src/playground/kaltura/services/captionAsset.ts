import { argument, type Call, objectArgument, type Service } from '../call.js';
import { findEntry } from '../entries/entry.js';
import { isLiveEntry } from '../entries/list.js';
import { ApiError, entryNotFound } from '../errors.js';
import { listRows } from '../rows.js';
import { checkInsert } from '../validation.js';
import { type Fields, part, text } from '../values.js';

const STATUS = { queued: 0, ready: 2, deleted: 3 } as const;

function find({ account }: Call, id: string): Fields {
  const asset = account.store.table('captionAssets').get(id);
  if (!asset || asset.status === STATUS.deleted) throw new ApiError('CAPTION_ASSET_ID_NOT_FOUND', { ASSET_ID: id });
  return asset;
}

function add(args: Fields, call: Call): Fields {
  const { account, now } = call;
  const entry = findEntry(account, argument(args, 'entryId'));
  // Captions belong to videos; a live entry is none.
  if (isLiveEntry(entry)) throw entryNotFound(entry.id);
  const sent = objectArgument(args, 'captionAsset');
  checkInsert(sent);
  const asset: Fields = {
    isDefault: 0,
    ...sent,
    id: account.newId(),
    entryId: entry.id,
    partnerId: account.partnerId,
    size: 0,
    createdAt: now,
    updatedAt: now,
    sizeInBytes: 0,
    status: STATUS.queued,
    objectType: 'KalturaCaptionAsset',
  };
  account.store.table('captionAssets').set(String(asset.id), asset);
  return { ...asset };
}

export const captionAsset: Service = {
  add,
  get: (args, call) => ({ ...find(call, argument(args, 'captionAssetId')) }),
  setContent: (args, call) => {
    const content = text(objectArgument(args, 'contentResource'), 'content') ?? '';
    const bytes = Buffer.byteLength(content);
    const asset = find(call, argument(args, 'id'));
    Object.assign(asset, {
      status: STATUS.ready,
      updatedAt: call.now,
      sizeInBytes: bytes,
      size: Math.ceil(bytes / 1024),
    });
    return { ...asset };
  },
  delete: (args, call) => {
    Object.assign(find(call, argument(args, 'captionAssetId')), { status: STATUS.deleted, updatedAt: call.now });
  },
  list: (args, { account }) => {
    const filter = part(args, 'filter') ?? {};
    if (!['idEqual', 'idIn', 'entryIdEqual', 'entryIdIn'].some((name) => filter[name] !== undefined)) {
      const type = text(filter, 'objectType') ?? 'KalturaCaptionAssetFilter';
      const names = ['idEqual', 'idIn', 'entryIdEqual', 'entryIdIn'].map((name) => `${type}::${name}`);
      throw new ApiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: names.join('/') });
    }
    return listRows(account, 'captionAssets', 'KalturaCaptionAsset', args, {
      visible: (row) => row.status !== STATUS.deleted,
    });
  },
};
