import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Log } from '../../../src/core/ports.js';
import { Secret } from '../../../src/core/secret.js';
import { createFront, type Front } from '../../../src/web/front.js';
import { createNotifications, type NotificationKeys } from '../../../src/web/kaltura.js';
import { createTestClock } from '../../rig/clock.js';

const secret = 'the-admin-secret-of-the-account';
const token = 'long-and-random-words';
const signed: NotificationKeys = { adminSecret: new Secret(secret), token: undefined };
const open: Front[] = [];

async function start(keys: NotificationKeys = signed) {
  const heard: string[][] = [];
  const warned: string[] = [];
  const claimed = new Set<string>();
  const clock = createTestClock();
  const log: Log = { debug() {}, info() {}, warn: (_facts, message) => void warned.push(message), error() {} };
  const handle = createNotifications({
    keys,
    heard: async (entries) => void heard.push([...entries]),
    claim: async (key) => !claimed.has(key) && Boolean(claimed.add(key)),
    clock,
    log,
  });
  const routes = [{ method: 'POST', path: '/kaltura/events', handle }] as const;
  const waiting = { ...clock, wait: () => new Promise<void>(() => {}) };
  const front = createFront({
    ...{ port: 0, host: '127.0.0.1', routes, ready: () => true, log },
    clock: waiting,
    newId: () => 'abcdefgh',
  });
  open.push(front);
  const url = `http://127.0.0.1:${await front.start()}/kaltura/events`;
  const post = async (body: string | Buffer, headers: Record<string, string> = {}) =>
    (await fetch(url, { method: 'POST', body, headers })).status;
  return { url, post, heard, warned };
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((front) => front.stop()));
});

const signature = (body: string, algorithm = 'sha1', key = secret) =>
  createHash(algorithm)
    .update(key + body)
    .digest('hex');
const sign = (body: string, algorithm = 'sha1') => ({
  'x-kaltura-signature': signature(body, algorithm),
  'x-kaltura-hash-algo': algorithm,
});
const notification = (object: object, job: number | undefined = 73) =>
  JSON.stringify({ object, eventObjectType: 1, eventNotificationJobId: job, objectType: 'KalturaHttpNotification' });
const body = notification({ id: '0_town0001', rootEntryId: '0_town0001', viewMode: 1 });

