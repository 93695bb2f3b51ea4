import type { JsonObject } from '../json.js';
import { describeIssues, type Issue } from './blocks/index.js';

/** A refusal in Slack's words: HTTP 200 with ok false and this code. */
export class ApiError extends Error {
  readonly code: string;
  readonly extra: JsonObject;
  constructor(code: string, extra: JsonObject = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.extra = extra;
  }
}

/** Refuses arguments, in the words of response_metadata.messages. */
export function invalidArguments(...messages: string[]): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: { messages } });
}

/** Refuses message blocks. */
export function invalidBlocks(issues: Issue[]): ApiError {
  const messages = describeIssues(issues);
  return new ApiError('invalid_blocks', {
    errors: messages.map((message) => message.replace('[ERROR] ', '')),
    response_metadata: { messages },
  });
}
