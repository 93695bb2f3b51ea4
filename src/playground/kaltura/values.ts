/** A value as Kaltura's JSON carries it. */
export type Value = string | number | boolean | null | Value[] | Fields;

/** The properties of an API object; a missing property is "not sent", null is "clear it". */
export interface Fields {
  [name: string]: Value | undefined;
}

/** Says whether a value is an object with properties (not an array, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a text property; numbers are given as text, anything else is undefined. */
export function text(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

/** Reads a whole-number property; numeric text is converted, anything else is undefined. */
export function int(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

/** Reads a truth property; 1 and 0 count as true and false. */
export function flag(fields: Fields, name: string): boolean | undefined {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  return value === undefined || value === null ? undefined : value === 1 || value === '1';
}

/** Reads a nested object. */
export function part(fields: Fields, name: string): Fields | undefined {
  const value = fields[name];
  return isFields(value) ? value : undefined;
}

/** Reads an array; a missing one is empty. */
export function items(fields: Fields, name: string): Value[] {
  const value = fields[name];
  return Array.isArray(value) ? value : [];
}

/** Splits a comma list into its trimmed, non-empty members. */
export function members(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((member) => member.trim())
    .filter((member) => member !== '');
}
