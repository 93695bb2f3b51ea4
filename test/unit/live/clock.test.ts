import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { follow, hour, minute, pass, place, told } from './days.js';

const name = 'Q3 Town Hall';

/** A clock that jumps: forward as after a sleep, or as time servers and people set it. */
describe('a clock that jumps', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig();
    await follow(rig, { mode: 'flat', reminders: [1440, 60, 15] });
  });
  afterEach(() => rig.stop());

  const plan = async (start: string) => {
    const shown = await rig.say(`create "${name}" --start "${start}" --duration 60`);
    id = shown.flatMap((one) => ('message' in one && one.message ? [one] : [])).length > 0 ? await newest() : id;
    await rig.store.unsubscribe('terminal', place('C1'), { kind: 'webcast', webcast: id });
    await pass(rig, 2);
  };
  const newest = async () => (await rig.gateway.page(undefined, 1, 1)).webcasts[0]?.id ?? id;
  const goOnAir = async () => {
    await plan('in 10 minutes');
    await rig.encoder.start(id);
    await pass(rig, 20);
    await rig.gateway.goLive(id);
    return pass(rig, 10);
  };
  const inTown = (lines: readonly string[]) => lines.filter((line) => line.includes(' C2 '));

  describe('forward', () => {
    it('over a reminder tells it still while it is of use, and never twice', async () => {
      await plan('in 2 hours');
      rig.clock.advance(65 * minute);
      const after = told(await pass(rig, 5));
      expect(after).toEqual([`post C2 ${name} starts in 55 min`]);
      rig.clock.advance(40 * minute);
      expect(told(await pass(rig, 60))).toEqual([`post C2 ${name} starts in 15 min`]);
      expect(inTown(told(await pass(rig, 60)))).toEqual([]);
    });

    it('over two reminders tells the one that still helps', async () => {
      await plan('in 2 hours');
      rig.clock.advance(108 * minute);
      expect(inTown(told(await pass(rig, 30)))).toEqual([`post C2 ${name} starts in 12 min`]);
    });

    it('while on air ends nothing and tells nothing', async () => {
      await goOnAir();
      rig.clock.advance(30 * minute);
      expect(told(await pass(rig, 20))).toEqual([]);
    });

    it('while the picture is gone does not count what nobody watched', async () => {
      await goOnAir();
      await rig.encoder.drop(id);
      await pass(rig, 15);
      rig.clock.advance(45 * minute);
      const after = told(await pass(rig, 10));
      expect(after.filter((line) => line.includes('Ended'))).toEqual([]);
    });
  });

  describe('back by an hour', () => {
    it('while on air: cards follow at once, nothing is announced twice, and the end is seen', async () => {
      expect(inTown(told(await goOnAir()))).toEqual([`post C2 Live now: ${name}`]);
      rig.clock.advance(-hour);
      expect(told(await pass(rig, 10))).toEqual([]);
      await rig.encoder.drop(id);
      expect(inTown(told(await pass(rig, 12)))).toEqual([
        `update C2 ${name}: Live`,
        `update C2 ${name}: Interrupted: no picture arrives`,
      ]);
      await rig.encoder.start(id);
      await rig.gateway.goLive(id);
      expect(inTown(told(await pass(rig, 12)))).toEqual([`update C2 ${name}: Live`]);
      await rig.gateway.end(id);
      expect(inTown(told(await pass(rig, 12)))).toContain(`post C2 Ended: ${name}`);
    });

    it('between two broadcasts: the next one is told once', async () => {
      await goOnAir();
      await rig.gateway.end(id);
      await pass(rig, 10);
      rig.clock.advance(-hour);
      await pass(rig, 10);
      await rig.gateway.goLive(id);
      expect(inTown(told(await pass(rig, 16)))).toContain(`post C2 Live now: ${name}`);
      expect(told(await pass(rig, 60)).filter((line) => line.startsWith('post'))).toEqual([]);
    });

    it('tells reminders at their time, once', async () => {
      await plan('in 90 minutes');
      rig.clock.advance(31 * minute);
      expect(inTown(told(await pass(rig, 5)))).toEqual([`post C2 ${name} starts in 1 h`]);
      rig.clock.advance(-hour);
      expect(inTown(told(await pass(rig, 5)))).toEqual([]);
      rig.clock.advance(62 * minute);
      expect(inTown(told(await pass(rig, 5)))).toEqual([]);
      rig.clock.advance(43 * minute);
      expect(inTown(told(await pass(rig, 10)))).toEqual([`post C2 ${name} starts in 15 min`]);
    });
  });
});
