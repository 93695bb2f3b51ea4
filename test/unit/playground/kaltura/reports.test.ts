import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isFields } from '../../../../src/playground/kaltura/values.js';
import { type Rig, START, startRig } from './rig.js';

let kaltura: Rig;
let id: string;

beforeEach(async () => {
  kaltura = await startRig();
  await kaltura.control('clock', { stopped: true, set: START });
  id = await kaltura.addWebcast();
});
afterEach(() => kaltura.stop());

const advance = (seconds: number) => kaltura.control('clock', { advance: seconds });
const filter = (more: object = {}) => ({ entryIdIn: id, fromDate: START, toDate: START + 600, ...more });
const options = { objectType: 'KalturaReportResponseOptions', delimiter: '|' };

/** The points of the graph of viewers, as [second, viewers]. */
async function viewers(more: object = {}): Promise<number[][]> {
  const graphs = await kaltura.call('report.getGraphs', {
    reportType: '10013',
    reportInputFilter: filter({ interval: 'ten_seconds', ...more }),
    responseOptions: options,
  });
  const graph = (Array.isArray(graphs) ? graphs : []).filter(isFields).find((one) => one.id === 'viewers');
  const points = String(graph?.data ?? '')
    .split(';')
    .filter((point) => point !== '');
  return points.map((point) => point.split('|').map(Number));
}

const at = (points: number[][], second: number) => points.find(([time]) => time === START + second)?.[1];

async function total(reportType: string, more: object = {}): Promise<number[]> {
  const { data } = await kaltura.ask('report.getTotal', {
    reportType,
    reportInputFilter: filter(more),
    responseOptions: options,
  });
  return String(data).split('|').map(Number);
}

async function table(reportType: string, params: object = {}, entries = id) {
  const { header, data, totalCount } = await kaltura.ask('report.getTable', {
    reportType,
    reportInputFilter: filter({ entryIdIn: entries }),
    responseOptions: options,
    pager: { pageSize: 500 },
    ...params,
  });
  const rows = String(data).split(';').slice(0, -1);
  return { header: String(header).split('|'), rows: rows.map((row) => row.split('|')), totalCount };
}

/** From 60 to 360 seconds after the start viewers have the picture. */
async function broadcast(): Promise<void> {
  await kaltura.encoder(id, 1);
  await advance(60);
  await kaltura.ask('liveStream.update', { entryId: id, liveStreamEntry: { viewMode: 1 } });
  await advance(300);
  await kaltura.encoder(id, 'stop');
  await advance(240);
}

describe('the reports of a broadcast', () => {
  it('count nobody in the preview, those who come from going live on, and nobody after the end', async () => {
    await broadcast();
    const points = await viewers();
    expect(at(points, 50)).toBe(0);
    expect(at(points, 60)).toBeGreaterThan(0);
    expect(at(points, 200)).toBeGreaterThan(at(points, 60) ?? 0);
    expect(at(points, 350)).toBeGreaterThan(20 * 0.9);
    expect(at(points, 360)).toBe(0);
  });

  it('are the same at every look', async () => {
    await broadcast();
    expect(await viewers()).toEqual(await viewers());
  });

  it('know nothing of the time to come', async () => {
    await kaltura.encoder(id, 1);
    await kaltura.ask('liveStream.update', { entryId: id, liveStreamEntry: { viewMode: 1 } });
    await advance(100);
    const points = await viewers();
    expect(at(points, 90)).toBeGreaterThan(0);
    expect(at(points, 110)).toBe(0);
  });

  it('begin when the packager has published, not before', async () => {
    await kaltura.control('publish', { delay: 40 });
    await broadcast();
    const points = await viewers();
    expect(at(points, 80)).toBe(0);
    expect(at(points, 100)).toBeGreaterThan(0);
  });

  it('agree with each other: minutes are the area under the curve, plays are no fewer than viewers', async () => {
    await broadcast();
    const [plays = 0, unique = 0, minutes = 0, live = 0] = await total('40001');
    const area = (await viewers()).reduce((sum, [, value]) => sum + (value ?? 0) * 10, 0) / 60;
    expect(minutes).toBe(Math.round(area));
    expect(live).toBe(minutes);
    expect(plays).toBeGreaterThanOrEqual(unique);
    const devices = await table('40007');
    const column = devices.header.indexOf('sum_live_view_period');
    const sum = devices.rows.reduce((all, row) => all + Number(row[column]), 0);
    expect(Math.abs(sum - minutes)).toBeLessThan(devices.rows.length);
  });

  it('follow the interval that is asked for', async () => {
    await broadcast();
    const points = await viewers({ interval: 'minutes' });
    expect(points.map(([time]) => (time ?? 0) - START)).toEqual([0, 60, 120, 180, 240, 300, 360, 420, 480, 540]);
  });

  it('have zeros in totals and no rows in tables where nobody watched', async () => {
    expect(await total('40001')).toEqual([0, 0, 0, 0]);
    expect((await table('40007')).rows).toEqual([]);
  });

  it('take entries by the delimiter of the answer', async () => {
    const other = await kaltura.addWebcast();
    await broadcast();
    expect((await table('10012', {}, `${other}|${id}`)).rows.map(([entry]) => entry)).toEqual([id]);
  });

  it('give the viewers page by page, in the order that is asked for', async () => {
    await broadcast();
    const all = await table('40009', { order: '-sum_view_period' });
    const count = all.rows.length;
    expect(all.totalCount).toBe(count);
    const minutes = all.rows.map((row) => Number(row[all.header.indexOf('sum_view_period')]));
    expect(minutes).toEqual([...minutes].sort((one, other) => other - one));
    const second = await table('40009', { order: '-sum_view_period', pager: { pageSize: 10, pageIndex: 2 } });
    expect(second.rows).toEqual(all.rows.slice(10, 20));
    expect(second.totalCount).toBe(count);
  });

  it('reach back a week in real time, and for good otherwise', async () => {
    await broadcast();
    await advance(8 * 86_400);
    expect((await viewers()).every(([, value]) => value === 0)).toBe(true);
    expect((await total('40001'))[0]).toBeGreaterThan(0);
  });

  it.each([
    ['WITHOUT_REALTIME_REPORTS', '10005', '40001'],
    ['WITHOUT_WEBCAST_REPORTS', '40001', '10005'],
  ])('are refused to an account %s, which is no permission', async (feature, refused, given) => {
    await kaltura.control('features', { features: [feature] });
    const ask = (reportType: string) => kaltura.ask('report.getTotal', { reportType, reportInputFilter: filter() });
    expect(await ask(refused)).toMatchObject({ code: 'SERVICE_FORBIDDEN', args: { SERVICE: 'report->getTotal' } });
    expect(await ask(given)).not.toHaveProperty('code');
    expect(String(await kaltura.call('permission.getCurrentPermissions'))).not.toContain('WITHOUT');
  });
});
