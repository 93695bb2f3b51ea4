import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EntryId, entryIdSchema, instant } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { type Asked, connect, exception, type Scripted, startScripted } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const part = entryIdSchema.parse('1_part0001');
/** The scripted clock stands at 1,800,000,000 seconds. */
const now = 1_800_000_000;
const span = { from: instant((now - 3600) * 1000), until: instant(now * 1000) };

const graph = (name: string, ...points: readonly (readonly [number, number | string])[]) => ({
  id: name,
  data: points.map(([at, value]) => `${at}|${value};`).join(''),
  objectType: 'KalturaReportGraph',
});
const total = (header: string, data?: string) => ({
  header,
  ...(data === undefined ? {} : { data }),
  objectType: 'KalturaReportTotal',
});
const table = (header: string, data: string, totalCount = 1) => ({
  header,
  data,
  totalCount,
  objectType: 'KalturaReportTable',
});

const highlights = 'count_plays|unique_viewers|sum_view_period|sum_live_view_period';
/** Answers to the five questions of the totals. */
const totals = (...changed: readonly (readonly [number, unknown])[]): unknown[] => {
  const answers: unknown[] = [
    total(highlights, '148|120|900.5|800'),
    total('live_engaged_users_play_time_ratio|avg_vod_completion_rate|registered', '0.62|0.1|7'),
    total('avg_live_buffer_time|avg_bitrate', '0.005|2100'),
    table('device|vod_plays_count|live_plays_count|sum_view_period', 'Mobile|1|40|300;Computer|7|100|600;', 2),
    table('object_id|country|coordinates|count_plays|unique_viewers|sum_view_period', 'DE|Germany||148|120|900;'),
  ];
  for (const [index, answer] of changed) answers[index] = answer;
  return answers;
};

