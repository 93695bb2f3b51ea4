import { Agent, type Dispatcher, request } from 'undici';
import { z } from 'zod';
import { KalturaError, wireFault } from './error.js';

/** One answer of the server, not yet understood. */
interface WireAnswer {
  readonly body: unknown;
  readonly httpStatus: number;
  /** X-Kaltura-Session: the number that Kaltura's support asks for. */
  readonly trace: string | undefined;
}

export interface Transport {
  /** Posts JSON to /api_v3/<path> and returns the parsed answer; raises KalturaError for everything else. */
  post(path: string, body: object): Promise<WireAnswer>;
  /** Aborts what is under way and closes the connections. */
  stop(): Promise<void>;
}

export interface TransportParts {
  /** Without a trailing slash. */
  readonly serviceUrl: string;
  /** Milliseconds for one request, from connecting to the last byte. */
  readonly timeout: number;
  /** Bytes of an answer that are still read. */
  readonly sizeLimit: number;
  readonly dispatcher: Dispatcher | undefined;
}

/** Errors that come before the request has left: nothing can have happened on the server. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Kaltura's rate limiter answers with a bare JSON string under HTTP 200. */
const rateLimited = /was rate limited\.?\s*$/i;

const coded = z.object({ code: z.string() });

function faultOf(error: unknown): KalturaError {
  if (error instanceof KalturaError) return error;
  const { code } = coded.catch({ code: 'unknown' }).parse(error);
  if (neverSent.has(code))
    return wireFault('UNREACHABLE', `no connection (${code})`, { retryable: true, cause: error });
  return wireFault('CUT_OFF', `the connection broke (${code})`, { retryable: true, unclear: true, cause: error });
}

async function readText(body: Dispatcher.ResponseData['body'], httpStatus: number, limit: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) {
      body.destroy();
      throw wireFault('TOO_LARGE', `the answer is larger than ${limit} bytes`, { httpStatus, unclear: true });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readBody(text: string, httpStatus: number): unknown {
  if (httpStatus === 429) throw wireFault('RATE_LIMITED', 'HTTP 429', { httpStatus });
  if (httpStatus !== 200) {
    const broken = httpStatus >= 500;
    throw wireFault('HTTP_ERROR', `HTTP ${httpStatus}`, { httpStatus, retryable: broken, unclear: broken });
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    // The parser's message quotes the answer, which may hold a session; it stays out.
    const name = cause instanceof Error ? cause.name : 'error';
    throw wireFault('NOT_JSON', `the answer is not JSON (${name})`, { httpStatus, retryable: true, unclear: true });
  }
  if (typeof body === 'string' && rateLimited.test(body))
    throw wireFault('RATE_LIMITED', 'rate limited', { httpStatus });
  return body;
}

/** Opens a keep-alive transport to one Kaltura server. Nothing is sent until the first post. */
export function createTransport(parts: TransportParts): Transport {
  const own = parts.dispatcher === undefined ? new Agent() : undefined;
  const dispatcher = parts.dispatcher ?? own;
  const underWay = new Set<AbortController>();
  let stopped = false;

  const stoppedFault = (unclear: boolean) => wireFault('STOPPED', 'the connection to Kaltura was closed', { unclear });

  async function post(path: string, body: object): Promise<WireAnswer> {
    if (stopped) throw stoppedFault(false);
    const controller = new AbortController();
    underWay.add(controller);
    const late = wireFault('TIMED_OUT', `no answer within ${parts.timeout} ms`, { retryable: true, unclear: true });
    const timer = setTimeout(() => controller.abort(late), parts.timeout);
    try {
      const answer = await request(`${parts.serviceUrl}/api_v3/${path}`, {
        method: 'POST',
        // Kaltura reads a JSON body only under exactly this content type; with a charset it ignores the body.
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
        signal: controller.signal,
        ...(dispatcher === undefined ? {} : { dispatcher }),
      });
      const text = await readText(answer.body, answer.statusCode, parts.sizeLimit);
      const trace = answer.headers['x-kaltura-session'];
      return {
        body: readBody(text, answer.statusCode),
        httpStatus: answer.statusCode,
        trace: typeof trace === 'string' ? trace : undefined,
      };
    } catch (error) {
      throw faultOf(controller.signal.aborted ? controller.signal.reason : error);
    } finally {
      clearTimeout(timer);
      underWay.delete(controller);
    }
  }

  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    for (const controller of underWay) controller.abort(stoppedFault(true));
    await own?.close();
  }

  return { post, stop };
}
