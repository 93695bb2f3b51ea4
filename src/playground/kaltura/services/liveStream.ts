import { argument, type Call, callerId, objectArgument, type Service } from '../call.js';
import { checkLocked, followUpdate, registerEncoder, unregisterEncoder } from '../entries/broadcast.js';
import {
  baseFields,
  ENTRY_TYPE,
  findEntry,
  isOwnerOrEditor,
  keepEntry,
  markDeleted,
  SOURCE,
  STATUS,
} from '../entries/entry.js';
import { addLiveAssets } from '../entries/flavors.js';
import { isLiveEntry, listEntries } from '../entries/list.js';
import {
  broadcastOf,
  describeDetails,
  describeLive,
  isOnAir,
  RECORD,
  RECORDING,
  VIEW,
  viewModeOf,
} from '../entries/live.js';
import { hasPlayingSource, indexManual, isManualOnAir, isManualUp } from '../entries/manual.js';
import { liveStatusOf, NODE } from '../entries/nodes.js';
import { ensureRecordedEntry } from '../entries/recordings.js';
import { checkEntry, writeEntry } from '../entries/write.js';
import { ApiError, cannotBeNull, entryNotFound, internalError } from '../errors.js';
import { listResponse } from '../filter.js';
import { hasPrivilege } from '../session.js';
import type { Entry } from '../store.js';
import { checkInsert, checkUpdate, requireProperties, typeOf } from '../validation.js';
import { type Fields, int, part, text } from '../values.js';

const ENTRY_ID = /^\d_\w+$/;

function findLive(call: Call, id: string): Entry {
  const entry = findEntry(call.account, id);
  if (!isLiveEntry(entry)) throw entryNotFound(id);
  return entry;
}

/** Status calls word an unknown entry differently. */
function findForStatus(call: Call, id: string): Entry {
  const entry = call.account.store.entries.get(id);
  if (!entry || entry.fields.status === STATUS.deleted || !isLiveEntry(entry))
    throw new ApiError('INVALID_ENTRY_ID', { ID: id });
  return entry;
}

/** Answers a live entry under the class that get actions use for administrators. */
export function describeForGet(call: Call, entry: Entry): Fields {
  const answer = describeLive(call, entry);
  return call.session?.isAdmin && !call.session.isMediaServer
    ? { ...answer, objectType: 'KalturaLiveStreamAdminEntry' }
    : answer;
}

function checkSource(sent: Fields, source: string | undefined): void {
  if (source === undefined || source === SOURCE.akamai) throw cannotBeNull(typeOf(sent), 'encodingIP1');
  if (source === SOURCE.live || source === SOURCE.manual || source === '42') return;
  throw new ApiError('ENTRY_SOURCE_TYPE_NOT_SUPPORTED', { SOURCE_TYPE: source });
}

/** New entries hand the entitlement on to their recordings unless told not to. */
function recordingOptionsOf(sent: Fields): Fields {
  const given = part(sent, 'recordingOptions') ?? {};
  return { ...given, shouldCopyEntitlement: given.shouldCopyEntitlement ?? 1 };
}

async function add(args: Fields, call: Call): Promise<Fields> {
  const { account, now } = call;
  const sent = objectArgument(args, 'liveStreamEntry');
  const sourceType = text(args, 'sourceType') ?? text(sent, 'sourceType');
  checkInsert(sent);
  checkSource(sent, sourceType);
  requireProperties(sent, ['mediaType']);
  checkEntry(call, sent);
  const id = account.newId();
  const owner = text(sent, 'userId') ?? callerId(call);
  const explicit = sent.explicitLive === 1;
  const recordStatus = int(sent, 'recordStatus') ?? RECORD.appended;
  const entry = keepEntry(account, {
    id,
    fields: {
      ...baseFields(account, id, owner, now),
      name: `${account.partnerId}_${now}`,
      status: STATUS.ready,
      type: ENTRY_TYPE.live,
      sourceType,
      recordStatus,
      lastElapsedRecordingTime: 0,
      currentBroadcastStartTime: 0,
      segmentDuration: 6000,
      explicitLive: explicit,
      lastBroadcastEndTime: 0,
      streamName: '%i',
    },
    broadcast: {
      streamPassword: account.options.random.bytes(4).toString('hex'),
      viewMode: explicit ? VIEW.preview : VIEW.all,
      recordingStatus: explicit ? RECORDING.stopped : RECORDING.active,
      addresses: {},
      recordedSeconds: 0,
      hasContent: false,
      sessions: 0,
      indexedLive: false,
    },
  });
  const { id: _id, sourceType: _source, ...properties } = sent;
  writeEntry(call, entry, { ...properties, userId: owner, recordingOptions: recordingOptionsOf(sent) });
  if (sourceType !== SOURCE.manual)
    useProfile(call, entry, int(sent, 'conversionProfileId') ?? account.defaultLiveProfileId());
  else delete entry.fields.conversionProfileId;
  await indexManual(account, entry);
  return describeLive(call, entry);
}

function useProfile(call: Call, entry: Entry, profileId: number | undefined): void {
  const profile = call.account.store.table('conversionProfiles').get(String(profileId));
  if (!profile) return;
  entry.fields.conversionProfileId = profileId;
  addLiveAssets(call.account, entry, profile, call.now);
}

