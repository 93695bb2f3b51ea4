import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { connect, listOf, liveEntry, type Scripted, startScripted } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const otherId = entryIdSchema.parse('1_town0002');
let server: Scripted;
let kaltura: KalturaGateway;
beforeEach(async () => {
  server = await startScripted(() => ({ json: listOf(liveEntry()) }));
  ({ kaltura } = connect(server));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

const filterOf = (request: Record<string, unknown> | undefined): unknown => request?.filter;

describe('finding webcasts', () => {
  it('reads an entry into our own words', async () => {
    expect(await kaltura.find({ by: 'id', id })).toEqual([
      {
        id: '1_town0001',
        name: 'Town Hall',
        description: 'All hands',
        tags: ['townhall', 'quarterly'],
        adminTags: ['kms-webcast-event', 'vpaas-webcast'],
        source: 'kaltura',
        dvr: true,
        dvrWindow: 60,
        recording: 'per-session',
        preview: true,
        profileId: 51,
        multicast: false,
        copyEntitlement: true,
        hideRecording: true,
        archive: false,
        feed: 'none',
        open: false,
        recordingNow: 'stopped',
        connectedSince: undefined,
        lastEnded: undefined,
        firstShown: undefined,
        recordedEntryId: undefined,
        redirectEntryId: undefined,
        createdAt: 1_790_000_000_000,
      },
    ]);
  });

  it('asks for one id in one round trip with the properties it needs and no more', async () => {
    await kaltura.find({ by: 'id', id });
    expect(server.asked.map(({ call }) => call)).toEqual(['livestream.list']);
    expect(filterOf(server.asked[0]?.body)).toMatchObject({ idEqual: '1_town0001' });
    expect(server.asked[0]?.body.responseProfile).toMatchObject({
      type: 1,
      fields: expect.stringContaining('liveStatus'),
    });
    expect(JSON.stringify(server.asked[0]?.body.responseProfile)).not.toContain('streamPassword');
  });

  it('leaves out a deleted webcast, which a list by one id still returns', async () => {
    server.answer = () => ({ json: listOf(liveEntry({ status: 3 })) });
    expect(await kaltura.find({ by: 'id', id })).toEqual([]);
  });

  it('asks for several ids at once', async () => {
    server.answer = () => ({ json: listOf(liveEntry({ id: otherId }), liveEntry()) });
    const found = await kaltura.find({ by: 'ids', ids: [id, otherId] });
    expect(found.map((webcast) => webcast.id)).toEqual([otherId, id]);
    expect(filterOf(server.asked[0]?.body)).toMatchObject({ idIn: '1_town0001,1_town0002', orderBy: '-createdAt' });
    expect(server.asked).toHaveLength(1);
  });

  it('asks nothing when there is nothing to ask about', async () => {
    expect(await kaltura.find({ by: 'ids', ids: [] })).toEqual([]);
    expect(await kaltura.find({ by: 'words', words: ' ", ' })).toEqual([]);
    expect(server.asked).toHaveLength(0);
  });

  it('searches names and mentions in one round trip, the exact name first whatever its case', async () => {
    const exact = liveEntry({ id: '1_exact001', name: 'town HALL' });
    server.answer = () => ({
      json: [
        listOf(exact),
        listOf(
          liveEntry({ id: '1_late0001', name: 'The town hall' }),
          liveEntry({ id: '1_begin001', name: 'Town hall 2' }),
          exact,
        ),
        listOf(liveEntry({ id: '1_mention1', name: 'Other' })),
      ],
    });
    const found = await kaltura.find({ by: 'words', words: 'Town Hall' });
    expect(found.map((webcast) => webcast.id)).toEqual(['1_exact001', '1_begin001', '1_late0001']);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests.map(filterOf)).toMatchObject([
      { nameEqual: 'Town Hall' },
      { nameLike: 'Town Hall' },
      { freeText: 'Town Hall' },
    ]);
  });

  it('shows mentions when no name fits', async () => {
    server.answer = () => ({ json: [listOf(), listOf(), listOf(liveEntry({ name: 'Other' }))] });
    expect((await kaltura.find({ by: 'words', words: 'quarterly' })).map(({ name }) => name)).toEqual(['Other']);
  });

  it('sends no control characters and no operators of the search engine', async () => {
    server.answer = () => ({ json: [listOf(), listOf(), listOf()] });
    await kaltura.find({ by: 'words', words: 'a\u0007b "c", d' });
    expect(server.asked[0]?.requests.map(filterOf)).toMatchObject([
      { nameEqual: 'a b "c", d' },
      { nameLike: 'a b c d' },
      { freeText: 'a b c d' },
    ]);
  });
});

describe('what Kaltura leaves out or writes otherwise', () => {
  const findWith = async (facts: Record<string, unknown>) => {
    server.answer = () => ({ json: listOf(liveEntry(facts)) });
    const [webcast] = await kaltura.find({ by: 'id', id });
    return webcast;
  };

  it('takes numbers that come as text', async () => {
    const webcast = await findWith({ dvrWindow: '90', viewMode: '1', liveStatus: '1', createdAt: '1790000000' });
    expect(webcast).toMatchObject({ dvrWindow: 90, open: true, feed: 'picture', createdAt: 1_790_000_000_000 });
  });

  it('takes missing properties for what Kaltura means by leaving them out', async () => {
    server.answer = () => ({ json: listOf({ id: '1_town0001', objectType: 'KalturaLiveStreamEntry' }) });
    expect(await kaltura.find({ by: 'id', id })).toMatchObject([
      {
        name: '',
        tags: [],
        dvr: false,
        dvrWindow: undefined,
        recording: 'off',
        preview: false,
        open: true,
        feed: 'none',
      },
    ]);
  });

  it('takes a state it does not know for no picture', async () => {
    expect(await findWith({ liveStatus: 77, recordingStatus: 77, viewMode: 77, recordStatus: 77 })).toMatchObject({
      feed: 'none',
      recordingNow: 'stopped',
      open: false,
      recording: 'off',
    });
  });

  it.each([
    [1, 'picture'],
    [2, 'connecting'],
    [3, 'connecting'],
    [-1, 'error'],
    [4, 'none'],
  ])('reads node status %d as %s', async (liveStatus, feed) => {
    expect(await findWith({ liveStatus })).toMatchObject({ feed });
  });

  it('reads times in seconds, and 0 as never', async () => {
    expect(
      await findWith({
        currentBroadcastStartTime: 0,
        lastBroadcastEndTime: 1_790_000_100,
        broadcastTime: 1_790_000_050_000,
      }),
    ).toMatchObject({ connectedSince: undefined, lastEnded: 1_790_000_100_000, firstShown: 1_790_000_050_000 });
  });

  it("reads an entry of an admin session and one with an address of the customer's own", async () => {
    expect(await findWith({ objectType: 'KalturaLiveStreamAdminEntry', sourceType: '30' })).toMatchObject({
      source: 'own',
      preview: true,
    });
  });
});

describe('a page of webcasts', () => {
  it('asks for tagged entries only, newest first, with the total', async () => {
    server.answer = () => ({ json: { ...listOf(liveEntry()), totalCount: 41 } });
    expect(await kaltura.page(undefined, 3, 10)).toMatchObject({ total: 41, webcasts: [{ id: '1_town0001' }] });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.body).toMatchObject({
      filter: { adminTagsMultiLikeOr: 'kms-webcast-event', orderBy: '-createdAt' },
      pager: { pageIndex: 3, pageSize: 10 },
    });
    expect(filterOf(server.asked[0]?.body)).not.toHaveProperty('freeText');
  });

  it('filters by words and never asks for a page of everything', async () => {
    await kaltura.page('town', 0, 0);
    expect(server.asked[0]?.body).toMatchObject({ filter: { freeText: 'town' }, pager: { pageIndex: 1, pageSize: 1 } });
  });
});
