import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that can be shut and opened again, as a failing network does. */
export interface Door {
  readonly url: string;
  /** Lets nothing more through the connections that there are, and tells neither side. */
  freeze(): void;
  shut(): Promise<void>;
  reopen(): Promise<void>;
}

/** Opens a door on a loopback port of its own to the server of an address. */
export async function openDoor(url: string): Promise<Door> {
  const behind = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(behind.port || 5432), behind.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The door has no port.');
    return address.port;
  };
  const port = await listen(0);
  const door = new URL(url);
  door.host = `127.0.0.1:${port}`;
  return {
    url: door.href,
    freeze: () => {
      for (const socket of sockets) socket.unpipe().pause();
    },
    shut: async () => {
      const shut = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await shut;
    },
    reopen: async () => {
      await listen(port);
    },
  };
}
