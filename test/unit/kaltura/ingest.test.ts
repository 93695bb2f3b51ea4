import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { connect, listOf, liveEntry, type Scripted, startScripted } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const addresses = {
  streamName: '%i',
  primaryBroadcastingUrl: 'rtmp://main.example.test:1935/kLive?t=pass1234',
  secondaryBroadcastingUrl: 'rtmp://backup.example.test:1935/kLive?t=pass1234',
  primarySecuredBroadcastingUrl: 'rtmps://main.example.test:443/kLive?t=pass1234',
  primarySrtBroadcastingUrl: 'srt://main.example.test:7045',
  primarySrtStreamId: '#:::e=1_town0001,st=0,p=pass1234',
};

let server: Scripted;
let kaltura: KalturaGateway;
let lines: string[];
beforeEach(async () => {
  server = await startScripted(() => ({ json: listOf(liveEntry(addresses)) }));
  const connected = connect(server);
  kaltura = connected.kaltura;
  lines = connected.log.lines;
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

describe("where a webcast's encoder sends to", () => {
  it('comes with the webcast in one round trip, each address a secret', async () => {
    const { found, ingests } = await kaltura.ingest({ by: 'id', id });
    const first = ingests.get(id);
    expect(found.map((webcast) => webcast.id)).toEqual([id]);
    expect(first?.streamName).toBe('%i');
    expect(first?.main.rtmps?.reveal()).toBe(addresses.primarySecuredBroadcastingUrl);
    expect(first?.main.srtStreamId?.reveal()).toBe(addresses.primarySrtStreamId);
    expect(first?.backup.rtmp?.reveal()).toBe(addresses.secondaryBroadcastingUrl);
    expect(first?.backup.srt).toBeUndefined();
    expect(server.asked).toHaveLength(1);
    expect(JSON.stringify([found, first, lines])).not.toContain('pass1234');
  });

  it('is undefined when Kaltura shows this session no addresses', async () => {
    server.answer = () => ({ json: listOf(liveEntry()) });
    expect(await kaltura.ingest({ by: 'id', id })).toEqual({
      found: [expect.objectContaining({ id })],
      ingests: new Map(),
    });
  });

  it('is told of the best fit when the question is by words', async () => {
    const best = liveEntry({ ...addresses, id: '1_best0001', name: 'Town', streamName: 'best' });
    server.answer = () => ({ json: [listOf(), listOf(liveEntry({ ...addresses, name: 'The town' }), best), listOf()] });
    const { found, ingests } = await kaltura.ingest({ by: 'words', words: 'town' });
    const first = found[0] && ingests.get(found[0].id);
    expect(found.map((webcast) => webcast.id)).toEqual(['1_best0001', '1_town0001']);
    expect(first?.streamName).toBe('best');
    expect(server.asked).toHaveLength(1);
  });

  it('is nowhere for a deleted webcast, and asks nothing for no words', async () => {
    server.answer = () => ({ json: listOf(liveEntry({ ...addresses, status: 3 })) });
    expect(await kaltura.ingest({ by: 'id', id })).toEqual({ found: [], ingests: new Map() });
    expect(await kaltura.ingest({ by: 'words', words: ' ' })).toEqual({ found: [], ingests: new Map() });
    expect(server.asked).toHaveLength(1);
  });

  it('is refused in words when an entry makes no sense', async () => {
    server.answer = () => ({ json: listOf({ objectType: 'KalturaLiveStreamEntry' }) });
    await expect(kaltura.ingest({ by: 'id', id })).rejects.toMatchObject({ name: 'BotError', code: 'unavailable' });
  });
});
