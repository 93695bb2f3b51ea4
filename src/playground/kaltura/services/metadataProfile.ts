import type { Account } from '../account.js';
import { argument, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { listResponse } from '../filter.js';
import { XmlError } from '../metadata/xml.js';
import { describeProblems, type Field, readXsd } from '../metadata/xsd.js';
import { byNumber, listRows } from '../rows.js';
import { checkInsert, checkUpdate, requireProperties } from '../validation.js';
import { type Fields, text } from '../values.js';

const FIRST_ID = 5;
const FIRST_VERSION = 2;
/** Versions of files grow in steps of ten. */
export const VERSION_STEP = 10;
const API_CREATED = 1;
const FIRST_FIELD_ID = 14;

/** Finds a metadata profile of the account or of everybody. */
export function findMetadataProfile(account: Account, id: string): Fields {
  const profile = account.store.table('metadataProfiles').get(id);
  if (!profile) throw new ApiError('METADATA_PROFILE_NOT_FOUND', { ID: id });
  return profile;
}

function readFields(xsd: string): Field[] {
  try {
    return readXsd(xsd).fields;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new ApiError('INVALID_METADATA_PROFILE_SCHEMA', {
      ERR_MSG: describeProblems(error.message.split('\n'), xsd),
    });
  }
}

/** Answers an object type as a number where it is one. */
export function metadataObjectType(value: string | undefined): string | number | undefined {
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : value;
}

/** Makes a metadata profile. */
export function makeMetadataProfile(
  account: Account,
  sent: Fields,
  xsd: string,
  now: number,
  fixedId?: number,
): Fields {
  readFields(xsd);
  const id = fixedId ?? account.store.next('metadataProfile', FIRST_ID);
  const profile: Fields = {
    createMode: API_CREATED,
    partnerId: account.partnerId,
    ...sent,
    id,
    metadataObjectType: metadataObjectType(text(sent, 'metadataObjectType')),
    version: FIRST_VERSION,
    createdAt: now,
    updatedAt: now,
    status: 1,
    xsd,
    disableReIndexing: false,
    objectType: 'KalturaMetadataProfile',
  };
  account.store.table('metadataProfiles').set(String(id), profile);
  return profile;
}

function checkSystemName(account: Account, systemName: string | undefined): void {
  if (systemName === undefined) return;
  for (const profile of account.store.table('metadataProfiles').values()) {
    if (profile.systemName === systemName && profile.partnerId === account.partnerId) {
      throw new ApiError('SYSTEM_NAME_ALREADY_EXISTS', { SYS_NAME: systemName });
    }
  }
}

const describe = (profile: Fields): Fields => ({ ...profile, description: text(profile, 'description') ?? '' });

function listFields(account: Account, profileId: string): Fields {
  const profile = findMetadataProfile(account, profileId);
  const root = readXsd(text(profile, 'xsd') ?? '').root;
  const searchable = readFields(text(profile, 'xsd') ?? '').filter((field) => field.isSearchable);
  const fields = searchable.map((field, index) => ({
    id: FIRST_FIELD_ID + index,
    xPath: `/*[local-name()='${root}']/*[local-name()='${field.name}']`,
    key: field.key ?? field.name,
    label: field.label ?? field.name,
    objectType: 'KalturaMetadataProfileField',
  }));
  return listResponse('KalturaMetadataProfileFieldListResponse', fields.length, fields);
}

export const metadataProfile: Service = {
  add: (args, { account, now }) => {
    const sent = objectArgument(args, 'metadataProfile');
    checkInsert(sent);
    requireProperties(sent, ['metadataObjectType', 'name']);
    checkSystemName(account, text(sent, 'systemName'));
    return { ...makeMetadataProfile(account, sent, argument(args, 'xsdData'), now) };
  },
  get: (args, { account }) => describe(findMetadataProfile(account, argument(args, 'id'))),
  update: (args, { account, now }) => {
    const profile = findMetadataProfile(account, argument(args, 'id'));
    const sent = objectArgument(args, 'metadataProfile');
    checkUpdate(sent, profile);
    const xsd = text(args, 'xsdData');
    if (xsd !== undefined) {
      readFields(xsd);
      Object.assign(profile, { xsd, version: Number(profile.version) + VERSION_STEP });
    }
    const type =
      sent.metadataObjectType === undefined
        ? profile.metadataObjectType
        : metadataObjectType(text(sent, 'metadataObjectType'));
    Object.assign(profile, sent, { metadataObjectType: type, updatedAt: now });
    return describe(profile);
  },
  delete: (args, { account }) => {
    const id = argument(args, 'id');
    findMetadataProfile(account, id);
    account.store.table('metadataProfiles').delete(id);
  },
  list: (args, { account }) =>
    listRows(account, 'metadataProfiles', 'KalturaMetadataProfile', args, {
      describe,
      order: byNumber('id'),
      visible: ({ partnerId }) => account.hasQuestions || partnerId !== 0,
    }),
  listFields: (args, { account }) => listFields(account, argument(args, 'metadataProfileId')),
};
