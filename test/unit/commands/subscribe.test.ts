import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Place } from '../../../src/core/ports.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

const minute = 60_000;
const other: Place = { ...channel, channel: 'C2' };
let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const sayThere = async (line: string) => {
  const shown = await rig.say(line, { place: other });
  return shown.map(({ how, view }) => `${how} ${wordsOf(view)}`);
};
const kept = () => rig.store.subscriptions('terminal', other);

describe('subscribing', () => {
  it('posts the card, which tells nobody to run the show, and says the rule as a sentence', async () => {
    const id = await rig.plan();
    const [card, answer] = await sayThere(`subscribe ${id}`);
    expect(card).toMatch(/^post Q3 Town Hall/);
    expect(card).not.toContain('golive');
    expect(answer).toContain(
      'It follows Q3 Town Hall, as audience, by one new message when it goes live, and the rest in the thread of its card; reminders 7 days, 1 day and 15 min before the start.',
    );
    expect(await kept()).toMatchObject([
      { subject: { webcast: id }, mode: 'normal', side: 'audience', reminders: [10_080, 1440, 15], owner: 'U1' },
    ]);
  });

  it('is in effect when the answer is there', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await sayThere(`subscribe ${id}`);
    await rig.say(`golive ${id} --yes`);
    await rig.live.settle();
    const there = rig.platform.shown
      .filter((one) => one.channel === 'C2')
      .map(({ how, view }) => `${how} ${view.summary}`);
    expect(there).toEqual([
      'post Q3 Town Hall: Preview: the crew sees it, viewers wait',
      'post Live now: Q3 Town Hall',
      'update Q3 Town Hall: Live',
    ]);
  });

  it('to a webcast that is live shows the card and announces nothing after it', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    await rig.live.settle();
    await sayThere(`subscribe ${id}`);
    rig.clock.advance(minute);
    await rig.live.settle();
    const posts = rig.platform.shown.filter((one) => one.channel === 'C2' && one.how === 'post');
    expect(posts.map(({ view }) => view.summary)).toEqual(['Q3 Town Hall: Live']);
  });

  it('says at once, with the words to type, when nothing can be posted there, and follows nothing', async () => {
    const id = await rig.plan();
    rig.platform.closeChannel();
    for (const line of [`subscribe ${id}`, 'subscribe all', 'subscribe --tag finance']) {
      expect(await sayThere(line)).toEqual(['whisper I cannot post in this channel.\nType /invite @Webcast.']);
    }
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['subscribe all --mode quiet', { subject: { kind: 'all' }, mode: 'quiet', reminders: [] }],
    ['subscribe --tag Finance --crew', { subject: { kind: 'tag', tag: 'finance' }, side: 'crew' }],
    ['subscribe all --remind 2h,1d --mention me', { reminders: [1440, 120], mention: { kind: 'person', id: 'U1' } }],
    [
      'subscribe all --remind off --mention "<@U0123ABCD|ann>"',
      { reminders: [], mention: { kind: 'person', id: 'U0123ABCD' } },
    ],
    ['subscribe all --numbers 5m', { numbers: 5 }],
    ['subscribe all --numbers END', { numbers: 'end' }],
    ['subscribe all', { numbers: 'off' }],
    ['subscribe all --mode flat --remind 1w', { mode: 'flat', reminders: [10_080] }],
    ['subscribe all --mention S0123ABCD', { mention: { kind: 'group', id: 'S0123ABCD' } }],
    ['subscribe all --mention "<!subteam^S0123ABCD|@crew>"', { mention: { kind: 'group', id: 'S0123ABCD' } }],
    ['subscribe all --mention here', { mention: { kind: 'everyone', who: 'here' } }],
    ['subscribe all --mention channel', { mention: { kind: 'everyone', who: 'channel' } }],
    ['subscribe all --quiet-hours 22:00-07:00', { quietHours: { from: 22 * 60, to: 7 * 60, zone: 'Europe/Berlin' } }],
    [
      'subscribe all --quiet-hours 9-17/America/New_York',
      { quietHours: { from: 9 * 60, to: 17 * 60, zone: 'America/New_York' } },
    ],
    ['subscribe all --quiet-hours off', { quietHours: undefined }],
  ])('understands %s', async (line, expected) => {
    const [said] = await sayThere(line);
    expect(said).toMatch(/^post This channel is told of webcasts/);
    expect(await kept()).toMatchObject([expected]);
  });

  it.each([
    ['subscribe all --crew --audience', 'either the crew or the audience'],
    ['subscribe "Q3" --tag finance', 'leave the webcast out'],
    ['subscribe all --remind soon', 'such as 7d,1d,15m'],
    ['subscribe all --remind 31d', 'at most 30 days before'],
    ['subscribe all --mention @channel', 'a member id such as U0123ABCD'],
    ['subscribe all --mention "<@channel>"', 'a member id such as U0123ABCD'],
    ['subscribe all --mention ann@example.com', 'a member id such as U0123ABCD'],
    ['subscribe all --numbers 90m', 'every 1m to 60m'],
    ['subscribe all --numbers often', 'every 1m to 60m'],
    ['subscribe all --mention "<!here>"', 'here or channel without a sign'],
    ['subscribe all --mention "<!channel|x>"', 'here or channel without a sign'],
    ['subscribe all --mention everyone', 'here or channel without a sign'],
    ['subscribe all --quiet-hours nights', 'are written like 22:00-07:00'],
    ['subscribe all --quiet-hours 22:00-07:00/Mars', 'is no time zone'],
    ['subscribe all --mode loud', 'quiet, normal, flat'],
  ])('refuses %s', async (line, reason) => {
    expect((await sayThere(line)).join('\n')).toContain(reason);
    expect(await kept()).toEqual([]);
  });

  it('says whom it calls and when it is quiet', async () => {
    const [, answer] = await sayThere('subscribe all --mention S0123ABCD --quiet-hours 22-7');
    expect(answer).toContain('; quiet from 22:00 to 07:00 (Europe/Berlin); calls @S0123ABCD.');
    expect((await sayThere('subscriptions')).join('\n')).toContain('quiet from 22:00 to 07:00 (Europe/Berlin)');
  });

  it('says what it follows without calling a channel, be it to the channel or to one person', async () => {
    await rig.say('subscribe all --mention channel', { place: other });
    await rig.say('subscriptions', { place: other });
    expect(rig.platform.shown).toHaveLength(3);
    expect(JSON.stringify(rig.platform.shown)).not.toContain('everyone');
  });

  it.each([
    ['S0123ABCD', 'a group'],
    ['here', 'a whole channel'],
  ])('refuses to call %s where the platform lets nobody do so, and follows nothing', async (called, what) => {
    const id = await rig.plan();
    rig.platform.calls = [];
    for (const subject of [id, 'all']) {
      const [said, ...more] = await sayThere(`subscribe ${subject} --mention ${called}`);
      expect(said).toMatch(new RegExp(`^whisper A bot cannot call ${what} here, only one person`));
      expect(more).toEqual([]);
    }
    expect(await kept()).toEqual([]);
  });

  it('asks which webcast is meant, and keeps what was said beside it', async () => {
    await rig.plan();
    await rig.plan();
    const [asked] = await rig.say('subscribe "Town Hall" --crew --remind 1h', { place: other });
    expect(asked && wordsOf(asked.view)).toContain('(subscribe {} --mode=normal --crew --remind=');
    const [again] = await rig.say('subscribe "Town Hall" --mention here --quiet-hours 22-7', { place: other });
    expect(again && wordsOf(again.view)).toContain('--mention=here --quiet-hours=22:00-07:00/Europe/Berlin)');
  });

  it('says how often figures come, and keeps that when it has to ask which webcast is meant', async () => {
    const [, answer] = await sayThere('subscribe all --numbers 10m');
    expect(answer).toContain('; figures every 10 min while it is live.');
    await rig.plan();
    await rig.plan();
    const [asked] = await rig.say('subscribe "Town Hall" --numbers end', { place: other });
    expect(asked && wordsOf(asked.view)).toContain('--numbers=end');
  });

  it('again replaces the rule and revives what was paused', async () => {
    const id = await rig.plan();
    await sayThere(`subscribe ${id}`);
    await sayThere(`subscribe ${id} --mode flat`);
    expect(await kept()).toMatchObject([{ mode: 'flat', paused: undefined }]);
    expect(rig.platform.shown.filter((one) => one.channel === 'C2')).toHaveLength(1);
  });
});

