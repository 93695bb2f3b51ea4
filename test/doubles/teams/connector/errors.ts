import type { JsonObject } from '../../json.js';

/** Status and text of each error code the connector answers with. */
const answers = {
  BadSyntax: [400, "Activity must include non empty 'text' field or at least 1 attachment"],
  BadArgument: [400, 'Unknown activity type'],
  BotNotRegistered: [401, 'No registration found for this bot.'],
  BotDisabledByAdmin: [403, 'The tenant admin disabled this bot'],
  BotNotInConversationRoster: [403, 'The bot is not part of the conversation roster.'],
  ConversationBlockedByUser: [403, 'User blocked the conversation with the bot.'],
  ForbiddenOperationException: [403, "Bot is not installed in user's personal scope"],
  ActivityNotFoundInConversation: [404, 'Message does not exist in the thread.'],
  ConversationNotFound: [404, 'Conversation not found.'],
  MemberNotFoundInConversation: [404, 'The member is not found in the conversation.'],
  PreconditionFailed: [412, 'Precondition failed, please try again.'],
  MessageSizeTooBig: [413, 'Message size too large.'],
  Throttled: [429, 'Too many requests.'],
  ServiceError: [500, 'An internal server error occurred.'],
  ServiceUnavailable: [503, 'Service is unavailable'],
  GatewayTimeout: [504, 'Gateway Timeout.'],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof answers;

export interface ConnectorAnswer {
  status: number;
  body: unknown;
  retryAfter?: number;
}

/** Thrown inside the double to answer a call with an error. */
export class Refusal extends Error {
  readonly answer: ConnectorAnswer;

  constructor(answer: ConnectorAnswer) {
    super(`status ${answer.status}`);
    this.answer = answer;
  }
}

/** Makes the body of an error in the connector's usual shape. */
function errorBody(code: string, message: string): JsonObject {
  return { error: { code, message } };
}

/** Makes the refusal of one code, with another text where the code has several. */
export function refuse(code: ErrorCode, message?: string, retryAfter?: number): Refusal {
  const [status, text] = answers[code];
  return new Refusal({
    status,
    body: errorBody(code, message ?? text),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

/** The refusal with the other body shape, for threads that are closed to writers. */
export function refuseWrites(): Refusal {
  const details = { subCode: 'MessageWritesBlocked', details: 'Thread is blocked from message writes.' };
  const message = JSON.stringify({ ...details, errorCode: null, errorSubCode: null }, null, 2);
  return new Refusal({ status: 403, body: { errorCode: 209, message } });
}

/** The body for a status a test asked for without naming a code. */
export function bodyForStatus(status: number, code?: string): JsonObject {
  const found = Object.entries(answers).find(([name, [known]]) =>
    code === undefined ? known === status : name === code,
  );
  const [name, [, message]] = found ?? [code ?? 'ServiceError', [status, 'Service dependency issue']];
  return errorBody(name, message);
}
