import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { readFigures, readFindings } from '../../../src/kaltura/vitals.js';
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

const report = (facts: unknown) => readFindings([JSON.stringify(facts)]);

describe('a report on an encoder', () => {
  it('gives the worst of it the severity of the whole, and no code more', () => {
    const alerts = [{ Time: 1, Code: 107, Arguments: {} }, { Code: 102 }, { Code: '100' }];
    expect(report({ maxSeverity: 4, alerts })).toEqual([
      { code: 102, severity: 4 },
      { code: 100, severity: 2 },
      { code: 107, severity: 2 },
    ]);
    expect(report({ maxSeverity: 1, alerts })).toEqual([100, 102, 107].map((code) => ({ code, severity: 1 })));
  });

  it('keeps a code that nobody knows, as bad as the report', () => {
    expect(report({ maxSeverity: 2, alerts: [{ Code: 141 }] })).toEqual([{ code: 141, severity: 2 }]);
  });

  it('has trouble without a name when it says how bad it is and not why', () => {
    expect(report({ maxSeverity: 3, alerts: [] })).toEqual([{ code: 0, severity: 3 }]);
    expect(report({ maxSeverity: 1 })).toEqual([]);
  });

  it.each([
    ['no JSON', '<html>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[1]'],
    ['alerts that are none', '{"alerts":{"Code":102}}'],
    ['codes that are none', '{"alerts":[null,7.5,{"Code":"x"},{"Code":-1},{"Code":1e9},{"Code":{"a":1}}]}'],
  ])('finds nothing in %s', (_, privateData) => {
    expect(readFindings([privateData])).toEqual([]);
  });

  it('reads anything without falling over, and little of much', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (privateData) => {
        expect(readFindings([privateData]).length).toBeLessThanOrEqual(20);
        readFigures(privateData);
      }),
    );
    const many = Array.from({ length: 500 }, (_, index) => ({ Code: index + 1 }));
    expect(report({ alerts: many }).length).toBeLessThanOrEqual(20);
  });
});

describe('the figures of a picture', () => {
  const flavors = [
    { name: '33', mediaInfo: { bitrate_kbps: 900, resolution: [640, 360], framesPerSecond: 25 } },
    {
      name: 32,
      mediaInfo: { bitrate_kbps: 3500, resolution: [1920, 1080], framesPerSecond: 29.97, keyFramesDistance: 2000 },
    },
  ];

  it('are those of what the encoder sends, not of what Kaltura makes of it', () => {
    const figures = readFigures(JSON.stringify({ flavors }));
    expect(figures).toEqual({ bitrate: 3500, width: 1920, height: 1080, frameRate: 29.97, keyFrame: 2 });
  });

  it('are left out where they make no sense', () => {
    const mediaInfo = { bitrate_kbps: -1, resolution: ['a', 2], framesPerSecond: 1e9, keyFramesDistance: null };
    expect(readFigures(JSON.stringify({ flavors: [{ name: '32', mediaInfo }, null, 7] }))).toEqual({});
    expect(readFigures(JSON.stringify({ Encoder: { videoCodec: '<script>', audioCodec: 'AAC' } }))).toEqual({
      audioCodec: 'AAC',
    });
  });
});

const id = entryIdSchema.parse('1_town0001');
const details = { primaryStreamStatus: 1, secondaryStreamStatus: 0, broadcastStatus: 2 };
const beacon = (eventType: string, at: number, privateData: object | string) => ({
  objectType: 'KalturaBeacon',
  objectId: id,
  eventType,
  updatedAt: at,
  privateData: typeof privateData === 'string' ? privateData : JSON.stringify(privateData),
});
const beacons = (...objects: unknown[]) => ({
  objectType: 'KalturaBeaconListResponse',
  totalCount: objects.length,
  objects,
});

