import type { Log } from '../../core/ports.js';
import type { Answers, Caller, Manner, Question } from './caller.js';
import { KalturaError, refusalOf } from './error.js';
import type { Sessions } from './session.js';

/** Kaltura as the verbs ask it: questions in, typed answers out; sessions, retries and wire are taken care of. */
export interface Connection {
  /** One question in one round trip; raises KalturaError. */
  ask<T>(question: Question<T>, manner: Manner): Promise<T>;
  /** Several questions in one round trip; a failed one is an error among the answers. */
  askAll<const Questions extends readonly Question<unknown>[]>(
    questions: Questions,
    manner: Manner,
  ): Promise<Answers<Questions>>;
  /** Two lists of questions in one round trip. */
  askBoth<One, Other>(
    ones: readonly Question<One>[],
    others: readonly Question<Other>[],
    manner: Manner,
  ): Promise<{ readonly ones: readonly (One | KalturaError)[]; readonly others: readonly (Other | KalturaError)[] }>;
  /** Any number of lists of questions in one round trip, each answered as its own list. */
  askLists<const Lists extends readonly (readonly Question<unknown>[])[]>(
    lists: Lists,
    manner: Manner,
  ): Promise<AnswerLists<Lists>>;
}

/** The answers to each list of questions, in their order. */
type AnswerLists<Lists extends readonly (readonly Question<unknown>[])[]> = {
  readonly [Index in keyof Lists]: Lists[Index] extends readonly Question<infer T>[]
    ? readonly (T | KalturaError)[]
    : never;
};

/** Returns the answer or raises the error that stands in its place. */
export function must<T>(answer: T | KalturaError): T {
  if (answer instanceof KalturaError) throw answer;
  return answer;
}

const isExpired = (answer: unknown): boolean => answer instanceof KalturaError && refusalOf(answer) === 'expired';

/** Joins caller and sessions: a call that was refused because its session ended is made again once with a new one. */
export function createConnection(parts: {
  readonly caller: Caller;
  readonly sessions: Pick<Sessions, 'current' | 'renew'>;
  readonly log: Log;
}): Connection {
  const { caller, sessions, log } = parts;

  async function askWithSession(questions: readonly Question<unknown>[], manner: Manner): Promise<unknown[]> {
    const session = await sessions.current();
    const answers = await caller.ask(questions, session, manner);
    if (!answers.some(isExpired)) return answers;
    log.info({}, 'Kaltura refused the session, it is renewed and the call repeated');
    // A refused session means that nothing was done, so even a write may be repeated here.
    return caller.ask(questions, await sessions.renew(session), manner);
  }

  async function ask<T>(question: Question<T>, manner: Manner): Promise<T> {
    const [answer] = await askWithSession([question], manner);
    return must(answer as T | KalturaError);
  }

  async function askAll<const Questions extends readonly Question<unknown>[]>(
    questions: Questions,
    manner: Manner,
  ): Promise<Answers<Questions>> {
    // The caller answers each question in its place with what its schema makes.
    return (await askWithSession(questions, manner)) as Answers<Questions>;
  }

  async function askBoth<One, Other>(
    ones: readonly Question<One>[],
    others: readonly Question<Other>[],
    manner: Manner,
  ): Promise<{ ones: (One | KalturaError)[]; others: (Other | KalturaError)[] }> {
    const answers = await askWithSession([...ones, ...others], manner);
    return {
      ones: answers.slice(0, ones.length) as (One | KalturaError)[],
      others: answers.slice(ones.length) as (Other | KalturaError)[],
    };
  }

  async function askLists<const Lists extends readonly (readonly Question<unknown>[])[]>(
    lists: Lists,
    manner: Manner,
  ): Promise<AnswerLists<Lists>> {
    const answers = await askWithSession(lists.flat(), manner);
    let from = 0;
    const split = lists.map(({ length }) => {
      from += length;
      return answers.slice(from - length, from);
    });
    // The caller answers each question in its place with what its schema makes.
    return split as unknown[] as AnswerLists<Lists>;
  }

  return { ask, askAll, askBoth, askLists };
}
