import type { Account } from '../account.js';
import type { Entry } from '../store.js';
import { flag, int, members, part, text } from '../values.js';
import { assignCategories } from './categories.js';
import { completeDueCut } from './cut.js';
import { baseFields, DISPLAY_SYSTEM, ENTRY_TYPE, keepEntry, SOURCE, STATUS } from './entry.js';
import { addRecordedAsset } from './flavors.js';
import { broadcastOf, RECORD, RECORDING, recordingStatusOf } from './live.js';
import { liveStatusOf, NODE } from './nodes.js';

const VIDEO = 1;
/** An encoder that comes back sooner continues the recording of its session. */
const RECONNECT_SECONDS = 180;
/** An appended recording is begun anew after this age. */
const APPEND_SECONDS = 7 * 24 * 3600;

/** Says whether a broadcast that begins now goes into the recording there is. */
function continuesRecording(account: Account, live: Entry): boolean {
  const recorded = account.store.entries.get(text(live.fields, 'recordedEntryId') ?? '');
  if (!recorded || recorded.fields.status === STATUS.deleted) return false;
  const now = account.now();
  if (live.fields.recordStatus === RECORD.appended)
    return now - (int(recorded.fields, 'createdAt') ?? 0) <= APPEND_SECONDS;
  const start = int(live.fields, 'currentBroadcastStartTime') || now;
  if ((int(recorded.fields, 'createdAt') ?? 0) >= start) return true;
  const lastEnd = int(live.fields, 'lastBroadcastEndTime') ?? 0;
  return lastEnd === 0 || start - lastEnd <= RECONNECT_SECONDS;
}

/** Makes the entry that a broadcast is recorded into, unless it continues the one there is. */
export function ensureRecordedEntry(account: Account, live: Entry): void {
  const { fields } = live;
  if (fields.recordStatus === RECORD.disabled || continuesRecording(account, live)) return;
  const now = account.now();
  const broadcast = broadcastOf(live);
  const perSession = fields.recordStatus === RECORD.perSession;
  if (perSession) broadcast.sessions += 1;
  const id = account.newId();
  const options = part(fields, 'recordingOptions') ?? {};
  const entry = keepEntry(account, {
    id,
    fields: {
      ...baseFields(account, id, text(fields, 'userId') ?? '', now),
      creatorId: text(fields, 'creatorId') ?? '',
      name: perSession ? `${text(fields, 'name')} ${broadcast.sessions}` : text(fields, 'name'),
      tags: text(fields, 'tags') ?? '',
      status: STATUS.noContent,
      type: ENTRY_TYPE.media,
      mediaType: VIDEO,
      sourceType: SOURCE.recordedLive,
      accessControlId: int(fields, 'accessControlId'),
      conversionProfileId: int(fields, 'conversionProfileId'),
      conversionQuality: int(fields, 'conversionProfileId'),
      rootEntryId: live.id,
      displayInSearch: flag(options, 'shouldMakeHidden') ? DISPLAY_SYSTEM : 1,
    },
    recording: { liveEntryId: live.id, seconds: 0 },
  });
  if (flag(options, 'shouldCopyEntitlement')) copyEntitlement(account, live, entry, now);
  fields.recordedEntryId = id;
}

function copyEntitlement(account: Account, live: Entry, entry: Entry, now: number): void {
  for (const name of ['entitledUsersEdit', 'entitledUsersPublish', 'entitledUsersView']) {
    entry.fields[name] = live.fields[name] ?? '';
  }
  const categories = text(live.fields, 'categories') ?? '';
  if (categories !== '') assignCategories(account, entry, categories, now);
}

function isRecording(account: Account, live: Entry): boolean {
  if (live.fields.recordStatus === RECORD.disabled || !live.fields.recordedEntryId) return false;
  return recordingStatusOf(live) === RECORDING.active && liveStatusOf(account, live) === NODE.playable;
}

/** Counts the recorded seconds up to now; to be called after everything that may start or stop recording. */
export function meterRecording(account: Account, live: Entry): void {
  const broadcast = broadcastOf(live);
  const now = account.options.clock.now() / 1000;
  if (broadcast.recordingSince !== undefined) {
    broadcast.recordedSeconds += now - broadcast.recordingSince;
    broadcast.hasContent = true;
    delete broadcast.recordingSince;
  }
  if (isRecording(account, live)) broadcast.recordingSince = now;
}

