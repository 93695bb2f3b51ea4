import type { Account } from '../account.js';
import { argument, type Call, callerId, objectArgument, type Service } from '../call.js';
import { findEntry } from '../entries/entry.js';
import { storeText } from '../entries/texts.js';
import { ApiError } from '../errors.js';
import { byText, listRows } from '../rows.js';
import { checkInsert, checkUpdate, requireProperties, typeOf } from '../validation.js';
import { type Fields, int, part, text } from '../values.js';

const FIRST_INT_ID = 25;
const STATUS = { ready: 1, deleted: 2, pending: 4 } as const;
const ROOT = '0';
const ANNOTATION = 'KalturaAnnotation';

/** What the server calls each class, and the properties it adds to it. */
const KINDS: Record<string, { type: string; defaults(sent: Fields): Fields; required?: string[]; status?: number }> = {
  [ANNOTATION]: {
    type: 'annotation.Annotation',
    defaults: (sent) => ({
      parentId: ROOT,
      depth: 0,
      childrenCount: 0,
      directChildrenCount: 0,
      isPublic: false,
      searchableOnEntry: true,
      ...durationOf(sent, int(sent, 'endTime')),
    }),
  },
  KalturaCodeCuePoint: {
    type: 'codeCuePoint.Code',
    required: ['code'],
    defaults: (sent) => ({ endTime: 0, duration: 0, ...durationOf(sent, int(sent, 'endTime')) }),
  },
  KalturaThumbCuePoint: { type: 'thumbCuePoint.Thumb', status: STATUS.pending, defaults: () => ({}) },
  KalturaEventCuePoint: { type: 'eventCuePoint.Event', defaults: () => ({}) },
  KalturaAdCuePoint: {
    type: 'adCuePoint.Ad',
    defaults: (sent) => {
      const start = int(sent, 'startTime') ?? 0;
      const end = int(sent, 'endTime') ?? start + (int(sent, 'duration') ?? 0);
      return { endTime: end, duration: end - start };
    },
  },
};

/** Everybody may see these of everybody. */
const OPEN_TYPES = new Set(['codeCuePoint.Code', 'thumbCuePoint.Thumb', 'adCuePoint.Ad']);

function durationOf(sent: Fields, end: number | undefined): Fields {
  return end === undefined ? {} : { duration: end - (int(sent, 'startTime') ?? 0) };
}

function find(account: Account, id: string): Fields {
  const cuePoint = account.store.table('cuePoints').get(id);
  if (!cuePoint) throw new ApiError('INVALID_CUE_POINT_ID', { ID: id });
  return cuePoint;
}

/** Counts a new annotation at its parents and gives its depth. */
function attachToParent(account: Account, parentId: string): number {
  const parent = account.store.table('cuePoints').get(parentId);
  if (!parent) throw new ApiError('PARENT_ANNOTATION_NOT_FOUND', { CUE_POINT_ID: parentId });
  parent.directChildrenCount = (int(parent, 'directChildrenCount') ?? 0) + 1;
  for (
    let one: Fields | undefined = parent;
    one;
    one = account.store.table('cuePoints').get(text(one, 'parentId') ?? '')
  ) {
    one.childrenCount = (int(one, 'childrenCount') ?? 0) + 1;
  }
  return (int(parent, 'depth') ?? 0) + 1;
}

/** A system name is there once in an entry, so that a repeated add makes nothing new. */
function checkSystemName(account: Account, sent: Fields): void {
  const name = text(sent, 'systemName') ?? '';
  if (name === '') return;
  const all = [...account.store.table('cuePoints').values()];
  const known = all.find((one) => one.systemName === name && one.entryId === sent.entryId);
  if (known) throw new ApiError('CUE_POINT_SYSTEM_NAME_EXISTS', { NAME: name, ID: String(known.id) });
}

