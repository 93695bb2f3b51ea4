import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import {
  connect,
  createTestClock,
  exception,
  listOf,
  liveEntry,
  type Scripted,
  startScripted,
  type TestClock,
} from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const minute = 60_000;
const profiles = {
  totalCount: 2,
  objects: [
    {
      id: 51,
      name: 'Cloud transcode',
      systemName: 'Default_Live',
      isDefault: true,
      objectType: 'KalturaConversionProfile',
    },
    { id: 52, name: 'Passthrough', objectType: 'KalturaConversionProfile' },
  ],
  objectType: 'KalturaConversionProfileListResponse',
};
const players = {
  totalCount: 4,
  objects: [
    { id: 1, name: 'Webcast player', objType: 1, tags: 'kalturaPlayerJs,player', objectType: 'KalturaUiConf' },
    { id: 2, name: 'New studio', objType: 8, tags: 'player, kalturaPlayerJs', objectType: 'KalturaUiConf' },
    { id: 3, name: 'Old player', objType: 1, tags: 'html5studio,player', objectType: 'KalturaUiConf' },
    { id: 4, name: 'Something else', objType: 8, objectType: 'KalturaUiConf' },
  ],
  objectType: 'KalturaUiConfListResponse',
};

let server: Scripted;
let kaltura: KalturaGateway;
let clock: TestClock;
let permissions: unknown;
beforeEach(async () => {
  permissions = 'BASE_USER_SESSION_PERMISSION,FEATURE_PUSH_PUBLISH';
  server = await startScripted(() => ({ json: [profiles, players, permissions] }));
  clock = createTestClock(false);
  ({ kaltura } = connect(server, { clock }));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

describe('the account', () => {
  it('is read in one round trip: live profiles, players and whether multicast is offered', async () => {
    expect(await kaltura.account()).toEqual({
      partnerId: 111,
      profiles: [
        { id: 51, name: 'Cloud transcode', systemName: 'Default_Live', isDefault: true },
        { id: 52, name: 'Passthrough', systemName: '', isDefault: false },
      ],
      players: [
        { id: 1, name: 'Webcast player', generation: 'v7', plugins: [] },
        { id: 2, name: 'New studio', generation: 'v7', plugins: [] },
        { id: 3, name: 'Old player', generation: 'v2', plugins: [] },
      ],
      categories: [],
      multicast: true,
    });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests).toMatchObject([
      { service: 'conversionprofile', filter: { typeEqual: '2' } },
      { service: 'uiconf', filter: { objTypeIn: '1,8' } },
      { service: 'permission', action: 'getCurrentPermissions' },
      { service: 'category', action: 'list' },
    ]);
  });

  it.each<[string, unknown]>([
    ['the permission is not among those of the session', 'BASE_USER_SESSION_PERMISSION,FEATURE_PUSH_PUBLISHING'],
    ['the session has no permissions at all', ''],
    ['the session may not ask', exception('SERVICE_FORBIDDEN', { SERVICE: 'permission->getCurrentPermissions' })],
  ])('offers no multicast when %s', async (_, answer) => {
    permissions = answer;
    expect(await kaltura.account()).toMatchObject({ multicast: false });
  });

  it('offers multicast to a session that may manage it', async () => {
    permissions = 'PUSH_PUBLISH_PERMISSION';
    expect(await kaltura.account()).toMatchObject({ multicast: true });
  });

  it('is kept for ten minutes', async () => {
    expect(kaltura.knownAccount()).toBeUndefined();
    const account = await kaltura.account();
    clock.advance(9 * minute);
    expect(await kaltura.account()).toEqual(account);
    expect(kaltura.knownAccount()).toEqual(account);
    expect(server.asked).toHaveLength(1);
    clock.advance(minute);
    expect(kaltura.knownAccount()).toBeUndefined();
    await kaltura.account();
    expect(server.asked).toHaveLength(2);
  });

  it('is read once for all who ask at the same time', async () => {
    await Promise.all([kaltura.account(), kaltura.account(), kaltura.account()]);
    expect(server.asked).toHaveLength(1);
  });

  it('is asked for again after a failure', async () => {
    server.answer = () => ({ json: exception('SERVICE_FORBIDDEN', { SERVICE: 'conversionprofile->list' }) });
    await expect(kaltura.account()).rejects.toMatchObject({ code: 'forbidden' });
    server.answer = () => ({ json: [profiles, players, permissions] });
    expect(await kaltura.account()).toMatchObject({ partnerId: 111 });
  });
});

describe('what embedding needs', () => {
  it('comes in one round trip: the webcast and the players', async () => {
    server.answer = () => ({ json: [listOf(liveEntry()), players] });
    const { found, players: offered } = await kaltura.withPlayers({ by: 'id', id });
    expect(found.map((webcast) => webcast.id)).toEqual([id]);
    expect(offered.map(({ generation }) => generation)).toEqual(['v7', 'v7', 'v2']);
    expect(server.asked).toHaveLength(1);
  });

  it('comes in one round trip by words too', async () => {
    server.answer = () => ({ json: [listOf(), listOf(liveEntry()), listOf(), players] });
    expect((await kaltura.withPlayers({ by: 'words', words: 'town' })).found).toHaveLength(1);
    expect(server.asked).toHaveLength(1);
  });
});
