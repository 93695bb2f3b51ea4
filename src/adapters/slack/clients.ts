import { type Logger, webApi } from '@slack/bolt';
import type { Secret } from '../../core/secret.js';
import { createFetch } from './fetch.js';

export type Client = webApi.WebClient;

/** The Web API with one token, for what somebody waits on and for the rest. */
export interface Clients {
  readonly prompt: Client;
  readonly patient: Client;
}

/** Milliseconds: a trigger_id lives 3 s, so what comes later than this comes too late. */
const promptly = 2000;
/** How long, in milliseconds, a call may take that nobody's form waits for. */
export const patiently = 10_000;

/** Makes the clients of a token, or those of the methods that take none; url ends in /api/. */
export function createClients(url: string, token: Secret | undefined, logger: Logger): Clients {
  // The client's own waiting on 429 would hold every call of the process, forms included.
  const options = { slackApiUrl: url, logger, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  return {
    prompt: new webApi.WebClient(token?.reveal(), { ...options, fetch: createFetch(promptly) }),
    patient: new webApi.WebClient(token?.reveal(), { ...options, fetch: createFetch(patiently) }),
  };
}
