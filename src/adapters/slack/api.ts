import { type Logger, webApi } from '@slack/bolt';
import { z } from 'zod';
import { createBackoff } from '../../core/backoff.js';
import type { Clock } from '../../core/ports.js';
import type { Access } from './access.js';
import { type Client, type Clients, patiently } from './clients.js';
import { type Asked, translate, waitAskedBy } from './errors.js';

/** A call with the tenant it is for, whose token it carries. */
type Call = Asked & { readonly tenant: string };

type KeyedCall = Call & {
  readonly key: string;
  /** How long to wait for a rate limit, in milliseconds; a few seconds unless told. */
  readonly patience?: number | undefined;
};

/** The two ways out to Slack; all raise BotError. */
export interface Api {
  /** For what a person waits on within a trigger's three seconds: never retried, never behind other calls. */
  now<T>(asked: Call, call: (client: Client) => Promise<T>): Promise<T>;
  /** For everything else: waits a few seconds for a rate limit of this key, repeats once what does no harm twice. */
  send<T>(asked: KeyedCall, call: (client: Client) => Promise<T>): Promise<T>;
  /** Posts to a response_url; false when Slack no longer takes it (five posts in thirty minutes) or does not answer. */
  respond(url: string, message: object): Promise<boolean>;
}

export interface ApiParts {
  readonly access: Access;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

export function createApi(parts: ApiParts): Api {
  const { access, clock, signal } = parts;
  const backoff = createBackoff({ platform: 'Slack', waitAskedBy, clock, signal });

  async function now<T>(asked: Call, call: (client: Client) => Promise<T>): Promise<T> {
    const clients = await access.clientsOf(asked.tenant);
    try {
      return await call(clients.prompt);
    } catch (error) {
      throw await explain(error, asked, clients);
    }
  }

  async function send<T>(asked: KeyedCall, call: (client: Client) => Promise<T>): Promise<T> {
    const clients = await access.clientsOf(asked.tenant);
    const key = `${asked.method} ${asked.tenant} ${asked.key}`;
    const attempt = () => backoff.run(key, () => call(clients.patient), asked.patience);
    try {
      return await attempt();
    } catch (error) {
      if (!asked.repeatable || !isPassing(error)) throw await explain(error, asked, clients);
    }
    try {
      return await attempt();
    } catch (error) {
      throw await explain(error, asked, clients);
    }
  }

  async function explain(error: unknown, asked: Call, clients: Clients): Promise<unknown> {
    return (await access.explainRefusal(asked.tenant, clients, error)) ?? translate(error, asked);
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
        signal: AbortSignal.any([AbortSignal.timeout(patiently), signal]),
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
