import { EventEmitter, once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createLimits } from '../../../doubles/slack/limits.js';
import { callApi, type Scene, startScene } from './app.js';

describe('rate limits', () => {
  const clockAt = (time: { now: number }) => ({ now: () => time.now });

  it('let a burst of five into a channel, then one a second', () => {
    const time = { now: 0 };
    const limits = createLimits(clockAt(time));
    const post = (channel = 'C1') => limits.take('T1', 'chat.postMessage', 't5', channel);
    expect(Array.from({ length: 6 }, () => post())).toEqual([undefined, undefined, undefined, undefined, undefined, 1]);
    expect(post('C2')).toBeUndefined();
    time.now += 1_000;
    expect([post(), post()]).toEqual([undefined, 1]);
  });

  it.each([
    ['t1', 3, 60],
    ['t2', 20, 3],
    ['t3', 50, 2],
    ['t4', 100, 1],
  ] as const)('hold %s to a burst of %d per method and workspace', (tier, burst, wait) => {
    const time = { now: 0 };
    const limits = createLimits(clockAt(time));
    const call = (team = 'T1', method = 'm') => limits.take(team, method, tier, undefined);
    for (let index = 0; index < burst; index += 1) expect(call()).toBeUndefined();
    expect(call()).toBe(wait);
    expect(call('T2')).toBeUndefined();
    expect(call('T1', 'n')).toBeUndefined();
    time.now += wait * 1_000;
    expect(call()).toBeUndefined();
  });
});

describe('a limited call', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await startScene();
  });
  afterEach(() => scene.stop());
  const post = () =>
    callApi(scene, 'chat.postMessage', { channel: scene.workspace.channelId('live-events'), text: 'x' });

  it('gets 429 with Retry-After and is counted', async () => {
    for (let index = 0; index < 5; index += 1) await post();
    const refused = await post();
    expect(refused).toMatchObject({ status: 429, body: { ok: false, error: 'ratelimited' } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(scene.double.rateLimited).toBe(1);
    expect(scene.workspace.messages('live-events')).toHaveLength(5);
  });
});

describe('faults', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await startScene();
  });
  afterEach(() => scene.stop());
  const post = () =>
    callApi(scene, 'chat.postMessage', { channel: scene.workspace.channelId('live-events'), text: 'x' });
  const posted = () => scene.workspace.messages('live-events').length;

  it('hit the method they name, as often as they say', async () => {
    scene.double.faults.add({
      method: 'chat.postMessage',
      effect: { kind: 'error', error: 'internal_error' },
      after: 1,
      times: 2,
    });
    expect((await callApi(scene, 'auth.test', {})).body.ok).toBe(true);
    const outcomes = [await post(), await post(), await post(), await post()].map(({ body }) => body.ok);
    expect(outcomes).toEqual([true, false, false, true]);
  });

  it('answer 429 and 5xx as the platform does', async () => {
    scene.double.faults.add({ method: '*', effect: { kind: 'ratelimited', retryAfter: 30 } });
    const limited = await post();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '30']);
    scene.double.faults.add({ method: '*', effect: { kind: 'status', status: 502 } });
    await expect(post()).rejects.toThrow('JSON');
    expect(scene.double.calls().map((call) => call.status)).toEqual([429, 502]);
    expect(scene.double.rateLimited).toBe(0);
  });

  it('reset the connection before or after the act', async () => {
    scene.double.faults.add({ method: '*', effect: { kind: 'reset' } });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(posted()).toBe(0);
    scene.double.faults.add({ method: '*', effect: { kind: 'lost' } });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(posted()).toBe(1);
  });

  it('cut the answer', async () => {
    scene.double.faults.add({ method: '*', effect: { kind: 'truncated' } });
    await expect(post()).rejects.toThrow('JSON');
    expect(posted()).toBe(1);
  });

  it('hold a call until the test lets go', async () => {
    const gate = new EventEmitter();
    scene.double.faults.add({ method: '*', effect: { kind: 'held', until: once(gate, 'open') } });
    const pending = post();
    expect(posted()).toBe(0);
    gate.emit('open');
    expect((await pending).body.ok).toBe(true);
  });
});
