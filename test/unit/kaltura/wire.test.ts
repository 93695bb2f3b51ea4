import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway, KalturaParts } from '../../../src/kaltura/index.js';
import {
  type Answer,
  connect,
  exception,
  listOf,
  liveEntry,
  type Scripted,
  startScripted,
  type TestClock,
} from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const good: Answer = { json: listOf(liveEntry()) };

let server: Scripted;
let kaltura: KalturaGateway;
let clock: TestClock;
let lines: string[];

function reconnect(parts: Partial<KalturaParts>): void {
  const connected = connect(server, parts);
  kaltura = connected.kaltura;
  clock = connected.clock;
  lines = connected.log.lines;
}

beforeEach(async () => {
  server = await startScripted(() => good);
  reconnect({ timeout: 1000 });
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

const find = () => kaltura.find({ by: 'id', id });

describe('what goes over the wire', () => {
  it('is JSON under exactly application/json, with the session in the body and not in the address', async () => {
    await find();
    const [asked] = server.asked;
    expect(asked?.contentType).toBe('application/json');
    expect(asked?.url).toBe('/api_v3/service/livestream/action/list');
    expect(asked?.body).toMatchObject({ format: 1, ks: expect.stringMatching(/^djJ8/), clientTag: 'webcast-bot/1' });
  });

  it('goes over connections that are kept open, one call after the other', async () => {
    for (let call = 0; call < 10; call++) await find();
    // A second one is opened while the first is still being handed back.
    expect(server.connections).toBeLessThanOrEqual(2);
  });

  it('reaches a server whose address was given with a slash at its end', async () => {
    await kaltura.stop();
    reconnect({ serviceUrl: `${server.url}/` });
    await find();
    expect(server.asked[0]?.url).toBe('/api_v3/service/livestream/action/list');
    expect(kaltura.addresses).toEqual({ service: server.url, content: server.url, partnerId: 111 });
  });
});

describe('an answer that does not come', () => {
  const passing: [string, Answer][] = [
    ['a broken connection', { fault: 'reset' }],
    ['an answer cut short', { fault: 'cut' }],
    ['no answer in time', { fault: 'hang' }],
    ['an error page', { text: '<html>Bad gateway</html>', status: 502 }],
    ['a web page in place of JSON', { text: '<html>Sorry</html>' }],
    ['truncated JSON', { text: '{"totalCount":1,"objects":[{"id":"1_to' }],
    ['an empty answer', { text: '' }],
    ['an error inside Kaltura', { json: exception('INTERNAL_SERVERL_ERROR') }],
  ];

  it.each(passing)('is asked for again after %s', async (_, fault) => {
    const answers = [fault, good];
    server.answer = () => answers.shift() ?? good;
    expect(await find()).toHaveLength(1);
    expect(server.asked).toHaveLength(2);
  });

  it.each(passing)('is an error in words after three times %s', async (_, fault) => {
    server.answer = () => fault;
    await expect(find()).rejects.toMatchObject({
      name: 'BotError',
      code: 'unavailable',
      message: expect.stringMatching(/^(Kaltura|The connection to Kaltura) /),
      hint: expect.stringContaining('Try again'),
    });
    expect(server.asked).toHaveLength(3);
    expect(clock.waits).toEqual([250, 1000]);
  });

  it('is not waited for a third time once somebody has waited long enough', async () => {
    server.answer = () => {
      clock.advance(10_000);
      return { fault: 'reset' };
    };
    await expect(find()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.asked).toHaveLength(2);
  });

  it('names the address when nobody listens there', async () => {
    await kaltura.stop();
    reconnect({ serviceUrl: 'http://127.0.0.1:1' });
    await expect(find()).rejects.toMatchObject({ code: 'unavailable', message: 'Kaltura cannot be reached.' });
  });
});

describe('an answer that is of no use', () => {
  it.each<[string, Answer]>([
    ['a bare sentence about the rate limit', { json: 'Access to livestream->list was rate limited' }],
    ['HTTP 429', { text: 'slow down', status: 429 }],
    ['a blocked action', { json: exception('ACTION_BLOCKED') }],
  ])('says to wait after %s, and does not press on', async (_, answer) => {
    server.answer = () => answer;
    await expect(find()).rejects.toMatchObject({ code: 'busy', hint: expect.stringContaining('ten seconds') });
    expect(server.asked).toHaveLength(1);
  });

  it('points at the service address when it answers with a page that is not there', async () => {
    server.answer = () => ({ text: '<html>Not found</html>', status: 404 });
    await expect(find()).rejects.toMatchObject({
      code: 'misconfigured',
      hint: expect.stringContaining('KALTURA_SERVICE_URL'),
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['an object of no type', {}],
    ['a number', 42],
    ['false', false],
    ['null', null],
    ['a list with an entry without id', listOf({ objectType: 'KalturaLiveStreamEntry' })],
    ['a list with an entry that is text', listOf(JSON.parse('"entry"'))],
    ['a date that is none', listOf(liveEntry({ createdAt: 'yesterday' }))],
  ])('is refused in words when it is %s', async (_, json) => {
    server.answer = () => ({ json });
    await expect(find()).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Kaltura gave an answer that makes no sense.',
    });
  });

  it('is refused when a round trip of several brings too few answers', async () => {
    server.answer = () => ({ json: [listOf()] });
    await expect(kaltura.sight({ by: 'id', id })).resolves.toMatchObject({ found: [] });
    await expect(kaltura.find({ by: 'words', words: 'town' })).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('is not read beyond its size limit', async () => {
    await kaltura.stop();
    reconnect({ sizeLimit: 1000 });
    server.answer = () => ({ text: 'x'.repeat(100_000) });
    await expect(find()).rejects.toMatchObject({ code: 'unavailable' });
    expect(server.asked).toHaveLength(1);
  });

  it('keeps an unknown code for whoever runs the bot', async () => {
    server.answer = () => ({ json: exception('SOMETHING_NEW') });
    await expect(find()).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('SOMETHING_NEW') });
  });
});

describe('secrets', () => {
  it('stand in no error and no log line, even when Kaltura repeats the session', async () => {
    server.answer = ({ body }) => {
      const ks = String(body.ks);
      return {
        json: exception('INVALID_KS', { KSID: ks, ERR_CODE: '-1' }, `Invalid KS "${ks}", Error "-1,INVALID_STR"`),
      };
    };
    const error: unknown = await find().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'misconfigured', cause: { code: 'INVALID_KS', args: { KSID: '[secret]' } } });
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
    const told = JSON.stringify([error, cause, cause?.message, cause?.stack, lines]);
    expect(told).toContain('[secret]');
    expect(told).not.toContain('djJ8');
  });

  it('stand in no error when an answer that is not JSON repeats the session', async () => {
    server.answer = ({ body }) => ({ text: `${body.ks} <html>` });
    const error: unknown = await find().catch((reason: unknown) => reason);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
    expect(JSON.stringify([cause?.message, cause?.stack, cause?.cause, lines])).not.toContain('djJ8');
  });
});

describe('stopping', () => {
  it('ends what is under way at once, with a sentence', async () => {
    await kaltura.stop();
    reconnect({ timeout: 60_000 });
    const asked = new Promise<void>((resolve) => {
      server.answer = () => {
        resolve();
        return { fault: 'hang' };
      };
    });
    const finding = find();
    const refused = expect(finding).rejects.toMatchObject({
      code: 'unavailable',
      message: 'The bot is being stopped.',
    });
    await asked;
    await kaltura.stop();
    await refused;
    await expect(find()).rejects.toMatchObject({ code: 'unavailable' });
  });
});
