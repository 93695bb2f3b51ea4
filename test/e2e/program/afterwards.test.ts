import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { StoredMessage, StoredView } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { blocksOf, buttonsOf, inputOf, wordsOf } from './screen.js';

const entrySchema = z.looseObject({ recordedEntryId: z.string().optional(), msDuration: z.number().optional() });
const chaptersSchema = z.object({ objects: z.array(z.object({ title: z.string(), startTime: z.number() })) });

/** A show with a marked moment, and what Ada makes of its recording; each step builds on the one before. */
describe('what is made of a show afterwards', () => {
  let rig: Rig;
  let id: string;
  let card: StoredMessage;
  let recording: string;
  let question: StoredMessage;
  const ada = () => rig.workspace.user('ada');
  const ask = async (line: string) => wordsOf(await rig.ask(`/webcast ${line}`, 'events'));
  const press = (message: StoredMessage, label: string) => rig.whispered('events', () => ada().clicks(message, label));
  const get = async (entryId: string) => entrySchema.parse(await rig.call('baseEntry', 'get', { entryId }));
  const form = (): Promise<StoredView> =>
    rig.double.until('the form', () => {
      const view = ada().modal();
      return view?.body.submit ? view : undefined;
    });
  const chapters = async () => {
    const filter = { objectType: 'KalturaCuePointFilter', entryIdEqual: recording };
    return chaptersSchema.parse(await rig.call('cuepoint_cuepoint', 'list', { filter })).objects;
  };

  beforeAll(async () => {
    rig = await startRig();
    // A recording is ready when a step says so, and not before.
    await rig.control('recordings', { readyAfter: 3600 });
    for (const name of ['Town Halls', 'Town Planning'])
      await rig.call('category', 'add', { category: { objectType: 'KalturaCategory', name } });
    ({ id, card } = await rig.plan('events', 'Q3 Town Hall'));
  });

  afterAll(async () => rig.stop());

  it('is nothing before the show, and each command says why', async () => {
    expect(await ask('mark Welcome')).toContain('has not gone live, so there is nothing to mark yet.');
    expect(await ask('trim')).toContain('"Q3 Town Hall" has no recording.');
    expect(await ask('recording-edit --title Film')).toContain('"Q3 Town Hall" has no recording.');
  });

  it('begins with a moment marked on air by the form of the card, for the crew alone', async () => {
    await rig.encoder.start(id);
    await rig.posted('events', () => ada().runs(`/webcast golive ${id} --yes`, { in: 'events' }));
    await rig.double.until('the card to follow', () => card.text === 'Q3 Town Hall: Live');
    const before = rig.workspace.messages('events').length;

    await ada().clicks(card, 'Mark');
    const asked = await form();
    await ada().fills(asked, { Words: 'CFO <!channel> & *numbers*' });
    const marked = await rig.whispered('events', () => ada().submits(asked));
    expect(wordsOf(marked)).toMatch(/Marked at 0:\d\d[\s\S]*becomes a chapter when the recording is ready/);
    expect(JSON.stringify(marked)).not.toContain('<!channel>');

    const slip = await rig.ask('/webcast mark Slip', 'events');
    expect(wordsOf(await press(slip, 'All marks'))).toMatch(/1\. 0:\d\d \*?CFO[\s\S]*2\. 0:\d\d \*?Slip/);
    expect(wordsOf(await press(slip, 'Take it back'))).toContain('Taken away: Slip');
    expect(rig.workspace.messages('events')).toHaveLength(before);
  });

  it('waits for the recording, and marks nothing after the end', async () => {
    await rig.posted('events', () => ada().runs(`/webcast end ${id} --yes`, { in: 'events' }));
    await rig.encoder.stop(id);
    recording = (await get(id)).recordedEntryId ?? '';
    expect(await ask('mark Late')).toMatch(/is over|is not on air any more/);
    expect(await ask('trim')).toContain('is not ready, so it cannot be trimmed.');
    expect(await ask('recording-edit --thumbnail-at 0:01')).toContain('is not ready, so no picture can be taken');
  });

  it('is changed in a form that holds the title and says what no change can be', async () => {
    await rig.control('recordings', { entryId: recording, seconds: 600 });
    const shown = await rig.ask('/webcast recording', 'events');
    expect(buttonsOf(shown)).toEqual(['Download', 'Share', 'Edit', 'Trim']);
    await ada().clicks(shown, 'Edit');
    const edit = await form();
    expect(inputOf(edit, 'title')).toMatchObject({ initial_value: 'Q3 Town Hall 1' });
    expect(blocksOf(edit).map(({ block_id: field }) => field)).not.toContain('form');
    await ada().fills(edit, { 'Publish in': 'Town Halls', Hide: ['on'], 'Thumbnail at': '12 o’clock' });
    expect((await ada().submits(edit)).errors).toEqual({ thumbnailAt: expect.stringContaining('such as 12:30') });
    await ada().fills(edit, { 'Thumbnail at': '2:30' });
    expect((await ada().submits(edit)).errors).toEqual({ hide: 'Either publish it or hide it, not both.' });

    await ada().fills(edit, { Title: 'Q3, <the> film', Description: 'All the *numbers*', Hide: [] });
    const before = rig.workspace.messages('events').length;
    const changed = wordsOf(await rig.whispered('events', () => ada().submits(edit)));
    expect(changed).toContain('Changed: Q3, <the> film');
    expect(changed).toContain('Thumbnail: the picture at 2:30');
    expect(await get(recording)).toMatchObject({
      name: 'Q3, <the> film',
      description: 'All the *numbers*',
      categories: 'Town Halls',
      displayInSearch: 1,
    });
    expect(
      rig.workspace
        .messages('events')
        .slice(before)
        .filter(({ threadTs }) => threadTs === undefined),
    ).toEqual([]);
  });

  it('is not published where several categories fit, nor adopted as if it were a webcast', async () => {
    expect(await ask('recording-edit --publish Town')).toContain('"Town Halls", "Town Planning"');
    expect(await ask('recording-edit --title "Q3, <the> film"')).toContain('is like that already');
    expect(await ask(`adopt ${recording}`)).toContain('is no live entry of this account: it is a video');
  });

  it('is not trimmed where the account does not allow it', async () => {
    question = await press(await rig.ask('/webcast recording', 'events'), 'Trim');
    expect(wordsOf(question)).toMatch(/From 0:\d\d to 0:\d\d stays[\s\S]*Lost for good: .* at the end/);
    expect(wordsOf(await press(question, 'Trim'))).toContain('does not have the feature FEATURE_ENTRY_REPLACEMENT');
    expect(await get(recording)).toMatchObject({ msDuration: 600_000 });
  });

  it('has the mark as a chapter, with a link into the recording for the whole channel', async () => {
    const link = `entry_id=${recording}&amp;kalturaStartTime=`;
    await rig.double.until('the link on the card', () => wordsOf(card).includes(link));
    expect(wordsOf(card)).toContain('|CFO');
    expect(JSON.stringify(card)).not.toContain('<!channel>');
    expect(await chapters()).toEqual([{ title: 'CFO <!channel> & *numbers*', startTime: expect.any(Number) }]);
    expect(await ask('marks')).toMatch(/kalturaStartTime=\d+\|CFO.*, chapter at 0:\d\d/);
    const shared = await rig.posted('events', () => ada().runs('/webcast recording --share', { in: 'events' }));
    expect(wordsOf(shared)).toMatch(/Chapters[\s\S]*kalturaStartTime=\d+\|CFO/);
    expect(buttonsOf(shared)).toEqual(['Embed']);
  });

  it('is trimmed to the time on air once that was agreed to, and its chapter stays in its place', async () => {
    await rig.control('features', { features: ['ENTRY_REPLACEMENT'] });
    const [before] = await chapters();
    expect(wordsOf(await press(question, 'Trim'))).toContain('is being trimmed');
    expect(wordsOf(await press(question, 'Trim'))).toContain('is being trimmed already');
    await rig.control('clock', { advance: 3601 });
    const { msDuration = 0 } = await get(recording);
    expect(msDuration).toBeLessThan(120_000);
    const [after] = await chapters();
    expect(after?.startTime).toBeLessThan(before?.startTime ?? 0);
    expect(after?.startTime).toBeLessThan(msDuration);
    expect(await ask('marks')).toMatch(/CFO.*, chapter at 0:\d\d/);
    expect(await ask('trim')).toContain('is as long as the show was on air.');
  });
});