function add(args: Fields, call: Call, name: string): Fields {
  const { account, now } = call;
  const sent = objectArgument(args, name);
  const type = typeOf(sent);
  if (call.session?.isWidget) throw new ApiError('PROPERTY_VALIDATION_NO_INSERT_PERMISSION', { PROP: type });
  const kind = KINDS[type];
  checkInsert(sent);
  requireProperties(sent, ['entryId', ...(kind?.required ?? [])]);
  findEntry(account, text(sent, 'entryId') ?? '');
  checkSystemName(account, sent);
  const parentId = text(sent, 'parentId') ?? ROOT;
  const depth = type === ANNOTATION && parentId !== ROOT ? attachToParent(account, parentId) : 0;
  const id = account.newId();
  const cuePoint: Fields = {
    startTime: 0,
    userId: callerId(call),
    ...sent,
    ...(kind?.defaults(sent) ?? {}),
    ...onlyGiven(sent, ['endTime', 'isPublic', 'searchableOnEntry', 'parentId']),
    id,
    intId: account.store.next('cuePoint', FIRST_INT_ID),
    cuePointType: kind?.type,
    status: kind?.status ?? STATUS.ready,
    partnerId: account.partnerId,
    createdAt: now,
    updatedAt: now,
    isMomentary: false,
  };
  if (type === ANNOTATION) cuePoint.depth = depth;
  if (typeof cuePoint.text === 'string') cuePoint.text = storeText(cuePoint.text);
  // The kind of an event is not read from what was sent.
  if (type === 'KalturaEventCuePoint') cuePoint.eventType = 0;
  for (const number of ['adType', 'protocolType', 'subType'])
    if (cuePoint[number] !== undefined) cuePoint[number] = Number(cuePoint[number]);
  account.store.table('cuePoints').set(id, cuePoint);
  return { ...cuePoint };
}

function onlyGiven(sent: Fields, names: string[]): Fields {
  return Object.fromEntries(names.filter((name) => sent[name] !== undefined).map((name) => [name, sent[name]]));
}

function update(args: Fields, { account, now }: Call, name: string): Fields {
  const cuePoint = find(account, argument(args, 'id'));
  const sent = objectArgument(args, name);
  if (sent.entryId !== undefined && sent.entryId !== cuePoint.entryId) throw new ApiError('CANNOT_UPDATE_ENTRY_ID');
  checkUpdate(sent, cuePoint);
  for (const [property, value] of Object.entries(sent)) {
    if (value === null) delete cuePoint[property];
    else if (value !== undefined && property !== 'objectType')
      cuePoint[property] = typeof value === 'string' ? storeText(value) : value;
  }
  cuePoint.updatedAt = now;
  return { ...cuePoint };
}

function list(args: Fields, { account, session }: Call): Fields {
  const filter = part(args, 'filter') ?? {};
  if (!['idEqual', 'idIn', 'entryIdEqual', 'entryIdIn'].some((name) => filter[name] !== undefined)) {
    const type = typeOf(filter) || 'KalturaCuePointFilter';
    const names = ['idEqual', 'idIn', 'entryIdEqual', 'entryIdIn'].map((name) => `${type}::${name}`);
    throw new ApiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: names.join('/') });
  }
  const onlyAnnotations = typeOf(filter) === 'KalturaAnnotationFilter';
  const userId = session?.userId ?? '';
  return listRows(account, 'cuePoints', 'KalturaCuePoint', args, {
    visible: (row) =>
      (!onlyAnnotations || row.objectType === ANNOTATION) &&
      (session?.isAdmin === true ||
        row.userId === userId ||
        row.isPublic === 1 ||
        row.isPublic === true ||
        OPEN_TYPES.has(String(row.cuePointType))),
    own: {
      userIdEqualCurrent: () => (row) => row.userId === userId,
      isPublicEqual: (wanted) => (row) => (row.isPublic === 1 || row.isPublic === true) === (wanted === 1),
    },
    order: byText('id'),
  });
}

/** The cue point service, and the annotation service that is the same under another parameter name. */
function createService(name: string): Service {
  return {
    add: (args, call) => add(args, call, name),
    get: (args, { account }) => ({ ...find(account, argument(args, 'id')) }),
    update: (args, call) => update(args, call, name),
    updateStatus: (args, { account, now }) => {
      Object.assign(find(account, argument(args, 'id')), { status: int(args, 'status'), updatedAt: now });
    },
    delete: (args, { account }) => {
      const id = argument(args, 'id');
      find(account, id);
      account.store.table('cuePoints').delete(id);
    },
    list,
    count: (args, call) => int(list(args, call), 'totalCount'),
  };
}

export const cuePoint = createService('cuePoint');
export const annotation = createService('annotation');