describe('asking for the health of a picture', () => {
  let server: Scripted;
  let kaltura: KalturaGateway;
  let clock: TestClock;
  let answers: unknown[];
  beforeEach(async () => {
    answers = [beacons(), beacons()];
    server = await startScripted(({ requests }) => ({
      json: [
        listOf(liveEntry({ liveStatus: 1 })),
        { objectType: 'KalturaLiveStreamDetails', ...details },
        ...answers,
      ].slice(0, requests.length),
    }));
    ({ kaltura, clock } = connect(server));
  });
  afterEach(async () => {
    await kaltura.stop();
    await server.close();
  });
  const see = async () => (await kaltura.sight({ by: 'id', id })).sightings[0]?.health;
  const asked = () => server.asked.at(-1)?.requests.filter(({ service }) => service === 'beacon_beacon').length;

  it('takes the newest report of each path', async () => {
    answers = [
      beacons(
        beacon('1_healthData', 300, { maxSeverity: 0, alerts: [] }),
        beacon('0_healthData', 290, { maxSeverity: 3, alerts: [{ Code: 102 }] }),
        beacon('0_healthData', 280, { maxSeverity: 4, alerts: [{ Code: 103 }] }),
        beacon('7_healthData', 310, { maxSeverity: 4, alerts: [{ Code: 103 }] }),
        { ...beacon('0_healthData', 320, { maxSeverity: 4 }), objectId: '1_other001' },
        { objectType: 'KalturaBeacon' },
      ),
      beacons(beacon('0_staticData', 100, { Encoder: { videoCodec: 'H.264' } }), beacon('0_dynamicData', 290, '{')),
    ];
    expect(await see()).toEqual({
      main: {
        report: { at: 290_000, findings: [{ code: 102, severity: 3 }] },
        figures: { at: 290_000, videoCodec: 'H.264' },
      },
      backup: { report: { at: 300_000, findings: [] }, figures: undefined },
    });
  });

  it('does not ask for an hour when the account has no reports', async () => {
    answers = [exception('SERVICE_FORBIDDEN', { SERVICE: 'beacon_beacon->list' }), beacons()];
    expect(await see()).toBe('not reported');
    expect(await see()).toBe('not reported');
    expect(asked()).toBe(0);
    clock.advance(3_600_000);
    answers = [beacons(), beacons()];
    expect(await see()).toEqual({ main: {}, backup: {} });
    expect(asked()).toBe(2);
  });

  it('leaves reports that fail alone for a minute, and tells everything else all the same', async () => {
    answers = [{ objectType: 'KalturaBeaconListResponse', objects: 7 }, exception('SEARCH_ENGINE_QUERY')];
    expect(await see()).toBe('no answer');
    expect(await see()).toBe('no answer');
    expect(asked()).toBe(0);
    clock.advance(60_000);
    await see();
    expect(asked()).toBe(2);
  });
});

describe('reports that come along with a list', () => {
  let server: Scripted;
  let kaltura: KalturaGateway;
  let clock: TestClock;
  let together: () => Answer;
  beforeEach(async () => {
    const list = listOf(liveEntry({ liveStatus: 1 }));
    together = () => ({ json: [list, beacons(), beacons()] });
    server = await startScripted(({ requests }) => (requests.length === 1 ? { json: list } : together()));
    ({ kaltura, clock } = connect(server, { timeout: 1000 }));
  });
  afterEach(async () => {
    await kaltura.stop();
    await server.close();
  });
  const look = async () => {
    const more = () => ({ paths: false, recordings: false });
    const [glance] = await kaltura.watch([id], { health: new Set([id]), more });
    return glance?.health;
  };
  const calls = () => server.asked.splice(0).map(({ requests }) => requests.length);

  it.each<[string, Answer]>([
    ['hang', { fault: 'hang' }],
    ['break the connection', { fault: 'reset' }],
    ['make Kaltura fail', { text: '<html>Bad gateway</html>', status: 502 }],
  ])('and %s leave the list to be asked for alone, and are left alone for a minute', async (_, fault) => {
    together = () => fault;
    expect(await look()).toBe('no answer');
    expect(calls()).toEqual([3, 1]);
    expect(await look()).toBe('no answer');
    expect(calls()).toEqual([1]);
    clock.advance(60_000);
    await look();
    expect(calls()).toEqual([3, 1]);
  });

  it('are not blamed for a Kaltura that does not answer at all', async () => {
    server.answer = () => ({ fault: 'reset' });
    await expect(look()).rejects.toMatchObject({ code: 'unavailable' });
    server.answer = together;
    expect(await look()).toMatchObject({ main: {}, backup: {} });
  });

  it('and fail alone cost nothing more', async () => {
    together = () => ({
      json: [listOf(liveEntry({ liveStatus: 1 })), exception('SEARCH_ENGINE_QUERY_FAILED'), beacons()],
    });
    expect(await look()).toBe('no answer');
    expect(calls()).toEqual([3]);
  });
});