let server: Scripted;
let kaltura: KalturaGateway;
let answer: (asked: Asked) => unknown;
beforeEach(async () => {
  server = await startScripted((asked) => ({ json: answer(asked) }));
  ({ kaltura } = connect(server));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

const ids = (count: number): EntryId[] =>
  Array.from({ length: count }, (_, index) => entryIdSchema.parse(`1_many${String(index).padStart(4, '0')}`));

describe('who watches now', () => {
  it('asks the real-time report from 200 to 30 seconds ago, in steps of ten, with a delimiter of its own', async () => {
    answer = () => [graph('viewers', [now - 50, 80], [now - 40, 90]), graph('viewers_engagement', [now - 40, 45])];
    const audience = await kaltura.reports.audienceNow([id]);
    expect(audience).toEqual({
      kind: 'measured',
      value: new Map([[id, { at: (now - 30) * 1000, viewers: 90, engaged: 0.5 }]]),
    });
    expect(server.asked[0]?.body).toMatchObject({
      reportType: '10013',
      reportInputFilter: {
        objectType: 'KalturaEndUserReportInputFilter',
        entryIdIn: id,
        fromDate: now - 200,
        toDate: now - 30,
        interval: 'ten_seconds',
      },
      responseOptions: { objectType: 'KalturaReportResponseOptions', delimiter: '|' },
    });
  });

  it('does not take the ten seconds that are still being gathered', async () => {
    answer = () => [graph('viewers', [now - 40, 90], [now - 30, 3])];
    expect(await kaltura.reports.audienceNow([id])).toMatchObject({
      value: new Map([[id, { at: (now - 30) * 1000, viewers: 90, engaged: undefined }]]),
    });
  });

  it('is one round trip for each hundred', async () => {
    answer = ({ requests }) => {
      const answers = requests.map(() => [graph('viewers', [now - 40, 5])]);
      return answers.length === 1 ? answers[0] : answers;
    };
    const audience = await kaltura.reports.audienceNow(ids(201));
    expect(server.asked.map(({ requests }) => requests.length)).toEqual([100, 100, 1]);
    expect(audience).toMatchObject({ kind: 'measured' });
    expect(audience.kind === 'measured' && audience.value.size).toBe(201);
  });

  it('leaves out the webcast that fails and the one of which nothing is known', async () => {
    answer = () => [[graph('viewers', [now - 40, 5])], exception('ENTRY_ID_NOT_FOUND'), []];
    const audience = await kaltura.reports.audienceNow(ids(3));
    expect(audience.kind === 'measured' && [...audience.value.keys()]).toEqual(ids(1));
  });

  it('asks nothing of nobody', async () => {
    expect(await kaltura.reports.audienceNow([])).toEqual({ kind: 'lacking', why: 'nothing yet' });
    expect(server.asked).toEqual([]);
  });

  it('carries the name of those who look without being asked', async () => {
    answer = () => [];
    await kaltura.reportsUnasked.audienceNow([id]);
    await kaltura.reports.audienceNow([id]);
    expect(server.asked.map(({ body }) => body.clientTag)).toEqual(['webcast-watch/1', 'webcast-bot/1']);
  });
});

describe('what an account lacks', () => {
  it.each([
    ['SERVICE_FORBIDDEN', { SERVICE: 'report->getGraphs' }, 'not in the account'],
    ['FEATURE_FORBIDDEN', { FEATURE: 'LIVE_ANALYTICS' }, 'not in the account'],
    ['REPORT_NOT_FOUND', {}, 'not in the account'],
    ['INVALID_ENUM_VALUE', { ENUM_VAL: '10013', ENUM_TYPE: 'KalturaReportType' }, 'not in the account'],
    ['DRUID_QUERY_TIMED_OUT', {}, 'took too long'],
  ])('is told from %s', async (code, args, why) => {
    answer = () => exception(code, args);
    expect(await kaltura.reports.audienceNow([id])).toEqual({ kind: 'lacking', why });
    expect(await kaltura.reports.viewersOverTime(id, span)).toEqual({ kind: 'lacking', why });
    expect(await kaltura.reports.attendance([id], span)).toEqual({ kind: 'lacking', why });
  });

  it.each(['INTERNAL_SERVERL_ERROR', 'INVALID_KS', 'INVALID_ENUM_VALUE'])('is not what %s says', async (code) => {
    answer = () => exception(code, { KSID: 'LOGOUT', ENUM_TYPE: 'KalturaReportInterval' });
    await expect(kaltura.reports.numbers([id], span)).rejects.toMatchObject({ name: 'BotError' });
  });
});

describe('viewers over time', () => {
  it('come in minutes for a long broadcast and in tens of seconds for a short one', async () => {
    answer = () => [graph('viewers', [now - 3540, 1.4], [now - 3480, 2.6])];
    expect(await kaltura.reports.viewersOverTime(id, span)).toEqual({
      kind: 'measured',
      value: [
        { at: (now - 3540) * 1000, value: 1 },
        { at: (now - 3480) * 1000, value: 3 },
      ],
    });
    await kaltura.reports.viewersOverTime(id, { from: instant((now - 600) * 1000), until: span.until });
    expect(server.asked.map(({ body }) => body.reportInputFilter)).toMatchObject([
      { interval: 'minutes', fromDate: now - 3600, toDate: now - 30 },
      { interval: 'ten_seconds', fromDate: now - 600 },
    ]);
  });

  it('are asked at most a week back, and not at all before that', async () => {
    answer = () => [];
    const month = { from: instant((now - 30 * 86_400) * 1000), until: span.until };
    await kaltura.reports.viewersOverTime(id, month);
    expect(server.asked[0]?.body.reportInputFilter).toMatchObject({ fromDate: now - 7 * 86_400 });
    const old = { from: month.from, until: instant((now - 20 * 86_400) * 1000) };
    expect(await kaltura.reports.viewersOverTime(id, old)).toEqual({ kind: 'lacking', why: 'nothing yet' });
    expect(server.asked).toHaveLength(1);
  });

  it('leave out points that are none', async () => {
    const points: [number, string][] = [
      [now - 100, 'NaN'],
      [now - 90, '-3'],
      [now - 80, '1e400'],
      [20_261_122, '7'],
      [now - 70, '4'],
    ];
    answer = () => [graph('viewers', ...points), { id: 'viewers_dvr', objectType: 'KalturaReportGraph' }];
    expect(await kaltura.reports.viewersOverTime(id, span)).toEqual({
      kind: 'measured',
      value: [{ at: (now - 70) * 1000, value: 4 }],
    });
  });

  it('weigh engagement by viewers within each minute', async () => {
    const minute = Math.floor((now - 600) / 60) * 60;
    answer = () => [
      graph('viewers', [minute, 10], [minute + 10, 30], [minute + 60, 0]),
      graph('viewers_engagement', [minute, 10], [minute + 10, 10], [minute + 60, 0]),
    ];
    expect(await kaltura.reports.engagementOverTime(id, span)).toEqual({
      kind: 'measured',
      value: [{ at: minute * 1000, value: 0.5 }],
    });
  });
});

describe('totals', () => {
  it('come with devices and countries in one round trip, of the live entry and its recordings together', async () => {
    answer = () => totals();
    expect(await kaltura.reports.numbers([id, part], span)).toEqual({
      kind: 'measured',
      value: {
        span,
        plays: 148,
        viewers: 120,
        minutes: 900.5,
        liveMinutes: 800,
        engagement: 0.62,
        buffering: 0.3,
        devices: [
          { name: 'Computer', plays: 107, minutes: 600 },
          { name: 'Mobile', plays: 41, minutes: 300 },
        ],
        places: [{ name: 'Germany', plays: 148, minutes: 900 }],
      },
    });
    expect(server.asked).toHaveLength(1);
    const filters = server.asked[0]?.requests.map((request) => request.reportInputFilter);
    expect(filters).toHaveLength(5);
    for (const filter of filters ?? [])
      expect(filter).toMatchObject({ entryIdIn: `${id}|${part}`, fromDate: now - 3600, toDate: now });
  });

  it('are read by the names of the columns, wherever they stand and whatever stands between them', async () => {
    answer = () =>
      totals([0, total('sum_live_view_period|new_thing|unique_viewers|count_plays|sum_view_period', '8|x y|3|4|9')]);
    expect(await kaltura.reports.numbers([id], span)).toMatchObject({
      value: { plays: 4, viewers: 3, minutes: 9, liveMinutes: 8 },
    });
  });

  it('are nothing yet when Kaltura sends no row', async () => {
    answer = () => totals([0, total(highlights, '')]);
    expect(await kaltura.reports.numbers([id], span)).toEqual({ kind: 'lacking', why: 'nothing yet' });
    answer = () => totals([0, total(highlights)]);
    expect(await kaltura.reports.numbers([id], span)).toEqual({ kind: 'lacking', why: 'nothing yet' });
  });

  it('stand without what the account lacks beside them', async () => {
    const lack = exception('SERVICE_FORBIDDEN', { SERVICE: 'report->getTable' });
    answer = () => totals([1, lack], [2, lack], [3, lack], [4, exception('DRUID_QUERY_TIMED_OUT')]);
    expect(await kaltura.reports.numbers([id], span)).toMatchObject({
      value: { plays: 148, engagement: undefined, buffering: undefined, devices: [], places: [] },
    });
  });

  it('say nothing of engagement and waiting when nobody watched live', async () => {
    answer = () => totals([0, total(highlights, '5|4|20|0')]);
    expect(await kaltura.reports.numbers([id], span)).toMatchObject({
      value: { minutes: 20, liveMinutes: 0, engagement: undefined, buffering: undefined },
    });
  });

  it('skip rows that do not fit their header, and take no figure for one that cannot be', async () => {
    answer = () =>
      totals(
        [0, total(highlights, '99999999999999999999|7|1e5|abc')],
        [1, total('live_engaged_users_play_time_ratio', '62')],
        [3, table('device|live_plays_count|sum_view_period', 'TV|stick|4|9;Phone|3|8;|2|1;;Nothing|0|0;', 9)],
      );
    const numbers = await kaltura.reports.numbers([id], span);
    expect(numbers).toMatchObject({
      value: { plays: 0, viewers: 7, minutes: 100_000, liveMinutes: 0, engagement: undefined },
    });
    expect(numbers.kind === 'measured' && numbers.value.devices).toEqual([
      { name: 'Phone', plays: 3, minutes: 8 },
      { name: 'unknown', plays: 2, minutes: 1 },
    ]);
  });
});

describe('attendance', () => {
  const header = 'user_id|user_name|count_plays|sum_view_period|sum_live_view_period';
  const page = (count: number, of: number) => table(header, 'ann@x|Ann Lee|2|30|20;'.repeat(count), of);

  it('is a round trip for each 500, most minutes first, until all are there', async () => {
    answer = ({ body }) => page(Object(body.pager).pageIndex === 3 ? 1 : 500, 1001);
    const attendance = await kaltura.reports.attendance([id], span);
    expect(attendance.kind === 'measured' && attendance.value).toHaveLength(1001);
    expect(server.asked.map(({ body }) => [body.order, Object(body.pager).pageIndex])).toEqual([
      ['-sum_view_period', 1],
      ['-sum_view_period', 2],
      ['-sum_view_period', 3],
    ]);
  });

  it('ends at the 12,000 rows that Kaltura gives', async () => {
    answer = () => page(500, 50_000);
    const attendance = await kaltura.reports.attendance([id], span);
    expect(attendance.kind === 'measured' && attendance.value).toHaveLength(12_000);
    expect(server.asked).toHaveLength(24);
  });

  it('tells those who did not sign in from the others, and gives those without a name their id', async () => {
    answer = () => table(header, '||9|90|80;bo@x| |1|2|2;', 2);
    expect(await kaltura.reports.attendance([id], span)).toEqual({
      kind: 'measured',
      value: [
        { user: undefined, name: '', plays: 9, minutes: 90, liveMinutes: 80 },
        { user: 'bo@x', name: 'bo@x', plays: 1, minutes: 2, liveMinutes: 2 },
      ],
    });
  });

  it('is nothing yet without rows', async () => {
    answer = () => table(header, '', 0);
    expect(await kaltura.reports.attendance([id], span)).toEqual({ kind: 'lacking', why: 'nothing yet' });
  });
});
