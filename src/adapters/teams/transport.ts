import { AsyncLocalStorage } from 'node:async_hooks';
import { ConnectorError, readCode } from './errors.js';
import { type Answer, exchange } from './exchange.js';
import type { AllowHost } from './hosts.js';
import type { Tokens } from './token.js';

/** A request as the SDK's connector makes it. */
interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly body: string | undefined;
}

/** What a caller wants on the wire beside what the SDK's serializer knows. */
interface Overlay {
  /** Sent in place of the serializer's body, which drops every property that it has no name for. */
  readonly body?: object;
  /** Asks for a message that one person sees. */
  readonly targeted?: boolean;
}

/** The one way out to Teams' connectors; raises ConnectorError for everything but success. */
export interface Transport {
  send(wanted: WireRequest): Promise<{ readonly status: number; readonly text: string }>;
  /** Lays something over the request that work makes. */
  over<T>(overlay: Overlay, work: () => Promise<T>): Promise<T>;
}

export interface TransportParts {
  readonly allowHost: AllowHost;
  readonly tokens: Tokens;
  /** How long a connector may take to answer, in milliseconds. */
  readonly timeout: number;
  /** Ends what is under way when the program stops. */
  readonly signal: AbortSignal;
}

/** The SDK's own transport repeats posts, sleeps for any Retry-After and waits for ever; this one does none of it. */
export function createTransport(parts: TransportParts): Transport {
  const overlays = new AsyncLocalStorage<Overlay>();

  async function send(asked: WireRequest): Promise<{ status: number; text: string }> {
    const { body, targeted } = overlays.getStore() ?? {};
    const url = targeted ? `${asked.url}?isTargetedActivity=true` : asked.url;
    // Stored references live longer than settings, so the host is judged here as well as at the door.
    if (!parts.allowHost(url)) {
      throw new ConnectorError({ kind: 'refused', status: 0, code: 'HostNotAllowed', retryAfter: undefined });
    }
    const wanted = { ...asked, url, body: body === undefined ? asked.body : JSON.stringify(body) };
    const token = await parts.tokens.get();
    const answer = await attempt(wanted, token.reveal());
    if (answer.status !== 401) return settle(answer);
    parts.tokens.forget(token);
    return settle(await attempt(wanted, (await parts.tokens.get()).reveal()));
  }

  async function attempt({ method, url, body }: WireRequest, token: string): Promise<Answer> {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json; charset=utf-8' }),
    };
    try {
      return await exchange(url, { method, headers, body }, parts.timeout, parts.signal);
    } catch (error) {
      throw new ConnectorError({ kind: 'silent', sent: wasSent(error) }, error);
    }
  }

  return { send, over: (overlay, work) => overlays.run(overlay, work) };
}

function settle({ status, text, retryAfter }: Answer): { status: number; text: string } {
  // The SDK fails on an answer without a body to a post that was taken.
  if (status >= 200 && status < 300) return { status: status === 204 ? 200 : status, text: text || '{}' };
  throw new ConnectorError({ kind: 'refused', status, code: readCode(text), retryAfter: readSeconds(retryAfter) });
}

function readSeconds(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) * 1000 : undefined;
}

const neverArrived = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

function wasSent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return !neverArrived.includes(code);
}
