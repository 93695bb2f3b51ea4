import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

describe('going live', () => {
  it('is refused, naming the encoder, while no picture arrives', async () => {
    const id = await rig.plan();
    expect(await rig.read(`golive ${id} --yes`)).toContain(
      'No picture arrives for "Q3 Town Hall": no encoder is sending.',
    );
  });

  it('asks once, by a button that carries the question, and does nothing yet', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    const [asked] = await rig.say('golive');
    expect(asked?.how).toBe('whisper');
    const buttons = asked?.view.nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons : []));
    expect(buttons).toMatchObject([{ label: 'Go live', line: `golive ${id} --yes`, confirm: { yes: 'Go live' } }]);
    expect(await rig.read(`status ${id}`)).toContain('Viewers: wait; only the crew sees the picture');
  });

  it('shows its progress by editing one message, which ends as the announcement', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    const shown = await rig.say(`golive ${id} --yes`);
    const inChannel = shown.filter(({ view }) => /Going live|Live now/.test(view.summary));
    expect(inChannel.map(({ how }) => how)).toEqual(['post', 'update', 'update']);
    expect(new Set(inChannel.map(({ message }) => message)).size).toBe(1);
    expect(inChannel.at(-1)?.view.summary).toBe('Live now: Q3 Town Hall');
    expect(await rig.read(`status ${id}`)).toContain('Viewers: get the picture');
  });

  it('turns the card of the webcast live too, without posting another one', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    const shown = await rig.say(`golive ${id} --yes`);
    const card = shown.filter(({ view }) => view.summary === 'Q3 Town Hall: Live');
    expect(card.map(({ how }) => how)).toEqual(['update']);
  });

  it('is refused when it is live already', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    expect(await rig.read(`golive ${id} --yes`)).toContain('"Q3 Town Hall" is already live');
  });

  it('announces once when two people press at the same moment', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    const before = rig.platform.shown.length;
    await Promise.all([rig.say(`golive ${id} --yes`), rig.say(`golive ${id} --yes`)]);
    const posts = rig.platform.shown.slice(before).filter(({ how }) => how === 'post');
    expect(posts).toHaveLength(1);
  });

  it('announces a broadcast once: after a drop and a return only its cards change', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    await rig.encoder.drop(id);
    expect(await rig.read(`status ${id}`)).toContain('Phase: Interrupted');
    await rig.encoder.start(id);
    const shown = await rig.say(`golive ${id} --yes`);
    expect(shown.map(({ how, view }) => `${how} ${view.summary}`)).toEqual([
      'whisper Live again: Q3 Town Hall',
      'update Q3 Town Hall: Live',
    ]);
  });

  it('announces the next show of the same webcast anew', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    await rig.encoder.stop(id);
    rig.clock.advance(24 * 3_600_000);
    await rig.encoder.start(id);
    const shown = await rig.say(`golive ${id} --yes`);
    expect(shown.filter(({ how }) => how === 'post')).toHaveLength(1);
  });

  it('says what happens instead when preview is off', async () => {
    const id = await rig.plan('--no-preview');
    expect(await rig.read(`golive ${id} --yes`)).toContain(
      'It is live for its viewers as soon as the encoder sends a picture.',
    );
    await rig.encoder.start(id);
    expect(await rig.read(`golive ${id} --yes`)).toContain('already live. Preview is off');
  });

  it('waits until viewers really get the picture before it says so', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.control('publish', { delay: 10 });
    const from = rig.clock.now();
    const shown = await rig.say(`golive ${id} --yes`);
    expect(shown.some(({ view }) => view.summary === 'Live now: Q3 Town Hall')).toBe(true);
    expect(rig.clock.now() - from).toBeGreaterThanOrEqual(10_000);
  });

  it('says honestly that viewers get nothing yet when that takes too long', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.control('publish', { delay: 600 });
    expect(await rig.read(`golive ${id} --yes`)).toContain('viewers do not get the picture yet');
  });

  it('asks Kaltura twice before it waits', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    const trips = await rig.roundTrips(() => rig.say(`golive ${id} --yes`));
    expect(trips.slice(0, 2).flat()).toEqual(['livestream.list', 'livestream.update']);
    expect(
      trips
        .slice(2)
        .flat()
        .every((call) => call.toLowerCase() === 'livestream.getdetails'),
    ).toBe(true);
  });
});

describe('ending', () => {
  it('takes the picture from viewers, says for how long it was live and that the encoder still sends', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    rig.clock.advance(30 * 60_000);
    const told = await rig.read(`end ${id} --yes`);
    expect(told).toContain('It was live for 30 min');
    expect(told).toContain('The encoder still sends: stop it there.');
    expect(await rig.read(`status ${id}`)).toContain('Viewers: wait; only the crew sees the picture');
  });

  it('asks once, by a button', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    expect(await rig.read('end')).toContain(`[End] end ${id} --yes`);
  });

  it('is possible when the encoder has stopped before, so that nobody waits for a return', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    rig.clock.advance(30 * 60_000);
    await rig.encoder.stop(id);
    rig.clock.advance(5 * 60_000);
    expect(await rig.read('end')).toContain('Q3 Town Hall is interrupted');
    const trips = await rig.roundTrips(async () => {
      expect(await rig.read(`end ${id} --yes`)).toContain('It was live for 30 min');
    });
    expect(trips).toHaveLength(1);
    expect(await rig.read(`end ${id} --yes`)).toContain('"Q3 Town Hall" is not live, so there is nothing to end.');
  });

  it('is possible when the encoder has come back and only the crew sees its picture', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    await rig.encoder.stop(id);
    rig.clock.advance(60_000);
    await rig.encoder.start(id);
    expect(await rig.read(`end ${id} --yes`)).toContain('The encoder still sends: stop it there.');
  });

  it('is refused when nothing is live', async () => {
    const id = await rig.plan();
    expect(await rig.read(`end ${id} --yes`)).toContain('"Q3 Town Hall" is not live, so there is nothing to end.');
  });
});

describe('finding the webcast that is meant', () => {
  it('takes words of its name, in any case', async () => {
    const id = await rig.plan();
    expect(await rig.read('status "town hall"')).toContain(id);
  });

  it('asks which one when the channel has several, and takes the only one that fits the command', async () => {
    const first = await rig.plan();
    const second = await rig.plan();
    const [asked] = await rig.say('golive');
    expect(asked && wordsOf(asked.view)).toMatch(new RegExp(`${second}.*${first}|${first}.*${second}`));
    await rig.encoder.start(first);
    await rig.say(`golive ${first} --yes`);
    expect(await rig.read('end')).toContain(`[End] end ${first} --yes`);
  });

  it('asks when the channel has none', async () => {
    const shown = await rig.say('status', { place: { tenant: 'T1', channel: 'C9', direct: false } });
    expect(shown[0]?.view.summary).toBe('Which webcast?');
  });

  it.each(['1_zzzzzzzz', '0_deadbeef'])('says that there is no webcast %s', async (id) => {
    expect(await rig.read(`golive ${id}`)).toContain(`There is no webcast ${id} in this account, or it was deleted.`);
  });

  it('says that no webcast has such a name', async () => {
    expect(await rig.read('embed "Winter Games"')).toContain('No webcast is called "Winter Games".');
  });
});
