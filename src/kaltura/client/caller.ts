import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';
import { type ClientRequest, readResult } from './additions.js';
import { KalturaError, redact, wireFault } from './error.js';
import type { Transport } from './transport.js';

/** One request of the client together with what its answer must look like. */
export interface Question<T> {
  readonly request: ClientRequest;
  readonly schema: z.ZodType<T>;
}

/** The answer to each question, in order; a failed one is its error. */
export type Answers<Questions extends readonly Question<unknown>[]> = {
  [Index in keyof Questions]: Questions[Index] extends Question<infer T> ? T | KalturaError : never;
};

export interface Manner {
  /** Whether the same call twice does no harm, so that it may be repeated when an answer fails to come. */
  readonly repeatable: boolean;
  /** Passes the server's cache of read answers by. */
  readonly fresh?: boolean;
}

/** Asks all questions in one round trip under one session; every failure is an answer, nothing is thrown. */
export interface Caller {
  ask(questions: readonly Question<unknown>[], session: string | undefined, manner: Manner): Promise<unknown[]>;
}

/** Kaltura's errors that may be gone a moment later; after a write they leave open whether it happened. */
const passing = new Set([
  'INTERNAL_SERVERL_ERROR',
  'INTERNAL_DATABASE_ERROR',
  'SEARCH_ENGINE_QUERY_FAILED',
  'LOCK_TIMED_OUT',
]);

/** Milliseconds before the second and the third attempt. */
const pauses = [250, 1000];
/** Milliseconds after which no further attempt begins: somebody waits for the answer. */
const patience = 15_000;

const target = z.object({ service: z.string(), action: z.string() });
const exception = z.object({
  objectType: z.literal('KalturaAPIException'),
  code: z.coerce.string(),
  message: z.coerce.string().catch(''),
  // An error without parameters has an empty list in place of an object.
  args: z.record(z.string(), z.coerce.string()).catch({}),
});

/** The parameters whose value must never be repeated by an error or a log line. */
const secretParameters = z.object({
  ks: z.string().catch(''),
  secret: z.string().catch(''),
  tokenHash: z.string().catch(''),
});

/** The secrets of a request, or of one among several; what is no request has none. */
const secretsOf = (request: unknown): string[] => Object.values(secretParameters.safeParse(request).data ?? {});

function envelope(questions: readonly Question<unknown>[]): { path: string; name: string; body: object } {
  const requests = questions.map(({ request }) => request.toRequestObject());
  const names = requests.map((request) => target.parse(request));
  const [first] = requests;
  const [only] = names;
  if (first !== undefined && only !== undefined && requests.length === 1) {
    const { service, action } = only;
    return { path: `service/${service}/action/${action}`, name: `${service}.${action}`, body: first };
  }
  // Requests count from 0, while references to them ({1:result:id}) count from 1.
  return {
    path: 'service/multirequest',
    name: names.map(({ service, action }) => `${service}.${action}`).join('+'),
    body: { ...requests },
  };
}

function readAnswer(
  question: Question<unknown>,
  raw: unknown,
  secrets: readonly string[],
  trace: string | undefined,
): unknown {
  const failed = exception.safeParse(raw);
  if (failed.success) {
    const { message, args } = failed.data;
    const code = redact(failed.data.code, secrets);
    const clean = Object.entries(args).map(([name, value]) => [name, redact(value, secrets)]);
    return new KalturaError({
      code,
      message: `${code}: ${redact(message, secrets)}`,
      args: Object.fromEntries(clean),
      httpStatus: 200,
      trace,
      retryable: passing.has(code),
      unclear: passing.has(code),
    });
  }
  const parsed = question.schema.safeParse(readResult(question.request, raw));
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the answer').join(', ');
  return wireFault('UNREADABLE', `the answer does not have the expected form (${where})`, { trace, unclear: true });
}

/** Makes the caller: requests in, answers in our own types out, with two careful repetitions of what may be repeated. */
export function createCaller(parts: {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly log: Log;
  readonly clientTag: string;
}): Caller {
  const { transport, clock, log } = parts;

  async function exchange(
    questions: readonly Question<unknown>[],
    session: string | undefined,
    manner: Manner,
  ): Promise<unknown[]> {
    const { path, name, body } = envelope(questions);
    const sent = {
      format: 1,
      clientTag: parts.clientTag,
      ...(session === undefined ? {} : { ks: session }),
      ...(manner.fresh ? { nocache: 1 } : {}),
      ...body,
    };
    const secrets = [sent, ...Object.values(body)].flatMap(secretsOf);
    const began = clock.now();
    try {
      const answer = await transport.post(path, sent);
      log.debug({ call: name, milliseconds: clock.now() - began, trace: answer.trace }, 'Kaltura answered');
      return questions.map((question, index) => {
        // One error in place of the list stands for all; a list that is too short leaves the rest unanswered.
        const listed = questions.length > 1 && Array.isArray(answer.body);
        return readAnswer(question, listed ? answer.body[index] : answer.body, secrets, answer.trace);
      });
    } catch (error) {
      if (!(error instanceof KalturaError)) throw error;
      log.debug({ call: name, milliseconds: clock.now() - began, code: error.code }, 'Kaltura did not answer');
      return questions.map(() => error);
    }
  }

  async function ask(
    questions: readonly Question<unknown>[],
    session: string | undefined,
    manner: Manner,
  ): Promise<unknown[]> {
    const began = clock.now();
    for (let attempt = 0; ; attempt++) {
      const answers = await exchange(questions, session, manner);
      const fault = answers.find((answer) => answer instanceof KalturaError && answer.retryable);
      const pause = pauses[attempt];
      if (!(fault instanceof KalturaError) || !manner.repeatable || pause === undefined) return answers;
      if (clock.now() - began >= patience) return answers;
      log.warn({ code: fault.code, attempt: attempt + 1 }, 'Kaltura failed, the call is repeated');
      await clock.wait(pause);
    }
  }

  return { ask };
}
