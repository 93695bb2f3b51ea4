import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { Subscription } from '../../../src/core/subscription.js';
import { ann, channel, openRig, type Rig } from '../../rig/index.js';
import type { Shown } from '../../rig/recorder.js';
import { follow as followIn, place } from './days.js';

const minute = 60_000;
let rig: Rig;
beforeEach(async () => {
  rig = await openRig({ kaltura: { recordingReadyAfter: 60 } });
});
afterEach(() => rig.stop());

/** Lets time pass, then looks and sends; gives what was shown meanwhile. */
async function pass(milliseconds = 5500): Promise<readonly Shown[]> {
  const from = rig.platform.shown.length;
  rig.clock.advance(milliseconds);
  await rig.live.settle();
  return rig.platform.shown.slice(from);
}

const told = (shown: readonly Shown[]) => shown.map(({ how, view }) => `${how} ${view.summary}`);
const follow = (facts: Partial<Subscription> = {}) => followIn(rig, facts);
/** Opens a webcast as Kaltura's own console does, past the bot. */
const openElsewhere = (id: Parameters<typeof rig.gateway.goLive>[0]) => rig.gateway.goLive(id);

describe('the card of a webcast', () => {
  it('follows the show by itself, from scheduled to recorded, in one message', async () => {
    const id = await rig.plan();
    const states: string[] = [];
    const see = async (milliseconds?: number) => {
      for (const { how, view } of await pass(milliseconds)) if (how === 'update') states.push(view.summary);
    };
    await see();
    await rig.encoder.start(id);
    await see(15_000);
    await rig.say(`golive ${id} --yes`);
    await see();
    await see(minute);
    await rig.encoder.drop(id);
    await see();
    await see();
    await rig.encoder.start(id);
    await see();
    await rig.say(`golive ${id} --yes`);
    await see(minute);
    await rig.say(`end ${id} --yes`);
    await see();
    await rig.encoder.stop(id);
    await see(16_000);
    await see(2 * minute);
    const name = 'Q3 Town Hall';
    const distinct = states.filter((state, index) => state !== states[index - 1]);
    expect(distinct).toEqual([
      `${name}: Scheduled`,
      `${name}: Preview: the crew sees it, viewers wait`,
      `${name}: Live`,
      `${name}: Interrupted: no picture arrives`,
      `${name}: Preview: the crew sees it, viewers wait`,
      `${name}: Live`,
      `${name}: Ended: the recording is being made`,
      `Was live: ${name}`,
      `${name}: Ended: the recording is being made`,
      `${name}: Ended: the recording is ready`,
    ]);
    const posts = rig.platform.shown.filter(({ how }) => how === 'post');
    expect(told(posts)).toEqual([`post ${name}: Scheduled`, `post Going live: ${name}`, `post Ended: ${name}`]);
  });

  it('tells in its thread what the crew has to know, and that the recording is ready', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(15_000);
    await rig.say(`golive ${id} --yes`);
    await pass();
    await rig.encoder.drop(id);
    await pass();
    await pass();
    await rig.encoder.start(id);
    await pass();
    await rig.say(`golive ${id} --yes`);
    await pass(2 * minute);
    await rig.say(`end ${id} --yes`);
    await rig.encoder.stop(id);
    await pass();
    await pass(2 * minute);
    const name = 'Q3 Town Hall';
    expect(told(rig.platform.shown.filter(({ how }) => how === 'thread'))).toEqual([
      `thread No picture: ${name}`,
      `thread Go live again: ${name}`,
      `thread Live again: ${name}`,
      `thread Recording ready: ${name}`,
    ]);
  });

  it('is not touched while nothing changes', async () => {
    await rig.plan();
    await pass();
    expect(await pass(minute)).toEqual([]);
    expect(await pass(minute)).toEqual([]);
  });

  it('is posted again when somebody deleted it', async () => {
    const id = await rig.plan();
    await pass();
    const card = rig.platform.shown.find(({ how }) => how === 'post');
    rig.platform.remove(card?.message ?? '');
    await rig.encoder.start(id);
    expect(told(await pass(16_000))).toEqual(['post Q3 Town Hall: Preview: the crew sees it, viewers wait']);
  });
});

