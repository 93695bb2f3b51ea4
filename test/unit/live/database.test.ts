import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import { createLive, type Live } from '../../../src/live/index.js';
import { openRig, type Rig, silent } from '../../rig/index.js';
import { follow, place, second, told } from './days.js';

const name = 'Q3 Town Hall';

/** A database that goes away just after messages went out, before it could be written down that they did. */
describe('a message that went out while the database went away', () => {
  let rig: Rig;
  let live: Live;
  let failures = 0;
  beforeEach(async () => {
    rig = await openRig();
    const { store, gateway: kaltura, clock, platform } = rig;
    const away = () => {
      if (failures === 0) return;
      failures -= 1;
      throw new BotError('unavailable', 'The database cannot be reached.', 'Start it.');
    };
    const failing: typeof store = {
      ...store,
      async settleCard(...outcome) {
        away();
        await store.settleCard(...outcome);
      },
      async settleNotice(...outcome) {
        away();
        await store.settleNotice(...outcome);
      },
    };
    const platforms = new Map([[platform.name, platform]]);
    const parts = { store: failing, kaltura, platforms, clock, log: silent, newId: () => 'one', random: () => 0.5 };
    live = createLive(parts);
  });
  afterEach(() => rig.stop());

  it('is written down when the database is back, and not sent twice', async () => {
    await follow(rig);
    await follow(rig, { place: place('C3') });
    const id = await rig.plan();
    await rig.encoder.start(id);
    await live.settle();
    await rig.gateway.goLive(id);
    rig.clock.advance(20 * second);
    failures = 40;
    await live.settle();
    expect(failures).toBe(0);
    for (let seconds = 0; seconds < 120; seconds += 10) {
      rig.clock.advance(10 * second);
      await live.settle();
    }
    const posts = told(rig.platform.shown).filter((line) => line.startsWith('post') && line.includes('Live now'));
    expect(posts.sort()).toEqual([
      `post C1 Live now: ${name}`,
      `post C2 Live now: ${name}`,
      `post C3 Live now: ${name}`,
    ]);
    expect(live.repeated()).toBe(0);
  });
});
