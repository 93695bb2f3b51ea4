import type { Call } from '../call.js';
import { buildFilter, buildOrder, cutPage } from '../filter.js';
import { propertiesOf } from '../schema.js';
import { hasPrivilege, privilege } from '../session.js';
import type { Entry } from '../store.js';
import { type Fields, int, isFields, items, members, part, text, type Value } from '../values.js';
import { DISPLAY_RECYCLED, DISPLAY_SYSTEM, ENTRY_TYPE, STATUS } from './entry.js';

const ORDERED = new Set(propertiesOf('KalturaLiveStreamEntry').map(({ name }) => name));
const words = (value: string) => value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** An order that also leaves out what is not available yet. */
const RECENT = 'recent';

type Test = (fields: Fields) => boolean;

function hasAllWords(fields: Fields, names: string[], wanted: Value): boolean {
  const present = new Set(names.flatMap((name) => words(text(fields, name) ?? '')));
  return words(String(wanted)).every((word) => present.has(word));
}

const TEXTS = ['name', 'description', 'tags', 'adminTags'];

/** Filter properties that do not ask for a property of the same name. */
function ownTests(call: Call, filter: Fields): Record<string, (wanted: Value) => Test | undefined> {
  const { entries } = call.account.store;
  const anyOf = (names: string[]) => (wanted: Value) => (fields: Fields) =>
    members(String(wanted)).some((one) => names.some((name) => hasAllWords(fields, [name], one)));
  return {
    idEqual: () => undefined,
    idIn: () => undefined,
    typeEqual: () => undefined,
    typeIn: () => undefined,
    rootEntryIdEqual: (wanted) => (fields) => fields.rootEntryId === wanted && fields.id !== wanted,
    rootEntryIdIn: (wanted) => (fields) =>
      members(String(wanted)).includes(String(fields.rootEntryId)) && fields.rootEntryId !== fields.id,
    isLive: (wanted) => (fields) =>
      (entries.get(String(fields.id))?.broadcast?.indexedLive ?? false) === (int({ wanted }, 'wanted') === 1),
    isRecordedEntryIdEmpty: (wanted) => (fields) => !fields.recordedEntryId === (wanted === 1 || wanted === true),
    freeText: (wanted) => (fields) => hasAllWords(fields, [...TEXTS, 'id', 'referenceId'], wanted),
    searchTextMatchOr: (wanted) => (fields) => members(String(wanted)).some((one) => hasAllWords(fields, TEXTS, one)),
    searchTextMatchAnd: (wanted) => (fields) => members(String(wanted)).every((one) => hasAllWords(fields, TEXTS, one)),
    tagsNameMultiLikeOr: anyOf(['tags', 'name']),
    tagsAdminTagsMultiLikeOr: anyOf(['tags', 'adminTags']),
    tagsAdminTagsNameMultiLikeOr: anyOf(['tags', 'adminTags', 'name']),
    categoriesMatchOr: (wanted) => (fields) => members(String(wanted)).some((one) => isInCategory(fields, one)),
    categoriesMatchAnd: (wanted) => (fields) => members(String(wanted)).every((one) => isInCategory(fields, one)),
    categoryAncestorIdIn: (wanted) => categoryTest(call, wanted),
    redirectFromEntryId: (wanted) => {
      const target = entries.get(String(wanted))?.fields.redirectEntryId;
      return (fields) => fields.id === (target ?? wanted);
    },
    advancedSearch: () => advancedTest(call, part(filter, 'advancedSearch') ?? {}),
  };
}

function isInCategory(fields: Fields, fullName: string): boolean {
  const wanted = fullName.toLowerCase();
  return members(text(fields, 'categories')).some(
    (one) => one.toLowerCase() === wanted || one.toLowerCase().startsWith(`${wanted}>`),
  );
}

function categoryTest(call: Call, wanted: Value): Test {
  const ids = new Set(members(String(wanted)));
  const categories = call.account.store.table('categories');
  return (fields) =>
    members(text(fields, 'categoriesIds')).some((id) =>
      (text(categories.get(id) ?? {}, 'fullIds') ?? id).split('>').some((ancestor) => ids.has(ancestor)),
    );
}

