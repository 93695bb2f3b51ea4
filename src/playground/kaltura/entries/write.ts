import type { Account } from '../account.js';
import type { Call } from '../call.js';
import { ApiError, internalError } from '../errors.js';
import { propertiesOf } from '../schema.js';
import type { Entry } from '../store.js';
import { typeOf } from '../validation.js';
import { type Fields, int, members, part, text, type Value } from '../values.js';
import { BROADCAST_ADDRESSES, computeAddresses } from './addresses.js';
import { assignCategories, assignCategoryIds } from './categories.js';
import { DISPLAY_RECYCLED, DISPLAY_SYSTEM, SOURCE } from './entry.js';
import { storeAdminTags, storeTags, storeText } from './texts.js';

const STORED_TEXTS = new Set(['name', 'description']);
const ADMIN_PROPERTIES = ['adminTags', 'startDate', 'endDate', 'accessControlId'];
const RECORDING_OPTIONS = 'KalturaLiveEntryRecordingOptions';
const DEFAULT_SEGMENT = 6000;
const MIN_REFERENCE = 2;
/** Properties that are written elsewhere or computed. */
const SKIPPED = new Set<string>([
  'objectType',
  'id',
  'type',
  'categories',
  'categoriesIds',
  'viewMode',
  'recordingStatus',
  'streamPassword',
  'publishConfigurations',
  'conversionQuality',
  'streams',
  'bitrates',
  ...BROADCAST_ADDRESSES,
]);

/** Checks what the sent properties of an entry mean for the account. `before` is the entry that is updated. */
export function checkEntry(call: Call, sent: Fields, before?: Fields): void {
  const { account, session } = call;
  for (const name of ADMIN_PROPERTIES) {
    if (sent[name] === undefined || session?.isAdmin || sent[name] === before?.[name]) continue;
    throw new ApiError('PROPERTY_VALIDATION_ADMIN_PROPERTY', { PROP_NAME: name });
  }
  if (typeof sent.referenceId === 'string' && sent.referenceId.length < MIN_REFERENCE) {
    throw new ApiError('PROPERTY_VALIDATION_MIN_LENGTH', {
      PROP_NAME: `${typeOf(sent)}::referenceId`,
      MIN_LEN: String(MIN_REFERENCE),
    });
  }
  checkConversionProfile(account, sent);
  const accessControlId = int(sent, 'accessControlId');
  if (accessControlId !== undefined && !account.store.table('accessControlProfiles').has(String(accessControlId))) {
    throw new ApiError('ACCESS_CONTROL_ID_NOT_FOUND', { ID: String(accessControlId) });
  }
  const display = int(sent, 'displayInSearch');
  if (display !== undefined && ![DISPLAY_SYSTEM, DISPLAY_RECYCLED, 1].includes(display)) {
    throw new ApiError('ENTRY_DISPLAY_IN_SEARCH_VALUE_NOT_ALLOWED', { DISPLAY_IN_SEARCH_NEW_VALUE: String(display) });
  }
  const segment = int(sent, 'segmentDuration');
  if (segment !== undefined && segment !== (int(before ?? {}, 'segmentDuration') ?? DEFAULT_SEGMENT)) {
    if (!account.features.has('DYNAMIC_SEGMENT_DURATION')) throw new ApiError('DYNAMIC_SEGMENT_DURATION_DISABLED');
  }
  checkDates(sent, before);
  for (const id of members(text(sent, 'categoriesIds'))) {
    if (!account.store.table('categories').has(id)) throw new ApiError('CATEGORY_NOT_FOUND', { ID: id });
  }
}

function checkConversionProfile(account: Account, sent: Fields): void {
  const id = int(sent, 'conversionProfileId');
  if (id === undefined) return;
  const profile = account.store.table('conversionProfiles').get(String(id));
  const needsLive = typeOf(sent).includes('Live');
  if (!profile || (needsLive && profile.type !== 2))
    throw new ApiError('CONVERSION_PROFILE_ID_NOT_FOUND', { ID: String(id) });
}

