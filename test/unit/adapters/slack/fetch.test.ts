import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createFetch } from '../../../../src/adapters/slack/fetch.js';

describe("the fetch of Slack's client", () => {
  let server: Server | undefined;

  afterEach(async () => {
    server?.closeAllConnections();
    server?.close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/auth.test`;
  }

  it('posts the form and gives status, headers and text as the client looks for them', async () => {
    const url = await serve(async (request, response) => {
      const sent = await request.setEncoding('utf8').toArray();
      response.writeHead(429, { 'Retry-After': '7', 'Set-Cookie': ['a=1', 'b=2'] });
      response.end(`${request.method} ${request.headers.authorization} ${sent.join('')}`);
    });
    const answer = await createFetch(5000)(url, { headers: { Authorization: 'Bearer token' }, body: 'a=1' });
    expect(answer).toMatchObject({ url, status: 429, ok: false });
    expect(await answer.text()).toBe('POST Bearer token a=1');
    expect(answer.headers.get('Retry-After')).toBe('7');
    expect(answer.headers.get('x-oauth-scopes')).toBeNull();
    expect(Object.fromEntries(answer.headers.entries())).toMatchObject({ 'retry-after': '7', 'set-cookie': 'a=1,b=2' });
  });

  it.each([
    ['never comes', () => undefined],
    ['stops in the middle', (_request, response) => response.write('{"ok":')],
  ] satisfies [string, RequestListener][])('gives up with a TimeoutError when the answer %s', async (_, listener) => {
    const url = await serve(listener);
    await expect(createFetch(50)(url, { body: '' })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('does not follow a redirect, which could carry the token elsewhere', async () => {
    const url = await serve((_request, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    await expect(createFetch(5000)(url, { body: '' })).resolves.toMatchObject({ status: 302, ok: false });
  });
});
