import type { Account } from '../account.js';
import { ApiError } from '../errors.js';
import type { Entry } from '../store.js';
import { type Fields, flag, part } from '../values.js';
import { endReports, report } from './feeds.js';
import { broadcastOf, RECORDING, VIEW, viewModeOf } from './live.js';
import { BACKUP, findNode, liveStatusOf, NODE, nodeStatus, PRIMARY, putNode, showViewMode } from './nodes.js';
import { ensureRecordedEntry, finishRecording, holdRecording, meterRecording } from './recordings.js';

/** What a media server says about an encoder. */
export interface EncoderReport {
  hostname: string;
  serverType: number;
  status: number;
  createRecording: boolean;
}

/** Properties that hold still while an encoder is connected. */
const LOCKED = ['dvrStatus', 'dvrWindow', 'recordStatus', 'conversionProfileId', 'segmentDuration', 'explicitLive'];

function noteBroadcastTime(account: Account, entry: Entry): void {
  if (entry.fields.explicitLive !== true || viewModeOf(entry) !== VIEW.all) return;
  if (liveStatusOf(account, entry) === NODE.playable) entry.fields.broadcastTime ??= account.now();
}

/** Notes what an encoder does: authenticated, then broadcasting, then playable. */
export function registerEncoder(account: Account, entry: Entry, report: EncoderReport): void {
  // A media server is known by its full host name.
  if (!report.hostname.includes('.'))
    throw new ApiError('MEDIA_SERVER_NOT_FOUND', { MEDIA_SERVER_ID: report.hostname });
  const now = account.now();
  const { fields } = entry;
  const { serverType, status } = report;
  const before = findNode(account, entry.id, serverType)?.status;
  putNode(account, entry, serverType, status, viewModeOf(entry));
  if (before === undefined || status === NODE.authenticated || status === NODE.broadcasting) {
    if (!fields.currentBroadcastStartTime) fields.currentBroadcastStartTime = now;
  }
  const isOnPrimary = serverType === PRIMARY;
  if (isOnPrimary) fields.primaryServerNodeId = 1;
  if (status === NODE.broadcasting || status === NODE.playable) {
    if (isOnPrimary && report.createRecording) {
      ensureRecordedEntry(account, entry);
      holdRecording(account, entry);
    }
  }
  if (status === NODE.playable) {
    fields.firstBroadcast ??= now;
    if (isOnPrimary && before !== undefined && before !== NODE.playable) fields.lastBroadcast = now;
  }
  noteBroadcastTime(account, entry);
  fields.updatedAt = now;
  settle(account, entry);
}

/** Notes that an encoder stopped; when it was the last one, the entry goes back to where it was before the show. */
export function unregisterEncoder(account: Account, entry: Entry, serverType: number): void {
  const node = findNode(account, entry.id, serverType);
  if (!node || node.status === NODE.markedForDeletion) {
    throw new ApiError('ENTRY_SERVER_NODE_NOT_FOUND', { ENTRY_ID: entry.id, SERVER_TYPE: String(serverType) });
  }
  meterRecording(account, entry);
  report(account);
  endReports(account, entry.id, serverType);
  const now = account.now();
  node.status = NODE.markedForDeletion;
  node.updatedAt = now;
  if (serverType === PRIMARY) entry.fields.lastBroadcastEndTime = now;
  const remains = [PRIMARY, BACKUP].some((type) => nodeStatus(account, entry.id, type) !== NODE.stopped);
  if (!remains) endBroadcast(account, entry);
  entry.fields.updatedAt = now;
  settle(account, entry);
}

function endBroadcast(account: Account, entry: Entry): void {
  const { fields } = entry;
  const broadcast = broadcastOf(entry);
  finishRecording(account, entry);
  fields.currentBroadcastStartTime = 0;
  if (fields.recordedEntryId) fields.redirectEntryId = fields.recordedEntryId;
  if (fields.explicitLive === true) {
    broadcast.viewMode = VIEW.preview;
    broadcast.recordingStatus = RECORDING.stopped;
    delete broadcast.publishedAt;
    showViewMode(account, entry.id, VIEW.preview);
  }
}

function settle(account: Account, entry: Entry): void {
  meterRecording(account, entry);
  broadcastOf(entry).indexedLive = liveStatusOf(account, entry) === NODE.playable;
  noteShow(account, entry);
}

/** Notes when viewers get the picture and when they lose it, for the reports. */
function noteShow(account: Account, entry: Entry): void {
  const broadcast = broadcastOf(entry);
  const isShown = liveStatusOf(account, entry) === NODE.playable && viewModeOf(entry) === VIEW.all;
  const open = broadcast.shows?.find(({ until }) => until === undefined);
  if (isShown === (open !== undefined)) return;
  if (open) {
    open.until = account.now();
    return;
  }
  const from = Math.max(account.now(), (broadcast.publishedAt ?? 0) + account.publishDelay);
  broadcast.shows = [...(broadcast.shows ?? []), { from }];
}

/** Refuses changes that an entry cannot take while an encoder is connected. */
export function checkLocked(account: Account, entry: Entry, sent: Fields): void {
  if (liveStatusOf(account, entry) === NODE.stopped) return;
  const refuse = (field: string) => new ApiError('CANNOT_UPDATE_FIELDS_WHILE_ENTRY_BROADCASTING', { FIELD: field });
  for (const name of LOCKED) {
    const value = sent[name];
    if (value === undefined || value === null) continue;
    const same =
      name === 'explicitLive' ? (value === 1) === (entry.fields.explicitLive === true) : value === entry.fields[name];
    if (!same && !(name === 'segmentDuration' && entry.fields[name] === undefined)) throw refuse(name);
  }
  const wanted = flag(part(sent, 'recordingOptions') ?? {}, 'shouldCopyEntitlement');
  const present = flag(part(entry.fields, 'recordingOptions') ?? {}, 'shouldCopyEntitlement');
  if (wanted !== undefined && wanted !== present) throw refuse('recordingOptions');
}

/** Follows a change of the view mode or the recording status. */
export function followUpdate(account: Account, entry: Entry, viewModeBefore: number): void {
  const broadcast = broadcastOf(entry);
  const viewMode = viewModeOf(entry);
  if (viewMode !== viewModeBefore) {
    if (viewMode === VIEW.all) broadcast.publishedAt = account.now();
    else delete broadcast.publishedAt;
  }
  showViewMode(account, entry.id, viewMode);
  noteBroadcastTime(account, entry);
  settle(account, entry);
}
