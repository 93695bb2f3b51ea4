import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import { createEncoder, type Encoder } from '../../../src/playground/encoder.js';
import { createKalturaServer } from '../../../src/playground/kaltura/index.js';

const secrets = { adminSecret: 'admin', userSecret: 'user', mediaSecret: 'media' };
const clock = { now: () => instant(Date.now()), wait: async () => {} };

describe('the encoder on the behaving Kaltura', () => {
  const kaltura = createKalturaServer({ port: 0, partnerId: 101, ...secrets });
  let url = '';
  let ks: unknown;
  let entryId: unknown;
  let encoder: Encoder;

  async function call(service: string, action: string, fields: object): Promise<unknown> {
    const response = await fetch(`${url}/api_v3/service/${service}/action/${action}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ format: 1, ks, ...fields }),
    });
    return response.json();
  }
  const details = () => call('liveStream', 'getDetails', { id: entryId });

  beforeEach(async () => {
    ({ url } = await kaltura.start());
    ks = await call('session', 'start', { secret: secrets.adminSecret, partnerId: 101, type: 2 });
    const liveStreamEntry = { name: 'Q3 Town Hall', mediaType: 201, explicitLive: true, recordStatus: 2 };
    const entry = await call('liveStream', 'add', { liveStreamEntry, sourceType: '32' });
    expect(entry).toMatchObject({ liveStatus: 0 });
    ({ id: entryId } = Object(entry));
    encoder = createEncoder({ serviceUrl: url, partnerId: 101, mediaSecret: secrets.mediaSecret, clock });
  });
  afterEach(() => kaltura.stop());

  it('brings, drops and ends both pictures as Kaltura sees them', async () => {
    expect(await encoder.start()).toContain('Nobody but the crew sees it');
    expect(await details()).toMatchObject({ primaryStreamStatus: 1, secondaryStreamStatus: 0, broadcastStatus: 2 });
    await encoder.start(undefined, { backup: true });
    expect(await details()).toMatchObject({ primaryStreamStatus: 1, secondaryStreamStatus: 1 });
    await encoder.drop();
    expect(await details()).toMatchObject({ primaryStreamStatus: 0, secondaryStreamStatus: 1 });
    await encoder.stop();
    expect(await details()).toMatchObject({ primaryStreamStatus: 0, secondaryStreamStatus: 0, broadcastStatus: 1 });
    await expect(encoder.stop(String(entryId))).rejects.toMatchObject({ code: 'refused' });
  });

  it('is let in by the media secret alone', async () => {
    const stranger = createEncoder({ serviceUrl: url, partnerId: 101, mediaSecret: 'guess', clock });
    await expect(stranger.start()).rejects.toMatchObject({ code: 'misconfigured' });
  });
});
