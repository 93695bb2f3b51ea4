import type { Account } from './account.js';
import { ApiError } from './errors.js';
import type { Origin, Session } from './session.js';
import type { Fields, Value } from './values.js';

/** One call of an action: where it runs and who asks. */
export interface Call {
  account: Account;
  session: Session | undefined;
  /** The account's time at the start of the call, unix seconds. */
  now: number;
  origin: Origin;
}

/** Does what an action does; its arguments are typed by the schema. Throws ApiError. */
export type Action = (args: Fields, call: Call) => Value | undefined | Promise<Value | undefined>;

/** The actions of a service by name. */
export type Service = Record<string, Action>;

/** Gives a mandatory text argument; the schema has seen to it that it is there. */
export function argument(args: Fields, name: string): string {
  const value = args[name];
  if (value === undefined || value === null || typeof value === 'object') {
    throw new ApiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: name });
  }
  return String(value);
}

/** Gives a mandatory object argument. */
export function objectArgument(args: Fields, name: string): Fields {
  const value = args[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError('MISSING_MANDATORY_PARAMETER', { PARAM_NAME: name });
  }
  return value;
}

/** Gives the user id of the caller; widgets and the media server have none. */
export function callerId(call: Call): string {
  return call.session && !call.session.isMediaServer ? call.session.userId : '';
}
