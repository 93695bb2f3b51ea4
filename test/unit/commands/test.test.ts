import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
  id = await rig.plan();
});
afterEach(() => rig.stop());

const send = (change: object) => rig.control('encoders', { entryId: id, ...change });

describe('test', () => {
  it('says what to do when nothing arrives', async () => {
    const [answer, ...more] = await rig.say('test');
    expect(more).toEqual([]);
    expect(answer?.how).toBe('whisper');
    const words = wordsOf(answer?.view ?? { summary: '', nodes: [] });
    expect(words).toContain('Main: nothing arrives\nBackup: nothing arrives\nViewers: get nothing');
    expect(words).toContain('Next: Nothing arrives. Take address and stream name from "encoder"');
    expect(words).toContain('[Encoder] encoder');
  });

  it('says how a good picture looks, on each path that has one', async () => {
    await rig.encoder.start(id);
    await send({ path: 'backup', width: 1280, height: 720, bitrate: 2000 });
    await rig.encoder.start(id, { backup: true });
    const words = await rig.read('test');
    expect(words).toContain('Main: picture arrives\nMain, looks: good\n');
    expect(words).toContain('Main, measured: 1920 × 1080, 25 frames/s, 3.5 Mbit/s, key frame every 2 s, H.264 and AAC');
    expect(words).toContain('Backup, measured: 1280 × 720, 25 frames/s, 2 Mbit/s');
    expect(words).toContain('Viewers: wait; only the crew sees the picture');
    expect(words).toContain('Next: Watch the preview with your own eyes and ears; go live when the show begins.');
  });

  it('says what is wrong on which path, with advice, a code that nobody knows as well', async () => {
    await rig.encoder.start(id);
    await send({ audio: false, keyFrameInterval: 8, alerts: [141] });
    const words = await rig.read('test');
    expect(words).toContain('Main, looks: bad');
    expect(words).toContain('- Main: No sound arrives. Check microphone, mixer and the audio input of the encoder');
    expect(words).toContain('- Main: Key frames come too seldom or not evenly. Set the key frame interval');
    expect(words).toContain('- Main: Kaltura reports code 141 (an error).');
    expect(words).toContain('Next: Change what is said above, then test again.');
  });

  it('advises on figures that Kaltura does not mind', async () => {
    await rig.encoder.start(id);
    await send({ bitrate: 700 });
    expect(await rig.read('test')).toContain('- Main: 700 kbit/s are few for 1080 lines');
  });

  it('asks for the main encoder when only the backup sends', async () => {
    await rig.encoder.start(id, { backup: true });
    const words = await rig.read('test');
    expect(words).toContain('Main: nothing arrives\nBackup: picture arrives\nBackup, looks: fair');
    expect(words).toContain('Next: Start the main encoder: a show that only the backup sends is not recorded.');
  });

  it('tells why an encoder was turned away, as long as that is recent', async () => {
    const turnedAway = {
      beacon: {
        relatedObjectType: '4',
        eventType: '0_healthData',
        objectId: id,
        privateData: JSON.stringify({ maxSeverity: 4, alerts: [{ Code: 115 }] }),
      },
      shouldLog: 1,
    };
    await rig.raw('beacon_beacon', 'add', turnedAway).catch(() => undefined);
    expect(await rig.read('test')).toContain('- Main: Kaltura turned the encoder away: the account sends as many');
    rig.clock.advance(6 * 60_000);
    expect(await rig.read('test')).not.toContain('turned the encoder away');
  });

  it('does not call a picture good of which nothing was reported of late', async () => {
    await rig.encoder.start(id);
    await rig.control('encoders', { reports: false });
    expect(await rig.read('test')).toContain('Main, looks: Kaltura reports no health here');
  });

  it('makes one round trip', async () => {
    await rig.encoder.start(id);
    expect(await rig.roundTrips(() => rig.say('test'))).toEqual([
      ['livestream.list', 'livestream.getdetails', 'beacon_beacon.list', 'beacon_beacon.list'],
    ]);
  });

  it('is for producers', async () => {
    const strict = await openRig({ producers: [{ kind: 'email', email: 'boss@example.com' }] });
    try {
      expect(await strict.read('test')).toContain('You may not use test.\nThese can: boss@example.com.');
    } finally {
      await strict.stop();
    }
  });
});

describe('a webcast by words', () => {
  it('is seen with the health of its picture in the same round trip', async () => {
    await rig.encoder.start(id);
    await send({ audio: false });
    const trips = await rig.roundTrips(async () => {
      const { sightings } = await rig.gateway.sight({ by: 'words', words: 'Town Hall' });
      expect(sightings[0]?.health).toMatchObject({ main: { report: { findings: [{ code: 102, severity: 3 }] } } });
    });
    expect(trips).toHaveLength(1);
  });
});

describe('status', () => {
  it('shows how the picture looks on each path that has one', async () => {
    await rig.encoder.start(id);
    expect(await rig.read('status')).toContain('Health, main: good; 1920 × 1080, 25 frames/s, 3.5 Mbit/s');
    await send({ audio: false, frameRate: 12 });
    expect(await rig.read('status')).toContain('Health, main: bad: no sound, frame rate off; 1920 × 1080, 12 frames/s');
    expect(await rig.read('status')).not.toContain('Health, backup');
  });

  it('says so when the account has no reports, asks one round trip all the same, and nothing more', async () => {
    await rig.encoder.start(id);
    await rig.control('encoders', { reports: false });
    expect(await rig.read('status')).toContain('Health: Kaltura reports no health here');
    expect(await rig.roundTrips(() => rig.say('status'))).toEqual([['livestream.list', 'livestream.getdetails']]);
  });

  it('says nothing of health while nothing arrives', async () => {
    expect(await rig.read('status')).not.toContain('Health');
  });
});
