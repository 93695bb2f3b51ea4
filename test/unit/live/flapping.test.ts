import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRig, type Rig } from '../../rig/index.js';
import { follow, pass, place, told } from './days.js';

/** Drops and returns thirty times within ten minutes, as a bad line does. */
describe('a stream that flaps', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.stop());

  it('is announced once, tells its crew a few times, and edits each card about once for each drop', async () => {
    await follow(rig, { place: place('town') });
    await follow(rig, { place: place('crew'), side: 'crew' });
    const id = await rig.plan('--duration 60 --no-preview');
    await rig.encoder.start(id);
    await pass(rig, 20);
    const from = rig.platform.shown.length;
    for (let drops = 0; drops < 30; drops++) {
      await rig.encoder.drop(id);
      await pass(rig, 11);
      await rig.encoder.start(id);
      await pass(rig, 9);
    }
    await pass(rig, 60);
    const all = told(rig.platform.shown);
    expect(all.filter((line) => line.startsWith('post') && line.includes('town'))).toHaveLength(1);
    const meanwhile = told(rig.platform.shown.slice(from));
    const edits = (where: string) => meanwhile.filter((line) => line.startsWith(`update ${where}`)).length;
    process.stdout.write(
      `30 drops in 10 minutes: ${edits('town')} edits of a card, ${meanwhile.filter((line) => line.startsWith('thread crew')).length} replies to the crew\n`,
    );
    expect(meanwhile.filter((line) => line.startsWith('post'))).toEqual([]);
    expect(edits('town')).toBeLessThanOrEqual(36);
    expect(meanwhile.filter((line) => line.startsWith('thread crew')).length).toBeLessThanOrEqual(8);
    expect(rig.platform.shown.findLast((one) => one.channel === 'town')?.view.summary).toBe('Q3 Town Hall: Live');
  }, 60_000);
});
