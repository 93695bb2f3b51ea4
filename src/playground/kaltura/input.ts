import { ApiError } from './errors.js';
import {
  type ActionSchema,
  findEnum,
  isAbstract,
  isKindOf,
  isObjectType,
  memberType,
  type Parameter,
  type Property,
  propertiesOf,
} from './schema.js';
import { type Fields, isFields, type Value } from './values.js';

/** Below this many seconds a time is relative to now. */
const RELATIVE_BELOW = 10 * 365 * 24 * 3600;
const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SCALARS = new Set(['int', 'bigint', 'float', 'bool', 'string', 'file']);

/** Types the parameters of a call by the action's schema: casts, enumerations, objects. `now` is unix seconds. */
export function readArguments(action: ActionSchema, params: Fields, now: number): Fields {
  const args: Fields = {};
  for (const parameter of action.params) {
    const raw = params[parameter.name];
    if (raw === undefined || raw === null) {
      if (!parameter.optional) throw new ApiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: parameter.name });
      const fallback = defaultOf(parameter);
      if (fallback !== undefined) args[parameter.name] = fallback;
      continue;
    }
    args[parameter.name] = SCALARS.has(parameter.type)
      ? readScalar(parameter, raw, parameter.name, now)
      : readTopObject(parameter, raw, now);
  }
  return args;
}

function defaultOf(parameter: Parameter): Value | undefined {
  const { default: fallback, type } = parameter;
  if (fallback === undefined) return undefined;
  if (type === 'int' || type === 'bigint' || type === 'float') return fallback === '' ? undefined : Number(fallback);
  return type === 'bool' ? fallback === 'true' : fallback;
}

function readTopObject(parameter: Parameter, raw: Value, now: number): Value {
  if (typeof raw !== 'object' || raw === null) throw wrongFormat(parameter.name);
  const member = memberType(parameter.type);
  if (member !== undefined) return readArray(member, raw, parameter.name, now);
  return isFields(raw) ? readObject(parameter.type, raw, parameter.name, now) : { objectType: parameter.type };
}

const wrongFormat = (path: string) =>
  new ApiError('PROPERTY_VALIDATION_WRONG_FORMAT', { PROP_NAME: path, FORMAT: 'array' });

/** Types an object by the class it names, or by the declared one when that is unknown or unrelated. */
function readObject(declared: string, raw: Fields, path: string, now: number): Fields {
  const named = raw.objectType;
  const type = typeof named === 'string' && isKindOf(named, declared) ? named : declared;
  if (isAbstract(type)) throw new ApiError('OBJECT_TYPE_ABSTRACT', { OBJ_TYPE: type });
  const object: Fields = { objectType: type };
  for (const property of propertiesOf(type)) {
    if (Object.hasOwn(raw, `${property.name}__null`)) {
      object[property.name] = null;
      continue;
    }
    const value = raw[property.name];
    if (value === undefined) continue;
    const typed = readProperty(property, value, `${path}:${property.name}`, now);
    if (typed !== undefined) object[property.name] = typed;
  }
  return object;
}

function readProperty(property: Property, raw: Value, path: string, now: number): Value | undefined {
  if (SCALARS.has(property.type)) {
    if (raw === null && property.multiLingual) throw new ApiError('WRONG_REQUEST_LANGUAGE', { LANGUAGE: 'N/A' });
    if (raw === null && property.time) return undefined;
    return readScalar(property, raw, path, now);
  }
  // A nested object or list that is given as a scalar is left out without a word.
  if (typeof raw !== 'object' || raw === null) return undefined;
  const member = memberType(property.type);
  if (member !== undefined) return readArray(member, raw, path, now);
  return isFields(raw) && isObjectType(property.type) ? readObject(property.type, raw, path, now) : undefined;
}

function readArray(member: string, raw: Value[] | Fields, path: string, now: number): Value {
  const list = Array.isArray(raw) ? raw : Object.values(raw);
  return list.filter(isFields).map((item, index) => readObject(member, item, `${path}:${index}`, now));
}

type Scalar = Pick<Property, 'name' | 'type' | 'enumType' | 'time' | 'multiLingual'>;

function readScalar(declared: Scalar, raw: Value, path: string, now: number): Value {
  if (typeof raw === 'object' && raw !== null) throw wrongFormat(path);
  if (declared.enumType !== undefined) return readEnum(declared, raw);
  switch (declared.type) {
    case 'int':
    case 'bigint':
      return declared.time ? toTime(toInt(raw), now) : toInt(raw);
    case 'float':
      return toFloat(raw);
    case 'bool':
      return toBool(raw);
    default:
      return checkCharacters(toText(raw), declared.name);
  }
}

function readEnum(declared: Scalar, raw: string | number | boolean | null): Value {
  const known = findEnum(declared.enumType);
  let value = raw;
  if (declared.type === 'int') {
    if (value === null) value = 0;
    if (value === true || value === 'true') value = 1;
    if (value === false || value === 'false') value = 0;
  } else if (value === null) return '';
  const word = toText(value);
  if (known && !known.values.includes(word)) {
    throw new ApiError('INVALID_ENUM_VALUE', {
      ENUM_VAL: word,
      PARAM_NAME: declared.name,
      ENUM_TYPE: declared.enumType ?? '',
    });
  }
  return declared.type === 'int' ? Number(word) : word;
}

function toTime(seconds: number, now: number): number | null {
  if (seconds === -1) return null;
  return seconds < RELATIVE_BELOW ? now + seconds : seconds;
}

function toFloat(raw: string | number | boolean | null): number {
  if (typeof raw === 'number') return raw;
  if (typeof raw === 'boolean') return raw ? 1 : 0;
  const number = Number.parseFloat(raw ?? '');
  return Number.isNaN(number) ? 0 : number;
}

const toInt = (raw: string | number | boolean | null) => Math.trunc(toFloat(raw));

function toBool(raw: string | number | boolean | null): boolean {
  if (typeof raw === 'string') return raw !== '' && raw !== '0' && raw.toLowerCase() !== 'false';
  return Boolean(raw);
}

function toText(raw: string | number | boolean | null): string {
  if (raw === null || raw === false) return '';
  return raw === true ? '1' : String(raw);
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 32 && code !== TAB && code !== NEWLINE && code !== RETURN;
}

function checkCharacters(value: string, name: string): string {
  if ([...value].some(isControl)) throw new ApiError('INVALID_PARAMETER_CHAR', { XML_FIELD: name });
  return value;
}
