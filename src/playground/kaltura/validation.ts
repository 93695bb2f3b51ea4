import { ApiError, cannotBeNull } from './errors.js';
import { type Property, propertiesOf } from './schema.js';
import { type Fields, text } from './values.js';

/** Gives the class an object was sent as. */
export function typeOf(object: Fields): string {
  return text(object, 'objectType') ?? '';
}

const qualify = (object: Fields, property: string) => `${typeOf(object)}::${property}`;

function refuse(object: Fields, property: string): ApiError {
  return new ApiError('PROPERTY_VALIDATION_NOT_UPDATABLE', { PROP_NAME: qualify(object, property) });
}

function checkBounds(object: Fields, property: Property): void {
  const value = object[property.name];
  const prop = { PROP_NAME: qualify(object, property.name) };
  if (typeof value === 'string') {
    if (property.minLength !== undefined && value.length < property.minLength) {
      throw new ApiError('PROPERTY_VALIDATION_MIN_LENGTH', { ...prop, MIN_LEN: String(property.minLength) });
    }
    if (property.maxLength !== undefined && value.length > property.maxLength) {
      throw new ApiError('PROPERTY_VALIDATION_MAX_LENGTH', { ...prop, MAX_LEN: String(property.maxLength) });
    }
  }
  if (typeof value === 'number') {
    if (property.minValue !== undefined && value < property.minValue) {
      throw new ApiError('PROPERTY_VALIDATION_MIN_VALUE', { ...prop, MIN_VALUE: String(property.minValue) });
    }
    if (property.maxValue !== undefined && value > property.maxValue) {
      throw new ApiError('PROPERTY_VALIDATION_MAX_VALUE', { ...prop, MAX_VALUE: String(property.maxValue) });
    }
  }
}

/** Checks an object that is to be added: read-only properties are refused, lengths and ranges hold. */
export function checkInsert(object: Fields): void {
  for (const property of propertiesOf(typeOf(object))) {
    if (object[property.name] === undefined || object[property.name] === null) continue;
    if (property.readonly && property.name !== 'id') throw refuse(object, property.name);
    checkBounds(object, property);
  }
}

/**
 * Checks the properties that are to replace those of `current` (an object as the API answers it). Read-only and
 * insert-only ones may come back only when they are the very same value, and an enumeration that is declared as text
 * but answered as a number never is.
 */
export function checkUpdate(object: Fields, current: Fields): void {
  for (const property of propertiesOf(typeOf(object))) {
    const value = object[property.name];
    if (value === undefined || value === null) continue;
    if ((property.readonly || property.insertonly) && value !== current[property.name]) {
      throw refuse(object, property.name);
    }
    checkBounds(object, property);
  }
}

/** Requires properties of an object that is to be added. */
export function requireProperties(object: Fields, names: string[]): void {
  for (const name of names) {
    if (object[name] === undefined || object[name] === null) throw cannotBeNull(typeOf(object), name);
  }
}
