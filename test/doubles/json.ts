export type JsonObject = { [key: string]: unknown };

/** Tells a JSON object from an array, null and the scalars. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the string under a key, or undefined when it is absent or of another type. */
export function stringAt(object: JsonObject, key: string): string | undefined {
  const value = object[key];
  return typeof value === 'string' ? value : undefined;
}

/** Returns the object under a key, or undefined when it is absent or of another type. */
export function objectAt(object: JsonObject, key: string): JsonObject | undefined {
  const value = object[key];
  return isObject(value) ? value : undefined;
}

/** Returns the objects in the list under a key; anything else counts as an empty list. */
export function objectsAt(object: JsonObject, key: string): JsonObject[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Returns the strings in the list under a key; anything else counts as an empty list. */
export function stringsAt(object: JsonObject, key: string): string[] {
  const value = object[key];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Parses JSON text, or returns undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Copies plain JSON data, so that stored state and what callers hold never share a reference. */
export function copyJson<T>(value: T): T {
  // JSON and not structuredClone: jest runs tests in a realm of their own, whose objects a clone would leave.
  const copy: T = JSON.parse(JSON.stringify(value));
  return copy;
}
