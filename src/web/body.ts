import type { IncomingMessage } from 'node:http';

/** The largest request body that is read, in bytes; Slack's largest view with all its state stays far below it. */
const bodyCap = 1_048_576;

/** What became of reading a body: the bytes, more than the cap, or a client that went away. */
export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too large' }
  | { readonly kind: 'cut off' };

const nothing = Buffer.alloc(0);

/** Reads a request's body up to a cap in bytes; what exceeds it is not kept. */
export function readBody(request: IncomingMessage, cap: number = bodyCap): Promise<Body> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > cap) return Promise.resolve({ kind: 'too large' });
  if (announced === 0 && request.headers['transfer-encoding'] === undefined) {
    return Promise.resolve({ kind: 'whole', bytes: nothing });
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= cap) chunks.push(chunk);
      else {
        request.pause();
        resolve({ kind: 'too large' });
      }
    });
    request.once('end', () => {
      const [only] = chunks;
      resolve({ kind: 'whole', bytes: only && chunks.length === 1 ? only : Buffer.concat(chunks) });
    });
    request.once('close', () => resolve({ kind: 'cut off' }));
    request.once('error', () => resolve({ kind: 'cut off' }));
  });
}
