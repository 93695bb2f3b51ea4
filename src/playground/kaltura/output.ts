import { findProperty, propertiesOf } from './schema.js';
import { type Fields, int, isFields, items, members, text, type Value } from './values.js';

/** Which properties an answer shall hold. */
export interface Profile {
  include: Set<string> | undefined;
  exclude: Set<string>;
}

const INCLUDE_FIELDS = 1;
const EXCLUDE_FIELDS = 2;
/** Properties that an INCLUDE_FIELDS profile cannot leave out: the class of an entry hangs on its type. */
const ALWAYS: Record<string, string> = { KalturaBaseEntry: 'type' };

/** Reads a KalturaDetachedResponseProfile; undefined when nothing is to be left out. */
export function readProfile(raw: Value | undefined): Profile | undefined {
  if (!isFields(raw)) return undefined;
  const names = new Set(members(text(raw, 'fields')));
  const type = int(raw, 'type');
  if (type === INCLUDE_FIELDS) return { include: names, exclude: new Set() };
  return type === EXCLUDE_FIELDS ? { include: undefined, exclude: names } : undefined;
}

/** Gives the related profiles of a response profile. */
export function relatedProfiles(raw: Value | undefined): Fields[] {
  return isFields(raw) ? items(raw, 'relatedProfiles').filter(isFields) : [];
}

function isWanted(name: string, type: string, profile: Profile | undefined): boolean {
  if (!profile) return true;
  if (profile.exclude.has(name)) return false;
  if (!profile.include || profile.include.has(name)) return true;
  return name === ALWAYS.KalturaBaseEntry && findProperty(type, 'moderationStatus') !== undefined;
}

/**
 * Gives a result as the API answers it: only properties that the class has, inherited ones first, no nulls,
 * `objectType` last. A profile applies to the objects of a list, not to the list itself.
 */
export function describeResult(value: Value | undefined, profile?: Profile): Value {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map((item) => describeResult(item, profile));
  if (!isFields(value)) return value;
  const type = text(value, 'objectType');
  if (type === undefined) return describeMap(value);
  return type.endsWith('ListResponse') ? describeList(value, type, profile) : describeObject(value, type, profile);
}

function describeMap(value: Fields): Fields {
  const map: Fields = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined && item !== null) map[key] = describeResult(item);
  }
  return map;
}

function describeList(list: Fields, type: string, profile: Profile | undefined): Fields {
  const objects = items(list, 'objects').map((item) => describeResult(item, profile));
  return { totalCount: int(list, 'totalCount') ?? objects.length, objects, objectType: type };
}

function describeObject(object: Fields, type: string, profile: Profile | undefined): Fields {
  const answer: Fields = {};
  if (object.relatedObjects) answer.relatedObjects = describeResult(object.relatedObjects);
  for (const { name, writeonly, enumType } of propertiesOf(type)) {
    const value = object[name];
    if (value === undefined || value === null || writeonly || !isWanted(name, type, profile)) continue;
    // Three-valued truths are declared as an enumeration and answered as true or false.
    answer[name] = enumType === 'KalturaNullableBoolean' ? value === true || value === 1 : describeResult(value);
  }
  answer.objectType = type;
  return answer;
}
