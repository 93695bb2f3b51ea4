import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Clock } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import { type Answer, exchange, readJson } from './exchange.js';

/** The bot's own token for the connectors. */
export interface Tokens {
  /** A token with some minutes to live; callers at the same time share one request. Raises BotError. */
  get(): Promise<Secret>;
  /** Forgets a token that was refused, so that the next caller gets another. */
  forget(token: Secret): void;
}

export interface TokenParts {
  readonly loginUrl: string;
  readonly scope: string;
  readonly appId: string;
  readonly password: Secret;
  readonly clock: Clock;
  /** How long the login address may take, in milliseconds. */
  readonly timeout: number;
}

/** A token is renewed when less than this is left of it, in milliseconds. */
const early = 5 * 60_000;

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const refused = z.object({ error: z.string() });

/** Gets tokens by one client-credentials request (RFC 6749, 4.4) and keeps each for as long as it lives. */
export function createTokens(parts: TokenParts): Tokens {
  return keepToken(parts.clock, () => requestToken(parts));
}

/** Keeps what a source of tokens gives, and asks it once for however many wait. */
export function keepToken(clock: Clock, ask: () => Promise<{ token: Secret; lifetime: number }>): Tokens {
  let kept: { readonly token: Secret; readonly until: number } | undefined;
  let asked: Promise<Secret> | undefined;

  async function renew(): Promise<Secret> {
    try {
      const { token, lifetime } = await ask();
      kept = { token, until: clock.now() + Math.max(lifetime - early, lifetime / 2) };
      return token;
    } finally {
      asked = undefined;
    }
  }

  return {
    async get() {
      if (kept && kept.until > clock.now()) return kept.token;
      asked ??= renew();
      return asked;
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}

async function requestToken(parts: TokenParts): Promise<{ token: Secret; lifetime: number }> {
  const answer = await askLogin(parts);
  const body = readJson(answer.text);
  const found = granted.safeParse(body);
  if (answer.status === 200 && found.success) {
    return { token: new Secret(found.data.access_token), lifetime: found.data.expires_in * 1000 };
  }
  const code = refused.safeParse(body).data?.error ?? `status ${answer.status}`;
  if (answer.status === 400 || answer.status === 401) {
    throw new BotError(
      'misconfigured',
      `Microsoft gives the bot no token (${code}).`,
      'Check MicrosoftAppId, MicrosoftAppPassword, MicrosoftAppTenantId and whether the secret has expired.',
    );
  }
  throw unavailable(code);
}

async function askLogin({ loginUrl, scope, appId, password, timeout }: TokenParts): Promise<Answer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: password.reveal(),
    scope: `${scope}/.default`,
  });
  try {
    return await exchange(`${loginUrl}/oauth2/v2.0/token`, { method: 'POST', headers, body: form.toString() }, timeout);
  } catch (error) {
    throw unavailable('no answer', error);
  }
}

const unavailable = (what: string, cause?: unknown): BotError =>
  new BotError(
    'unavailable',
    `Microsoft's login does not give the bot a token (${what}).`,
    'Try again in a minute.',
    cause,
  );
