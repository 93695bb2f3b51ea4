import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { connect, exception, listOf, liveEntry, type Scripted, startScripted } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const details = (facts: Record<string, unknown> = {}) => ({
  primaryStreamStatus: 1,
  secondaryStreamStatus: 3,
  viewMode: 0,
  wasBroadcast: false,
  broadcastStatus: 2,
  objectType: 'KalturaLiveStreamDetails',
  ...facts,
});
const noEntry = exception('INVALID_ENTRY_ID', { ID: '' });

let server: Scripted;
let kaltura: KalturaGateway;
beforeEach(async () => {
  server = await startScripted(() => ({ json: [listOf(liveEntry()), details()] }));
  ({ kaltura } = connect(server));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

describe('seeing a webcast', () => {
  it('brings webcast, both paths, how they look and what viewers get in one round trip', async () => {
    const { found, sightings } = await kaltura.sight({ by: 'id', id });
    expect(found).toHaveLength(1);
    expect(sightings[0]).toMatchObject({ webcast: { id }, main: 'picture', backup: 'connecting', audience: 'preview' });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests).toMatchObject([
      { service: 'livestream', action: 'list' },
      { service: 'livestream', action: 'getDetails', id: '1_town0001' },
      { service: 'beacon_beacon', action: 'list', filter: { objectIdIn: '1_town0001', indexTypeEqual: 'Log' } },
      { service: 'beacon_beacon', action: 'list', filter: { objectIdIn: '1_town0001', indexTypeEqual: 'State' } },
    ]);
  });

  it("passes the server's cache by", async () => {
    await kaltura.sight({ by: 'id', id });
    expect(server.asked[0]?.body).toMatchObject({ nocache: 1 });
  });

  it('finds nothing where there is no such webcast', async () => {
    server.answer = () => ({ json: [listOf(), noEntry] });
    expect(await kaltura.sight({ by: 'id', id })).toEqual({ found: [], sightings: [] });
  });

  it('looks at each of several ids, all in one round trip', async () => {
    const { sightings } = await kaltura.sight({ by: 'ids', ids: [id, entryIdSchema.parse('1_town0002')] });
    expect(sightings[0]?.webcast.id).toBe(id);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests.slice(1).map((asked) => asked.id)).toEqual([id, '1_town0002']);
  });

  it('tells what arrives for the best fit, not for the newest', async () => {
    const newest = liveEntry({ id: '1_newest01', name: 'About the town' });
    const best = liveEntry({ id: '1_best0001', name: 'Town' });
    server.answer = ({ requests }) => ({
      json: requests.map(({ id: asked }, index) => {
        if (index < 3) return [listOf(), listOf(newest, best), listOf()][index];
        if (asked === '{2:result:objects:1:id}') return details({ broadcastStatus: 3 });
        return asked === '{2:result:objects:0:id}' ? details() : noEntry;
      }),
    });
    const { found, sightings } = await kaltura.sight({ by: 'words', words: 'town' });
    expect(found.map((webcast) => webcast.id)).toEqual(['1_best0001', '1_newest01']);
    expect(sightings[0]).toMatchObject({ webcast: { id: '1_best0001' }, audience: 'live' });
    expect(server.asked).toHaveLength(1);
  });

  it('asks once more when the best fit stands far down the list', async () => {
    const far = [1, 2, 3, 4].map((number) => liveEntry({ id: `1_far0000${number}`, name: `The town ${number}` }));
    const best = liveEntry({ id: '1_best0001', name: 'town' });
    server.answer = ({ call }) =>
      call === 'multirequest'
        ? { json: [listOf(), listOf(...far, best), listOf(), noEntry, details(), details(), noEntry] }
        : { json: details({ broadcastStatus: 3 }) };
    const { sightings } = await kaltura.sight({ by: 'words', words: 'town' });
    expect(sightings[0]).toMatchObject({ webcast: { id: '1_best0001' }, audience: 'live' });
    expect(server.asked[1]).toMatchObject({ call: 'livestream.getDetails', body: { id: '1_best0001' } });
  });

  it('finds nothing when the webcast goes away between the two answers', async () => {
    server.answer = () => ({ json: [listOf(liveEntry()), noEntry] });
    expect(await kaltura.sight({ by: 'id', id })).toEqual({ found: [], sightings: [] });
  });

  it('raises when what arrives cannot be told', async () => {
    server.answer = () => ({
      json: [listOf(liveEntry()), exception('SERVICE_FORBIDDEN', { SERVICE: 'livestream->getDetails' })],
    });
    await expect(kaltura.sight({ by: 'id', id })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('what an ordinary viewer gets', () => {
  it.each([
    [1, 'nothing'],
    [2, 'preview'],
    [3, 'live'],
    [9, 'nothing'],
  ])('reads broadcast status %d as %s', async (broadcastStatus, audience) => {
    server.answer = () => ({ json: details({ broadcastStatus }) });
    expect(await kaltura.audience(id)).toBe(audience);
    expect(server.asked).toMatchObject([{ call: 'livestream.getDetails', body: { id, nocache: 1 } }]);
  });
});

describe('going live and ending', () => {
  beforeEach(() => {
    server.answer = () => ({ json: { id, objectType: 'KalturaLiveStreamEntry' } });
  });

  it('goes live with view mode 1 and recording status 2, and nothing else, in one round trip', async () => {
    await kaltura.goLive(id);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.body).toMatchObject({ entryId: '1_town0001' });
    expect(server.asked[0]?.body.liveStreamEntry).toEqual({
      objectType: 'KalturaLiveStreamEntry',
      viewMode: 1,
      recordingStatus: 2,
    });
  });

  it('ends with view mode 0 and recording status 0', async () => {
    await kaltura.end(id);
    expect(server.asked.map(({ body }) => body.liveStreamEntry)).toEqual([
      { objectType: 'KalturaLiveStreamEntry', viewMode: 0, recordingStatus: 0 },
    ]);
  });

  it('repeats an update whose answer was lost, since the same values change nothing', async () => {
    let count = 0;
    server.answer = () => (++count === 1 ? { fault: 'reset' } : { json: { id, objectType: 'KalturaLiveStreamEntry' } });
    await kaltura.goLive(id);
    expect(server.asked).toHaveLength(2);
  });

  it('says that the user is no co-editor, and mints no new session for it', async () => {
    server.answer = () => ({
      json: exception('INVALID_KS', { KSID: '', ERR_CODE: '-4', ERR_DESC: 'INVALID_TYPE' }),
    });
    await expect(kaltura.goLive(id)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('neither owner nor co-editor'),
    });
    expect(server.sessions).toHaveLength(1);
    expect(server.asked).toHaveLength(1);
  });
});
