import { z } from 'zod';
import { BotError } from '../../core/errors.js';

/** What came of a request to Teams: its refusal, or no answer, after which a message may stand there or not. */
export type Outcome =
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly code: string;
      readonly retryAfter: number | undefined;
    }
  | { readonly kind: 'silent'; readonly sent: boolean };

/** A request to Teams that failed; codes are those of the connector's JSON, never read from its sentences. */
export class ConnectorError extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome, cause?: unknown) {
    const what = outcome.kind === 'refused' ? `${outcome.status} ${outcome.code}` : 'no answer';
    super(`The connector gave ${what}`, cause === undefined ? undefined : { cause });
    this.name = 'ConnectorError';
    this.outcome = outcome;
  }
}

const usual = z.object({ error: z.object({ code: z.string() }) });
/** How a thread that takes no messages answers: the code stands in JSON within the message. */
const nested = z.object({ errorCode: z.number(), message: z.string() });
const subCode = z.object({ subCode: z.string() });

/** Reads the code in an answer's body; gateways answer in HTML, which has none. */
export function readCode(text: string): string {
  const body = readJson(text);
  const found = usual.safeParse(body);
  if (found.success) return found.data.error.code;
  const inner = nested.safeParse(body);
  if (!inner.success) return '';
  const code = subCode.safeParse(readJson(inner.data.message));
  return code.success ? code.data.subCode : '';
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a conversation takes nothing any more, when this error says so; it is remembered until something comes from there. */
export function closedBy(error: unknown): 'removed' | 'blocked' | undefined {
  const outcome = outcomeOf(error);
  if (outcome?.kind !== 'refused') return undefined;
  switch (outcome.code) {
    case 'BotNotInConversationRoster':
    case 'ConversationNotFound':
      return 'removed';
    case 'ConversationBlockedByUser':
    case 'MessageWritesBlocked':
    case 'BotDisabledByAdmin':
      return 'blocked';
    default:
      return undefined;
  }
}

/** What came of the request that an error is about; undefined when it is about none. */
export function outcomeOf(error: unknown): Outcome | undefined {
  const cause = error instanceof BotError ? error.cause : error;
  return cause instanceof ConnectorError ? cause.outcome : undefined;
}

/** Whether doing it again may help: throttling apart, what a retry table of Teams' own documentation names. */
export function isPassing({ outcome }: ConnectorError): boolean {
  return outcome.kind === 'silent' || outcome.status === 412 || outcome.status >= 500;
}

/** How long to hold back when Teams throttles without a Retry-After, in milliseconds. */
const standard = 2000;

/** Milliseconds that Teams' throttling asks to wait; undefined when the error is none. */
export function waitAskedBy(error: unknown): number | undefined {
  if (!(error instanceof ConnectorError) || error.outcome.kind !== 'refused' || error.outcome.status !== 429)
    return undefined;
  return error.outcome.retryAfter ?? standard;
}

/** Turns a failed request into words for a person; errors that are not the connector's stay as they are. */
export function translate(error: unknown, repeatable: boolean): unknown {
  if (!(error instanceof ConnectorError)) return error;
  const { outcome } = error;
  if (outcome.kind === 'silent') return outcome.sent && !repeatable ? unclear(error) : away(error);
  const { status, code } = outcome;
  switch (status) {
    case 401:
      return new BotError(
        'misconfigured',
        "Teams does not accept the bot's own token.",
        'Whoever runs the bot has to check MicrosoftAppId and MicrosoftAppPassword.',
        error,
      );
    case 403:
      return forbidden(code, error);
    case 404:
      if (code === 'ConversationNotFound') return cannotPost('This conversation is gone.', 'Use another one.', error);
      return new BotError('not_found', 'The message is gone or can no longer be edited.', 'Ask for a new one.', error);
    case 412:
      return new BotError('busy', 'Somebody edits that message right now.', 'Try again in a minute.', error);
    case 429: {
      const seconds = Math.ceil((outcome.retryAfter ?? 60_000) / 1000);
      return new BotError('busy', 'Teams is asked too often.', `Try again in ${seconds} s.`, error, outcome.retryAfter);
    }
    default:
      if (status >= 500) return repeatable ? away(error) : unclear(error);
      return new BotError('bug', `Teams refused a request: ${status} ${code}.`, 'This is ours to mend.', error);
  }
}

function forbidden(code: string, error: ConnectorError): BotError {
  switch (code) {
    case 'BotDisabledByAdmin':
      return cannotPost(
        'An administrator has switched Webcast off for this organization.',
        'Ask them to allow the app.',
        error,
      );
    case 'ConversationBlockedByUser':
      return cannotPost('Webcast is blocked in this chat.', 'Unblock it in its chat, then try again.', error);
    case 'MessageWritesBlocked':
      return cannotPost('This conversation takes no messages.', 'Use another one.', error);
    default:
      return cannotPost(
        'Webcast is not in this conversation, so it cannot post here.',
        'Add the app to the team or chat, then try again.',
        error,
      );
  }
}

const cannotPost = (message: string, hint: string, cause: unknown): BotError =>
  new BotError('cannot_post', message, hint, cause);

const away = (cause: unknown): BotError =>
  new BotError('unavailable', 'Teams does not answer.', 'Try again in a minute.', cause);

const unclear = (cause: unknown): BotError =>
  new BotError(
    'outcome_unknown',
    'Teams did not say whether the message was posted.',
    'Look at the conversation before you try again.',
    cause,
  );
