import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../../src/clock.js';
import { createBell } from '../../../src/live/bell.js';
import { createLive, type Live } from '../../../src/live/index.js';
import { openRig, type Rig, silent } from '../../rig/index.js';

describe('a bell', () => {
  const soon = (work: Promise<unknown>) =>
    Promise.race([work.then(() => 'woke'), systemClock.wait(200).then(() => 'slept')]);
  const never = new AbortController().signal;

  it('ends the rest of every sleeper', async () => {
    const bell = createBell(systemClock);
    const rests = [bell.addSleeper(), bell.addSleeper()].map((one) => soon(one.rest(60_000, never)));
    bell.ring();
    expect(await Promise.all(rests)).toEqual(['woke', 'woke']);
  });

  it('is heard by one that was at work when it rang, once', async () => {
    const bell = createBell(systemClock);
    const sleeper = bell.addSleeper();
    bell.ring();
    expect(await soon(sleeper.rest(60_000, never))).toBe('woke');
    const second = soon(sleeper.rest(60_000, never));
    expect(await second).toBe('slept');
    bell.ring();
  });

  it('does not hold up who is to stop', async () => {
    expect(await soon(createBell(systemClock).addSleeper().rest(60_000, AbortSignal.abort()))).toBe('woke');
  });
});

describe('the loops', () => {
  let rig: Rig;
  let live: Live;
  beforeEach(async () => {
    rig = await openRig();
    const platforms = new Map([[rig.platform.name, rig.platform]]);
    const { store, gateway: kaltura } = rig;
    live = createLive({
      store,
      kaltura,
      platforms,
      clock: systemClock,
      log: silent,
      newId: () => 'one',
      random: () => 0.5,
    });
  });
  afterEach(async () => {
    await live.stop();
    await rig.stop();
  });

  it('show within a second what a nudge asked for, and end when they are told to', async () => {
    rig.clock.advance(Date.now() - rig.clock.now());
    const id = await rig.plan();
    await live.start();
    await rig.encoder.start(id);
    await live.changed(id);
    const isShown = () => rig.platform.shown.some(({ view }) => view.summary.includes('Preview'));
    for (const until = Date.now() + 5000; !isShown() && Date.now() < until; ) await systemClock.wait(20);
    expect(isShown()).toBe(true);
    await live.stop();
    const before = rig.platform.shown.length;
    await live.changed(id);
    expect(rig.platform.shown).toHaveLength(before);
  });
});
