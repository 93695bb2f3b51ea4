import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { connect, listOf, liveEntry, type Scripted, startScripted } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
let server: Scripted;
beforeEach(async () => {
  server = await startScripted(() => ({ json: listOf(liveEntry()) }));
});
afterEach(() => server.close());

describe('finding webcasts', () => {
  it('reads an entry into our own words', async () => {
    const { kaltura } = connect(server);
    const [webcast] = await kaltura.find({ by: 'id', id });
    expect(webcast).toEqual({
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
    });
    await kaltura.stop();
  });
});
