import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Account } from './account.js';
import type { Control } from './control.js';
import { completeDueRecordings } from './entries/recordings.js';
import { codeOf } from './errors.js';
import type { Fault, Faults } from './faults.js';
import { encodeJson, encodeXml } from './json.js';
import { collectParams } from './params.js';
import type { RequestLog } from './requests.js';
import { dispatch, dispatchAll, subRequests } from './router.js';
import { type Fields, text, type Value } from './values.js';

const MAX_BODY = 10 * 1024 * 1024;
const FORMAT = { json: '1', xml: '2', jsonp: '9' } as const;

const EXPOSED = {
  'Access-Control-Expose-Headers': 'Server, Content-Length, Content-Range, Date, X-Kaltura, X-Kaltura-Session, X-Me',
  'Access-Control-Allow-Origin': '*',
};
const UNCACHED = {
  Expires: 'Sun, 19 Nov 2000 08:52:00 GMT',
  'Cache-Control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
  Pragma: 'no-cache',
};
const PREFLIGHT = {
  'Access-Control-Allow-Headers': 'Origin, X-Requested-With, Content-Type, Accept, Range, Cache-Control',
  'Access-Control-Allow-Methods': 'POST, GET, HEAD, OPTIONS',
  'Access-Control-Max-Age': '86400',
  'Content-type': 'text/html; charset=UTF-8',
};

/** What the http front needs of the server behind it. */
export interface Backend {
  account: Account;
  faults: Faults;
  requests: RequestLog;
  control: Control;
  /** Called after every API request and every control request. */
  onChange(): void;
}

interface Answer {
  headers: Record<string, string>;
  body: string;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const data = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += data.length;
    if (size > MAX_BODY) throw new Error('The request body is larger than 10 MB');
    chunks.push(data);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function namesOf(params: Fields): string[] {
  const name = (call: Fields) => `${text(call, 'service') ?? ''}.${text(call, 'action') ?? ''}`.toLowerCase();
  const isMulti = text(params, 'service')?.toLowerCase() === 'multirequest';
  return isMulti ? subRequests(params).map(name) : [name(params)];
}

function errorHeaders(result: Value): Record<string, string> {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return {};
  // Only errors that end the request on the spot are named in headers.
  if (result.code !== 'SERVICE_FORBIDDEN') return {};
  return {
    'X-Kaltura': `error-${result.code}`,
    'X-Kaltura-App': `exiting on error ${result.code} - ${text(result, 'message')}`,
  };
}

function failedFormat(code: string, message: string): Answer {
  const headers = { 'X-Kaltura': `error- ${code}`, 'X-Kaltura-App': `exiting on error ${code} - ${message}` };
  return { headers: { ...EXPOSED, ...headers, 'Content-type': 'text/html; charset=UTF-8' }, body: '' };
}

function encodeAnswer(backend: Backend, params: Fields, result: Value, seconds: number): Answer {
  const { account } = backend;
  const session = `${account.options.random.bytes(6).readUIntBE(0, 6) % 2_147_483_647}, ${account.now()}`;
  const headers = { ...EXPOSED, ...UNCACHED, 'X-Kaltura-Session': session, ...errorHeaders(result) };
  const format = text(params, 'format') ?? FORMAT.xml;
  if (format === FORMAT.json)
    return { headers: { ...headers, 'Content-Type': 'application/json' }, body: encodeJson(result) };
  if (format === FORMAT.xml) {
    return { headers: { ...headers, 'Content-type': 'text/xml;charset=UTF-8' }, body: encodeXml(result, seconds) };
  }
  if (format !== FORMAT.jsonp) {
    return failedFormat('UNKNOWN_RESPONSE_FORMAT', `Response format provided [${format}] is not recognized by server`);
  }
  const callback = text(params, 'callback');
  if (!callback) return failedFormat('MANDATORY_PARAMETER_MISSING', 'Mandatory parameter missing [callback]');
  return {
    headers: { ...headers, 'Content-Type': 'application/javascript' },
    body: `${callback}(${encodeJson(result)});`,
  };
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  response.end(body);
}

/** Does the part of a fault that comes before the call; true when the request has been dealt with. */
async function misbehaveBefore(
  fault: Fault | undefined,
  names: string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault?.kind) {
    case 'delay':
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, fault.delay);
        request.socket.once('close', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      return false;
    case 'hang':
      return true;
    case 'http':
      send(response, fault.status, { 'Content-Type': 'text/plain' }, `Error ${fault.status}`);
      return true;
    case 'html':
      send(
        response,
        fault.status,
        { 'Content-Type': 'text/html' },
        '<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>',
      );
      return true;
    case 'rate-limited': {
      const [service = '', action = ''] = (names[0] ?? '').split('.');
      send(
        response,
        200,
        { 'Content-Type': 'application/json' },
        encodeJson(`Access to ${service}->${action} was rate limited`),
      );
      return true;
    }
    default:
      return false;
  }
}

async function answerApi(backend: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { account, faults } = backend;
  const method = request.method ?? 'GET';
  if (method === 'OPTIONS') {
    send(response, 200, { ...EXPOSED, ...PREFLIGHT }, '');
    return;
  }
  const body = await readBody(request);
  const params = collectParams({ method, url: request.url ?? '/', contentType: request.headers['content-type'], body });
  const names = namesOf(params);
  backend.requests.add(names, params);
  const fault = faults.takeForRequest(names);
  if (await misbehaveBefore(fault, names, request, response)) return;
  completeDueRecordings(account);
  const origin = { ip: request.socket.remoteAddress ?? '', uri: request.url ?? '/' };
  const started = performance.now();
  const isMulti = text(params, 'service')?.toLowerCase() === 'multirequest';
  const result = isMulti
    ? await dispatchAll(account, params, origin, faults)
    : await dispatch(account, params, origin, faults);
  backend.onChange();
  const answer = encodeAnswer(backend, params, result, (performance.now() - started) / 1000);
  if (fault?.kind === 'lost') {
    request.socket.destroy();
    return;
  }
  const sent = fault?.kind === 'truncated' ? answer.body.slice(0, Math.floor(answer.body.length / 2)) : answer.body;
  send(response, 200, answer.headers, sent);
}

/** Makes the http server: the API under /api_v3, the controls under /_control. */
export function createHttpServer(backend: Backend): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const answer = path.startsWith('/_control')
      ? backend.control.answer(request, response, readBody).then(() => backend.onChange())
      : path.startsWith('/api_v3')
        ? answerApi(backend, request, response)
        : Promise.resolve(send(response, 404, { 'Content-Type': 'text/plain' }, 'Not found'));
    answer.catch((error: unknown) => {
      // The caller went away before its request was complete: there is nobody to answer.
      if (codeOf(error) === 'ECONNRESET') return;
      backend.faults.reportDefect(error);
      if (!response.headersSent) send(response, 500, { 'Content-Type': 'text/plain' }, 'Internal error');
      else response.destroy();
    });
  });
}
