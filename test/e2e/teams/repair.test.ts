import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';

describe('a webcast that Kaltura has made by half, in Teams', () => {
  let rig: Rig;
  const place = 'Webcasts';
  const alex = () => rig.person();

  beforeAll(async () => {
    rig = await startRig({ channels: [place] });
  });

  afterAll(async () => rig.stop());

  it('is told to its planner alone, and a button finishes it', async () => {
    await rig.kaltura.control('faults', { kind: 'blocked', on: 'schedule_scheduleevent.add' });
    await alex().says('@Webcast create "Half made" --start "in 10 minutes"', { in: place });
    const told = await rig.saying(place, 'Half made is planned');
    expect(told.targetedFor).toBeDefined();
    expect(rig.words(told)).toContain('Entry in the schedule');
    await alex().presses(told, 'Repair');
    await rig.saying(place, 'Half made is complete in Kaltura again');
  });

  it('gets a speaker by a typed line', async () => {
    await alex().says('@Webcast speaker add "Ada Lovelace" --title Analyst', { in: place });
    expect(rig.words(await rig.saying(place, 'is in the line-up'))).toContain('Analyst');
  });
});
