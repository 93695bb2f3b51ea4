import { request } from 'undici';

/** A request on its way to one of Microsoft's addresses. */
export interface Outgoing {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | undefined;
}

/** An answer that has been read whole. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | string[] | undefined;
}

/**
 * Makes one request, the whole answer within timeout milliseconds or until the signal aborts; raises the network's own
 * error. It follows no redirect, because secrets would go along. Node's own fetch takes long to load, wraps each body in streams and keeps
 * each call's time limit until it ends.
 */
export async function exchange(url: string, outgoing: Outgoing, timeout: number, stop?: AbortSignal): Promise<Answer> {
  const controller = new AbortController();
  const end = () => controller.abort();
  if (stop?.aborted) end();
  stop?.addEventListener('abort', end, { once: true });
  const timer = setTimeout(() => controller.abort(), timeout);
  try {
    const answer = await request(url, { ...outgoing, body: outgoing.body ?? null, signal: controller.signal });
    const text = await answer.body.text();
    return { status: answer.statusCode, text, retryAfter: answer.headers['retry-after'] };
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', end);
  }
}

/** What a text holds as JSON; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
