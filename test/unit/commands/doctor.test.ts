import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

describe('doctor', () => {
  it('asks Kaltura once, and says of each thing what was found', async () => {
    const trips = await rig.roundTrips(async () => {
      const words = await rig.read('doctor');
      for (const line of [
        'an administrator',
        'Live streaming (on): 0 webcasts',
        'Clock (on): agrees',
        'Producers (on): Every member',
      ])
        expect(words).toContain(line);
    });
    expect(trips).toHaveLength(1);
  });

  it('shows it to the person alone', async () => {
    expect((await rig.say('doctor')).map(({ how }) => how)).toEqual(['whisper']);
  });

  it('says what works without what the account lacks', async () => {
    await rig.control('features', { features: ['WITHOUT_WEBCAST_REPORTS', 'WITHOUT_REALTIME_REPORTS'] });
    expect(await rig.read('doctor')).toContain('No totals, no attendance list');
  });

  it('says when Kaltura does not answer, and still checks the rest', async () => {
    await rig.control('faults', { kind: 'http', on: 'session.get', times: 9, status: 503 });
    const words = await rig.read('doctor');
    expect(words).toContain('thing to mend');
    expect(words).toContain('Public address (on): https://bot.example.test');
  });
});
