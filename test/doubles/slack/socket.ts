import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { isObject, type JsonObject, parseJson, stringAt } from '../json.js';
import type { DeliveryKind, Platform } from './platform.js';

/** What Socket Mode answers over: the app's acknowledgement, with the payload it carried. */
export interface Sockets {
  /** Whether an app is connected. */
  readonly connected: boolean;
  /** Sends an envelope and resolves with the acknowledged payload, undefined when it carried none. */
  send(kind: DeliveryKind, payload: JsonObject, headers: Record<string, string>): Promise<unknown>;
  /** Tells the app to connect anew, as Slack does every few hours. */
  refresh(): void;
  /** Says goodbye to the apps and waits until they have left, a second at most. */
  close(): Promise<void>;
}

const ENVELOPE_TYPE: Partial<Record<DeliveryKind, string>> = { command: 'slash_commands', event: 'events_api' };

/** Takes WebSocket connections at the address apps.connections.open gave out; each address serves once. */
export function listenForSockets(platform: Platform, server: Server): Sockets {
  const endpoint = new WebSocketServer({ noServer: true });
  const waiting = new Map<string, (payload: unknown) => void>();
  const open = new Set<WebSocket>();

  server.on('upgrade', (request, _socket, head) => {
    const { socket } = request;
    const url = new URL(request.url ?? '/', 'http://double');
    if (!platform.tickets.delete(url.searchParams.get('ticket') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    endpoint.handleUpgrade(request, socket, head, greet);
  });

  function greet(connection: WebSocket): void {
    open.add(connection);
    connection.on('close', () => {
      open.delete(connection);
      platform.changed();
    });
    connection.on('message', (data) => acknowledge(String(data)));
    connection.send(
      JSON.stringify({ type: 'hello', num_connections: open.size, connection_info: { app_id: platform.app.id } }),
    );
    platform.changed();
  }

  function acknowledge(text: string): void {
    const message = parseJson(text);
    const id = isObject(message) ? stringAt(message, 'envelope_id') : undefined;
    const resolve = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || resolve === undefined || !isObject(message)) {
      platform.complain(`socket: an acknowledgement nobody waits for: ${text.slice(0, 80)}`);
      return;
    }
    waiting.delete(id);
    // The SDK acknowledges with an empty payload where it has nothing to say.
    const { payload } = message;
    resolve(isObject(payload) && Object.keys(payload).length === 0 ? undefined : payload);
  }

  function leave(connection: WebSocket): Promise<void> {
    return new Promise((resolve) => {
      connection.once('close', () => resolve());
      connection.close(1001);
    });
  }

  return {
    get connected() {
      return open.size > 0;
    },
    send(kind, payload, headers) {
      const [connection] = open;
      if (connection === undefined) return Promise.reject(new Error('no app is connected'));
      const id = platform.ids.secret('envelope', 32);
      const retry = headers['x-slack-retry-num'];
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        connection.send(
          JSON.stringify({
            envelope_id: id,
            type: ENVELOPE_TYPE[kind] ?? 'interactive',
            payload,
            accepts_response_payload: kind !== 'event',
            ...(retry === undefined
              ? {}
              : { retry_attempt: Number(retry), retry_reason: headers['x-slack-retry-reason'] }),
          }),
        );
      });
    },
    refresh() {
      for (const connection of open)
        connection.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    async close() {
      const impatience = setTimeout(() => {
        for (const connection of open) connection.terminate();
      }, 1_000);
      await Promise.all([...open].map((connection) => leave(connection)));
      clearTimeout(impatience);
      endpoint.close();
    },
  };
}
