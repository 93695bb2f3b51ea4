import type { Account } from '../account.js';
import { argument, type Call, callerId, objectArgument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { byNumber, listRows } from '../rows.js';
import { isKindOf } from '../schema.js';
import { checkInsert, checkUpdate, requireProperties, typeOf } from '../validation.js';
import { type Fields, int, members, text } from '../values.js';

const FIRST_ID = 13;
const STATUS = { cancelled: 1, active: 2, deleted: 3 } as const;
const FIRST_SEQUENCE = 12;
const SEQUENCE_STEP = 10;
const MAX_DURATION = 86_400;
const PUBLIC_EVENT = 1;

function find(account: Account, id: string): Fields {
  const event = account.store.table('scheduleEvents').get(id);
  if (!event || event.status === STATUS.deleted) throw new ApiError('INVALID_OBJECT_ID', { ID: id });
  return event;
}

function checkTimes(event: Fields): void {
  const [start, end] = [int(event, 'startDate'), int(event, 'endDate')];
  if (start === undefined) throw new ApiError('START_TIME_AND_LINKED_TO_NOT_SET');
  if (end === undefined) return;
  if (end < start) throw new ApiError('INVALID_SCHEDULE_END_BEFORE_START', { START: String(start), END: String(end) });
  if (end - start > MAX_DURATION) throw new ApiError('MAX_SCHEDULE_DURATION_REACHED', { MAX: String(MAX_DURATION) });
}

/** Gives the properties that an event has by its class. */
function defaultsOf(type: string): Fields {
  if (isKindOf(type, 'KalturaLiveStreamScheduleEvent')) return { preStartTime: 0, postEndTime: 0, liveFeatures: [] };
  return type === 'KalturaMeetingScheduleEvent' ? { preStartTime: 0 } : {};
}

function withDuration(event: Fields): Fields {
  const [start, end] = [int(event, 'startDate'), int(event, 'endDate')];
  if (start !== undefined && end !== undefined) event.duration = end - start;
  return event;
}

/** Tells a live entry that it is scheduled, and whether a recording will be played on it. */
function markEntry(account: Account, event: Fields): void {
  const entry = account.store.entries.get(text(event, 'templateEntryId') ?? '');
  if (!entry?.broadcast) return;
  const capabilities = new Set(members(text(entry.fields, 'capabilities')));
  capabilities.add('live_schedule_capability');
  if (event.sourceEntryId) capabilities.add('simulive_capability');
  entry.fields.capabilities = [...capabilities].join(',');
  entry.fields.updatedAt = account.now();
}

function add(args: Fields, call: Call): Fields {
  const { account, now } = call;
  const sent = objectArgument(args, 'scheduleEvent');
  checkInsert(sent);
  requireProperties(sent, ['recurrenceType', 'summary']);
  checkTimes(sent);
  const id = account.store.next('scheduleEvent', FIRST_ID);
  const event: Fields = withDuration({
    classificationType: PUBLIC_EVENT,
    ownerId: callerId(call),
    ...defaultsOf(typeOf(sent)),
    ...sent,
    id,
    partnerId: account.partnerId,
    status: STATUS.active,
    sequence: FIRST_SEQUENCE,
    createdAt: now,
    updatedAt: now,
    blackoutConflicts: [],
  });
  account.store.table('scheduleEvents').set(String(id), event);
  markEntry(account, event);
  return { ...event };
}

function update(args: Fields, { account, now }: Call): Fields {
  const event = find(account, argument(args, 'scheduleEventId'));
  const sent = objectArgument(args, 'scheduleEvent');
  checkUpdate(sent, event);
  const { objectType: _type, ...changes } = sent;
  const changed = { ...event, ...changes };
  checkTimes(changed);
  Object.assign(event, withDuration(changed), {
    sequence: (int(event, 'sequence') ?? 0) + SEQUENCE_STEP,
    updatedAt: now,
  });
  markEntry(account, event);
  return { ...event };
}

function setStatus(args: Fields, { account, now }: Call, status: number): Fields {
  const event = find(account, argument(args, 'scheduleEventId'));
  event.status = status;
  if (status === STATUS.cancelled) event.updatedAt = now;
  return { ...event };
}

export const scheduleEvent: Service = {
  add,
  get: (args, { account }) => ({ ...find(account, argument(args, 'scheduleEventId')) }),
  update,
  cancel: (args, call) => setStatus(args, call, STATUS.cancelled),
  delete: (args, call) => setStatus(args, call, STATUS.deleted),
  list: (args, { account }) =>
    listRows(account, 'scheduleEvents', 'KalturaScheduleEvent', args, {
      visible: (row) => row.status !== STATUS.deleted,
      // The server takes these filters and narrows nothing by them.
      own: {
        entryIdsLike: () => undefined,
        entryIdsMultiLikeOr: () => undefined,
        entryIdsMultiLikeAnd: () => undefined,
      },
      order: byNumber('id'),
    }),
};
