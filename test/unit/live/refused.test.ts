import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { Allowances } from '../../../src/core/ports.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { follow, pass, place, uncounted } from './days.js';

/** What is assumed of a workspace. */
const allowances: Allowances = {
  post: { channel: { perMinute: 30, burst: 1 }, tenant: { perMinute: 585, burst: 6 } },
  update: { channel: { perMinute: 20, burst: 4 }, tenant: { perMinute: 24, burst: 6 } },
};
const towns = Array.from({ length: 60 }, (_, index) => `C${index + 10}`);

/** A workspace that takes a post a second and five at once, and asks for a rest in whole seconds as Slack does. */
function takeOneASecond(rig: Rig) {
  const { post } = rig.platform;
  const seen = { refused: 0 };
  let tokens = 5;
  let at = rig.clock.now();
  rig.platform.post = async (where, view, thread) => {
    const now = rig.clock.now();
    tokens = Math.min(5, tokens + (now - at) / 1000);
    at = now;
    if (tokens < 1) {
      seen.refused += 1;
      throw new BotError('busy', 'Too fast.', 'Wait.', undefined, Math.ceil(1 - tokens) * 1000);
    }
    tokens -= 1;
    return post(where, view, thread);
  };
  return seen;
}

describe('a workspace that takes fewer posts than is assumed of it', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig({ reports: uncounted });
    id = await rig.plan('--duration 60');
    for (const town of towns) await follow(rig, { place: place(town) });
    await rig.encoder.start(id);
    await pass(rig, 20);
    Object.assign(rig.platform, { allowances });
  });
  afterEach(() => rig.stop());

  it('teaches it to the bot by a few refusals, and all of its channels are told', async () => {
    const seen = takeOneASecond(rig);
    const from = rig.platform.shown.length;
    await rig.gateway.goLive(id);
    await pass(rig, 120);
    const told = rig.platform.shown.slice(from).filter(({ how }) => how === 'post');
    expect(new Set(told.map(({ channel }) => channel))).toEqual(new Set(['C1', ...towns]));
    expect(told).toHaveLength(towns.length + 1);
    // At the assumed pace some four hundred posts would have been refused.
    expect(seen.refused).toBeLessThanOrEqual(12);
  });
});