/** Writes sent properties into a live entry, with all that hangs on them. */
export async function updateLive(call: Call, entry: Entry, sent: Fields): Promise<void> {
  const { account } = call;
  checkUpdate(sent, describeLive(call, entry));
  checkEntry(call, sent, entry.fields);
  checkLocked(account, entry, sent);
  const viewMode = viewModeOf(entry);
  const before = JSON.stringify([entry.fields, entry.broadcast]);
  const recordedBy = readRecordingSettings(entry);
  writeEntry(call, entry, sent);
  if (sent.conversionProfileId !== undefined) useProfile(call, entry, int(sent, 'conversionProfileId'));
  if (readRecordingSettings(entry) !== recordedBy && liveStatusOf(account, entry) === NODE.stopped) {
    delete entry.fields.recordedEntryId;
    delete entry.fields.redirectEntryId;
  }
  const isChanged = JSON.stringify([entry.fields, entry.broadcast]) !== before;
  followUpdate(account, entry, viewMode);
  if (isChanged) entry.fields.updatedAt = call.now;
  await indexManual(account, entry);
}

/** A change of these makes the next broadcast begin a new recording. */
function readRecordingSettings({ fields }: Entry): string {
  return JSON.stringify([fields.conversionProfileId, fields.recordStatus, fields.recordingOptions]);
}

async function update(args: Fields, call: Call): Promise<Fields> {
  const id = argument(args, 'entryId');
  if (!ENTRY_ID.test(id)) throw internalError();
  const entry = findLive(call, id);
  const sent = objectArgument(args, 'liveStreamEntry');
  await updateLive(call, entry, sent);
  return { ...describeLive(call, entry), objectType: typeOf(sent) };
}

/** Deletes a live entry unless an encoder is connected. */
export function deleteLive(call: Call, entry: Entry): void {
  if (liveStatusOf(call.account, entry) !== NODE.stopped) {
    throw new ApiError('CANNOT_DELETE_LIVE_ENTRY_WHILE_STREAMING', { LIVE_ENTRY_ID: entry.id });
  }
  markDeleted(entry, call.now);
}

function list(args: Fields, call: Call): Fields {
  const { totalCount, page } = listEntries(call, part(args, 'filter') ?? {}, part(args, 'pager'), ENTRY_TYPE.live);
  return listResponse(
    'KalturaLiveStreamListResponse',
    totalCount,
    page.map((entry) => describeLive(call, entry)),
  );
}

async function isLive(args: Fields, call: Call): Promise<boolean> {
  const entry = findForStatus(call, argument(args, 'id'));
  if (entry.fields.sourceType === SOURCE.manual) return isManualOnAir(call.account, entry, text(args, 'protocol'));
  return hasPlayingSource(call.account, entry) || isOnAir(call.account, entry, seesPreview(call, entry));
}

/** Administrators see a preview, owners and co-editors too unless their session restricts that. */
function seesPreview(call: Call, entry: Entry): boolean {
  if (!call.session) return false;
  if (call.session.isAdmin) return true;
  if (hasPrivilege(call.session, 'restrictexplicitliveview', '*') || hasPrivilege(call.session, '*', '')) return false;
  return isOwnerOrEditor(call, entry);
}

function regenerateStreamToken(args: Fields, call: Call): Fields {
  const entry = call.account.store.entries.get(argument(args, 'entryId'));
  // The action forgets to name the entry it did not find.
  if (!entry || entry.fields.status === STATUS.deleted || !isLiveEntry(entry))
    throw new ApiError('INVALID_ENTRY_ID', { ID: 'N/A' });
  if (entry.fields.sourceType === SOURCE.manual) {
    throw new ApiError('CANNOT_REGENERATE_STREAM_TOKEN_FOR_EXTERNAL_LIVE_STREAMS', { TYPE: SOURCE.manual });
  }
  const broadcast = broadcastOf(entry);
  broadcast.streamPassword = call.account.options.random.bytes(4).toString('hex');
  broadcast.addresses = {};
  entry.fields.updatedAt = call.now;
  return describeLive(call, entry);
}

function registerMediaServer(args: Fields, call: Call): Fields {
  const entry = findLive(call, argument(args, 'entryId'));
  registerEncoder(call.account, entry, {
    hostname: argument(args, 'hostname'),
    serverType: Number(argument(args, 'mediaServerIndex')),
    status: int(args, 'liveEntryStatus') ?? NODE.playable,
    createRecording: args.shouldCreateRecordedEntry !== false,
  });
  return describeLive(call, entry);
}

function unregisterMediaServer(args: Fields, call: Call): Fields {
  const entry = findLive(call, argument(args, 'entryId'));
  unregisterEncoder(call.account, entry, Number(argument(args, 'mediaServerIndex')));
  return describeLive(call, entry);
}

function createRecordedEntry(args: Fields, call: Call): Fields {
  const entry = findLive(call, argument(args, 'entryId'));
  ensureRecordedEntry(call.account, entry);
  return describeLive(call, entry);
}

function updateOfflineThumbnailFromUrl(args: Fields, call: Call): Fields {
  const entry = findLive(call, argument(args, 'entryId'));
  entry.fields.updatedAt = call.now;
  return describeLive(call, entry);
}

export const liveStream: Service = {
  add,
  get: (args, call) => describeForGet(call, findLive(call, argument(args, 'entryId'))),
  update,
  delete: (args, call) => {
    const id = argument(args, 'entryId');
    deleteLive(call, findLive(call, id));
  },
  list,
  isLive,
  getDetails: async (args, call) => {
    const entry = findForStatus(call, argument(args, 'id'));
    const playsOtherwise = hasPlayingSource(call.account, entry) || (await isManualUp(call.account, entry));
    return describeDetails(call.account, entry, playsOtherwise);
  },
  getLiveStreamStats: () => {
    throw internalError();
  },
  regenerateStreamToken,
  registerMediaServer,
  unregisterMediaServer,
  createRecordedEntry,
  appendRecording: createRecordedEntry,
  updateOfflineThumbnailFromUrl,
};
