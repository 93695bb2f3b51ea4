import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { beginTroubles, bound, type Troubles } from './hanging.js';
import { type Fault, type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

/** One channel for each command, so that all can be typed at once. */
const lines = {
  status: '/webcast status',
  golive: '/webcast golive --yes',
  end: '/webcast end --yes',
  embed: '/webcast embed',
  encoder: '/webcast encoder',
  recording: '/webcast recording',
  list: '/webcast list',
} as const;

/** What hangs takes ten seconds and more, so it is begun before the stories of this file and told as the last. */
let troubles: Troubles;

beforeAll(async () => {
  troubles = await beginTroubles();
});

afterAll(async () => troubles.stop());

describe('a Kaltura in trouble', () => {
  let rig: Rig;
  const askAll = () =>
    Promise.all(Object.entries(lines).map(async ([channel, line]) => wordsOf(await rig.ask(line, channel))));

  beforeAll(async () => {
    rig = await startRig({ channels: [...Object.keys(lines), 'made', 'cut', 'limited', 'posts', 'signed'] });
    for (const channel of Object.keys(lines)) await rig.plan(channel, `Show of ${channel}`);
  });

  afterAll(async () => rig.stop());

  afterEach(async () => rig.control('faults', {}, 'DELETE'));

  it.each<[Fault['kind'], RegExp]>([
    ['http', /Kaltura is out of order \(HTTP 502\)[\s\S]*Try again in a minute/],
    ['html', /Kaltura is out of order \(HTTP 502\)[\s\S]*Try again in a minute/],
    ['truncated', /Kaltura[\s\S]*(Try again|Tell)/],
    ['rate-limited', /Kaltura is asked too often at the moment[\s\S]*Wait ten seconds and try again/],
  ])('that answers with %s gets every command a private sentence with what to do', async (kind, sentence) => {
    await rig.fault({ kind, on: '*', times: 500 });
    for (const words of await askAll()) expect(words).toMatch(sentence);
    expect(Object.keys(lines).map((channel) => rig.workspace.messages(channel).length)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('that fails once is asked again, and nobody notices', async () => {
    await rig.fault({ kind: 'http', on: 'livestream.list' });
    expect(wordsOf(await rig.ask('/webcast status', 'status'))).toContain('Show of status');
  });

  it('that forgets the session gets a new one, and nobody notices', async () => {
    await rig.fault({ kind: 'expired-session', on: 'livestream.list' });
    const trips = await rig.roundTrips(async () => {
      expect(wordsOf(await rig.ask('/webcast status', 'status'))).toContain('Show of status');
    });
    expect(trips.filter(([call]) => call === 'session.start')).toHaveLength(1);
    await rig.fault({ kind: 'expired-session', on: 'livestream.add' });
    await rig.plan('signed', 'Signed again');
    expect(await rig.entries('Signed again')).toHaveLength(1);
  });

  it('that loses its answer after the write is asked what it made: one webcast, and a card', async () => {
    await rig.fault({ kind: 'lost', on: 'livestream.add' });
    const { card } = await rig.plan('made', 'Made once');
    expect(wordsOf(card)).toContain('Scheduled');
    expect(await rig.entries('Made once')).toHaveLength(1);
  });

  it('that cuts its answer off after the write is asked too', async () => {
    await rig.fault({ kind: 'truncated', on: 'livestream.add' });
    await rig.plan('cut', 'Cut once');
    expect(await rig.entries('Cut once')).toHaveLength(1);
  });

  it('that limits the making makes nothing, and says so', async () => {
    await rig.fault({ kind: 'rate-limited', on: 'livestream.add' });
    const told = await rig.ask('/webcast create Limited --start "in 10 minutes"', 'limited');
    expect(wordsOf(told)).toContain('Kaltura is asked too often');
    expect(await rig.entries('Limited')).toEqual([]);
    expect(rig.workspace.messages('limited')).toEqual([]);
  });

  it('that is down while a form opens leaves the form usable, with a note instead of its lists', async () => {
    // A bot that has just begun, and so has not asked for the account yet.
    const fresh = await startRig({ channels: ['posts'] });
    const user = fresh.workspace.user('ada');
    try {
      await fresh.fault({ kind: 'http', on: '*', times: 500 });
      const form = await fresh.openForm('posts');
      expect(wordsOf(form)).toContain('Kaltura is out of order');
      await fresh.control('faults', {}, 'DELETE');
      await user.fills(form, { Name: 'Without lists', Start: Math.floor(Date.now() / 1000) + 600 });
      await fresh.posted('posts', () => user.submits(form));
      expect(await fresh.entries('Without lists')).toHaveLength(1);
    } finally {
      await fresh.stop();
    }
  });

  it('that is gone is named, and found again when it is back', async () => {
    await rig.kaltura.stop();
    const told = await askAll();
    await rig.kaltura.start();
    for (const words of told) expect(words).toMatch(/Kaltura cannot be reached|Kaltura[\s\S]*Try again/);
    expect(wordsOf(await rig.ask('/webcast status', 'status'))).toContain('Show of status');
  });
});

describe('a Slack in trouble', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['posts', 'edits'] });
  });

  afterAll(async () => rig.stop());

  it('that loses the post of a card leaves no webcast unexplained, and asks for no second one', async () => {
    rig.double.faults.add({ method: 'chat.postMessage', effect: { kind: 'lost' } });
    const before = rig.workspace.ephemerals('posts').length;
    await ada().runs('/webcast create "Half told" --start "in 10 minutes"', { in: 'posts' });
    const told = await rig.double.until('both answers', () => {
      const seen = rig.workspace.ephemerals('posts').slice(before);
      return seen.length === 2 && seen.map(wordsOf);
    });
    expect(told[0]).toContain('Half told is planned');
    expect(told[1]).toMatch(/was done, but not all of it could be shown[\s\S]*Do not repeat it/);
    expect(await rig.entries('Half told')).toHaveLength(1);
  });

  it('that takes no edit of the progress still gets the announcement', async () => {
    const { id } = await rig.plan('edits', 'Goes on');
    await rig.encoder.start(id);
    rig.double.faults.add({ method: 'chat.update', effect: { kind: 'error', error: 'fatal_error' } });
    const shown = await rig.posted('edits', () => ada().runs('/webcast golive --yes', { in: 'edits' }));
    await rig.double.until('the announcement', () => shown.text === 'Live now: Goes on');
  });
});

