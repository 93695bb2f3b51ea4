import { argument, type Call, objectArgument, type Service } from '../call.js';
import { findEntitled } from '../entries/access.js';
import { computeCommon, findEntry, keepEntry, MODERATION, markDeleted } from '../entries/entry.js';
import { assetsOf } from '../entries/flavors.js';
import { isLiveEntry, listEntries } from '../entries/list.js';
import { broadcastOf } from '../entries/live.js';
import { checkEntry, writeEntry } from '../entries/write.js';
import { ApiError } from '../errors.js';
import { listResponse } from '../filter.js';
import { isKindOf } from '../schema.js';
import type { Entry } from '../store.js';
import { checkUpdate, typeOf } from '../validation.js';
import { type Fields, members, part, text } from '../values.js';
import { deleteLive, describeForGet, updateLive } from './liveStream.js';
import { describePlayback } from './playback.js';

/** Answers an entry of any kind. */
export function describeEntry(call: Call, entry: Entry): Fields {
  if (isLiveEntry(entry)) return describeForGet(call, entry);
  return { ...computeCommon(call.account, entry), objectType: 'KalturaMediaEntry' };
}

/** Lists entries under the response class of a service. */
export function listAs(response: string, args: Fields, call: Call, type?: number): Fields {
  const { totalCount, page } = listEntries(call, part(args, 'filter') ?? {}, part(args, 'pager'), type);
  return listResponse(
    response,
    totalCount,
    page.map((entry) => describeEntry(call, entry)),
  );
}

/** Updates an entry of any kind; the answer has the class that was sent. */
export async function updateEntry(call: Call, entry: Entry, sent: Fields): Promise<Fields> {
  if (isLiveEntry(entry)) await updateLive(call, entry, sent);
  else {
    checkUpdate(sent, describeEntry(call, entry));
    checkEntry(call, sent, entry.fields);
    writeEntry(call, entry, sent);
    entry.fields.updatedAt = call.now;
  }
  const answer = describeEntry(call, entry);
  const type = typeOf(sent);
  return isKindOf(text(answer, 'objectType') ?? '', type) ? { ...answer, objectType: type } : answer;
}

/** Deletes an entry of any kind. */
export function deleteEntry(call: Call, id: string): undefined {
  const entry = findEntry(call.account, id);
  if (isLiveEntry(entry)) deleteLive(call, entry);
  else markDeleted(entry, call.now);
}

function clone(args: Fields, call: Call): Fields {
  const { account, now } = call;
  const source = findEntry(account, argument(args, 'entryId'));
  const id = account.newId();
  const {
    referenceId: _reference,
    pushPublishEnabled: _push,
    recordedEntryId: _recorded,
    redirectEntryId: _redirect,
    ...fields
  } = source.fields;
  const copy = keepEntry(account, { id, fields: { ...structuredClone(fields), id, createdAt: now, updatedAt: now } });
  if (source.broadcast) {
    copy.broadcast = {
      ...structuredClone(broadcastOf(source)),
      streamPassword: account.options.random.bytes(4).toString('hex'),
      addresses: {},
      recordedSeconds: 0,
      hasContent: false,
      sessions: 0,
      indexedLive: false,
    };
    delete copy.broadcast.recordingSince;
    for (const name of ['firstBroadcast', 'lastBroadcast', 'broadcastTime', 'primaryServerNodeId'])
      delete copy.fields[name];
    copy.fields.currentBroadcastStartTime = 0;
    copy.fields.lastBroadcastEndTime = 0;
  }
  for (const asset of assetsOf(account, source)) {
    const assetId = account.newId();
    account.store
      .table('flavorAssets')
      .set(assetId, { ...asset, id: assetId, entryId: id, createdAt: now, updatedAt: now });
    copy.assets.push(assetId);
  }
  return describeEntry(call, copy);
}

/** A moderator's word on an entry of any kind. */
function moderate(args: Fields, call: Call, moderationStatus: number): undefined {
  const entry = findEntry(call.account, argument(args, 'entryId'));
  Object.assign(entry.fields, { moderationStatus, updatedAt: call.now });
}

export const baseEntry: Service = {
  approve: (args, call) => moderate(args, call, MODERATION.approved),
  reject: (args, call) => moderate(args, call, MODERATION.rejected),
  get: (args, call) => describeEntry(call, findEntitled(call, argument(args, 'entryId'))),
  list: (args, call) => listAs('KalturaBaseEntryListResponse', args, call),
  getByIds: (args, call) => {
    const ids = members(argument(args, 'entryIds')).join(',');
    return listEntries(call, { idIn: ids }, { pageSize: 500 }).page.map((entry) => describeEntry(call, entry));
  },
  listByReferenceId: (args, call) =>
    listAs(
      'KalturaBaseEntryListResponse',
      { filter: { referenceIdEqual: argument(args, 'refId') }, pager: part(args, 'pager') },
      call,
    ),
  update: (args, call) =>
    updateEntry(call, findEntry(call.account, argument(args, 'entryId')), objectArgument(args, 'baseEntry')),
  delete: (args, call) => deleteEntry(call, argument(args, 'entryId')),
  clone,
  recycle: (args, call) => {
    findEntry(call.account, argument(args, 'entryId'));
    throw new ApiError('FEATURE_RECYCLE_BIN_DISABLED');
  },
  getPlaybackContext: (args, call) => describePlayback(call, findEntitled(call, argument(args, 'entryId'))),
};
