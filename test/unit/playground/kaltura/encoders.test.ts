import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Fields, isFields, items, text } from '../../../../src/playground/kaltura/values.js';
import { objectsOf, type Rig, startRig } from './rig.js';

let kaltura: Rig;
let entryId: string;
beforeEach(async () => {
  kaltura = await startRig();
  entryId = await kaltura.addWebcast();
});
afterEach(() => kaltura.stop());

const playable = 1;
const list = (filter: Fields) =>
  kaltura.ask('beacon_beacon.list', { filter: { objectType: 'KalturaBeaconFilter', ...filter } });
const log = async (path = '0') =>
  objectsOf(
    await list({
      objectIdIn: entryId,
      eventTypeIn: `${path}_healthData`,
      indexTypeEqual: 'Log',
      orderBy: '-updatedAt',
    }),
  );
const codesOf = (beacon: Fields | undefined) => {
  const report: unknown = JSON.parse(text(beacon ?? {}, 'privateData') ?? '{}');
  return isFields(report)
    ? [report.maxSeverity, ...items(report, 'alerts').map((alert) => isFields(alert) && alert.Code)]
    : [];
};

describe('reports on encoders', () => {
  it('come every ten seconds while a picture arrives, newest first, and stay in the log', async () => {
    await kaltura.encoder(entryId, playable);
    await kaltura.control('clock', { advance: 25 });
    const times = (await log()).map(({ updatedAt }) => Number(updatedAt));
    expect(times.map((at) => at - (times.at(-1) ?? 0))).toEqual([20, 10, 0]);
    await kaltura.encoder(entryId, 'stop');
    await kaltura.control('clock', { advance: 60 });
    expect(await log()).toHaveLength(3);
    expect(await log('1')).toEqual([]);
  });

  it('say at once what has changed, and leave alone what was said', async () => {
    await kaltura.encoder(entryId, playable);
    await kaltura.control('clock', { advance: 3 });
    await kaltura.control('encoders', { entryId, audio: false, keyFrameInterval: 6 });
    expect((await log()).map(codesOf)).toEqual([[3, 102, 107], [0]]);
  });

  it('say that a backup sends alone', async () => {
    await kaltura.encoder(entryId, playable, '1');
    expect(codesOf((await log('1'))[0])).toEqual([2, 109]);
  });

  it('hold the figures as a state, one of each kind', async () => {
    await kaltura.encoder(entryId, playable);
    await kaltura.control('clock', { advance: 60 });
    const states = objectsOf(await list({ objectIdIn: entryId, indexTypeEqual: 'State' }));
    expect(states.map(({ eventType }) => eventType).sort()).toEqual(['0_dynamicData', '0_healthData', '0_staticData']);
  });

  it('keep the newest thirty of a path', async () => {
    await kaltura.encoder(entryId, playable);
    await kaltura.control('clock', { advance: 3600 });
    const beacons = await kaltura.ask('beacon_beacon.list', {
      filter: { objectType: 'KalturaBeaconFilter', indexTypeEqual: 'Log' },
      pager: { pageSize: 500 },
    });
    expect(beacons.totalCount).toBe(30);
  });

  it('are none in an account without the plugin', async () => {
    await kaltura.control('encoders', { reports: false });
    expect(await list({})).toMatchObject({ code: 'SERVICE_FORBIDDEN' });
    await kaltura.control('encoders', {}, 'DELETE');
    expect(await list({})).toMatchObject({ totalCount: 0 });
  });

  it('are refused for what is no webcast, and for what is no property', async () => {
    expect(await kaltura.control('encoders', { entryId: '0_absent00', audio: false })).toHaveProperty('error');
    expect(await kaltura.control('encoders', { entryId, sound: false })).toHaveProperty('error');
  });
});
