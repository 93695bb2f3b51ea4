import { isObject, type JsonObject } from '../../json.js';

/** What may stand where any element, any action or a card may stand. */
export interface Grammar {
  elements: Record<string, Check>;
  actions: Record<string, Check>;
  /** A card inside a card. */
  card: Check;
}

/** A place inside a card, the grammar it is read by, and whom to tell. */
export interface Spot {
  readonly path: string;
  readonly grammar: Grammar;
  report(message: string): void;
  at(key: string | number): Spot;
}

export type Check = (value: unknown, spot: Spot) => void;
type Rule = (value: JsonObject, spot: Spot) => void;

/** Makes the root spot that appends `path: message` to the list for every broken rule. */
export function startAt(path: string, grammar: Grammar, issues: string[]): Spot {
  return {
    path,
    grammar,
    report: (message) => void issues.push(`${path}: ${message}`),
    at: (key) => startAt(`${path}/${key}`, grammar, issues),
  };
}

/** Checks an object with required and optional fields, refuses all others, then applies rules across fields. */
export function shape(required: Record<string, Check>, optional: Record<string, Check> = {}, ...rules: Rule[]): Check {
  return (value, spot) => {
    if (!isObject(value)) {
      spot.report('must be an object');
      return;
    }
    for (const [key, check] of Object.entries(required)) {
      if (value[key] === undefined) spot.report(`${key} is missing`);
      else check(value[key], spot.at(key));
    }
    for (const [key, check] of Object.entries(optional)) {
      if (value[key] !== undefined) check(value[key], spot.at(key));
    }
    for (const key of Object.keys(value)) {
      if (value[key] !== undefined && !Object.hasOwn(required, key) && !Object.hasOwn(optional, key)) {
        spot.report(`unknown property ${key}`);
      }
    }
    for (const rule of rules) rule(value, spot);
  };
}

/** Checks a string that is not empty. */
export const text: Check = (value, spot) => {
  if (typeof value !== 'string' || value === '') spot.report('must be a text that is not empty');
};

/** Checks a string, empty or not. */
export const anyText: Check = (value, spot) => {
  if (typeof value !== 'string') spot.report('must be a text');
};

/** Checks a string against a pattern, telling `what` it should have been. */
export function matching(pattern: RegExp, what: string): Check {
  return (value, spot) => {
    if (typeof value !== 'string' || !pattern.test(value)) spot.report(`must be ${what}`);
  };
}

/** Checks one of a closed list; the schema forgives the case of letters. */
export function oneOf(...allowed: string[]): Check {
  const known = new Set(allowed.map((one) => one.toLowerCase()));
  return (value, spot) => {
    if (typeof value !== 'string' || !known.has(value.toLowerCase())) {
      spot.report(`must be one of ${allowed.join(', ')}`);
    }
  };
}

export const boolean: Check = (value, spot) => {
  if (typeof value !== 'boolean') spot.report('must be true or false');
};

export const number: Check = (value, spot) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) spot.report('must be a number');
};

export const anything: Check = () => undefined;

/** Checks an object whose fields are nobody's business. */
export const plainObject: Check = (value, spot) => {
  if (!isObject(value)) spot.report('must be an object');
};

/** Checks a list of at least `least` items, each by the same check. */
export function list(item: Check, least = 0): Check {
  return (value, spot) => {
    if (!Array.isArray(value)) {
      spot.report('must be a list');
      return;
    }
    if (value.length < least) spot.report(`needs at least ${least} items`);
    for (const [index, entry] of value.entries()) item(entry, spot.at(index));
  };
}

/** Accepts what one of the checks accepts; otherwise reports `what` it should have been. */
export function either(what: string, ...checks: Check[]): Check {
  return (value, spot) => {
    const passes = checks.some((check) => {
      const issues: string[] = [];
      check(value, startAt('', spot.grammar, issues));
      return issues.length === 0;
    });
    if (!passes) spot.report(`must be ${what}`);
  };
}

/** Picks the check by the value's `type`; what is not in the table is not allowed at this place. */
function byType(table: Record<string, Check>, value: unknown, spot: Spot): void {
  if (!isObject(value)) {
    spot.report('must be an object');
    return;
  }
  const { type } = value;
  const check = typeof type === 'string' && Object.hasOwn(table, type) ? table[type] : undefined;
  if (check === undefined) spot.report(`type ${String(type)} is not allowed here`);
  else check(value, spot);
}

export const anyElement: Check = (value, spot) => byType(spot.grammar.elements, value, spot);
export const anyAction: Check = (value, spot) => byType(spot.grammar.actions, value, spot);
export const innerCard: Check = (value, spot) => spot.grammar.card(value, spot);