describe('the channel where a webcast was planned', () => {
  it('is its crew', async () => {
    await rig.plan();
    expect(await rig.read('subscriptions')).toContain('Q3 Town Hall, as crew (trouble too)');
  });
});

describe('unsubscribing', () => {
  it('ends the only subscription there is', async () => {
    const id = await rig.plan();
    await sayThere(`subscribe ${id}`);
    expect((await sayThere('unsubscribe')).join('\n')).toContain('It no longer follows Q3 Town Hall');
    expect(await kept()).toEqual([]);
  });

  it.each([['unsubscribe all'], ['unsubscribe --tag finance'], ['unsubscribe town']])(
    '%s ends that one',
    async (line) => {
      const id = await rig.plan();
      for (const subject of [id, 'all', '--tag finance']) await sayThere(`subscribe ${subject}`);
      await sayThere(line);
      expect(await kept()).toHaveLength(2);
    },
  );

  it('shows what there is when it could be several, each with its own button', async () => {
    await sayThere('subscribe all');
    await sayThere('subscribe --tag "all hands"');
    const [list] = await sayThere('unsubscribe');
    expect(list).toContain('[Unsubscribe] unsubscribe all');
    expect(list).toContain('[Unsubscribe] unsubscribe --tag="all hands"');
  });

  it('says so when there is nothing to end', async () => {
    expect((await sayThere('unsubscribe')).join('\n')).toContain('This channel follows nothing.');
    await sayThere('subscribe all');
    expect((await sayThere('unsubscribe "Winter Games"')).join('\n')).toContain('does not follow that');
  });
});

describe('the list of subscriptions', () => {
  it('says what is paused and why', async () => {
    await sayThere('subscribe all');
    await rig.store.pauseChannel('terminal', other, 'This channel is archived.');
    const [list] = await sayThere('subscriptions');
    expect(list).toContain('all webcasts, as audience');
    expect(list).toContain('Paused: This channel is archived.');
  });

  it('says how to begin when there is none', async () => {
    expect((await sayThere('subscriptions')).join('\n')).toContain('Type subscribe');
  });
});
