import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { follow, minute, pass, place, second, told, uncounted } from './days.js';

const name = 'Q3 Town Hall';
let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  // Without figures, so that every edit is one of the broadcast.
  rig = await openRig({ reports: uncounted });
  id = await rig.plan('--duration 60');
  await rig.encoder.start(id);
  await pass(rig, 20);
});
afterEach(() => rig.stop());

const posts = (lines: readonly string[]) => lines.filter((line) => line.startsWith('post'));
/** What stands in the message that told of the broadcast now. */
const announcement = () => {
  const post = rig.platform.shown.find(({ how, view }) => how === 'post' && view.summary.startsWith('Live now'));
  const now = rig.platform.shown.findLast(({ message }) => message === post?.message);
  return now && wordsOf(now.view);
};

describe('a command that is cut off between opening the webcast and telling of it', () => {
  it('is stood in for: the channel is told once, after two minutes', async () => {
    await rig.live.announcing(id, 'terminal', channel);
    await rig.gateway.goLive(id);
    expect(told(await pass(rig, 10))).toEqual([`update C1 ${name}: Live`]);
    expect(posts(told(await pass(rig, 100)))).toEqual([]);
    expect(posts(told(await pass(rig, 20)))).toEqual([`post C1 Live now: ${name}`]);
    expect(told(await pass(rig, 300))).toEqual([]);
  });

  it('is stood in for in a channel without a card, too', async () => {
    await follow(rig, { place: place('C5') });
    await rig.live.announcing(id, 'terminal', place('C5'));
    await rig.gateway.goLive(id);
    expect(posts(told(await pass(rig, 110))).filter((line) => line.includes('C5'))).toEqual([]);
    expect(posts(told(await pass(rig, 20)))).toEqual([`post C5 Live now: ${name}`]);
    expect(told(await pass(rig, 300))).toEqual([]);
  });

  it('that comes to its end in time is all that the channel is told', async () => {
    await rig.say(`golive ${id} --yes`);
    expect(posts(told(await pass(rig, 300)))).toEqual([]);
  });
});

describe('going live by a command where the channel wants somebody called', () => {
  const calls = () =>
    rig.platform.shown
      .filter(({ view }) => wordsOf(view).includes('@S0123ABCD') && !view.summary.includes('subscribed'))
      .map(({ how, view }) => `${how} ${view.summary}`);

  it('is told by one new message, which calls them when viewers see it', async () => {
    await rig.say(`subscribe ${id} --remind off --mention S0123ABCD`);
    expect(told(await rig.say(`golive ${id} --yes`))).toEqual([
      expect.stringContaining(`Live now: ${name}`),
      `update C1 ${name}: Live`,
    ]);
    expect(posts(told(await pass(rig, 300)))).toEqual([`post C1 Live now: ${name}`]);
    expect(calls()).toEqual([`post Live now: ${name}`]);
  });

  it('goes on as everywhere in quiet hours, which call nobody', async () => {
    await rig.say(`subscribe ${id} --remind off --mention S0123ABCD --quiet-hours 00:00-23:59`);
    expect(posts(told(await rig.say(`golive ${id} --yes`)))).toHaveLength(1);
    expect(posts(told(await pass(rig, 300)))).toEqual([]);
    expect(calls()).toEqual([]);
  });
});

describe('the message that told of a broadcast', () => {
  const openElsewhere = async () => {
    await rig.gateway.goLive(id);
    await pass(rig, 10);
    expect(announcement()).toContain('[End]');
  };

  it('has no button to end it when the picture was lost at once and never came back', async () => {
    await openElsewhere();
    await rig.encoder.drop(id);
    await pass(rig, 15);
    for (let half = 0; half < 70; half++) {
      rig.clock.advance(minute);
      await rig.live.settle();
    }
    expect(announcement()).toMatch(/^Was live: /);
    expect(announcement()).not.toContain('[End]');
  });

  it('has none when it went out after the end, because the platform was away', async () => {
    rig.platform.failNext(...Array.from({ length: 2 }, () => new BotError('unavailable', 'Away.', '')));
    await rig.gateway.goLive(id);
    await pass(rig, 6);
    await rig.gateway.end(id);
    await pass(rig, 60);
    expect(announcement() ?? 'none').not.toContain('[End]');
  });

  it('has none when the encoder sends on after the end', async () => {
    await openElsewhere();
    await rig.gateway.end(id);
    await pass(rig, 10);
    await rig.encoder.drop(id);
    await rig.encoder.start(id);
    await pass(rig, 30);
    expect(announcement()).toMatch(/^Was live: /);
    expect(announcement()).not.toContain('[End]');
  });

  it('may be deleted by a person: it is not posted again, and the card goes on', async () => {
    await openElsewhere();
    const post = rig.platform.shown.find(({ how, view }) => how === 'post' && view.summary.startsWith('Live now'));
    rig.platform.remove(post?.message ?? '');
    await rig.gateway.end(id);
    expect(told(await pass(rig, 10)).filter((line) => !line.startsWith('thread'))).toEqual([
      `update C1 ${name}: Ended: the recording is being made`,
    ]);
    expect(posts(told(await pass(rig, 60)))).toEqual([]);
  });
});

describe('a show that begins and ends between two looks', () => {
  it('is over on its card and in the message that told of it, and its recording is announced', async () => {
    await follow(rig, { place: channel });
    await rig.say(`golive ${id} --yes`);
    rig.clock.advance(second);
    await rig.say(`end ${id} --yes`);
    await rig.encoder.stop(id);
    rig.clock.advance(minute);
    await rig.control('clock', { advance: 0 });
    const after = told(await pass(rig, 5));
    expect(after).toContain(`update C1 Was live: ${name}`);
    expect(after).toContain(`update C1 ${name}: Ended: the recording is ready`);
    expect(after).toContain(`thread C1 Recording ready: ${name}`);
  });
});
