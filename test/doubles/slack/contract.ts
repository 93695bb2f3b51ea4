import { readFileSync } from 'node:fs';
import { isObject, type JsonObject, objectAt, parseJson, stringAt, stringsAt } from '../json.js';
import type { Tier } from './limits.js';

type ArgumentType = 'string' | 'boolean' | 'integer' | 'number' | 'array' | 'object';

export interface MethodContract {
  scopes: string[];
  tier: Tier | null;
  /** Whether the method takes a JSON body. */
  json: boolean;
  required: string[];
  /** Argument types; null where Slack takes several. */
  args: Record<string, ArgumentType | null>;
  errors: Set<string>;
}

const TIERS: readonly Tier[] = ['t1', 't2', 't3', 't4', 't5'];
const TYPES: readonly ArgumentType[] = ['string', 'boolean', 'integer', 'number', 'array', 'object'];

/** Arguments that hold JSON, sent as text in a form. */
const STRUCTURED = new Set([
  ...['blocks', 'attachments', 'metadata', 'view', 'unfurls', 'user_auth_blocks', 'files', 'message', 'file_ids'],
  'unfurled_attachments',
]);
/** Arguments every method takes beside its own. */
const COMMON = new Set(['token', 'team_id']);

/** Reads the distilled Web API contract: methods, arguments, scopes, tiers and error codes. */
export function readContract(): Map<string, MethodContract> {
  const parsed = parseJson(readFileSync(new URL('../../fixtures/slack/contract.json', import.meta.url), 'utf8'));
  const root = isObject(parsed) ? parsed : {};
  const common = stringsAt(root, 'commonErrors');
  const methods = objectAt(root, 'methods') ?? {};
  return new Map(
    Object.entries(methods).map(([name, value]) => {
      if (!isObject(value)) throw new Error(`contract of ${name} is not an object`);
      return [name, readMethod(value, common)];
    }),
  );
}

function readMethod(value: JsonObject, common: string[]): MethodContract {
  const args = Object.entries(objectAt(value, 'args') ?? {}).map(([key, type]): [string, ArgumentType | null] => [
    key,
    TYPES.find((known) => known === type) ?? null,
  ]);
  return {
    scopes: stringsAt(value, 'scopes'),
    tier: TIERS.find((tier) => tier === stringAt(value, 'tier')) ?? null,
    json: value.json === true,
    required: stringsAt(value, 'required'),
    args: Object.fromEntries(args),
    errors: new Set([...common, ...stringsAt(value, 'errors')]),
  };
}

export interface ReadArguments {
  args: JsonObject;
  /** Broken arguments in the words of response_metadata.messages. */
  messages: string[];
  /** Arguments the method does not know. */
  unknown: string[];
}

/** Reads raw arguments by the contract: JSON text is parsed, types are checked, required ones are demanded. */
export function readArguments(contract: MethodContract, raw: JsonObject, fromForm: boolean): ReadArguments {
  const read: ReadArguments = { args: {}, messages: [], unknown: [] };
  for (const [key, value] of Object.entries(raw)) {
    const known = Object.hasOwn(contract.args, key);
    if (!known && !COMMON.has(key)) read.unknown.push(key);
    const type = contract.args[key] ?? null;
    const converted = convert(key, value, type, fromForm);
    if (converted.problem !== undefined) read.messages.push(`[ERROR] ${converted.problem} [json-pointer:/${key}]`);
    else read.args[key] = converted.value;
  }
  for (const key of contract.required) {
    if (raw[key] === undefined || raw[key] === null || raw[key] === '') {
      read.messages.push(`[ERROR] missing required field: ${key} [json-pointer:/${key}]`);
    }
  }
  return read;
}

type Converted = { value?: unknown; problem?: string };

function convert(key: string, value: unknown, type: ArgumentType | null, fromForm: boolean): Converted {
  if (STRUCTURED.has(key)) {
    if (typeof value !== 'string') return { value };
    const parsed = parseJson(value);
    // Text that is not JSON stays text: chat methods answer it with their own format errors.
    return { value: parsed === undefined ? value : parsed };
  }
  if (type === null) return { value };
  if (typeof value === 'string' && (fromForm || type === 'array' || type === 'object')) return fromText(value, type);
  const fits =
    type === 'array'
      ? Array.isArray(value)
      : type === 'object'
        ? isObject(value)
        : type === 'integer'
          ? Number.isInteger(value)
          : typeof value === type;
  return fits ? { value } : { problem: `must be a ${type}` };
}

function fromText(text: string, type: ArgumentType): Converted {
  switch (type) {
    case 'string':
      return { value: text };
    case 'boolean':
      if (['true', '1'].includes(text)) return { value: true };
      return ['false', '0', ''].includes(text) ? { value: false } : { problem: 'must be a boolean' };
    case 'integer':
      return /^-?\d+$/.test(text) ? { value: Number(text) } : { problem: 'must be an integer' };
    case 'number':
      return text !== '' && Number.isFinite(Number(text)) ? { value: Number(text) } : { problem: 'must be a number' };
    case 'array': {
      const parsed = parseJson(text);
      return Array.isArray(parsed) ? { value: parsed } : { problem: 'must be an array' };
    }
    case 'object': {
      const parsed = parseJson(text);
      return isObject(parsed) ? { value: parsed } : { problem: 'must be an object' };
    }
    default: {
      const never: never = type;
      throw new Error(`unknown argument type ${String(never)}`);
    }
  }
}
