import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { BotError } from '../core/errors.js';
import type { Clock, Log, NewId } from '../core/ports.js';
import { readBody } from './body.js';

/** A request whose body has been read, with the id that its log lines and its answer carry. */
export type FrontRequest = IncomingMessage & { readonly rawBody: Buffer; readonly requestId: string };

/** One address of the program, or all below it when it ends in a slash; paths are compared whole, without the query. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  handle(request: FrontRequest, response: ServerResponse): Promise<void>;
}

export interface FrontParts {
  readonly port: number;
  readonly host: string;
  readonly routes: readonly Route[];
  /** Whether commands can be served now; /readyz says so. */
  ready(): boolean;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
}

/** The one http server of the program. */
export interface Front {
  /** Listens and gives the port, which matters when 0 was asked for; raises BotError misconfigured when it cannot. */
  start(): Promise<number>;
  /** Takes no new connection, lets the open answers finish for some seconds and resolves when all sockets are closed. */
  stop(): Promise<void>;
}

/** How long open answers may take when the program stops, in milliseconds: Slack itself gives up after 3 s. */
const drainTime = 4000;

/** Makes the http front: /healthz and /readyz of its own, the routes given, and 404 for everything else. */
export function createFront(parts: FrontParts): Front {
  const { log, clock } = parts;
  const routes = new Map<string, Route>();
  for (const route of [...ownRoutes(parts.ready), ...parts.routes]) {
    routes.set(`${route.method} ${route.path}`, route);
  }
  const paths = new Set([...routes.values()].map((route) => route.path));
  const folders = [...paths].filter((path) => path.endsWith('/'));
  const open = new Set<ServerResponse>();
  const prefix = parts.newId().slice(0, 8);
  let served = 0;
  let stopping = false;

  const server = createServer(
    { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      const requestId = `${prefix}-${(served++).toString(36)}`;
      open.add(response);
      response.once('close', () => open.delete(response));
      response.setHeader('x-request-id', requestId);
      if (stopping) response.setHeader('connection', 'close');
      serve(request, response, requestId).catch((error: unknown) => {
        log.error({ err: error, requestId, path: pathOf(request) }, 'A request failed for a reason that is ours');
        if (!response.headersSent) say(response, 500, `Something went wrong on our side. Reference: ${requestId}`);
        else response.destroy();
      });
    },
  );

  async function serve(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const asked = pathOf(request);
    const path = folders.find((folder) => asked.startsWith(folder)) ?? asked;
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? '');
    const route = routes.get(`${method} ${path}`);
    if (!route) {
      if (!paths.has(path)) return say(response, 404, 'There is nothing at this address.');
      const allowed = [...routes.values()].filter((one) => one.path === path).map((one) => one.method);
      response.setHeader('allow', allowed.join(', '));
      return say(response, 405, `This address takes ${allowed.join(' and ')} only.`);
    }
    const body = await readBody(request);
    switch (body.kind) {
      case 'whole':
        return route.handle(Object.assign(request, { rawBody: body.bytes, requestId }), response);
      case 'too large':
        log.warn({ requestId, path }, 'A request was larger than one megabyte');
        response.setHeader('connection', 'close');
        response.once('finish', () => request.destroy());
        return say(response, 413, 'The request is larger than one megabyte.');
      case 'cut off':
        log.debug({ requestId, path }, 'A client went away before its request was whole');
        return;
      default: {
        const never: never = body;
        return never;
      }
    }
  }

  return {
    start: () => listen(server, parts.port, parts.host),
    async stop() {
      if (!server.listening) return;
      stopping = true;
      for (const response of open) if (!response.headersSent) response.setHeader('connection', 'close');
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      const enough = new AbortController();
      const overdue = clock.wait(drainTime, enough.signal).then(
        () => server.closeAllConnections(),
        () => undefined,
      );
      await Promise.race([closed, overdue]);
      enough.abort();
      await closed;
    },
  };
}

function ownRoutes(ready: () => boolean): Route[] {
  return [
    { method: 'GET', path: '/healthz', handle: async (_request, response) => say(response, 200, 'ok') },
    {
      method: 'GET',
      path: '/readyz',
      handle: async (_request, response) =>
        ready() ? say(response, 200, 'ready') : say(response, 503, 'Commands cannot be served yet.'),
    },
  ];
}

function pathOf(request: IncomingMessage): string {
  const url = request.url ?? '/';
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** Answers with one line of plain text. */
export function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(`${text}\n`);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => reject(cannotListen(error, port, host));
    server.once('error', refuse);
    server.listen(port, host, () => {
      server.off('error', refuse);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): BotError {
  switch (error.code) {
    case 'EADDRINUSE':
      return new BotError(
        'misconfigured',
        `Port ${port} is taken by another program.`,
        'Set PORT to a free one, or stop that program.',
        error,
      );
    case 'EACCES':
      return new BotError('misconfigured', `Port ${port} may not be opened.`, 'Set PORT to one above 1023.', error);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new BotError(
        'misconfigured',
        `This machine has no address ${host}.`,
        'Set HOST to one of its own, such as 127.0.0.1 or 0.0.0.0.',
        error,
      );
    default:
      return new BotError(
        'misconfigured',
        `Port ${port} cannot be opened: ${error.message}.`,
        'Check PORT and HOST.',
        error,
      );
  }
}
