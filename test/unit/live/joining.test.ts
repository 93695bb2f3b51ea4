import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { pass, place, told, uncounted } from './days.js';

describe('a channel that begins to follow while a webcast is on air', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig({ reports: uncounted });
    id = await rig.plan('--duration 60 --tags Finance');
    await rig.encoder.start(id);
    await pass(rig, 20);
    await rig.gateway.goLive(id);
    await pass(rig, 10);
  });
  afterEach(() => rig.stop());

  const there = async (seconds: number) => told(await pass(rig, seconds)).filter((line) => line.split(' ')[1] === 'C7');

  it.each(['all', '--tag finance'])('by %s is told of it at once, by one message that is its card', async (subject) => {
    await rig.say(`subscribe ${subject} --remind off`, { place: place('C7') });
    expect(await there(30)).toEqual(['post C7 Live now: Q3 Town Hall']);
    await rig.gateway.end(id);
    expect(await there(10)).toContainEqual(expect.stringMatching(/^update C7 Q3 Town Hall: Ended/));
  });

  it('as its crew hears of trouble in the thread of that card', async () => {
    await rig.say('subscribe all --crew --remind off', { place: place('C7') });
    await pass(rig, 10);
    await rig.encoder.drop(id);
    expect((await there(30)).filter((line) => line.startsWith('thread'))).toHaveLength(1);
  });

  it('and ends that before its message could go out gets none, and one when it follows again', async () => {
    await rig.say('subscribe all --remind off', { place: place('C7') });
    rig.platform.failNext(new BotError('unavailable', 'Away.', ''));
    expect(await there(2)).toEqual([]);
    await rig.say('unsubscribe all', { place: place('C7') });
    expect(await there(60)).toEqual([]);
    await rig.say('subscribe all --remind off', { place: place('C7') });
    expect(await there(30)).toEqual(['post C7 Live now: Q3 Town Hall']);
  });

  it('by another tag is told nothing of it', async () => {
    await rig.say('subscribe --tag legal --remind off', { place: place('C7') });
    expect(await there(30)).toEqual([]);
  });
});