describe('going live', () => {
  it('tells a channel that follows all by one new message, which is its card from then on', async () => {
    await follow();
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    await rig.say(`golive ${id} --yes`);
    const there = (shown: readonly Shown[]) => told(shown.filter((one) => one.channel === 'C2'));
    expect(there(await pass())).toEqual(['post Live now: Q3 Town Hall']);
    expect(there(await pass(minute))).toEqual([]);
    await rig.encoder.drop(id);
    await pass();
    expect(there(await pass())).toEqual(['update Q3 Town Hall: Interrupted: no picture arrives']);
  });

  it('from elsewhere tells the channel of the card by one new message, and edits the card', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    await openElsewhere(id);
    expect(told(await pass())).toEqual(['post Live now: Q3 Town Hall', 'update Q3 Town Hall: Live']);
    expect(told(await pass(minute))).toEqual([]);
  });

  it('edits alone in quiet mode', async () => {
    const id = await rig.plan();
    await follow({ place: channel, subject: { kind: 'webcast', webcast: id }, mode: 'quiet' });
    await rig.encoder.start(id);
    await pass(16_000);
    await openElsewhere(id);
    expect(told(await pass())).toEqual(['update Q3 Town Hall: Live']);
  });

  it('calls the person that the channel wants called', async () => {
    await follow({ mention: { kind: 'person', id: 'U7' } });
    const id = await rig.plan();
    await rig.encoder.start(id);
    await openElsewhere(id);
    const post = (await pass()).find((one) => one.channel === 'C2');
    expect(post?.view.nodes).toContainEqual({ kind: 'text', text: [{ person: 'U7' }] });
  });

  it('from a channel without a card makes the announcement its card', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    await rig.say(`golive ${id} --yes`, { place: place('C5') });
    const there = (shown: readonly Shown[]) => told(shown.filter((one) => one.channel === 'C5'));
    expect(there(await pass())).toEqual(['update Q3 Town Hall: Live']);
    expect(there(await pass(5 * minute))).toEqual([]);
    await rig.gateway.end(id);
    expect(there(await pass())).toEqual(['update Q3 Town Hall: Ended: the recording is being made']);
  });

  it('that failed here is told when somebody goes live later, and no card comes where none was', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    await rig.control('faults', { kind: 'http', on: 'liveStream.update', status: 503, times: 3 });
    await rig.say(`golive ${id} --yes`, { place: place('C5') });
    await pass(6 * minute);
    await openElsewhere(id);
    const shown = await pass(minute);
    expect(told(shown.filter((one) => one.channel === 'C5'))).toEqual([]);
    expect(told(shown.filter((one) => one.channel === 'C1'))).toContain('post Live now: Q3 Town Hall');
  });

  it('after an end is another broadcast and told again', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    await openElsewhere(id);
    await pass();
    await rig.gateway.end(id);
    await pass(minute);
    await openElsewhere(id);
    expect(told(await pass(16_000)).filter((one) => one.startsWith('post'))).toEqual(['post Live now: Q3 Town Hall']);
  });

  it('of a webcast that nobody planned here is found, for those who follow all', async () => {
    const other = await rig.plan();
    await rig.store.unsubscribe('terminal', channel, { kind: 'webcast', webcast: other });
    const added = await rig
      .raw('liveStream', 'add', {
        sourceType: '32',
        liveStreamEntry: {
          objectType: 'KalturaLiveStreamEntry',
          name: 'Elsewhere',
          mediaType: 201,
          adminTags: 'kms-webcast-event',
        },
      })
      .catch((error: unknown) => String(error));
    expect(added).toContain('objects');
    await follow();
    await pass(2 * minute);
    await rig.encoder.start('Elsewhere');
    expect(told(await pass(2 * minute))).toContain('post Live now: Elsewhere');
  });
});

describe('a channel that cannot be posted to any more', () => {
  it('is paused with the reason, its owner is told once, and nothing revives it but subscribing', async () => {
    await follow();
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    rig.platform.closeChannel();
    await openElsewhere(id);
    const shown = await pass();
    expect(told(shown).filter((one) => one.startsWith('tell')).length).toBeGreaterThanOrEqual(1);
    expect(shown.filter(({ how, person }) => how === 'tell' && person === 'U2')).toHaveLength(1);
    expect(await rig.store.subscriptions('terminal', place('C2'))).toMatchObject([
      { paused: 'I cannot post in this channel. Type /invite @Webcast.' },
    ]);
    await rig.encoder.drop(id);
    await pass();
    expect((await pass()).filter((one) => one.channel === 'C2')).toEqual([]);
  });
});

describe('a message that fails', () => {
  const failWith = async (...errors: unknown[]) => {
    await follow();
    const id = await rig.plan();
    await rig.store.unsubscribe('terminal', channel, { kind: 'webcast', webcast: id });
    await rig.encoder.start(id);
    await pass(16_000);
    rig.platform.failNext(...errors);
    await openElsewhere(id);
    return told((await pass()).filter((one) => one.channel === 'C2'));
  };

  it('is sent after the pause that the platform asks for', async () => {
    expect(await failWith(new BotError('busy', 'Too fast.', 'Wait.', undefined, 20_000))).toEqual([]);
    expect(told(await pass(15_000))).toEqual([]);
    expect(told(await pass(6000))).toEqual(['post Live now: Q3 Town Hall']);
  });

  it('is tried again when the platform is away', async () => {
    expect(await failWith(new BotError('unavailable', 'Away.', ''), new BotError('unavailable', 'Away.', ''))).toEqual(
      [],
    );
    await pass(6000);
    expect(told(await pass(11_000))).toEqual(['post Live now: Q3 Town Hall']);
  });

  it('is repeated soon when nobody knows whether it was posted, and then only after a long rest', async () => {
    const unclear = new BotError('outcome_unknown', 'Unclear.', '');
    expect(await failWith(unclear, unclear)).toEqual([]);
    expect(told(await pass(6000))).toEqual([]);
    expect(told(await pass(4 * minute))).toEqual([]);
    expect(told(await pass(2 * minute))).toEqual(['post Live now: Q3 Town Hall']);
  });
});

describe('a Kaltura that is away', () => {
  it('changes nothing, and what happened meanwhile is told when it is back', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await pass(16_000);
    await rig.control('faults', { kind: 'http', on: 'liveStream.list', status: 503, times: 12 });
    await openElsewhere(id);
    expect(await pass()).toEqual([]);
    for (let tries = 0; tries < 8; tries++) await pass(2 * minute);
    expect(told(rig.platform.shown).filter((one) => one.startsWith('post Live now'))).toHaveLength(1);
  });
});

describe('what only the planner has to know', () => {
  it('is told to them alone, once', async () => {
    await rig.plan();
    const shown = [...(await pass(1000)), ...(await pass(9 * minute)), ...(await pass(16_000))];
    expect(shown.filter(({ how }) => how === 'tell')).toMatchObject([
      { person: ann.id, view: { summary: 'No encoder yet: Q3 Town Hall' } },
    ]);
  });
});
