import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../body.js';
import { answerLogin } from './authority/login.js';
import { answerOpenId } from './authority/openid.js';
import { bodyForStatus, type ConnectorAnswer } from './connector/errors.js';
import { answerConnector, noteCall } from './connector/index.js';
import { takeUpload } from './drive.js';
import type { FaultEffect } from './faults.js';
import type { Platform } from './platform.js';

function send(response: ServerResponse, { status, body, retryAfter }: ConnectorAnswer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response
    .writeHead(status, {
      ...(text === '' ? {} : { 'content-type': 'application/json; charset=utf-8' }),
      'content-length': String(Buffer.byteLength(text)),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    })
    .end(text);
}

/** Plays a fault on an open response; `carryOut` does what was asked and returns the answer. */
async function playFault(
  platform: Platform,
  effect: FaultEffect,
  request: IncomingMessage,
  response: ServerResponse,
  carryOut: () => ConnectorAnswer,
): Promise<void> {
  switch (effect.kind) {
    case 'status': {
      const { status, code, retryAfter, body, contentType } = effect;
      const text = body ?? JSON.stringify(bodyForStatus(status, code));
      const headers = {
        'content-type': contentType ?? 'application/json; charset=utf-8',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      };
      response.writeHead(status, headers).end(text);
      return;
    }
    case 'reset':
      request.socket.destroy();
      return;
    case 'hang':
      return;
    case 'delivered':
      carryOut();
      if (effect.end === 'reset') request.socket.destroy();
      if (effect.end === 'bad gateway') {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>502 Bad Gateway</body></html>');
      }
      return;
    case 'redirect':
      response.writeHead(effect.status, { location: effect.to ?? `${platform.strangerUrl}${request.url}` }).end();
      return;
    case 'truncated': {
      const text = JSON.stringify(carryOut().body ?? {});
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length) });
      response.write(text.slice(0, Math.ceil(text.length / 2)), () => request.socket.destroy());
      return;
    }
    case 'held':
      await effect.until;
      send(response, carryOut());
      return;
    default: {
      const never: never = effect;
      throw new Error(`unknown fault ${String(never)}`);
    }
  }
}

async function serveConnector(platform: Platform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(request)).toString('utf8');
  const asked = { method: request.method ?? '', target: request.url ?? '/', headers: request.headers, body };
  const { call, route } = noteCall(platform, asked);
  const carryOut = (): ConnectorAnswer => {
    const answer = answerConnector(platform, asked, call, route);
    call.status = answer.status;
    call.response = answer.body;
    platform.changed();
    return answer;
  };
  const effect = platform.faults.take(call.operation, call.conversation);
  if (effect?.kind === 'status' || effect?.kind === 'redirect') call.status = effect.status;
  if (effect === undefined) send(response, carryOut());
  else await playFault(platform, effect, request, response, carryOut);
}

async function serveAuthority(platform: Platform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(request)).toString('utf8');
  const path = new URL(request.url ?? '/', 'http://double').pathname;
  const at = platform.clock.now();
  if (request.headers.authorization !== undefined) platform.complain(`a bearer token was sent to ${path}`);
  const tenant = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1];
  const isToken = tenant !== undefined && request.method === 'POST';
  const carryOut = (): ConnectorAnswer => {
    if (isToken) {
      const {
        status,
        body: answer,
        fields,
      } = answerLogin(platform, tenant, request.headers['content-type'] ?? '', body);
      platform.log.push({
        kind: 'token',
        at,
        tenant,
        fields,
        status,
        response: { ...answer, access_token: undefined },
      });
      platform.changed();
      return { status, body: answer };
    }
    const document = request.method === 'GET' ? answerOpenId(platform, path) : undefined;
    if (document === undefined) platform.complain(`authority: unknown endpoint ${request.method} ${path}`);
    const status = document === undefined ? 404 : 200;
    platform.log.push({ kind: 'openid', at, path, status });
    platform.changed();
    return { status, body: document };
  };
  const effect = platform.faults.take(isToken ? 'token' : 'openid');
  if (effect === undefined) send(response, carryOut());
  else await playFault(platform, effect, request, response, carryOut);
}

async function serveStranger(platform: Platform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const authorized = request.headers.authorization !== undefined;
  const body = (await readBody(request)).toString('utf8');
  const { method = '', url: path = '/' } = request;
  platform.log.push({ kind: 'stranger', at: platform.clock.now(), method, path, authorized });
  platform.complain(`a stranger's host was called${authorized ? ' with a bearer token' : ''}: ${method} ${path}`);
  if (body.includes(platform.app.password)) platform.complain(`the app's password was sent to a stranger's host`);
  platform.changed();
  send(response, { status: 200, body: { id: 'stranger' } });
}

async function serveDrive(platform: Platform, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = (await readBody(request)).toString('utf8');
  const { method = '', url: path = '/', headers } = request;
  const carryOut = (): ConnectorAnswer => takeUpload(platform, { method, path, headers, body });
  const effect = platform.faults.take('upload');
  if (effect === undefined) send(response, carryOut());
  else await playFault(platform, effect, request, response, carryOut);
}

async function listenOn(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return `http://127.0.0.1:${address.port}`;
}

export interface Listener {
  stop(): Promise<void>;
}

/** Opens the hosts on free loopback ports: the connector, the authority, a stranger, and people's OneDrive. */
export async function listen(platform: Platform): Promise<Listener> {
  const open = (serve: (platform: Platform, request: IncomingMessage, response: ServerResponse) => Promise<void>) =>
    createServer((request, response) => {
      serve(platform, request, response).catch((error: unknown) => {
        platform.complain(`the double itself failed: ${error instanceof Error ? error.stack : String(error)}`);
        response.destroy();
      });
    });
  const servers = [open(serveConnector), open(serveAuthority), open(serveStranger), open(serveDrive)] as const;
  platform.connectorUrl = await listenOn(servers[0]);
  platform.authorityUrl = await listenOn(servers[1]);
  platform.strangerUrl = await listenOn(servers[2]);
  platform.driveUrl = await listenOn(servers[3]);
  const close = (server: Server) =>
    new Promise<void>((resolve, reject) => {
      server.close((error) => (error === undefined ? resolve() : reject(error)));
      server.closeAllConnections();
    });
  return {
    async stop() {
      await Promise.all(servers.map(close));
    },
  };
}
