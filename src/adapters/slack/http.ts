import type { IncomingMessage, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import type { App, Receiver } from '@slack/bolt';
import { z } from 'zod';
import type { Clock, Log } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import type { Conduct } from './answer.js';
import { memoize } from './memoize.js';
import { findForgery } from './signature.js';

/** Bolt's receiver for requests that our own front has read. */
export interface HttpReceiver extends Receiver {
  handle(request: IncomingMessage & { readonly rawBody: Buffer }, response: ServerResponse): Promise<void>;
}

export interface HttpParts {
  readonly signingSecret: Secret;
  readonly clock: Clock;
  readonly log: Log;
  readonly conduct: Conduct;
}

/** Bolt's own HTTP receiver lets stamps of the future pass and leaves what nobody listens to hanging for 3 s, then 404. */
export function createHttpReceiver(parts: HttpParts): HttpReceiver {
  const { log } = parts;
  const end = createEnd();
  let listening: App | undefined;

  async function handle(request: IncomingMessage & { rawBody: Buffer }, response: ServerResponse): Promise<void> {
    const { headers, rawBody } = request;
    const forgery = findForgery(parts.signingSecret, headers, rawBody, parts.clock.now());
    if (forgery !== undefined) {
      if (headers['x-slack-signature'] === undefined && isSslCheck(headers['content-type'], rawBody)) {
        return end(response, 200);
      }
      log.warn({ forgery }, 'A request to the Slack address was refused');
      return end(response, 401, { error: `The request was refused: ${forgery}.` });
    }
    const body = readBody(headers['content-type'], rawBody);
    if (body === undefined) {
      log.warn({ contentType: headers['content-type'] }, 'A signed request of Slack could not be read');
      return end(response, 400, { error: 'The request is neither a form nor JSON.' });
    }
    if (body.ssl_check === '1') return end(response, 200);
    if (body.type === 'url_verification') return end(response, 200, { challenge: body.challenge });
    if (body.type === 'app_rate_limited') {
      log.warn({ minute: body.minute_rate_limited }, 'Slack holds back events: more than 30,000 came within an hour');
      return end(response, 200);
    }
    if (!listening) return end(response, 503, { error: 'The bot is starting.' });
    await parts.conduct(listening, {
      body,
      retryNum: Number(headers['x-slack-retry-num'] ?? Number.NaN) || undefined,
      retryReason: readHeader(headers['x-slack-retry-reason']),
      reply: async (answer) => end(response, 200, answer),
    });
  }

  return {
    init(app) {
      listening = app;
    },
    start: async () => undefined,
    stop: async () => undefined,
    handle,
  };
}

const readHeader = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

const form = 'application/x-www-form-urlencoded';

/** Slack's check of a certificate comes unsigned; nothing else of such a request is looked at. */
function isSslCheck(contentType: string | undefined, rawBody: Buffer): boolean {
  return contentType?.startsWith(form) === true && rawBody.length < 2000 && parse(rawBody.toString()).ssl_check === '1';
}

const anyObject = z.record(z.string(), z.unknown());

/** A command comes as a form, an interaction as JSON in the form's payload, an event as JSON; undefined when it is none. */
function readBody(contentType: string | undefined, rawBody: Buffer): Readonly<Record<string, unknown>> | undefined {
  const text = rawBody.toString('utf8');
  if (!contentType?.startsWith(form)) return readJson(text);
  const fields = parse(text);
  return typeof fields.payload === 'string' ? readJson(fields.payload) : fields;
}

function readJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return anyObject.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Makes what ends an HTTP response; an object that is sent again, as help is, is encoded once. */
function createEnd() {
  const encode = memoize((answer: object) => Buffer.from(JSON.stringify(answer)));
  return (response: ServerResponse, status: number, answer?: object): void => {
    if (answer === undefined) {
      response.writeHead(status, { 'content-length': 0 });
      response.end();
      return;
    }
    const bytes = encode(answer);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
    response.end(bytes);
  };
}