describe('a notification of Kaltura', () => {
  it.each(['sha1', 'sha256', 'sha512'])('is taken when it is signed by %s', async (algorithm) => {
    const { post, heard } = await start();
    expect(await post(body, sign(body, algorithm))).toBe(204);
    expect(heard).toEqual([['0_town0001']]);
  });

  it('is signed as a real server was seen to sign', async () => {
    const { post, heard } = await start({ ...signed, adminSecret: new Secret('66a6378fca0ceed2ae602c31c0f71c78') });
    const seen = 'entry_id=0_5tlamozf&entry_name=Webhook+event+renamed&category_id=16&category_name=Hooked';
    const headers = {
      'x-kaltura-signature': '31944beb61abc8963d651dfa9f6937eee8499984',
      'x-kaltura-hash-algo': 'sha1',
    };
    expect(await post(seen, headers)).toBe(204);
    expect(heard).toEqual([['0_5tlamozf']]);
  });

  it('may write its signature in capitals, and leave the algorithm out when it is the usual one', async () => {
    const { post, heard } = await start();
    expect(await post(body, { 'x-kaltura-signature': signature(body).toUpperCase() })).toBe(204);
    expect(heard).toHaveLength(1);
  });

  it.each<[string, Record<string, string>]>([
    ['no signature', {}],
    ['an empty signature', { 'x-kaltura-signature': '' }],
    ['another key', { 'x-kaltura-signature': signature(body, 'sha1', 'another') }],
    ['half of a signature', { 'x-kaltura-signature': signature(body).slice(0, 20) }],
    ['what is no hex', { 'x-kaltura-signature': 'z'.repeat(40) }],
    ['a weak algorithm', { 'x-kaltura-signature': signature(body, 'md5'), 'x-kaltura-hash-algo': 'md5' }],
    ['the name of what every object has', { ...sign(body), 'x-kaltura-hash-algo': 'constructor' }],
    ['the wrong algorithm', { ...sign(body), 'x-kaltura-hash-algo': 'sha256' }],
  ])('is refused with %s, whatever it says', async (_what, headers) => {
    const { post, heard } = await start();
    expect(await post(body, headers)).toBe(401);
    expect(heard).toEqual([]);
  });

  it('is refused when one byte of it was changed', async () => {
    const { post, heard } = await start();
    expect(await post(body.replace('0_town0001', '0_town0002'), sign(body))).toBe(401);
    expect(await post(`${body} `, sign(body))).toBe(401);
    expect(heard).toEqual([]);
  });

  it('is checked by its bytes before it is read', async () => {
    const { post } = await start();
    const garbage = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    expect(await post(garbage)).toBe(401);
    const hash = createHash('sha1').update(secret).update(garbage).digest('hex');
    expect(await post(garbage, { 'x-kaltura-signature': hash })).toBe(400);
  });

  it.each([
    ['a form with its JSON', `data=${encodeURIComponent(body)}`],
    ['a flat form', 'entry_id=0_town0001&entry_name=Town+Hall&entry_status=2'],
  ])('may be %s', async (_what, form) => {
    const { post, heard } = await start();
    expect(await post(form, sign(form))).toBe(204);
    expect(heard).toEqual([['0_town0001']]);
  });

  it.each(['', 'words', '{"object":', '[]', '{"object":"0_town0001"}', '{}', 'data=%7B', 'data=1'])(
    'that is %j cannot be read',
    async (text) => {
      const { post, heard } = await start();
      expect(await post(text, sign(text))).toBe(400);
      expect(heard).toEqual([]);
    },
  );

  it('of a recording speaks of its webcast too', async () => {
    const { post, heard } = await start();
    const ready = notification({ id: '0_rec00001', rootEntryId: '0_town0001', status: 2 });
    await post(ready, sign(ready));
    expect(heard).toEqual([['0_rec00001', '0_town0001']]);
  });

  it.each([{}, { id: 7 }, { id: '0_x; drop' }, { id: ['0_town0001'] }, { id: null, name: '0_town0001' }])(
    'of what is no entry is taken and means nothing: %j',
    async (object) => {
      const { post, heard } = await start();
      const text = notification(object);
      expect(await post(text, sign(text))).toBe(204);
      expect(heard).toEqual([]);
    },
  );

  it('is heard once, however often it is sent', async () => {
    const { post, heard } = await start();
    expect(await post(body, sign(body))).toBe(204);
    expect(await post(body, sign(body))).toBe(204);
    expect(heard).toHaveLength(1);
    const next = notification({ id: '0_town0001' }, 74);
    await post(next, sign(next));
    expect(heard).toHaveLength(2);
  });

  it('larger than a megabyte is not read', async () => {
    const { post, heard } = await start();
    const huge = notification({ id: '0_town0001', description: 'x'.repeat(1_100_000) });
    expect(await post(huge, sign(huge))).toBe(413);
    expect(heard).toEqual([]);
  });

  it('comes by POST', async () => {
    const { url } = await start();
    expect((await fetch(url)).status).toBe(405);
  });

  it('needs its token where the bot does not hold the admin secret, and both where both are known', async () => {
    const byToken = await start({ adminSecret: undefined, token: new Secret(token) });
    expect(await byToken.post(body)).toBe(401);
    expect(await byToken.post(body, { 'x-webcast-token': `${token}x` })).toBe(401);
    expect(await byToken.post(body, { 'x-webcast-token': token })).toBe(204);
    const byBoth = await start({ ...signed, token: new Secret(token) });
    expect(await byBoth.post(body, sign(body))).toBe(401);
    expect(await byBoth.post(body, { 'x-webcast-token': token })).toBe(401);
    expect(await byBoth.post(body, { 'x-webcast-token': token, ...sign(body) })).toBe(204);
  });

  it('has no address where nothing is known that it could be checked by; the log says so once', async () => {
    const { post, heard, warned } = await start({ adminSecret: undefined, token: undefined });
    expect(await post(body, sign(body))).toBe(404);
    expect(await post(body)).toBe(404);
    expect(warned).toEqual([expect.stringContaining('KALTURA_WEBHOOK_TOKEN')]);
    expect(heard).toEqual([]);
  });
});
