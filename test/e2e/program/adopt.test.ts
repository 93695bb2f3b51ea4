import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Rig, startRig } from './rig.js';
import { buttonsOf, entryIn, wordsOf } from './screen.js';

const made = z.object({ id: z.string() });

/** A live entry that somebody made in Kaltura's console, and webcasts that are planned again. */
describe('webcasts that were not planned here', () => {
  let rig: Rig;
  let foreign: string;
  const ada = () => rig.workspace.user('ada');
  const channel = (name = 'events') => rig.workspace.messages(name);
  const ask = (line: string, where = 'events', who?: string) => rig.ask(`/webcast ${line}`, where, who);
  const writes = () => rig.requests().filter((trip) => trip.includes('livestream.update')).length;

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'planning'] });
    const liveStreamEntry = { name: 'Made <elsewhere> & *there*', mediaType: 201, recordStatus: 0, adminTags: 'mine' };
    ({ id: foreign } = made.parse(await rig.call('liveStream', 'add', { liveStreamEntry, sourceType: '32' })));
  });

  afterAll(async () => rig.stop());

  it.each([
    ['', 'Entry id'],
    [' yesterday', '"yesterday" is no entry id. One looks like 1_ab12cd34'],
    [' 1_zzzzzzzz', '1_zzzzzzzz is no live entry of this account'],
  ])('are not taken in by adopt%s', async (words, answer) => {
    expect(wordsOf(await ask(`adopt${words}`))).toContain(answer);
    expect(channel()).toEqual([]);
  });

  it('are taken in after a question that says what they lack, which the person alone reads', async () => {
    const question = await ask(`adopt ${foreign.toUpperCase()}`);
    expect(wordsOf(question)).toMatch(
      /Take in Made <elsewhere>[\s\S]*the admin tags kms-webcast-event and vpaas-webcast/,
    );
    expect(wordsOf(question)).toMatch(/It has no preview[\s\S]*It is not recorded\./);
    expect(channel()).toEqual([]);
    expect(writes()).toBe(0);

    const answer = await rig.whispered('events', () => ada().clicks(question, 'Take it in'));
    expect(wordsOf(answer)).toContain('Added to its admin tags: kms-webcast-event, vpaas-webcast.');
    expect(wordsOf(answer)).toContain(`/webcast move ${foreign} "friday 15:00"`);
    const card = await rig.double.until('the card', () => channel()[0]);
    expect(entryIn(card)).toBe(foreign);
    expect(buttonsOf(card)).toEqual(['Encoder', 'Embed', 'Status']);
    const [entry] = await rig.entries('Made <elsewhere> & *there*');
    expect(entry).toMatchObject({ adminTags: 'mine,kms-webcast-event,vpaas-webcast', recordStatus: 0 });
  });

  it('are taken in once: whoever does it again gets no second card and changes nothing', async () => {
    const again = await ask(`adopt ${foreign}`, 'events', 'bob');
    expect(wordsOf(again)).toContain("is one of this channel's webcasts now");
    expect(wordsOf(again)).not.toContain('Added to its admin tags');
    expect(channel()).toHaveLength(1);
    expect(writes()).toBe(1);
    expect(wordsOf(await ask('status'))).toContain('Made <elsewhere>');
  });

  it('get a card in every channel that takes them in', async () => {
    const card = await rig.posted('planning', () => ask(`adopt ${foreign}`, 'planning'));
    expect(entryIn(card)).toBe(foreign);
    expect(channel()).toHaveLength(1);
  });

  it('are not copied while nobody knows when they were', async () => {
    expect(wordsOf(await ask('copy'))).toMatch(/I do not know when "Made .*" was[\s\S]*--start/);
    expect(wordsOf(await ask('copy --end "friday 16:00" --duration 60'))).toContain('an end or a duration, not both');
  });

  it('are copies of one that was: said in words first, and made once however often it is pressed', async () => {
    const { id } = await rig.plan('planning', 'Town <hall>', '--description "All hands" --tags finance --no-dvr');
    const question = await ask('copy "Town <hall>"', 'planning');
    expect(wordsOf(question)).toMatch(/Town <hall> again, on the .*\?[\s\S]*Nothing is made yet\./);
    expect(await rig.entries('Town <hall>')).toHaveLength(1);

    const press = () => rig.whispered('planning', () => ada().clicks(question, 'Plan it'));
    expect(wordsOf(await press())).toContain('Town <hall> is planned');
    const card = channel('planning').at(-1);
    const copied = card ? entryIn(card) : '';
    expect(copied).not.toBe(id);
    expect(wordsOf(await press())).toContain(copied);
    expect(channel('planning').filter((message) => wordsOf(message).includes(copied))).toHaveLength(1);
    const [first, second, ...more] = await rig.entries('Town <hall>');
    expect(more).toEqual([]);
    const settings = { description: 'All hands', tags: 'finance', dvrStatus: 0, recordStatus: 2, explicitLive: true };
    expect(first).toMatchObject({ id, ...settings });
    expect(second).toMatchObject({ id: copied, ...settings, adminTags: first?.adminTags });
  });

  it('are copies at a time and under a name that are said at once', async () => {
    const readBack = await ask('copy "Town <hall>" --name "Q4 Hall" --start "2027-06-01 09:30"', 'planning');
    expect(wordsOf(readBack)).toContain('Which webcast?');
    const [{ id } = { id: '' }] = await rig.entries('Town <hall>');
    const planned = await ask(`copy ${id} --name "Q4 Hall" --start "2027-06-01 09:30"`, 'planning');
    expect(wordsOf(planned)).toContain('Tuesday 1 June 2027, 09:30 (Europe/Berlin, UTC+2)');
    expect(await rig.entries('Q4 Hall')).toEqual([expect.objectContaining({ description: 'All hands' })]);
  });
});
