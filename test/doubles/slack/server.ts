import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from '../body.js';
import { answerApi } from './api.js';
import type { MethodContract } from './contract.js';
import type { Platform } from './platform.js';
import { answerResponseUrl } from './responseurls.js';
import { listenForSockets } from './socket.js';

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) }).end(body);
}

async function route(
  platform: Platform,
  contract: Map<string, MethodContract>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://double');
  const body = await readBody(request);
  const method = /^\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
  if (method !== undefined) {
    const call = { method, headers: request.headers, query: url.searchParams, body: body.toString('utf8') };
    const answer = await answerApi(platform, contract, call);
    if (answer.breakConnection) request.socket.destroy();
    else send(response, answer.status, answer.headers, answer.body);
    return;
  }
  if (url.pathname.startsWith('/hooks/') && request.method === 'POST') {
    const answer = answerResponseUrl(platform, url.pathname, request.headers, body.toString('utf8'));
    send(response, answer.status, { 'content-type': 'text/plain; charset=utf-8' }, answer.body);
    return;
  }
  const [, teamId, fileId] = /^\/upload\/(\w+)\/(\w+)$/.exec(url.pathname) ?? [];
  const workspace = platform.workspaces.find((candidate) => candidate.teamId === teamId);
  const file = workspace?.files.get(fileId ?? '');
  if (file !== undefined && request.method === 'POST') {
    await receiveFile(platform, request.headers['content-type'] ?? '', body, file);
    send(response, 200, { 'content-type': 'text/plain' }, `OK - ${body.length}`);
    return;
  }
  send(response, 404, { 'content-type': 'text/html' }, '<html><body>Not found</body></html>');
}

async function receiveFile(
  platform: Platform,
  contentType: string,
  body: Buffer,
  file: { size: number; bytes?: Buffer },
): Promise<void> {
  const bytes = contentType.startsWith('multipart/form-data') ? await readFilePart(contentType, body) : body;
  if (bytes.length !== file.size)
    platform.complain(`upload: ${bytes.length} bytes instead of the announced ${file.size}`);
  file.bytes = bytes;
  platform.changed();
}

async function readFilePart(contentType: string, body: Buffer): Promise<Buffer> {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const part of form.values()) {
    if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  }
  return Buffer.alloc(0);
}

export interface Listener {
  stop(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function listen(platform: Platform, contract: Map<string, MethodContract>): Promise<Listener> {
  const server = createServer((request, response) => {
    route(platform, contract, request, response).catch((error: unknown) => {
      platform.complain(`the double itself failed: ${String(error)}`);
      send(response, 500, { 'content-type': 'text/plain' }, String(error));
    });
  });
  const sockets = listenForSockets(platform, server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  platform.url = `http://127.0.0.1:${address.port}`;
  platform.sockets = sockets;
  return {
    async stop() {
      await sockets.close();
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      });
    },
  };
}
