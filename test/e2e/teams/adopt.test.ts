import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Rig, startRig } from './rig.js';

const made = z.object({ id: z.string() });
const place = 'Webcasts';
const name = 'Made <at>elsewhere</at> & **there**';

/** A live entry that somebody made in Kaltura's console, and webcasts that are planned again. */
describe('webcasts that were not planned here, in Teams', () => {
  let rig: Rig;
  let foreign: string;
  const alex = () => rig.person();
  const say = (line: string, where = place, who = 'Alex') =>
    rig.answered(where, () => rig.person(who).says(`@Webcast ${line}`, { in: where }), who);
  const ask = async (line: string, where = place) => rig.words(await say(line, where));
  /** What everybody in a channel sees of the bot. */
  const channel = (where = place) =>
    rig.tenant.conversation(where).messages.filter(({ author, targetedFor }) => author === 'bot' && !targetedFor);
  const entries = async (called: string) => (await rig.kaltura.fields()).filter((one) => one.name === called);
  const writes = () => rig.kaltura.calls().filter((call) => call === 'livestream.update').length;

  beforeAll(async () => {
    rig = await startRig({ channels: [place, 'Planning'] });
    const liveStreamEntry = { name, mediaType: 201, recordStatus: 0, adminTags: 'mine' };
    const entry = await rig.kaltura.call('liveStream', 'add', { liveStreamEntry, sourceType: '32' });
    foreign = made.parse(entry).id;
  });

  afterAll(async () => rig.stop());

  it('are not taken in by what is no id of a live entry', async () => {
    expect(await ask('adopt')).toContain('Entry id');
    expect(await ask('adopt yesterday')).toContain('"yesterday" is no entry id. One looks like 1_ab12cd34');
    expect(await ask('adopt 1_zzzzzzzz')).toContain('1_zzzzzzzz is no live entry of this account');
    expect(channel()).toEqual([]);
  });

  it('are taken in after a question that says what they lack, which the person alone reads', async () => {
    const question = await say(`adopt ${foreign}`);
    expect(question.targetedFor).toBe(alex().id);
    expect(rig.words(question)).toMatch(/the admin tags kms-webcast-event and vpaas-webcast[\s\S]*It has no preview/);
    expect(channel()).toEqual([]);
    expect(writes()).toBe(0);

    await alex().presses(question, 'Take it in');
    const answer = await rig.saying(place, 'Added to its admin tags: kms-webcast-event, vpaas-webcast.');
    expect(answer.targetedFor).toBe(alex().id);
    const [card, ...more] = channel();
    if (!card) throw new Error('The channel has no card.');
    expect(more).toEqual([]);
    expect(rig.words(card, 'Megan')).toContain(foreign);
    expect(alex().buttons(card)).toEqual(['Encoder', 'Embed', 'Status']);
    expect(await entries(name)).toEqual([
      expect.objectContaining({ adminTags: 'mine,kms-webcast-event,vpaas-webcast', recordStatus: 0 }),
    ]);
  });

  it('are taken in once: whoever does it again gets no second card and changes nothing', async () => {
    const again = await say(`adopt ${foreign}`, place, 'Megan');
    expect(rig.words(again, 'Megan')).toContain("is one of this channel's webcasts now");
    expect(channel()).toHaveLength(1);
    expect(writes()).toBe(1);
  });

  it('get a card in every channel that takes them in', async () => {
    await alex().says(`@Webcast adopt ${foreign}`, { in: 'Planning' });
    await rig.saying('Planning', "is one of this channel's webcasts now");
    expect(channel('Planning')).toHaveLength(1);
    expect(channel()).toHaveLength(1);
  });

  it('are not copied while nobody knows when they were', async () => {
    expect(await ask('copy')).toMatch(/I do not know when "Made .*" was/);
  });

  it('are copies of one that was: said in words first, and made when that was agreed to', async () => {
    const { id } = await rig.plan('Planning', 'Town hall');
    const question = await say(`copy ${id}`, 'Planning');
    expect(question.targetedFor).toBe(alex().id);
    expect(rig.words(question)).toContain('Nothing is made yet.');
    expect(await entries('Town hall')).toHaveLength(1);

    await alex().presses(question, 'Plan it');
    await rig.double.until('the card of the copy', () => channel('Planning').length === 3);
    const all = await entries('Town hall');
    expect(all).toHaveLength(2);
    expect(channel('Planning')).toHaveLength(3);
    const settings = { dvrStatus: 1, recordStatus: 2, explicitLive: true };
    expect(all).toEqual([expect.objectContaining({ id, ...settings }), expect.objectContaining(settings)]);
  });

  it('are copies at a time and under a name that are said at once', async () => {
    const [{ id } = { id: '' }] = await entries('Town hall');
    await alex().says(`@Webcast copy ${id} --name "Q4 Hall" --start "2027-06-01 09:30"`, { in: 'Planning' });
    const planned = await rig.saying('Planning', 'Q4 Hall is planned');
    expect(rig.words(planned)).toContain('1 June 2027, 09:30');
    expect(await entries('Q4 Hall')).toEqual([expect.objectContaining({ recordStatus: 2 })]);
  });
});
