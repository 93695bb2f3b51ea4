import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { follow, pass, place, told } from './days.js';

const towns = ['C2', 'C3', 'C4'];

/** What a platform does to one of several messages, and what becomes of the others. */
describe('of four channels that are told at once, one', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig();
    for (const town of towns) await follow(rig, { place: place(town) });
    id = await rig.plan();
    await rig.encoder.start(id);
    await pass(rig, 20);
  });
  afterEach(() => rig.stop());

  const goLive = async (...errors: readonly BotError[]) => {
    rig.platform.failNext(...errors);
    await rig.gateway.goLive(id);
    for (let seconds = 0; seconds < 10; seconds++) {
      const shown = posts(await pass(rig, 1));
      if (shown.length > 0) return shown;
    }
    return [];
  };
  const posts = (shown: Parameters<typeof told>[0]) => told(shown).filter((line) => line.startsWith('post'));

  it('that is limited waits as long as the platform asks, and the others do not', async () => {
    expect(await goLive(new BotError('busy', 'Too fast.', 'Wait.', undefined, 30_000))).toHaveLength(3);
    expect(posts(await pass(rig, 20))).toEqual([]);
    expect(posts(await pass(rig, 15))).toHaveLength(1);
    expect(posts(await pass(rig, 120))).toEqual([]);
    expect(rig.live.repeated()).toBe(0);
  });

  it('whose answer is lost is told once more, and that is counted', async () => {
    expect(await goLive(new BotError('outcome_unknown', 'Unclear.', ''))).toHaveLength(3);
    expect(posts(await pass(rig, 10))).toHaveLength(1);
    expect(posts(await pass(rig, 120))).toEqual([]);
    expect(rig.live.repeated()).toBe(1);
  });

  it('that the platform fails for is told when it is well, and the others at once', async () => {
    const away = new BotError('unavailable', 'Away.', '');
    expect(await goLive(away, away)).toHaveLength(2);
    expect(posts(await pass(rig, 30))).toHaveLength(2);
    expect(posts(await pass(rig, 120))).toEqual([]);
    expect(rig.live.repeated()).toBe(0);
  });
});
