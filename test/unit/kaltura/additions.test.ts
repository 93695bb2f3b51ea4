import { describe, expect, it } from '@jest/globals';
import { KalturaPlaybackProtocol } from 'kaltura-typescript-client/types/KalturaPlaybackProtocol.js';
import { LiveStreamGetAction } from 'kaltura-typescript-client/types/LiveStreamGetAction.js';
import { LiveStreamIsLiveAction } from 'kaltura-typescript-client/types/LiveStreamIsLiveAction.js';
import {
  LiveStreamDetails,
  LiveStreamEntry,
  LiveStreamGetDetailsAction,
  readResult,
} from '../../../src/kaltura/client/additions.js';

describe('what the client package lacks', () => {
  it('reads false as an answer of isLive', () => {
    const request = new LiveStreamIsLiveAction({ id: '1_town0001', protocol: KalturaPlaybackProtocol.hls });
    expect(readResult(request, false)).toBe(false);
    expect(readResult(request, true)).toBe(true);
  });

  it.each(['KalturaLiveStreamEntry', 'KalturaLiveStreamAdminEntry'])(
    'keeps the new properties of a %s',
    (objectType) => {
      const request = new LiveStreamGetAction({ entryId: '1_town0001' });
      const facts = {
        viewMode: 1,
        recordingStatus: 2,
        broadcastTime: 1_790_000_000,
        lastBroadcastEndTime: 1_790_000_100,
        primarySecuredBroadcastingUrl: 'rtmps://host',
        secondarySecuredBroadcastingUrl: 'rtmps://backup',
        primarySrtBroadcastingUrl: 'srt://host',
        primarySrtStreamId: '#:::e=1',
        secondarySrtBroadcastingUrl: 'srt://backup',
        secondarySrtStreamId: '#:::e=2',
      };
      const entry = readResult(request, { id: '1_town0001', explicitLive: true, ...facts, objectType });
      expect(entry).toBeInstanceOf(LiveStreamEntry);
      expect(entry).toMatchObject({ id: '1_town0001', explicitLive: 1, ...facts });
    },
  );

  it('sends the properties that can be set and none that only the server sets', () => {
    const entry = new LiveStreamEntry({ explicitLive: 1, viewMode: 0, recordingStatus: 2 });
    Object.assign(entry, { broadcastTime: 1, primarySecuredBroadcastingUrl: 'rtmps://host' });
    expect(entry.toRequestObject()).toEqual({
      objectType: 'KalturaLiveStreamEntry',
      explicitLive: 1,
      viewMode: 0,
      recordingStatus: 2,
    });
  });

  it('builds and reads getDetails', () => {
    const request = new LiveStreamGetDetailsAction({ id: '1_town0001' });
    expect(request.toRequestObject()).toMatchObject({ service: 'livestream', action: 'getDetails', id: '1_town0001' });
    const details = readResult(request, {
      broadcastStatus: 3,
      primaryStreamStatus: 1,
      objectType: 'KalturaLiveStreamDetails',
    });
    expect(details).toBeInstanceOf(LiveStreamDetails);
    expect(details).toMatchObject({ broadcastStatus: 3, primaryStreamStatus: 1 });
  });

  it('gives undefined for an answer that it cannot read', () => {
    const request = new LiveStreamGetAction({ entryId: '1_town0001' });
    expect(readResult(request, { id: '1_town0001' })).toBeUndefined();
    expect(readResult(request, null)).toBeUndefined();
  });
});