/** Hands over what a broadcast recorded; the recording is ready some time later. */
export function finishRecording(account: Account, live: Entry): void {
  meterRecording(account, live);
  const broadcast = broadcastOf(live);
  const entry = account.store.entries.get(text(live.fields, 'recordedEntryId') ?? '');
  const { recordedSeconds: seconds, hasContent } = broadcast;
  broadcast.recordedSeconds = 0;
  broadcast.hasContent = false;
  if (!entry?.recording || !hasContent || entry.fields.status === STATUS.deleted) return;
  entry.recording.seconds += seconds;
  if (entry.fields.status === STATUS.noContent) entry.fields.status = STATUS.pending;
  entry.recording.readyAt = account.now() + account.recordingReadyAfter;
  account.store.pendingRecordings.add(entry.id);
}

/** Completes a recording: ready, with its length and an asset to download. */
export function completeRecording(account: Account, entry: Entry, seconds: number): void {
  const { recording, fields } = entry;
  if (!recording) throw new Error(`${entry.id} is no recording`);
  const now = account.now();
  recording.seconds = seconds;
  delete recording.readyAt;
  account.store.pendingRecordings.delete(entry.id);
  fields.status = STATUS.ready;
  fields.msDuration = Math.max(1, Math.round(seconds * 1000));
  fields.duration = Math.max(1, Math.round(seconds));
  fields.updatedAt = now;
  for (const id of entry.assets.splice(0)) account.store.table('flavorAssets').delete(id);
  addRecordedAsset(account, entry, seconds, now);
  const live = account.store.entries.get(recording.liveEntryId);
  if (live?.broadcast) archive(account, live, entry);
}

/** Completes the recordings whose time has come. */
export function completeDueRecordings(account: Account): void {
  if (account.store.pendingRecordings.size === 0) return;
  const now = account.now();
  for (const id of [...account.store.pendingRecordings]) {
    const entry = account.store.entries.get(id);
    if (!entry?.recording || entry.fields.status === STATUS.deleted) account.store.pendingRecordings.delete(id);
    else if (entry.recording.cut) completeDueCut(account, entry);
    else if ((entry.recording.readyAt ?? 0) <= now) completeRecording(account, entry, entry.recording.seconds);
  }
}

/** Writes a time as PHP's "M-d-Y H:i" in a time zone; an unknown zone is read as UTC. */
function formatArchiveDate(seconds: number, timeZone: string): string {
  const style = {
    month: 'short',
    day: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  } as const;
  const formatter = (zone: string) => new Intl.DateTimeFormat('en-US', { ...style, timeZone: zone });
  let format: Intl.DateTimeFormat;
  try {
    format = formatter(timeZone === '' ? 'UTC' : timeZone);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    format = formatter('UTC');
  }
  const parts = new Map(format.formatToParts(seconds * 1000).map(({ type, value }) => [type, value]));
  return `${parts.get('month')}-${parts.get('day')}-${parts.get('year')} ${parts.get('hour')}:${parts.get('minute')}`;
}

/** Archives the recording of a session: renamed and visible, and the live entry is as if it had never been on air. */
function archive(account: Account, live: Entry, entry: Entry): void {
  const options = part(live.fields, 'recordingOptions') ?? {};
  if (live.fields.recordStatus !== RECORD.perSession || !flag(options, 'shouldAutoArchive')) return;
  const date = formatArchiveDate(int(entry.fields, 'createdAt') ?? 0, text(options, 'archiveVodSuffixTimezone') ?? '');
  entry.fields.name = `${text(live.fields, 'name')} ${date}`;
  entry.fields.displayInSearch = 1;
  entry.fields.description = text(live.fields, 'description') ?? '';
  entry.fields.tags = text(live.fields, 'tags') ?? '';
  if (live.fields.recordedEntryId === entry.id) {
    delete live.fields.recordedEntryId;
    delete live.fields.redirectEntryId;
    delete live.fields.broadcastTime;
  }
  const kept = new Set(members(text(options, 'nonDeletedCuePointsTags')));
  const cuePoints = account.store.table('cuePoints');
  for (const [id, cuePoint] of [...cuePoints]) {
    if (cuePoint.entryId !== live.id) continue;
    if (!members(text(cuePoint, 'tags')).some((tag) => kept.has(tag))) cuePoints.delete(id);
  }
}

/** Stops waiting for a recording that its encoder continues. */
export function holdRecording(account: Account, live: Entry): void {
  const entry = account.store.entries.get(text(live.fields, 'recordedEntryId') ?? '');
  if (entry?.recording?.readyAt === undefined) return;
  delete entry.recording.readyAt;
  account.store.pendingRecordings.delete(entry.id);
}
