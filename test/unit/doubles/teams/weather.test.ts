import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { activitiesOf, type Bench, startBench } from './scripted.js';

let bench: Bench;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-12-01T10:00:00Z');
  bench = await startBench({ clock: { now: () => now } });
});
afterEach(() => bench.stop());

const hello = { type: 'message', text: 'hello' };
const chat = () => activitiesOf(bench.tenant.chatOf('Alex'));
const post = () => bench.ask('POST', chat(), hello);
const posted = () => bench.tenant.chatOf('Alex').messages.length;

describe('rate windows', () => {
  it('let seven messages a second into a conversation', async () => {
    for (let count = 0; count < 7; count += 1) expect((await post()).status).toBe(201);
    const reply = await post();
    expect(reply).toMatchObject({ status: 429, body: { error: { code: 'Throttled' } } });
    expect(reply.headers.get('retry-after')).toBe('1');
    expect((await bench.ask('POST', activitiesOf(bench.tenant.chatOf('Megan')), hello)).status).toBe(201);
    now += 1_001;
    expect((await post()).status).toBe(201);
    expect((await post()).status).toBe(429);
    expect(bench.double.throttled).toBe(2);
    expect(bench.double.complaints).toEqual([]);
  });

  it('let sixty in half a minute', async () => {
    for (let count = 0; count < 60; count += 1) {
      expect((await post()).status).toBe(201);
      now += 300;
    }
    expect((await post()).headers.get('retry-after')).toBe('12');
  });

  it('count what is answered per tenant', async () => {
    const places = ['Alex', 'Megan', 'Adele'].map((name) => activitiesOf(bench.tenant.chatOf(name)));
    const all = [
      ...places,
      activitiesOf(bench.tenant.conversation('Rehearsal')),
      activitiesOf(bench.tenant.conversation('Webcasts')),
    ];
    const replies = await Promise.all(
      all.flatMap((path) => Array.from({ length: 7 }, () => bench.ask('POST', path, hello))),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(30);
  });
});

describe('faults', () => {
  it.each(['bad gateway', 'reset'] as const)('deliver and then answer with a %s', async (end) => {
    bench.double.faults.add({ at: 'post', effect: { kind: 'delivered', end } });
    const outcome = await post().then(
      ({ status }) => status,
      () => 'broken',
    );
    expect(outcome).toBe(end === 'bad gateway' ? 502 : 'broken');
    expect(posted()).toBe(1);
  });

  it('deliver and never answer', async () => {
    bench.double.faults.add({ at: 'post', effect: { kind: 'delivered', end: 'hang' } });
    const asking = post().catch(() => 'stopped');
    await bench.double.until('the message arrived', () => posted() === 1);
    await bench.double.stop();
    expect(await asking).toBe('stopped');
    await bench.double.start();
  });

  it('cut the answer in half', async () => {
    bench.double.faults.add({ at: 'post', effect: { kind: 'truncated' } });
    await expect(post()).rejects.toThrow();
    expect(posted()).toBe(1);
  });

  it('hold a call until the test lets it go', async () => {
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    bench.double.faults.add({ at: 'post', effect: { kind: 'held', until } });
    const first = post();
    await bench.double.until('the call arrived', () => bench.double.calls('post').length === 1);
    expect((await post()).status).toBe(201);
    expect(posted()).toBe(1);
    release();
    expect((await first).status).toBe(201);
    expect(posted()).toBe(2);
  });

  it('ask for an hour of patience', async () => {
    bench.double.faults.add({ at: 'post', effect: { kind: 'status', status: 429, retryAfter: 3_600 } });
    const reply = await post();
    expect(reply.headers.get('retry-after')).toBe('3600');
    expect(posted()).toBe(0);
  });

  it('name a code, or answer what a gateway answers', async () => {
    bench.double.faults.add({ at: 'put', effect: { kind: 'status', status: 412 } });
    bench.double.faults.add({
      at: 'post',
      effect: { kind: 'status', status: 503, body: '<html></html>', contentType: 'text/html' },
    });
    expect((await bench.ask('PUT', `${chat()}/1`, hello)).body).toMatchObject({
      error: { code: 'PreconditionFailed' },
    });
    expect((await post()).headers.get('content-type')).toBe('text/html');
  });

  it('send the caller to a stranger', async () => {
    bench.double.faults.add({ at: 'post', effect: { kind: 'redirect', status: 307 } });
    const reply = await post();
    expect(reply.status).toBe(307);
    expect(reply.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/emea\//);
    expect(bench.double.strangerRequests).toBe(0);
  });

  it('hit one conversation, after some calls, some times', async () => {
    const { id } = bench.tenant.chatOf('Alex');
    bench.double.faults.add({
      at: 'post',
      effect: { kind: 'status', status: 500 },
      conversation: id,
      after: 1,
      times: 2,
    });
    const other = activitiesOf(bench.tenant.chatOf('Megan'));
    const statuses = [];
    for (const path of [chat(), other, chat(), chat(), chat()]) {
      statuses.push((await bench.ask('POST', path, hello)).status);
    }
    expect(statuses).toEqual([201, 201, 500, 500, 201]);
  });
});
