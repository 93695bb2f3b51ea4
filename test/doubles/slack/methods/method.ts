import type { JsonObject } from '../../json.js';
import type { Platform, Token, Workspace } from '../platform.js';

/** One authorised call, its arguments read by the contract. */
export interface Call {
  platform: Platform;
  workspace: Workspace;
  token: Token;
  method: string;
  args: JsonObject;
}

export type Method = (call: Call) => JsonObject;

/** A method that needs no token. */
export type OpenMethod = (platform: Platform, args: JsonObject) => JsonObject;
