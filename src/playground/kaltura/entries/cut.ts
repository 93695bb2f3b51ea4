import type { Account } from '../account.js';
import { ApiError, entryNotFound } from '../errors.js';
import type { Entry } from '../store.js';
import { typeOf } from '../validation.js';
import { type Fields, int, isFields, part, text } from '../values.js';
import { findEntry, STATUS } from './entry.js';
import { addRecordedAsset } from './flavors.js';

/** KalturaEntryReplacementStatus, which entries answer as numbers. */
const REPLACEMENT = { none: 0, approvedNotReady: 1, readyNotApproved: 2, neither: 3 } as const;

/** Reads the one stretch that an operation resource cuts out of its own entry, in milliseconds. */
function stretchOf(account: Account, entry: Entry, resource: Fields): { offset: number; duration: number } {
  const { type, source, attributes } = {
    type: typeOf(resource),
    source: part(resource, 'resource') ?? {},
    attributes: resource.operationAttributes,
  };
  const [clip, ...more] = Array.isArray(attributes) ? attributes.filter(isFields) : [];
  if (type !== 'KalturaOperationResource' || typeOf(source) !== 'KalturaEntryResource' || !clip || more.length > 0)
    throw new ApiError('RESOURCE_TYPE_NOT_SUPPORTED', { RES_TYPE: type });
  const sourceId = text(source, 'entryId') ?? '';
  if (findEntry(account, sourceId).id !== entry.id) throw entryNotFound(sourceId);
  const length = int(entry.fields, 'msDuration') ?? 0;
  const offset = Math.max(0, int(clip, 'offset') ?? 0);
  const duration = Math.min(int(clip, 'duration') ?? length, length - offset);
  if (duration <= 0) throw new ApiError('ENTRY_CANNOT_BE_TRIMMED');
  return { offset, duration };
}

/** Begins to replace a recording by a stretch of itself; with the approval feature somebody has to say yes to it. */
export function planCut(account: Account, entry: Entry, resource: Fields): void {
  const { fields, recording } = entry;
  if (!account.features.has('ENTRY_REPLACEMENT'))
    throw new ApiError('FEATURE_FORBIDDEN', { FEATURE: 'FEATURE_ENTRY_REPLACEMENT' });
  if (text(fields, 'replacingEntryId')) throw new ApiError('ENTRY_REPLACEMENT_ALREADY_EXISTS');
  if (!recording || fields.status !== STATUS.ready || fields.isTrimDisabled === 1)
    throw new ApiError('ENTRY_CANNOT_BE_TRIMMED');
  const stretch = stretchOf(account, entry, resource);
  const asks = account.features.has('ENTRY_REPLACEMENT_APPROVAL');
  recording.cut = { ...stretch, readyAt: account.now() + account.recordingReadyAfter };
  fields.replacingEntryId = account.newId();
  fields.replacementStatus = asks ? REPLACEMENT.neither : REPLACEMENT.approvedNotReady;
  account.store.pendingRecordings.add(entry.id);
}

/** Carries a cut on whose time has come: the stretch takes the place of the whole, or waits for somebody to say yes. */
export function completeDueCut(account: Account, entry: Entry): void {
  const { fields, recording } = entry;
  if (!recording?.cut || recording.cut.readyAt > account.now()) return;
  account.store.pendingRecordings.delete(entry.id);
  if (fields.replacementStatus === REPLACEMENT.neither) fields.replacementStatus = REPLACEMENT.readyNotApproved;
  if (fields.replacementStatus === REPLACEMENT.approvedNotReady) replace(account, entry);
}

/** Says yes to a cut: at once when it is ready, and otherwise when it is. */
export function acceptCut(account: Account, entry: Entry): void {
  checkReplaced(entry);
  if (entry.fields.replacementStatus === REPLACEMENT.readyNotApproved) replace(account, entry);
  else entry.fields.replacementStatus = REPLACEMENT.approvedNotReady;
}

/** Drops a cut; the recording stays as it is. */
export function dropCut(account: Account, entry: Entry): void {
  checkReplaced(entry);
  account.store.pendingRecordings.delete(entry.id);
  forget(entry);
}

function checkReplaced({ id, fields }: Entry): void {
  if (!text(fields, 'replacingEntryId')) throw new ApiError('ENTRY_ID_NOT_REPLACED', { ENTRY_ID: id });
}

function forget({ fields, recording }: Entry): void {
  delete fields.replacingEntryId;
  fields.replacementStatus = REPLACEMENT.none;
  if (recording) delete recording.cut;
}

function replace(account: Account, entry: Entry): void {
  const { fields, recording } = entry;
  if (!recording?.cut) throw new Error(`${entry.id} has no cut`);
  const { offset, duration } = recording.cut;
  const now = account.now();
  recording.seconds = duration / 1000;
  Object.assign(fields, { msDuration: duration, duration: Math.max(1, Math.round(duration / 1000)), updatedAt: now });
  for (const id of entry.assets.splice(0)) account.store.table('flavorAssets').delete(id);
  addRecordedAsset(account, entry, duration / 1000, now);
  moveCuePoints(account, entry.id, offset, duration);
  forget(entry);
}

/** Cue points keep their place in the picture; those that were cut off go. */
function moveCuePoints(account: Account, entryId: string, offset: number, duration: number): void {
  const cuePoints = account.store.table('cuePoints');
  for (const [id, row] of [...cuePoints]) {
    if (row.entryId !== entryId) continue;
    const start = (int(row, 'startTime') ?? 0) - offset;
    if (start < 0 || start >= duration) cuePoints.delete(id);
    else row.startTime = start;
  }
}
