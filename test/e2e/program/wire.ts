import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, and mended at the same address. */
export interface Wire {
  readonly port: number;
  /** Ends all connections and takes no new ones, as a server that has stopped. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

/** Begins to pass connections on to a port of this machine. */
export async function startWire(to: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;

  const mend = async () => {
    const opened = createServer((near) => {
      const far = connect(to, '127.0.0.1');
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(socket);
        socket.pipe(other);
        socket.once('error', () => other.destroy()).once('close', () => sockets.delete(socket));
      }
    });
    server = opened;
    opened.listen(port, '127.0.0.1');
    await once(opened, 'listening');
    const address = opened.address();
    if (address !== null && typeof address === 'object') port = address.port;
  };

  await mend();
  return {
    get port() {
      return port;
    },
    async cut() {
      const closed = server && once(server, 'close');
      server?.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend,
  };
}
