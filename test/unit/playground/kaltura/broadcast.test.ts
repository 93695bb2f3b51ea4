import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { objectsOf, type Rig, START, startRig } from './rig.js';

let kaltura: Rig;

beforeEach(async () => {
  kaltura = await startRig();
  await kaltura.control('clock', { stopped: true, set: START });
});
afterEach(() => kaltura.stop());

const advance = (seconds: number) => kaltura.control('clock', { advance: seconds });
const update = (entryId: string, liveStreamEntry: object) =>
  kaltura.ask('liveStream.update', { entryId, liveStreamEntry: { ...liveStreamEntry } });
const goLive = (entryId: string) => update(entryId, { viewMode: 1, recordingStatus: 2 });
const statusOf = async (id: string) => (await kaltura.ask('liveStream.getDetails', { id })).broadcastStatus;
const recordingsOf = async (rootEntryIdEqual: string) =>
  objectsOf(
    await kaltura.ask('baseEntry.list', {
      filter: { rootEntryIdEqual, displayInSearchIn: '-1,0,1,2', statusIn: '0,1,2,4,7', orderBy: '+createdAt' },
    }),
  );

async function broadcast(entryId: string, seconds: number): Promise<void> {
  for (const status of [3, 2, 1]) await kaltura.encoder(entryId, status);
  await goLive(entryId);
  await advance(seconds);
  await kaltura.encoder(entryId, 'stop');
}

describe('a broadcast', () => {
  it('is offline until the picture is playable, then a preview, then live', async () => {
    const id = await kaltura.addWebcast();
    const seen = [await statusOf(id)];
    for (const status of [3, 2, 1]) {
      await kaltura.encoder(id, status);
      seen.push(await statusOf(id));
    }
    await goLive(id);
    expect([...seen, await statusOf(id)]).toEqual([1, 1, 1, 2, 3]);
  });

  it('reaches viewers only after the publish delay', async () => {
    await kaltura.control('publish', { delay: 5 });
    const id = await kaltura.addWebcast();
    await kaltura.encoder(id, 1);
    await goLive(id);
    const before = await statusOf(id);
    await advance(5);
    expect([before, await statusOf(id)]).toEqual([2, 3]);
  });

  it('falls back to preview and points to its recording when the last encoder stops', async () => {
    const id = await kaltura.addWebcast({ recordStatus: 2 });
    await kaltura.encoder(id, 1, '1');
    await broadcast(id, 60);
    const onBackup = await kaltura.ask('liveStream.get', { entryId: id });
    const offline = await kaltura.encoder(id, 'stop', '1');
    expect(onBackup).toMatchObject({ liveStatus: 1, viewMode: 1 });
    expect(offline).toMatchObject({ liveStatus: 0, viewMode: 0, recordingStatus: 0, currentBroadcastStartTime: 0 });
    expect(offline.redirectEntryId).toBe(offline.recordedEntryId);
  });

  it('counts as recorded only while recording is active', async () => {
    const id = await kaltura.addWebcast({ recordStatus: 2 });
    for (const status of [3, 2, 1]) await kaltura.encoder(id, status);
    await advance(100);
    await goLive(id);
    await advance(60);
    await update(id, { recordingStatus: 1 });
    await advance(30);
    await update(id, { recordingStatus: 2 });
    await advance(15);
    await kaltura.encoder(id, 'stop');
    await advance(8);
    expect(await recordingsOf(id)).toMatchObject([{ status: 2, duration: 75 }]);
  });

  it('leaves an empty recording when it never went live', async () => {
    const id = await kaltura.addWebcast({ recordStatus: 2 });
    for (const status of [3, 2, 1]) await kaltura.encoder(id, status);
    await advance(100);
    await kaltura.encoder(id, 'stop');
    await advance(3600);
    expect(await recordingsOf(id)).toMatchObject([{ status: 7, duration: 0 }]);
  });
});

describe('a recording', () => {
  it('is pending until its time comes, then ready with a file to download', async () => {
    const id = await kaltura.addWebcast({ recordStatus: 2 });
    await broadcast(id, 60);
    await advance(7);
    const [pending] = await recordingsOf(id);
    await advance(1);
    const [ready] = await recordingsOf(id);
    const assets = objectsOf(await kaltura.ask('flavorAsset.list', { filter: { entryIdEqual: String(ready?.id) } }));
    expect([pending?.status, ready?.status, ready?.msDuration]).toEqual([4, 2, 60_000]);
    expect(assets).toMatchObject([{ status: 2, fileExt: 'mp4' }]);
    expect(assets[0]?.size).toBeGreaterThan(0);
  });

  it('of a session is numbered, and a return within three minutes continues it', async () => {
    const id = await kaltura.addWebcast({ recordStatus: 2 });
    await broadcast(id, 60);
    await advance(180);
    await broadcast(id, 60);
    await advance(181);
    await broadcast(id, 30);
    await advance(8);
    const names = (await recordingsOf(id)).map(({ name, duration }) => [name, duration]);
    expect(names).toEqual([
      ['Town hall 1', 120],
      ['Town hall 2', 30],
    ]);
  });

  it('is appended to for a week when the webcast says so', async () => {
    const id = await kaltura.addWebcast({ recordStatus: 1 });
    await broadcast(id, 60);
    await advance(6 * 86_400);
    await broadcast(id, 60);
    await advance(2 * 86_400);
    await broadcast(id, 60);
    await advance(8);
    expect((await recordingsOf(id)).map(({ name, duration }) => [name, duration])).toEqual([
      ['Town hall', 120],
      ['Town hall', 60],
    ]);
  });

  it('that is hidden shows only in lists that ask for hidden entries', async () => {
    const recordingOptions = { objectType: 'KalturaLiveEntryRecordingOptions', shouldMakeHidden: 1 };
    const id = await kaltura.addWebcast({ recordStatus: 2, recordingOptions });
    await broadcast(id, 60);
    await advance(8);
    const plain = await kaltura.ask('baseEntry.list', { filter: { rootEntryIdEqual: id } });
    expect([plain.totalCount, (await recordingsOf(id)).length]).toEqual([0, 1]);
  });

  it('that is archived is renamed and shown, and the live entry forgets it', async () => {
    const recordingOptions = {
      objectType: 'KalturaLiveEntryRecordingOptions',
      shouldMakeHidden: 1,
      shouldAutoArchive: 1,
      archiveVodSuffixTimezone: 'Asia/Tokyo',
    };
    const id = await kaltura.addWebcast({ recordStatus: 2, recordingOptions });
    await broadcast(id, 60);
    await advance(8);
    const live = await kaltura.ask('liveStream.get', { entryId: id });
    expect(await recordingsOf(id)).toMatchObject([{ name: 'Town hall Jan-15-2027 17:00', displayInSearch: 1 }]);
    expect([live.recordedEntryId, live.redirectEntryId]).toEqual([undefined, undefined]);
  });
});
