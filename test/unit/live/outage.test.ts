import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Log } from '../../../src/core/ports.js';
import { instant } from '../../../src/core/webcast.js';
import { createOutage } from '../../../src/live/outage.js';
import { createTestClock } from '../../rig/clock.js';
import { channel, openRig, type Rig, silent } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { follow, minute, pass, place, told } from './days.js';

describe('an outage', () => {
  const begin = () => {
    const clock = createTestClock();
    const lines: string[] = [];
    const log: Log = {
      ...silent,
      warn: (_facts, words) => lines.push(words),
      info: (_facts, words) => lines.push(words),
    };
    return { clock, lines, outage: createOutage({ clock, log, random: () => 0.5 }) };
  };

  it('is told once when it begins and once when it ends, however often it is tried', () => {
    const { clock, lines, outage } = begin();
    for (let tries = 0; tries < 100; tries++) {
      clock.advance(outage.failed(new Error('away')) - clock.now());
      expect(outage.isResting()).toBe(false);
    }
    outage.answered();
    outage.answered();
    expect(lines).toEqual(['Kaltura cannot be looked at, it is tried until it answers', 'Kaltura answers again']);
  });

  it('is tried after five seconds, and then every fifteen at most', () => {
    const { clock, outage } = begin();
    const pauses = [1, 2, 3, 4].map(() => {
      const pause = outage.failed(new Error('away')) - clock.now();
      expect(outage.isResting()).toBe(true);
      clock.advance(pause);
      return pause;
    });
    expect(pauses).toEqual([5000, 10_000, 15_000, 15_000]);
  });

  it('is tried at once when somebody has heard from Kaltura, or the clock was set back', () => {
    const { clock, outage } = begin();
    outage.failed(new Error('away'));
    outage.wake();
    expect(outage.isResting()).toBe(false);
    outage.failed(new Error('away'));
    clock.advance(-5 * minute);
    expect(outage.isResting()).toBe(false);
    expect(outage.since).toBe(instant(Date.parse('2026-11-22T12:00:00Z')));
  });
});

describe('a Kaltura that is down for ten minutes while a show is on air', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.stop());

  async function goOnAir() {
    const id = await rig.plan('--duration 60');
    await rig.store.unsubscribe('terminal', channel, { kind: 'webcast', webcast: id });
    await follow(rig, { place: place('crew'), mode: 'flat', side: 'crew' });
    await follow(rig, { place: place('town'), mode: 'flat' });
    await rig.encoder.start(id);
    await pass(rig, 20);
    await rig.gateway.goLive(id);
    await pass(rig, 8);
    return id;
  }

  it('leads to no notice; the crew alone is told how old the card is, and it is true soon after', async () => {
    await goOnAir();
    await rig.control('faults', { kind: 'http', on: '*', status: 503, times: 5000 });
    const asked = await rig.roundTrips(async () => {
      const early = await pass(rig, 150);
      expect(told(early)).toEqual([]);
      const late = await pass(rig, 450);
      expect(told(late)).toEqual(['update C1 Q3 Town Hall: Live', 'update crew Q3 Town Hall: Live']);
      for (const { view } of late)
        expect(wordsOf(view)).toMatch(/Kaltura has not answered since .*\. This is how it stood then:/);
    });
    // Three attempts for each try, and a try each fifteen seconds or so.
    expect(asked.length).toBeLessThan(3 * 50);
    await fetch(`${rig.gateway.addresses.service}/_control/faults`, { method: 'DELETE' });
    const back = await pass(rig, 16);
    expect(told(back)).toEqual(['update C1 Q3 Town Hall: Live', 'update crew Q3 Town Hall: Live']);
    for (const { view } of back) expect(wordsOf(view)).not.toContain('has not answered');
    expect(told(await pass(rig, 30))).toEqual([]);
  }, 60_000);

  it('and lost its picture meanwhile is told as it is, on every card, and not ended', async () => {
    const id = await goOnAir();
    await rig.encoder.drop(id);
    await rig.control('faults', { kind: 'http', on: '*', status: 503, times: 5000 });
    await pass(rig, 600);
    await fetch(`${rig.gateway.addresses.service}/_control/faults`, { method: 'DELETE' });
    const back = told(await pass(rig, 24));
    for (const where of ['C1', 'crew', 'town'])
      expect(back).toContain(`update ${where} Q3 Town Hall: Interrupted: no picture arrives`);
    expect(back).toContain('post crew No picture: Q3 Town Hall');
    expect(back.filter((one) => one.includes('Ended'))).toEqual([]);
  }, 60_000);
});
