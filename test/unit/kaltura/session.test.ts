import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway, KalturaParts } from '../../../src/kaltura/index.js';
import {
  adminSecret,
  connect,
  createTestClock,
  exception,
  listOf,
  liveEntry,
  type Scripted,
  sessionNumber,
  startScripted,
  type TestClock,
} from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const hour = 3_600_000;
const tokenValue = 'the-token-value';
const appToken = { kind: 'app token', id: '1_token001', token: new Secret(tokenValue) } as const;

let server: Scripted;
let kaltura: KalturaGateway;
let lines: string[];

function reconnect(parts: Partial<KalturaParts> = {}): void {
  const connected = connect(server, parts);
  kaltura = connected.kaltura;
  lines = connected.log.lines;
}

/** A clock that stands still, and a gateway that lives by it. */
function withStillClock(): TestClock {
  const clock = createTestClock(false);
  reconnect({ clock });
  return clock;
}

/** Lets everything run that needs no time, until the condition holds. */
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the condition never came true');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

beforeEach(async () => {
  server = await startScripted(() => ({ json: listOf(liveEntry()) }));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

const find = () => kaltura.find({ by: 'id', id });
const refusedAs = (KSID: string, ERR_CODE = '-1') => ({
  json: exception('INVALID_KS', { KSID, ERR_CODE, ERR_DESC: 'INVALID_STR' }),
});
/** Refuses every session but the one with this number. */
const onlyGood = (number: number, reason: string) => {
  server.answer = ({ body }) => (body.ks === sessionNumber(number) ? { json: listOf(liveEntry()) } : refusedAs(reason));
};

describe('a session with an admin secret', () => {
  it('is minted by start, over the network, and every verb uses it', async () => {
    withStillClock();
    await kaltura.start();
    await find();
    await find();
    expect(server.sessions).toMatchObject([
      { call: 'session.start', body: { secret: adminSecret, type: 2, partnerId: 111, expiry: 86_400 } },
    ]);
    expect(server.asked.map(({ body }) => body.ks)).toEqual([sessionNumber(1), sessionNumber(1)]);
  });

  it('is minted once for all verbs that come at the same time', async () => {
    reconnect();
    await Promise.all([find(), find(), find(), kaltura.audience(id).catch(() => undefined)]);
    expect(server.sessions).toHaveLength(1);
  });

  it('is never said in a log line, nor is the secret', async () => {
    withStillClock();
    await kaltura.start();
    await find();
    expect(lines.join('\n')).not.toContain('djJ8');
    expect(lines.join('\n')).not.toContain(adminSecret);
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('renewal', () => {
  it('comes five minutes before a long session ends, while verbs go on with the old one', async () => {
    const clock = withStillClock();
    await kaltura.start();
    const held = new Promise<void>((resolve) => {
      server.sessionAnswer = () => {
        resolve();
        return { fault: 'hang' };
      };
    });
    for (let passed = 0; passed < 24 * hour - 6 * 60_000; passed += 5 * 60_000) {
      clock.advance(5 * 60_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(server.sessions).toHaveLength(1);
    clock.advance(2 * 60_000);
    await held;
    expect(await find()).toHaveLength(1);
    expect(server.asked[0]?.body.ks).toBe(sessionNumber(1));
  });

  it('comes with a tenth left of a short session', async () => {
    const clock = createTestClock(false);
    reconnect({ clock, credentials: appToken });
    const expiry = clock.now() / 1000 + 600;
    server.sessionAnswer = ({ call }) =>
      call === 'session.startWidgetSession'
        ? { json: { ks: 'widget', objectType: 'KalturaStartWidgetSessionResponse' } }
        : { json: { ks: `granted-${server.sessions.length}`, expiry, objectType: 'KalturaSessionInfo' } };
    await kaltura.start();
    clock.advance(300_000);
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(239_000);
    await find();
    expect(server.sessions).toHaveLength(2);
    clock.advance(1000);
    await until(() => server.sessions.length === 4);
  });

  it('is tried again after half a minute when it fails', async () => {
    const clock = withStillClock();
    await kaltura.start();
    server.sessionAnswer = () => ({ json: exception('SERVICE_FORBIDDEN_CONTENT_BLOCKED') });
    clock.advance(24 * hour - 4 * 60_000);
    await until(() => clock.waits.includes(30_000));
    server.sessionAnswer = undefined;
    clock.advance(30_000);
    await until(() => lines.filter((line) => line.includes('a Kaltura session begins')).length === 2);
    await find();
    expect(server.asked[0]?.body.ks).toBe(sessionNumber(3));
    expect(lines.join('\n')).toContain('could not be renewed yet');
  });
});

describe('a session that Kaltura refuses', () => {
  it.each(['EXPIRED', 'LOGOUT', 'EXCEEDED_ACTIONS_LIMIT', sessionNumber(1)])(
    'as %s is renewed and the call made again, unseen by the person',
    async (reason) => {
      reconnect();
      onlyGood(2, reason);
      expect(await find()).toHaveLength(1);
      expect(server.sessions).toHaveLength(2);
      expect(server.asked).toHaveLength(2);
    },
  );

  it('is renewed once for all calls that were under way', async () => {
    withStillClock();
    await kaltura.start();
    onlyGood(2, 'EXPIRED');
    const found = await Promise.all([find(), find(), find(), find()]);
    expect(found.every((webcasts) => webcasts.length === 1)).toBe(true);
    expect(server.sessions).toHaveLength(2);
  });

  it('is renewed when the refusal comes inside a round trip of several', async () => {
    reconnect();
    server.answer = ({ body, requests }) => ({
      json:
        body.ks === sessionNumber(2)
          ? requests.map(() => listOf(liveEntry()))
          : requests.map(() => refusedAs('EXPIRED').json),
    });
    expect(await kaltura.find({ by: 'words', words: 'town' })).toHaveLength(1);
    expect(server.sessions).toHaveLength(2);
  });

  it('twice in a row is told as a matter of the credentials', async () => {
    reconnect();
    server.answer = () => refusedAs('LOGOUT');
    await expect(find()).rejects.toMatchObject({ code: 'misconfigured' });
    expect(server.sessions).toHaveLength(2);
    expect(server.asked).toHaveLength(2);
  });

  it.each([
    ['EXCEEDED_RESTRICTED_IP', '-1'],
    ['EXCEEDED_RESTRICTED_URI', '-1'],
    ['other', '-9'],
    ['other', '-2'],
  ])('for good (%s, %s) is not renewed', async (reason, errorCode) => {
    reconnect();
    server.answer = () => refusedAs(reason, errorCode);
    await expect(find()).rejects.toMatchObject({ code: 'misconfigured' });
    expect(server.sessions).toHaveLength(1);
  });
});

describe('a session with an app token', () => {
  const widget = { ks: 'widget-session', objectType: 'KalturaStartWidgetSessionResponse' };
  const granted = { ks: 'granted', sessionType: 2, expiry: 1_800_086_400, objectType: 'KalturaSessionInfo' };
  const digest = (hash: string) => createHash(hash).update(`widget-session${tokenValue}`).digest('hex');
  const acceptHash = (hash: string) => {
    server.sessionAnswer = ({ call, body }) => {
      if (call === 'session.startWidgetSession') return { json: widget };
      return { json: body.tokenHash === digest(hash) ? granted : exception('INVALID_APP_TOKEN_HASH') };
    };
  };

  it('signs the widget session and the token with SHA-256', async () => {
    reconnect({ credentials: appToken, clock: createTestClock(false) });
    acceptHash('sha256');
    await kaltura.start();
    await find();
    expect(server.sessions).toMatchObject([
      { call: 'session.startWidgetSession', body: { widgetId: '_111' } },
      {
        call: 'apptoken.startSession',
        body: { ks: 'widget-session', id: '1_token001', tokenHash: digest('sha256'), type: 2 },
      },
    ]);
    expect(server.asked[0]?.body.ks).toBe('granted');
  });

  it('finds out that a token wants SHA-1, and remembers it', async () => {
    reconnect({ credentials: appToken, clock: createTestClock(false) });
    acceptHash('sha1');
    await kaltura.start();
    expect(server.sessions).toHaveLength(3);
    server.answer = () => refusedAs('EXPIRED');
    await find().catch(() => undefined);
    expect(server.sessions.slice(3).map(({ call }) => call)).toEqual([
      'session.startWidgetSession',
      'apptoken.startSession',
    ]);
  });

  it('warns when the token makes user sessions, which may not create', async () => {
    reconnect({ credentials: appToken, clock: createTestClock(false) });
    server.sessionAnswer = ({ call }) => ({
      json: call === 'session.startWidgetSession' ? widget : { ...granted, sessionType: 0 },
    });
    await kaltura.start();
    expect(lines.join('\n')).toContain('user sessions');
  });

  it('shows neither token nor hash in an error or a log line', async () => {
    reconnect({ credentials: appToken, clock: createTestClock(false) });
    server.sessionAnswer = ({ call, body }) => ({
      json:
        call === 'session.startWidgetSession'
          ? widget
          : exception('APP_TOKEN_EXPIRED', { ID: String(body.tokenHash) }, `bad ${body.tokenHash} ${body.ks}`),
    });
    const error: unknown = await kaltura.start().catch((reason: unknown) => reason);
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
    const told = JSON.stringify([error, cause, cause?.message, cause?.stack, lines]);
    expect(told).toContain('APP_TOKEN_EXPIRED');
    for (const secret of [tokenValue, digest('sha256'), 'widget-session']) expect(told).not.toContain(secret);
  });
});

describe('a start that fails', () => {
  it.each([
    ['START_SESSION_ERROR', 'KALTURA_ADMIN_SECRET'],
    ['SERVICE_FORBIDDEN_CONTENT_BLOCKED', 'KALTURA_PARTNER_ID'],
  ])('with %s names %s', async (code, variable) => {
    reconnect();
    server.sessionAnswer = () => ({ json: exception(code) });
    await expect(kaltura.start()).rejects.toMatchObject({
      name: 'BotError',
      code: 'misconfigured',
      hint: expect.stringContaining(variable),
    });
  });

  it.each(['INVALID_WIDGET_ID', 'APP_TOKEN_ID_NOT_FOUND', 'APP_TOKEN_EXPIRED', 'INVALID_APP_TOKEN_HASH'])(
    'with %s names the variables of the app token',
    async (code) => {
      reconnect({ credentials: appToken });
      server.sessionAnswer = ({ call }) =>
        call === 'session.startWidgetSession' && code !== 'INVALID_WIDGET_ID'
          ? { json: { ks: 'widget', objectType: 'KalturaStartWidgetSessionResponse' } }
          : { json: exception(code) };
      await expect(kaltura.start()).rejects.toMatchObject({
        code: 'misconfigured',
        hint: expect.stringContaining('KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN'),
      });
    },
  );

  it('because nobody is there names the address, and a later verb finds Kaltura when it is back', async () => {
    reconnect();
    server.sessionAnswer = () => ({ fault: 'reset' });
    await expect(kaltura.start()).rejects.toMatchObject({
      code: 'unavailable',
      hint: expect.stringContaining(`KALTURA_SERVICE_URL (${server.url})`),
    });
    server.sessionAnswer = undefined;
    expect(await find()).toHaveLength(1);
  });
});