describe('a Kaltura that hangs', () => {
  it(
    'gets a question its sentence within a bounded time',
    async () => {
      const { message, after } = await troubles.read.told;
      expect(wordsOf(message)).toMatch(/Kaltura[\s\S]*Try again in a minute/);
      expect(after).toBeLessThan(bound);
    },
    bound,
  );

  it(
    'makes one webcast of a request that it answers too late',
    async () => {
      const { rig, told } = troubles.late;
      expect(wordsOf((await told).message)).toContain('Made late is planned');
      expect(await rig.entries('Made late')).toHaveLength(1);
      expect(rig.workspace.messages('events')).toHaveLength(1);
    },
    bound,
  );

  it.each([
    ['never', 'Never made', { dvrStatus: 0, recordStatus: 0 }],
    ['lost', 'Made unseen', { dvrStatus: 1, recordStatus: 2 }],
  ] as const)(
    'leaves it open whether a webcast was made, and the line it tells makes it once (%s)',
    async (trouble, name, plan) => {
      const { rig, told } = troubles[trouble];
      const words = wordsOf((await told).message);
      expect(words).toContain(`no good answer while making "${name}", and no such webcast has been found since`);
      expect(rig.workspace.messages('events')).toEqual([]);
      const again = /create "[^"]+" --start=@\d+ .*--request=[\w.:-]+/.exec(words)?.[0];
      await rig.control('faults', {}, 'DELETE');
      const ada = rig.workspace.user('ada');
      await rig.posted('events', () => ada.runs(`/webcast ${again}`, { in: 'events' }));
      await rig.whispered('board', () => ada.runs(`/webcast ${again}`, { in: 'board' }));
      expect(await rig.entries(name)).toEqual([expect.objectContaining(plan)]);
    },
    bound,
  );

  it('may be away when the bot starts: commands say so, and work as soon as it is back', async () => {
    const { rig } = troubles.read;
    await rig.bot.stop();
    await rig.control('faults', {}, 'DELETE');
    await rig.kaltura.stop();
    await rig.restart();
    const told = await rig.ask('/webcast status', 'events');
    await rig.kaltura.start();
    expect(wordsOf(told)).toMatch(/Kaltura cannot be reached/);
    expect(wordsOf(await rig.ask('/webcast status', 'events'))).toContain('Stuck');
  });
});