/** Reads a search on metadata: all (or any) conditions on elements of the XML of one profile. */
function advancedTest(call: Call, search: Fields): Test | undefined {
  const profileId = int(search, 'metadataProfileId');
  if (profileId === undefined) return undefined;
  const conditions = items(search, 'items')
    .filter(isFields)
    .map((item) => ({
      element: /'([^']+)'\]$/.exec(text(item, 'field') ?? '')?.[1] ?? '',
      value: text(item, 'value') ?? '',
    }));
  const how = int(search, 'type') === 2 ? 'some' : 'every';
  const matching = new Set<string>();
  for (const metadata of call.account.store.table('metadata').values()) {
    if (int(metadata, 'metadataProfileId') !== profileId) continue;
    const xml = text(metadata, 'xml') ?? '';
    if (conditions[how](({ element, value }) => xml.includes(`<${element}>${value}</${element}>`)))
      matching.add(String(metadata.objectId));
  }
  return (fields) => matching.has(String(fields.id));
}

/** The entries a person may list: all for administrators and `list:*`, else the own and entitled ones. */
function visibilityTest(call: Call): Test | undefined {
  const { session } = call;
  if (!session || session.isAdmin || session.userId === '' || hasPrivilege(session, 'list', '*')) return undefined;
  if (privilege(session, 'disableentitlement') !== undefined) return undefined;
  const { userId } = session;
  return (fields) =>
    fields.userId === userId ||
    ['entitledUsersEdit', 'entitledUsersPublish', 'entitledUsersView'].some((name) =>
      members(text(fields, name)).includes(userId),
    );
}

/** What a list leaves out when its filter does not say otherwise. */
function defaultTests(filter: Fields): Test[] {
  const tests: Test[] = [];
  if (filter.idEqual !== undefined || filter.redirectFromEntryId !== undefined) return tests;
  if (!['statusEqual', 'statusIn', 'statusNotEqual', 'statusNotIn'].some((name) => filter[name] !== undefined)) {
    tests.push((fields) => fields.status === STATUS.ready);
  }
  const asksForDisplay = ['displayInSearchEqual', 'displayInSearchIn', 'idIn', 'parentEntryIdEqual'].some(
    (name) => filter[name] !== undefined,
  );
  if (!asksForDisplay) {
    tests.push(({ displayInSearch }) => displayInSearch !== DISPLAY_SYSTEM && displayInSearch !== DISPLAY_RECYCLED);
  }
  return tests;
}

function typeTest(filter: Fields, type: number | undefined): Test | undefined {
  const wanted = type === undefined ? members(text(filter, 'typeEqual') ?? text(filter, 'typeIn')) : [String(type)];
  return wanted.length === 0 ? undefined : ({ type: own }) => wanted.includes(String(own));
}

function candidates(call: Call, filter: Fields): Iterable<Entry> {
  const { entries } = call.account.store;
  const ids = filter.idEqual !== undefined ? [String(filter.idEqual)] : members(text(filter, 'idIn'));
  if (filter.idEqual === undefined && filter.idIn === undefined) return entries.values();
  return [...new Set(ids)].flatMap((id) => entries.get(id) ?? []).sort((a, b) => a.order - b.order);
}

/** Finds the entries a filter asks for, one page of them. `type` narrows to one kind whatever the filter says. */
export function listEntries(
  call: Call,
  filter: Fields,
  pager: Fields | undefined,
  type?: number,
): { totalCount: number; page: Entry[] } {
  const tests = [
    ...defaultTests(filter),
    visibilityTest(call),
    typeTest(filter, type),
    buildFilter(filter, ownTests(call, filter)),
  ];
  const found: Entry[] = [];
  if (text(filter, 'orderBy') === RECENT) tests.push((fields) => (int(fields, 'startDate') ?? 0) <= call.now);
  for (const entry of candidates(call, filter)) {
    if (tests.every((test) => !test || test(entry.fields))) found.push(entry);
  }
  const orderBy = text(filter, 'orderBy');
  const order = buildOrder(orderBy === RECENT ? '-createdAt' : orderBy, ORDERED);
  if (order) found.sort((a, b) => order(a.fields, b.fields));
  const page = cutPage(found, pager);
  // Without an order the index gives a page of the oldest, and the database answers that page by id.
  if (!order) page.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { totalCount: found.length, page };
}

/** Says whether an entry is of the kind that live actions answer for. */
export function isLiveEntry(entry: Entry): boolean {
  return entry.fields.type === ENTRY_TYPE.live && entry.broadcast !== undefined;
}
