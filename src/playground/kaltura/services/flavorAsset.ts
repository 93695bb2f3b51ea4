import type { Account } from '../account.js';
import { argument, type Service } from '../call.js';
import { deliveryBase, findEntry } from '../entries/entry.js';
import { assetsOf } from '../entries/flavors.js';
import { ApiError } from '../errors.js';
import { buildFilter, cutPage, listResponse } from '../filter.js';
import { type Fields, int, members, part, text } from '../values.js';

const READY = 2;

function find(account: Account, id: string): Fields {
  const asset = account.store.table('flavorAssets').get(id);
  if (!asset) throw new ApiError('FLAVOR_ASSET_ID_NOT_FOUND', { FLAVOR_ASSET_ID: id });
  return asset;
}

function list(args: Fields, account: Account): Fields {
  const filter = part(args, 'filter') ?? {};
  const ids = members(text(filter, 'entryIdEqual') ?? text(filter, 'entryIdIn'));
  if (ids.length === 0 && filter.idEqual === undefined && filter.idIn === undefined) {
    const type = text(filter, 'objectType') ?? 'KalturaFlavorAssetFilter';
    const names = ['idEqual', 'idIn', 'entryIdEqual', 'entryIdIn'].map((name) => `${type}::${name}`);
    throw new ApiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: names.join('/') });
  }
  const candidates =
    ids.length > 0
      ? ids.flatMap((id) => assetsOf(account, findEntry(account, id)))
      : [...account.store.table('flavorAssets').values()];
  const found = candidates.filter(buildFilter(filter));
  return listResponse('KalturaFlavorAssetListResponse', found.length, cutPage(found, part(args, 'pager')));
}

function getUrl(args: Fields, account: Account): string {
  const id = argument(args, 'id');
  const asset = find(account, id);
  if (int(asset, 'status') !== READY) throw new ApiError('FLAVOR_ASSET_IS_NOT_READY', { FLAVOR_ASSET_ID: id });
  const entry = findEntry(account, text(asset, 'entryId') ?? '');
  const fileName = text(part(args, 'options') ?? {}, 'fileName');
  const name = fileName === undefined ? 'a' : encodeURIComponent(fileName);
  return `${deliveryBase(account, entry)}/serveFlavor/entryId/${entry.id}/v/1/flavorId/${id}/name/${name}.mp4`;
}

export const flavorAsset: Service = {
  get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
  list: (args, { account }) => list(args, account),
  getUrl: (args, { account }) => getUrl(args, account),
  getDownloadUrl: (args, { account }) => getUrl(args, account),
  getByEntryId: (args, { account }) => assetsOf(account, findEntry(account, argument(args, 'entryId'))),
};
