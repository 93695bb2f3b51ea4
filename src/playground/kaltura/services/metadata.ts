import type { Account } from '../account.js';
import { argument, type Call, type Service } from '../call.js';
import { mayEditEntry, STATUS } from '../entries/entry.js';
import { ApiError } from '../errors.js';
import { describeProblems, validateXml } from '../metadata/xsd.js';
import { listRows } from '../rows.js';
import { type Fields, int, part, text } from '../values.js';
import { findMetadataProfile, metadataObjectType, VERSION_STEP } from './metadataProfile.js';

const FIRST_ID = 11;
const FIRST_VERSION = 2;
const ENTRY = '1';
const ANNOTATION = 'annotationMetadata.Annotation';

const rowKey = (profileId: string, objectType: string, objectId: string) => `${profileId}/${objectType}/${objectId}`;

function find(account: Account, id: string): Fields {
  const key = account.store.metadataKeys.get(id);
  const metadata = key === undefined ? undefined : account.store.table('metadata').get(key);
  if (!metadata) throw new ApiError('METADATA_NOT_FOUND', { ID: id });
  return metadata;
}

/** An object that the caller may not change is not found. */
function checkObject(call: Call, objectType: string, objectId: string): void {
  const { account } = call;
  const notFound = () => new ApiError('METADATA_OBJECT_ID_NOT_FOUND', { ID: objectId });
  if (objectType === ANNOTATION) {
    if (!account.store.table('cuePoints').has(objectId)) throw notFound();
    return;
  }
  if (objectType !== ENTRY) return;
  const entry = account.store.entries.get(objectId);
  if (!entry || entry.fields.status === STATUS.deleted || !mayEditEntry(call, entry)) throw notFound();
}

function checkXml(xml: string, profile: Fields): void {
  const problems = validateXml(xml, text(profile, 'xsd') ?? '');
  if (problems.length > 0) throw new ApiError('INVALID_METADATA_DATA', { ERR_MSG: describeProblems(problems, xml) });
}

function add(args: Fields, call: Call): Fields {
  const { account, now } = call;
  const profileId = argument(args, 'metadataProfileId');
  const objectType = argument(args, 'objectType');
  const objectId = argument(args, 'objectId');
  const xml = argument(args, 'xmlData');
  const profile = findMetadataProfile(account, profileId);
  if (String(profile.metadataObjectType) !== objectType) {
    throw new ApiError('INCOMPATIBLE_METADATA_PROFILE_OBJECT_TYPE', {
      OBJ_TYPE: String(profile.metadataObjectType),
      META_OBJ_TYPE: objectType,
    });
  }
  checkObject(call, objectType, objectId);
  const key = rowKey(profileId, objectType, objectId);
  const known = account.store.table('metadata').get(key);
  if (known) throw new ApiError('METADATA_ALREADY_EXISTS', { ID: String(known.id) });
  checkXml(xml, profile);
  const id = account.store.next('metadata', FIRST_ID);
  const metadata: Fields = {
    id,
    partnerId: account.partnerId,
    metadataProfileId: Number(profileId),
    metadataProfileVersion: int(profile, 'version'),
    metadataObjectType: metadataObjectType(objectType),
    objectId,
    version: FIRST_VERSION,
    createdAt: now,
    updatedAt: now,
    status: 1,
    xml,
    objectType: 'KalturaMetadata',
  };
  account.store.table('metadata').set(key, metadata);
  account.store.metadataKeys.set(String(id), key);
  return { ...metadata };
}

function update(args: Fields, call: Call): Fields {
  const metadata = find(call.account, argument(args, 'id'));
  checkObject(call, String(metadata.metadataObjectType), String(metadata.objectId));
  const version = int(args, 'version');
  if (version !== undefined && version !== metadata.version) {
    throw new ApiError('INVALID_METADATA_VERSION', { VERSION: String(metadata.version) });
  }
  const xml = text(args, 'xmlData');
  if (xml) {
    checkXml(xml, findMetadataProfile(call.account, String(metadata.metadataProfileId)));
    Object.assign(metadata, { xml, version: Number(metadata.version) + VERSION_STEP, updatedAt: call.now });
  }
  return { ...metadata };
}

function remove(args: Fields, call: Call): undefined {
  const id = argument(args, 'id');
  const metadata = find(call.account, id);
  checkObject(call, String(metadata.metadataObjectType), String(metadata.objectId));
  const key = call.account.store.metadataKeys.get(id) ?? '';
  call.account.store.table('metadata').delete(key);
  call.account.store.metadataKeys.delete(id);
}

function list(args: Fields, { account }: Call): Fields {
  const filter = part(args, 'filter') ?? {};
  if (filter.objectIdEqual === undefined && filter.objectIdIn === undefined)
    throw new ApiError('MUST_FILTER_ON_OBJECT_ID');
  const type = text(filter, 'metadataObjectTypeEqual') ?? ENTRY;
  return listRows(account, 'metadata', 'KalturaMetadata', args, {
    visible: (row) => String(row.metadataObjectType) === type,
  });
}

export const metadata: Service = {
  add,
  get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
  update,
  delete: remove,
  list,
};