function checkDates(sent: Fields, before: Fields | undefined): void {
  if (typeof sent.startDate !== 'number' && typeof sent.endDate !== 'number') return;
  const start = sent.startDate === undefined ? before?.startDate : sent.startDate;
  const end = sent.endDate === undefined ? before?.endDate : sent.endDate;
  if (typeof start === 'number' && typeof end === 'number' && end <= start)
    throw new ApiError('INVALID_ENTRY_SCHEDULE_DATES');
}

function storedValue(name: string, value: Value): Value {
  if (typeof value !== 'string') return value;
  if (name === 'tags') return storeTags(value);
  if (name === 'adminTags') return storeAdminTags(value);
  return STORED_TEXTS.has(name) ? storeText(value) : value;
}

/** Nested objects are replaced as a whole, and two of the recording options are always there. */
function storedRecordingOptions(options: Fields): Fields {
  const given: Fields = { shouldMakeHidden: 0, shouldAutoArchive: 0, ...options };
  const names = propertiesOf(RECORDING_OPTIONS).map(({ name }) => name);
  const stored = names
    .filter((name) => given[name] !== undefined && given[name] !== null)
    .map((name) => [name, given[name]]);
  return { ...Object.fromEntries(stored), objectType: RECORDING_OPTIONS };
}

/** Writes the sent properties into an entry. A null clears: texts become empty, other properties go. */
export function writeEntry(call: Call, entry: Entry, sent: Fields): void {
  const { account } = call;
  const { fields } = entry;
  for (const [name, value] of Object.entries(sent)) {
    if (value === undefined || SKIPPED.has(name)) continue;
    if (value === null) {
      if (name === 'recordingOptions') throw internalError();
      if (name === 'name' || name === 'description' || name === 'tags') fields[name] = '';
      else delete fields[name];
      continue;
    }
    if (name === 'liveStreamConfigurations' && fields.sourceType !== SOURCE.manual) continue;
    fields[name] = storedValue(name, value);
  }
  const options = part(sent, 'recordingOptions');
  if (options) fields.recordingOptions = storedRecordingOptions(options);
  if (fields.explicitLive !== undefined)
    fields.explicitLive = fields.explicitLive === true || fields.explicitLive === 1;
  if (typeof sent.type === 'string' && /^\d+$/.test(sent.type)) fields.type ??= Number(sent.type);
  if (typeof sent.parentEntryId === 'string' && sent.parentEntryId !== '') fields.displayInSearch = DISPLAY_SYSTEM;
  if (
    sent.pushPublishEnabled !== undefined &&
    !account.features.has('PUSH_PUBLISH') &&
    fields.pushPublishEnabled !== 0
  ) {
    delete fields.pushPublishEnabled;
  }
  const categories = text(sent, 'categories');
  if (categories !== undefined) assignCategories(account, entry, categories, call.now);
  const categoriesIds = text(sent, 'categoriesIds');
  if (categoriesIds !== undefined && categories === undefined)
    assignCategoryIds(account, entry, categoriesIds, call.now);
  for (const user of [text(sent, 'userId'), ...editorsOf(sent)]) if (user) account.ensureUser(user, call.now);
  writeBroadcast(account, entry, sent);
}

const editorsOf = (sent: Fields) =>
  ['entitledUsersEdit', 'entitledUsersPublish', 'entitledUsersView'].flatMap((name) => members(text(sent, name)));

function writeBroadcast(account: Account, entry: Entry, sent: Fields): void {
  const { broadcast } = entry;
  if (!broadcast) return;
  const viewMode = int(sent, 'viewMode');
  if (viewMode !== undefined) broadcast.viewMode = viewMode;
  const recordingStatus = int(sent, 'recordingStatus');
  if (recordingStatus !== undefined) broadcast.recordingStatus = recordingStatus;
  const password = text(sent, 'streamPassword');
  if (password) broadcast.streamPassword = password;
  const computed = computeAddresses(account, entry, broadcast.streamPassword);
  for (const name of BROADCAST_ADDRESSES) {
    const address = sent[name];
    if (typeof address !== 'string') continue;
    if (address === computed[name]) delete broadcast.addresses[name];
    else broadcast.addresses[name] = address;
  }
}
