import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./score.mjs', import.meta.url));

/** Lighthouse itself, where LIGHTHOUSE names the folder of its package; undefined elsewhere. */
export interface Lighthouse {
  /** The port by which Lighthouse reaches the browser, which has to listen there. */
  readonly port: number;
  /** The score of accessibility, 0 to 100, of the page as it stands open in the browser at this address. */
  scoreOf(address: string): Promise<number>;
}

/** Finds Lighthouse and a port for it. */
export async function findLighthouse(): Promise<Lighthouse | undefined> {
  const { LIGHTHOUSE } = process.env;
  if (LIGHTHOUSE === undefined) return undefined;
  const port = await freePort();
  return {
    port,
    async scoreOf(address) {
      const { stdout } = await run(process.execPath, [program, LIGHTHOUSE, String(port), address]);
      return Number(stdout);
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
