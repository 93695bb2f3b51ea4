import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/core/secret.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { connect, exception, type Scripted, startScripted } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const part = entryIdSchema.parse('1_part0001');
const media = (facts: Record<string, unknown> = {}) => ({
  id: '1_part0001',
  name: 'Town Hall 1',
  status: 2,
  createdAt: 1_790_000_000,
  duration: 61,
  sourceType: '36',
  objectType: 'KalturaMediaEntry',
  ...facts,
});
const mediaList = (...objects: object[]) => ({
  totalCount: objects.length,
  objects,
  objectType: 'KalturaBaseEntryListResponse',
});
const files = (...objects: object[]) => ({
  totalCount: objects.length,
  objects: objects.map((file) => ({ id: '1_file0001', ...file, objectType: 'KalturaFlavorAsset' })),
  objectType: 'KalturaFlavorAssetListResponse',
});

let server: Scripted;
let kaltura: KalturaGateway;
beforeEach(async () => {
  server = await startScripted(() => ({ json: [mediaList(media()), files()] }));
  ({ kaltura } = connect(server));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

describe('the recordings of a webcast', () => {
  it('come in one round trip, hidden and unready ones included, with the size of the best file', async () => {
    server.answer = () => ({
      json: [
        mediaList(media(), media({ id: '1_part0002', name: 'Town Hall 2', status: 7, duration: 0 })),
        files({ entryId: '1_part0001', size: 2048, sizeInBytes: 2_097_000 }, { entryId: '1_part0001', size: 10 }),
      ],
    });
    expect(await kaltura.recordings(id)).toEqual([
      {
        id: '1_part0001',
        name: 'Town Hall 1',
        state: 'ready',
        createdAt: 1_790_000_000_000,
        duration: 61,
        size: 2_097_000,
      },
      {
        id: '1_part0002',
        name: 'Town Hall 2',
        state: 'waiting',
        createdAt: 1_790_000_000_000,
        duration: 0,
        size: undefined,
      },
    ]);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests).toMatchObject([
      {
        service: 'baseentry',
        filter: {
          rootEntryIdEqual: '1_town0001',
          displayInSearchIn: '-1,0,1,2',
          statusIn: expect.stringContaining('7'),
          orderBy: '+createdAt',
        },
      },
      { service: 'flavorasset', filter: { entryIdIn: '{1:result:objects:_all:id}', statusEqual: 2 } },
    ]);
  });

  it.each([
    [2, 'ready'],
    [7, 'waiting'],
    [0, 'processing'],
    [1, 'processing'],
    [4, 'processing'],
    [5, 'processing'],
    [-1, 'failed'],
    [-2, 'failed'],
    [6, 'failed'],
  ])('with status %s are %s', async (status, state) => {
    server.answer = () => ({ json: [mediaList(media({ status })), files()] });
    expect(await kaltura.recordings(id)).toMatchObject([{ state }]);
  });

  it('are not the webcast itself, not clips of it and not what is about to replace one', async () => {
    server.answer = () => ({
      json: [
        mediaList(
          media({ id: '1_town0001' }),
          media({ id: '1_clip0001', sourceType: '35' }),
          media({ id: '1_repl0001', replacedEntryId: '1_part0001' }),
          media(),
        ),
        files(),
      ],
    });
    expect((await kaltura.recordings(id)).map((recording) => recording.id)).toEqual(['1_part0001']);
  });

  it('are told without sizes when sizes cannot be had', async () => {
    server.answer = () => ({
      json: [mediaList(media()), exception('SERVICE_FORBIDDEN', { SERVICE: 'flavorasset->list' })],
    });
    expect(await kaltura.recordings(id)).toMatchObject([{ state: 'ready', size: undefined }]);
  });

  it('are none before the first show', async () => {
    server.answer = () => ({ json: [mediaList(), exception('PROPERTY_VALIDATION_CANNOT_BE_NULL')] });
    expect(await kaltura.recordings(id)).toEqual([]);
  });

  it('raise when the list itself fails', async () => {
    server.answer = () => ({ json: [exception('SERVICE_FORBIDDEN', { SERVICE: 'baseentry->list' }), files()] });
    await expect(kaltura.recordings(id)).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('the download of a recording', () => {
  const address = 'https://cdn.example.test/p/111/file.mp4?token=abc';

  it('is the address of the largest ready file, as a secret, in one round trip', async () => {
    server.answer = () => ({ json: [files({ entryId: part, sizeInBytes: 5 }), address] });
    const download = await kaltura.download(part);
    expect(download).toBeInstanceOf(Secret);
    expect(download.reveal()).toBe(address);
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests).toMatchObject([
      { filter: { entryIdEqual: '1_part0001', statusEqual: 2, orderBy: '-size' } },
      { service: 'flavorasset', action: 'getUrl', id: '{1:result:objects:0:id}' },
    ]);
  });

  it.each([
    ['there is no file yet', files()],
    ['the file is still empty', files({ entryId: part, size: 0 })],
  ])('is refused in words when %s', async (_, list) => {
    server.answer = () => ({ json: [list, exception('FLAVOR_ASSET_ID_NOT_FOUND', { ID: '' })] });
    await expect(kaltura.download(part)).rejects.toMatchObject({
      name: 'BotError',
      code: 'refused',
      hint: expect.stringContaining('finished processing'),
    });
  });

  it('is refused when Kaltura answers with something that is no address', async () => {
    server.answer = () => ({ json: [files({ entryId: part, sizeInBytes: 5 }), 'none'] });
    await expect(kaltura.download(part)).rejects.toMatchObject({ code: 'unavailable' });
  });
});
