import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Log } from '../../../src/core/ports.js';
import { createFront, type Front, type FrontParts } from '../../../src/web/front.js';
import { createHandClock } from '../../e2e/slack/clock.js';

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = createHandClock(1_800_000_000_000);
const open: Front[] = [];

async function start(changes: Partial<FrontParts> = {}) {
  const front = createFront({
    port: 0,
    host: '127.0.0.1',
    routes: [
      {
        method: 'POST',
        path: '/echo',
        async handle(received, response) {
          response.end(`${received.requestId} ${received.rawBody.length}`);
        },
      },
    ],
    ready: () => true,
    clock,
    log: quiet,
    newId: () => 'abcdefgh-1234',
    ...changes,
  });
  open.push(front);
  const port = await front.start();
  return { front, port, url: `http://127.0.0.1:${port}` };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((front) => front.stop()));
});

describe('the http front', () => {
  it('says that it lives, and whether commands can be served', async () => {
    let ready = false;
    const { url } = await start({ ready: () => ready });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    ready = true;
    expect((await fetch(`${url}/readyz?probe=1`)).status).toBe(200);
  });

  it('hands a request over with its whole body and an id that the answer carries too', async () => {
    const { url } = await start();
    const answer = await fetch(`${url}/echo?x=1`, { method: 'POST', body: 'x'.repeat(100_000) });
    const id = answer.headers.get('x-request-id');
    expect(id).toMatch(/^abcdefgh-/);
    expect(await answer.text()).toBe(`${id} 100000`);
  });

  it('has nothing at other addresses, and names the method where it was the wrong one', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    const wrong = await fetch(`${url}/echo`);
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('POST');
  });

  it('refuses more than a megabyte, whether it is announced or comes in pieces', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/echo`, { method: 'POST', body: 'x'.repeat(1_048_577) })).status).toBe(413);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${url}/echo`, { method: 'POST' }, (answer) => resolve(answer.statusCode));
      sending.on('error', reject);
      for (let piece = 0; piece < 20; piece += 1) sending.write('x'.repeat(60_000));
    });
    expect(status).toBe(413);
  });

  it('answers with its reference when a route fails', async () => {
    const { url } = await start({
      routes: [
        {
          method: 'GET',
          path: '/broken',
          async handle() {
            throw new Error('boom');
          },
        },
      ],
    });
    const answer = await fetch(`${url}/broken`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain(answer.headers.get('x-request-id'));
  });

  it('says in a sentence with the remedy that its port is taken', async () => {
    const { port } = await start();
    await expect(start({ port })).rejects.toMatchObject({
      code: 'misconfigured',
      message: `Port ${port} is taken by another program.`,
      hint: expect.stringContaining('PORT'),
    });
  });

  it('names HOST when the address is not of this machine', async () => {
    await expect(start({ host: '192.0.2.1' })).rejects.toMatchObject({ hint: expect.stringContaining('HOST') });
  });

  it('lets an open answer finish when it stops, and takes no new connection', async () => {
    const held: { release?: () => void } = {};
    const entered = new Promise<void>((enter) => {
      held.release = enter;
    });
    const finish: { now?: () => void } = {};
    const { front, port, url } = await start({
      routes: [
        {
          method: 'GET',
          path: '/slow',
          handle: (_received, response) =>
            new Promise((resolve) => {
              finish.now = () => {
                response.end('done');
                resolve();
              };
              held.release?.();
            }),
        },
      ],
    });
    const asking = fetch(`${url}/slow`);
    await entered;
    const stopped = front.stop();
    finish.now?.();
    const answer = await asking;
    expect(await answer.text()).toBe('done');
    expect(answer.headers.get('connection')).toBe('close');
    await stopped;
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it('cuts what is still open after some seconds', async () => {
    const { front, port } = await start({
      routes: [{ method: 'GET', path: '/never', handle: () => new Promise(() => undefined) }],
    });
    const socket = connect(port, '127.0.0.1');
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.on('error', () => undefined);
    socket.write('GET /never HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => {
      socket.once('connect', resolve);
    });
    const stopped = front.stop();
    await clock.waitedOn(4000);
    clock.advance(4000);
    await stopped;
    await closed;
  });
});
