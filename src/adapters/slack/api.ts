import { type Logger, webApi } from '@slack/bolt';
import { z } from 'zod';
import type { Clock } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import { type Asked, translate } from './errors.js';
import { createFetch } from './fetch.js';
import { createPace } from './pace.js';

type Client = webApi.WebClient;

/** The two ways out to Slack; all raise BotError. */
export interface Api {
  /** For what a person waits on within a trigger's three seconds: never retried, never behind other calls. */
  now<T>(asked: Asked, call: (client: Client) => Promise<T>): Promise<T>;
  /** For everything else: waits a few seconds for a rate limit of this key, repeats once what does no harm twice. */
  send<T>(asked: Asked & { readonly key: string }, call: (client: Client) => Promise<T>): Promise<T>;
  /** Posts to a response_url; false when Slack no longer takes it (five posts in thirty minutes) or does not answer. */
  respond(url: string, message: object): Promise<boolean>;
}

export interface ApiParts {
  readonly url: string;
  readonly botToken: Secret;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Milliseconds: a trigger_id lives 3 s, so what comes later than this comes too late. */
const promptly = 2000;
const patiently = 10_000;

export function createApi(parts: ApiParts): Api {
  const options = {
    slackApiUrl: parts.url,
    logger: parts.logger,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  };
  // The client's own waiting on 429 would hold every call of the process, forms included.
  const prompt = new webApi.WebClient(parts.botToken.reveal(), { ...options, fetch: createFetch(promptly) });
  const patient = new webApi.WebClient(parts.botToken.reveal(), { ...options, fetch: createFetch(patiently) });
  const pace = createPace(parts.clock, parts.signal);

  async function now<T>(asked: Asked, call: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await call(prompt);
    } catch (error) {
      throw translate(error, asked);
    }
  }

  async function send<T>(asked: Asked & { key: string }, call: (client: Client) => Promise<T>): Promise<T> {
    const attempt = () => pace.run(`${asked.method} ${asked.key}`, () => call(patient));
    try {
      return await attempt();
    } catch (error) {
      if (!asked.repeatable || !isPassing(error)) throw translate(error, asked);
    }
    try {
      return await attempt();
    } catch (error) {
      throw translate(error, asked);
    }
  }

  async function respond(url: string, message: object): Promise<boolean> {
    const address = z.url({ protocol: /^https?$/ }).safeParse(url);
    if (!address.success) return false;
    try {
      const answer = await fetch(address.data, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.any([AbortSignal.timeout(patiently), parts.signal]),
      });
      const text = await answer.text();
      if (answer.ok && !text.includes('"ok":false')) return true;
      parts.logger.warn(`a response_url answered ${answer.status} ${text.slice(0, 80)}`);
      return false;
    } catch (error) {
      parts.logger.warn('a response_url could not be reached', error);
      return false;
    }
  }

  return { now, send, respond };
}

function isPassing(error: unknown): boolean {
  return error instanceof webApi.WebAPIHTTPError || error instanceof webApi.WebAPIRequestError;
}
