import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { StoredMessage } from '../../doubles/teams/index.js';
import { dialogOf } from './dialog.js';
import { type Rig, startRig } from './rig.js';

const place = 'Webcasts';
const entrySchema = z.looseObject({ recordedEntryId: z.string().optional(), msDuration: z.number().optional() });
const chaptersSchema = z.object({ objects: z.array(z.object({ title: z.string(), startTime: z.number() })) });

/** A show with a marked moment, and what Alex makes of its recording; each step builds on the one before. */
describe('what is made of a show afterwards in Teams', () => {
  let rig: Rig;
  let id: string;
  let card: StoredMessage;
  let recording: string;
  const alex = () => rig.person();
  /** The next message that Alex alone sees after some act. */
  async function whispered(act: () => Promise<unknown>): Promise<StoredMessage> {
    const seen = () =>
      alex()
        .sees(place)
        .filter(({ targetedFor }) => targetedFor === alex().id);
    const before = seen().length;
    await act();
    return rig.double.until('a private answer', () => seen()[before]);
  }
  const say = (line: string) => whispered(() => alex().says(`@Webcast ${line}`, { in: place }));
  const ask = async (line: string) => rig.words(await say(line));
  /** The same in the personal chat, since a channel takes eight messages in two seconds. */
  const apart = async (line: string) => rig.words(await rig.answered('personal', () => alex().says(line)));
  /** Presses a button of a private message; the answer comes in its place, or beside it where Teams takes no edit just then. */
  async function press(message: StoredMessage, label: string, answer: string): Promise<StoredMessage> {
    const before = new Set(alex().sees(place));
    await alex().presses(message, label);
    const fits = (one: StoredMessage) => (one === message || !before.has(one)) && one.cards.length > 0;
    return rig.double.until(answer, () =>
      alex()
        .sees(place)
        .findLast((one) => fits(one) && rig.words(one).includes(answer)),
    );
  }
  const get = async (entryId: string) => entrySchema.parse(await rig.kaltura.call('baseEntry', 'get', { entryId }));
  const chapters = async () => {
    const filter = { objectType: 'KalturaCuePointFilter', entryIdEqual: recording };
    return chaptersSchema.parse(await rig.kaltura.call('cuepoint_cuepoint', 'list', { filter })).objects;
  };
  /** What everybody in the channel sees of the bot. */
  const channel = () =>
    rig.tenant.conversation(place).messages.filter(({ author, targetedFor }) => author === 'bot' && !targetedFor);
  const link = () => `entry_id=${recording}&kalturaStartTime=`;

  beforeAll(async () => {
    rig = await startRig({ channels: [place] });
    // A recording is ready when a step says so, and not before.
    await rig.kaltura.control('recordings', { readyAfter: 3600 });
    const category = { objectType: 'KalturaCategory', name: 'Town Halls' };
    await rig.kaltura.call('category', 'add', { category });
    ({ id, card } = await rig.plan(place, 'Q3 Town Hall'));
  });

  afterAll(async () => rig.stop());

  it('is nothing before the show, and each command says why', async () => {
    expect(await apart(`mark Welcome --webcast ${id}`)).toContain(
      'has not gone live, so there is nothing to mark yet.',
    );
    expect(await apart(`trim ${id}`)).toContain('"Q3 Town Hall" has no recording.');
    expect(await apart(`recording-edit ${id} --title Film`)).toContain('"Q3 Town Hall" has no recording.');
  });

  it('begins with a moment marked on air by the dialog of the card, for the crew alone', async () => {
    await rig.kaltura.encoder.start(id);
    await alex().says(`@Webcast golive ${id} --yes`, { in: place });
    await rig.saying(place, 'Live now');
    await rig.double.until('the card to follow', () => alex().buttons(card).includes('Mark'));
    const before = channel().length;

    const dialog = dialogOf(await alex().presses(card, 'Mark'));
    expect(dialog.title).toBe('Mark this moment');
    alex().fills(dialog, { words: 'CFO <at>Megan</at> **numbers** [x](y)' });
    const marked = await whispered(() => alex().submits(dialog));
    expect(rig.words(marked)).toMatch(/Marked at 0:\d\d[\s\S]*becomes a chapter when the recording is ready/);

    const slip = await say('mark Slip');
    await press(slip, 'Take it back', 'Taken away: Slip');
    expect(await apart(`marks ${id}`)).not.toContain('Slip');
    expect(channel()).toHaveLength(before);
  });

  it('waits for the recording, and marks nothing after the end', async () => {
    await alex().says(`@Webcast end ${id} --yes`, { in: place });
    await rig.saying(place, 'Ended: Q3 Town Hall');
    await rig.kaltura.encoder.stop(id);
    recording = (await get(id)).recordedEntryId ?? '';
    expect(await apart(`mark Late --webcast ${id}`)).toMatch(/is over|is not on air any more/);
    expect(await apart(`trim ${id}`)).toContain('is not ready, so it cannot be trimmed.');
  });

  it('is changed in a dialog that holds the title and says what no change can be', async () => {
    await rig.kaltura.control('recordings', { entryId: recording, seconds: 600 });
    const dialog = dialogOf(await alex().presses(await say('recording'), 'Edit'));
    expect(alex().holds(dialog)).toMatchObject({ title: 'Q3 Town Hall 1', hide: 'false' });
    alex().fills(dialog, { title: 'Q3, <the> **film**', thumbnailAt: 'noon', publish: 'town halls' });
    const again = dialogOf(await alex().submits(dialog));
    expect(alex().reads(again).join('\n')).toContain('Thumbnail at takes a place in the recording');
    expect(alex().holds(again)).toMatchObject({ publish: 'town halls' });
    alex().fills(again, { thumbnailAt: '2:30' });
    const changed = await whispered(() => alex().submits(again));
    expect(rig.words(changed)).toContain('Thumbnail: the picture at 2:30');
    expect(await get(recording)).toMatchObject({ name: 'Q3, <the> **film**', categories: 'Town Halls' });
    expect(await apart(`recording-edit ${id} --publish Volcano`)).toContain('Kaltura has no category "Volcano".');
    expect(await apart(`adopt ${recording}`)).toContain('is no live entry of this account: it is a video');
  });

  it('is not trimmed where the account does not allow it', async () => {
    const question = await say('trim');
    expect(rig.words(question)).toMatch(/From 0:\d\d to 0:\d\d stays[\s\S]*Lost for good: .* at the end/);
    await press(question, 'Trim', 'does not have the feature FEATURE_ENTRY_REPLACEMENT');
  });

  it('has the mark as a chapter, with a link into the recording for the whole channel', async () => {
    await rig.double.until('the link on the card', () => rig.words(card, 'Megan').includes(link()));
    expect(JSON.stringify(card.activity)).not.toContain('"mention"');
    expect(await chapters()).toEqual([
      { title: 'CFO <at>Megan</at> **numbers** [x](y)', startTime: expect.any(Number) },
    ]);
    expect(await ask('marks')).toMatch(/kalturaStartTime=\d+\), chapter at 0:\d\d/);
    const before = channel().length;
    await alex().says('@Webcast recording --share', { in: place });
    const shared = await rig.double.until('the shared recording', () => channel()[before]);
    expect(rig.words(shared, 'Megan')).toContain(link());
  });

  it('is trimmed once somebody has accepted it where the account wants that, and its chapter stays', async () => {
    await rig.kaltura.control('features', { features: ['ENTRY_REPLACEMENT', 'ENTRY_REPLACEMENT_APPROVAL'] });
    const [before] = await chapters();
    const first = await press(await say('trim'), 'Trim', 'the trimmed picture needs a yes');
    await press(first, 'Discard', 'stays as it is');
    expect(await apart(`trim ${id} --accept`)).toContain('No trimmed picture waits for');
    expect(await get(recording)).toMatchObject({ msDuration: 600_000 });

    const second = await press(await say('trim'), 'Trim', 'the trimmed picture needs a yes');
    await rig.kaltura.control('clock', { advance: 3601 });
    await press(second, 'Accept', 'is trimmed');
    const { msDuration = 0 } = await get(recording);
    expect(msDuration).toBeLessThan(120_000);
    const [after] = await chapters();
    expect(after?.startTime).toBeLessThan(before?.startTime ?? 0);
    expect(await ask('marks')).toMatch(/kalturaStartTime=\d+\), chapter at 0:\d\d/);
    expect(await apart(`trim ${id}`)).toContain('is as long as the show was on air.');
  });
});
