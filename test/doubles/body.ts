import type { IncomingMessage } from 'node:http';

const MAX_BODY = 10_000_000;

/** Reads the body of a request to a double; one past 10 MB is an error of the test. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk);
    size += piece.length;
    if (size > MAX_BODY) throw new Error('body too large for the double');
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}
