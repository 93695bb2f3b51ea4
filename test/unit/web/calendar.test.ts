import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CalendarFile } from '../../../src/core/calendar.js';
import { instant } from '../../../src/core/webcast.js';
import { createCalendarRoute } from '../../../src/web/calendar.js';
import { createFront, type Front } from '../../../src/web/front.js';
import { createHandClock } from '../../e2e/slack/clock.js';
import { silent } from '../../rig/index.js';

describe('the address of calendar files', () => {
  let front: Front;
  let url: string;
  let file: CalendarFile;
  const asked: string[] = [];

  beforeEach(async () => {
    file = { name: 'Q3 Town Hall', text: 'BEGIN:VCALENDAR\r\nö\r\n', changedAt: instant(Date.UTC(2026, 10, 22, 12)) };
    asked.length = 0;
    const route = createCalendarRoute('/calendar/', async (token) => {
      asked.push(token);
      return token === '1_ab12cd34.good-token' ? file : undefined;
    });
    const clock = createHandClock(0);
    const parts = { port: 0, host: '127.0.0.1', ready: () => true, clock, log: silent, newId: () => 'abcdefgh' };
    front = createFront({ ...parts, routes: [route] });
    url = `http://127.0.0.1:${await front.start()}/calendar`;
  });
  afterEach(() => front.stop());

  const get = (path: string, init?: RequestInit) => fetch(`${url}${path}`, init);
  const good = '/1_ab12cd34.good-token.ics';

  it('gives the file as a calendar, to be kept for a minute and by nobody between', async () => {
    const answer = await get(`${good}?from=card`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(file.text);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'content-disposition': 'attachment; filename="Q3-Town-Hall.ics"',
      'content-length': '21',
      'cache-control': 'private, max-age=60',
      'last-modified': 'Sun, 22 Nov 2026 12:00:00 GMT',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('gives it once to whoever has it, until it changes', async () => {
    const etag = (await get(good)).headers.get('etag') ?? '';
    const again = await get(good, { headers: { 'if-none-match': `"other", W/${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    file = { ...file, text: 'another' };
    expect((await get(good, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('tells about the file without it', async () => {
    const answer = await get(good, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([200, '21', '']);
  });

  it.each([
    '/1_ab12cd34.other-token.ics',
    '/1_ab12cd34.good-token',
    '/',
    '/.ics',
    '/../healthz.ics',
    '/1_ab12cd34.good-token/more.ics',
    `/${'a'.repeat(5000)}.ics`,
    '/%00.ics',
  ])('has nothing at %s', async (path) => {
    const answer = await get(path);
    expect([answer.status, await answer.text()]).toEqual([404, 'There is nothing at this address.\n']);
  });

  it('asks nobody about what cannot be a token', async () => {
    for (const path of ['/x/y.ics', '/a b.ics', '/none']) await get(path);
    expect(asked).toEqual([]);
  });

  it.each(['POST', 'PUT', 'DELETE'])('takes no %s', async (method) => {
    const answer = await get(good, { method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['Zürich "Größe"\r\nSet-Cookie: x', 'Zurich-Gro-e-Set-Cookie-x'],
    ['会議', 'webcast'],
    ['x'.repeat(300), 'x'.repeat(60)],
  ])('names the file of %j so that every disk takes it', async (name, plain) => {
    file = { ...file, name };
    expect((await get(good)).headers.get('content-disposition')).toBe(`attachment; filename="${plain}.ics"`);
  });
});
