import { isObject, type JsonObject } from '../../json.js';

export type Surface = 'message' | 'modal' | 'home';

interface Constraint {
  type: string;
  expected: unknown;
  got?: unknown;
}

/** One broken rule in the shape of Slack's blocks.validate; the pointer starts at the validated value. */
export interface Issue {
  pointer: string;
  code: string;
  message: string;
  constraint?: Constraint;
  field?: string;
}

/** A place inside the validated value: where it is, on which surface, and whom to tell. */
export interface Spot {
  pointer: string;
  surface: Surface;
  report(message: string, constraint?: Constraint): void;
  at(key: string | number): Spot;
}

export type Check = (value: unknown, spot: Spot) => void;
export type Rule = (value: JsonObject, spot: Spot) => void;

/** Makes the root spot that appends every broken rule to `issues`. */
export function startAt(pointer: string, surface: Surface, issues: Issue[]): Spot {
  return {
    pointer,
    surface,
    report(message, constraint) {
      const field = pointer.split('/').at(-1);
      issues.push({
        pointer,
        code: 'failed_constraint',
        message,
        ...(constraint === undefined ? {} : { constraint }),
        ...(field === undefined || field === '' ? {} : { field }),
      });
    },
    at: (key) => startAt(`${pointer}/${key}`, surface, issues),
  };
}

/** Checks an object with required and optional fields, refuses all others, then applies rules across fields. */
export function shape(required: Record<string, Check>, optional: Record<string, Check> = {}, ...rules: Rule[]): Check {
  return (value, spot) => {
    if (!isObject(value)) {
      spot.report('must provide an object');
      return;
    }
    for (const [key, check] of Object.entries(required)) {
      if (value[key] === undefined || value[key] === null) spot.at(key).report(`missing required field: ${key}`);
      else check(value[key], spot.at(key));
    }
    for (const [key, check] of Object.entries(optional)) {
      if (value[key] !== undefined) check(value[key], spot.at(key));
    }
    for (const key of Object.keys(value)) {
      if (!(key in required) && !(key in optional)) spot.at(key).report(`invalid additional property: ${key}`);
    }
    for (const rule of rules) rule(value, spot);
  };
}

/** Checks a string of `min` to `max` code points. */
export function string(max: number, min = 1): Check {
  return (value, spot) => {
    if (typeof value !== 'string') {
      spot.report('must provide a string');
      return;
    }
    const length = [...value].length;
    if (length > max)
      spot.report(`must be less than ${max + 1} characters`, { type: 'max_length', expected: max, got: length });
    if (length < min)
      spot.report(`must be more than ${min - 1} characters`, { type: 'min_length', expected: min, got: length });
  };
}

/** Checks a string against a pattern, telling `what` it should have been. */
export function matching(pattern: RegExp, what: string): Check {
  return (value, spot) => {
    if (typeof value !== 'string' || !pattern.test(value)) spot.report(`must be ${what}`);
  };
}

/** Checks an http or https address of at most 3000 characters. */
export const url: Check = (value, spot) => {
  string(3000)(value, spot);
  if (typeof value === 'string' && !/^https?:\/\/[^\s]+$/.test(value)) spot.report('must be a valid URL');
};

/** Checks one of a closed list of strings. */
export function oneOf(...allowed: string[]): Check {
  return (value, spot) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      spot.report('must be one of the allowed values', { type: 'enum', expected: allowed, got: value });
    }
  };
}

/** Checks an integer within bounds. */
export function integer(min: number, max: number): Check {
  return (value, spot) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) spot.report('must provide an integer');
    else if (value < min || value > max) spot.report(`must be between ${min} and ${max}`);
  };
}

/** Checks a real JSON boolean; "true" as text is refused. */
export const boolean: Check = (value, spot) => {
  if (typeof value !== 'boolean') spot.report('must provide a boolean');
};

/** Checks a list of `min` to `max` items, each by the same check. */
export function list(item: Check, max: number, min = 1): Check {
  return (value, spot) => {
    if (!Array.isArray(value)) {
      spot.report('must be an array');
      return;
    }
    if (value.length > max)
      spot.report(`no more than ${max} items allowed`, { type: 'max_items', expected: max, got: value.length });
    if (value.length < min)
      spot.report(`no fewer than ${min} items allowed`, { type: 'min_items', expected: min, got: value.length });
    for (const [index, entry] of value.entries()) item(entry, spot.at(index));
  };
}

/** Picks the check by the value's `type` field; what is not in the table is not supported at this place. */
export function byType(table: Record<string, Check>): Check {
  return (value, spot) => {
    if (!isObject(value)) {
      spot.report('must provide an object');
      return;
    }
    const type = value.type;
    const check = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined;
    if (check !== undefined) check(value, spot);
    else if (type === undefined) spot.at('type').report('missing required field: type');
    else
      spot
        .at('type')
        .report(`unsupported type: ${String(type)}`, { type: 'enum', expected: Object.keys(table), got: type });
  };
}

/** Picks the named checks out of a table, to say what a place accepts. */
export function pick(table: Record<string, Check>, ...names: string[]): Record<string, Check> {
  return Object.fromEntries(
    names.map((name) => {
      const check = table[name];
      if (check === undefined) throw new Error(`no check called ${name}`);
      return [name, check];
    }),
  );
}

/** Accepts anything: used where another check of the same field looks inside. */
export const anything: Check = () => undefined;
