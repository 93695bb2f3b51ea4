import type { webApi } from '@slack/bolt';
import { request } from 'undici';

type Fetch = NonNullable<webApi.WebClientOptions['fetch']>;

/**
 * Makes the fetch of a Web API client whose calls, the whole answer included, may take some milliseconds. It rejects as
 * every fetch does: with a TimeoutError, or a TypeError that has the network's own error as its cause.
 * Node's fetch wraps each body in streams, and the client's own time limits outlive their calls; both cost more than
 * all the rest of opening a modal.
 */
export function createFetch(timeout: number): Fetch {
  return async (url, { headers = {}, body } = {}) => {
    if (typeof body !== 'string') throw new TypeError('Calls of the Web API are forms; none of ours carries a file.');
    const controller = new AbortController();
    const late = () => controller.abort(new DOMException(`Slack did not answer within ${timeout} ms`, 'TimeoutError'));
    const timer = setTimeout(late, timeout);
    try {
      const answer = await request(url, { method: 'POST', headers, body, signal: controller.signal });
      const text = await answer.body.text();
      return answerOf(String(url), answer.statusCode, answer.headers, text);
    } catch (error) {
      if (controller.signal.aborted) throw controller.signal.reason;
      throw new TypeError('The connection to Slack failed', { cause: error });
    } finally {
      clearTimeout(timer);
    }
  };
}

type Headers = Awaited<ReturnType<typeof request>>['headers'];

/** An answer that has been read whole, as the client looks at it. */
function answerOf(url: string, status: number, headers: Headers, text: string): Awaited<ReturnType<Fetch>> {
  return {
    url,
    status,
    ok: status >= 200 && status < 300,
    statusText: '',
    headers: {
      get: (name) => headers[name.toLowerCase()]?.toString() ?? null,
      entries: () => Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    },
    text: async () => text,
    json: async () => JSON.parse(text),
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
  };
}
