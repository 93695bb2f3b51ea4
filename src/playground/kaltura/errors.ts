import { findError } from './schema.js';
import type { Fields } from './values.js';

/** An error as the API answers it: HTTP 200 with a code, a message and its arguments. */
export class ApiError extends Error {
  readonly code: string;
  readonly args: Record<string, string>;

  constructor(code: string, args: Record<string, string> = {}) {
    const template = findError(code) ?? '';
    super(template.replace(/@(\w+)@/g, (whole, name: string) => args[name] ?? whole));
    this.code = code;
    this.args = args;
  }
}

/** Gives the body of an API error; without arguments `args` is an empty array, as PHP encodes an empty map. */
export function describeError(error: ApiError): Fields {
  return {
    code: error.code,
    message: error.message,
    objectType: 'KalturaAPIException',
    args: Object.keys(error.args).length === 0 ? [] : { ...error.args },
  };
}

/** Refuses a session; `reason` is a word such as EXPIRED or the unreadable session itself. */
export function invalidKs(reason: string, code = '-1', description = 'INVALID_STR'): ApiError {
  return new ApiError('INVALID_KS', { KSID: reason, ERR_CODE: code, ERR_DESC: description });
}

/** Says that an entry is unknown, deleted or of another account. */
export function entryNotFound(id: string): ApiError {
  return new ApiError('ENTRY_ID_NOT_FOUND', { ENTRY_ID: id });
}

/** Says that an object property must be given. */
export function cannotBeNull(type: string, property: string): ApiError {
  return new ApiError('PROPERTY_VALIDATION_CANNOT_BE_NULL', { PROP_NAME: `${type}::${property}` });
}

/** Answers what the server answers when it fails itself; the spelling is its own. */
export function internalError(): ApiError {
  return new ApiError('INTERNAL_SERVERL_ERROR');
}

/** Gives the code of a system error such as ENOENT; undefined for anything else. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}
