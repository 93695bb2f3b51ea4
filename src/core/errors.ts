/** What went wrong, in the few kinds that a caller decides by. */
export type ErrorCode =
  | 'invalid'
  | 'not_found'
  | 'refused'
  | 'forbidden'
  | 'busy'
  | 'unavailable'
  | 'outcome_unknown'
  | 'misconfigured'
  | 'cannot_post'
  | 'bug';

/** The one error class of the product: what happened (message) and what to do now (hint), in words for a person. */
export class BotError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  /** Milliseconds after which a busy service takes the same again, where it said so. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, message: string, hint: string, cause?: unknown, retryAfter?: number) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BotError';
    this.code = code;
    this.hint = hint;
    this.retryAfter = retryAfter;
  }
}

/** What is wrong with one field of a command or form; field is the parameter's name. */
export interface FieldIssue {
  readonly field: string;
  readonly message: string;
}
