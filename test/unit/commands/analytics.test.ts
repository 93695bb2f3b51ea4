import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const minute = 60_000;

/** Takes a webcast live and lets so many minutes pass. */
async function goLive(id: string, minutes: number): Promise<void> {
  await rig.encoder.start(id);
  await rig.say(`golive ${id} --yes`);
  rig.clock.advance(minutes * minute);
}

async function end(id: string): Promise<void> {
  await rig.say(`end ${id} --yes`);
  await rig.encoder.stop(id);
}

describe('analytics', () => {
  it('debug', async () => {
    const id = await rig.plan();
    console.log(await rig.read(`analytics ${id}`));
    await goLive(id, 10);
    console.log(await rig.read(`analytics ${id}`));
    await end(id);
    rig.clock.advance(60 * minute);
    console.log(await rig.read(`analytics ${id}`));
    console.log(await rig.read(`analytics ${id} --period 7d`));
    console.log(await rig.read(`analytics ${id} --period yesterday`));
    console.log(await rig.read(`analytics ${id} --period live`));
    console.log(await rig.roundTrips(() => rig.say(`analytics ${id} --period 7d`)));
    console.log(await rig.roundTrips(() => rig.say(`analytics ${id} --period 7d --share`)));
    expect(rig.platform.shown.at(-1)?.how).toBe('x');
  });
});
