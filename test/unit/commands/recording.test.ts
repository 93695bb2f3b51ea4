import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
  await rig.ask('category', 'add', { category: { objectType: 'KalturaCategory', name: 'Town Halls' } });
  await rig.ask('category', 'add', { category: { objectType: 'KalturaCategory', name: 'Town Planning' } });
});
afterEach(() => rig.stop());

const minute = 60_000;

/** A show of half an hour whose encoder came ten minutes before; its recording is ready. */
async function show(id: EntryId): Promise<EntryId> {
  await rig.encoder.start(id);
  rig.clock.advance(10 * minute);
  await rig.say(`golive ${id} --yes`);
  await rig.live.settle();
  rig.clock.advance(30 * minute);
  await rig.say(`end ${id} --yes`);
  await rig.live.settle();
  await rig.encoder.stop(id);
  rig.clock.advance(minute);
  await rig.live.settle();
  const parts = await rig.gateway.recordings(id);
  const last = parts.at(-1);
  if (last === undefined) throw new Error('nothing was recorded');
  return last.id;
}

/** Has the recording hold more than the show, as where the preview is recorded too. */
const lengthen = (part: EntryId, minutes: number) =>
  rig.control('recordings', { entryId: part, seconds: minutes * 60 });
const look = async (id: EntryId) => (await rig.gateway.library.titles(id))[0];

describe('recording', () => {
  it('tells description, who finds it, captions by language, and the length beside the time on air', async () => {
    const id = await rig.plan('--description "All the numbers"');
    const part = await show(id);
    for (const language of ['English', 'German'])
      await rig.ask('caption_captionasset', 'add', {
        entryId: part,
        captionAsset: { objectType: 'KalturaCaptionAsset', language, format: '3', label: language },
      });
    const { objects } = await rig.raw('caption_captionasset', 'list', {
      filter: { objectType: 'KalturaCaptionAssetFilter', entryIdEqual: part },
    });
    const english = z.object({ id: z.string() }).parse(objects[0]);
    await rig.ask('caption_captionasset', 'setContent', {
      id: english.id,
      contentResource: { objectType: 'KalturaStringResource', content: 'WEBVTT' },
    });
    const words = await rig.read(`recording ${id}`);
    expect(words).toContain('Captions: English ready, German being made');
    expect(words).toContain('Shown: hidden: the webcast leads to it');
    expect(words).toMatch(/Length: 30 min recorded, 30 min on air/);
    expect(words).not.toContain('[Trim]');
  });

  it('is told without captions and categories where Kaltura does not answer for them', async () => {
    const id = await rig.plan();
    await show(id);
    await rig.control('faults', { kind: 'blocked', on: 'caption_captionasset.list', times: 9 });
    expect(await rig.read(`recording ${id}`)).toContain('Captions: not known: Kaltura does not say');
  });

  it('is shared in the channel with its watch link, its chapters and nothing that only the crew is to see', async () => {
    const id = await rig.plan();
    const part = await show(id);
    await rig.gateway.library.addChapters(part, [{ key: 'k', title: 'CFO numbers', at: 60_000 }]);
    const shown = await rig.say(`recording ${id} --share`);
    expect(shown.map(({ how }) => how)).toEqual(['post']);
    const words = JSON.stringify(shown[0]?.view);
    expect(words).toContain(`entry_id=${part}&kalturaStartTime=60`);
    expect(words).toContain(`embed ${id}`);
    expect(words).not.toMatch(/download|recording-edit|hidden|[?&]ks=/i);
  });
});

describe('recording-edit', () => {
  it('changes title, description, thumbnail and category in one go, and says what it changed', async () => {
    const id = await rig.plan();
    const part = await show(id);
    const line = `recording-edit ${id} --title "Q3, the film" --description "Numbers" --thumbnail-at 12:30 --publish "town halls"`;
    const words = await rig.read(line);
    expect(words).toContain('Changed: Q3, the film');
    expect(words).toContain('It is shown in Town Halls.');
    expect(words).toContain('Thumbnail: the picture at 12:30');
    expect(await look(id)).toMatchObject({
      name: 'Q3, the film',
      description: 'Numbers',
      visible: true,
      categories: [{ fullName: 'Town Halls' }],
    });
    const { objects } = await rig.raw('thumbAsset', 'list', {
      filter: { objectType: 'KalturaThumbAssetFilter', entryIdEqual: part },
    });
    expect(objects).toMatchObject([{ tags: 'default_thumb', status: 2 }]);
    expect(await rig.read(`recording-edit ${id} --title "Q3, the film"`)).toContain('is like that already');
  });

  it('hides it from search and all categories, and says who still reaches it', async () => {
    const id = await rig.plan();
    await show(id);
    await rig.say(`recording-edit ${id} --publish "Town Halls"`);
    const words = await rig.read(`recording-edit ${id} --hide`);
    expect(words).toContain('It was taken from Town Halls.');
    expect(words).toContain('every page that shows the webcast, still gets it');
    expect(await look(id)).toMatchObject({ visible: false, categories: [] });
  });

  it('names the categories that fit, and says when there is none', async () => {
    const id = await rig.plan();
    await show(id);
    expect(await rig.read(`recording-edit ${id} --publish Town`)).toContain('"Town Halls", "Town Planning"');
    expect(await rig.read(`recording-edit ${id} --publish Volcano`)).toContain('Kaltura has no category "Volcano".');
  });

  it('says which parts of a change stand when one fails', async () => {
    const id = await rig.plan();
    await show(id);
    await rig.control('faults', { kind: 'blocked', on: 'categoryentry.add', times: 9 });
    const words = await rig.read(`recording-edit ${id} --title Film --publish "Town Halls"`);
    expect(words).toContain('Changed in part: Film');
    expect(words).toContain('Not done:');
    expect(await look(id)).toMatchObject({ name: 'Film', categories: [] });
  });

  it('asks which part is meant where there are several, and keeps what was said', async () => {
    const id = await rig.plan();
    await show(id);
    rig.clock.advance(60 * minute);
    await show(id);
    const [asked] = await rig.say(`recording-edit ${id} --title Film`);
    expect(asked?.view.nodes).toContainEqual({
      kind: 'buttons',
      buttons: [
        { label: 'Q3 Town Hall 1', line: `recording-edit ${id} --part=1 --title=Film` },
        { label: 'Q3 Town Hall 2', line: `recording-edit ${id} --part=2 --title=Film` },
      ],
    });
    await rig.say(`recording-edit ${id} --part 2 --title Film`);
    expect((await rig.gateway.library.titles(id)).map(({ name }) => name)).toEqual(['Q3 Town Hall 1', 'Film']);
    expect(await rig.read(`recording-edit ${id} --part 3 --title Film`)).toContain('3 is none of them');
  });

  it('opens a form with the title that stands', async () => {
    const id = await rig.plan();
    const line = `recording-edit ${id} --form --title="Q3 Town Hall 1"`;
    const prepared = rig.prepare({ kind: 'line', line });
    if (prepared.kind !== 'form') throw new Error(prepared.kind);
    const fields = prepared.opened.form.groups.flatMap((group) => group.fields);
    expect(fields.find(({ name }) => name === 'title')?.value).toBe('Q3 Town Hall 1');
    expect(fields.map(({ name }) => name)).not.toContain('form');
    const empty = rig.prepare({ kind: 'form', command: 'recording-edit', key: 'k', values: { webcast: id } });
    expect(empty).toMatchObject({ kind: 'issues', issues: [{ field: 'title' }] });
  });

  it.each([
    ['--thumbnail-at soon', 'takes a place in the recording'],
    ['--thumbnail-at 59:00', 'there is no picture at 59:00'],
    ['--publish "Town Halls" --hide', 'Either publish it or hide it'],
  ])('refuses %s', async (options, words) => {
    const id = await rig.plan();
    await show(id);
    expect(await rig.read(`recording-edit ${id} ${options}`)).toContain(words);
  });

  it('needs three round trips', async () => {
    const id = await rig.plan();
    await show(id);
    expect(await rig.roundTrips(() => rig.say(`recording-edit ${id} --title Film --thumbnail-at 1:00`))).toHaveLength(
      3,
    );
  });
});

describe('trim', () => {
  const allow = (...more: string[]) => rig.control('features', { features: ['ENTRY_REPLACEMENT', ...more] });

  it('asks with what stays and what is lost, and then cuts it', async () => {
    const id = await rig.plan();
    const part = await show(id);
    await allow();
    await lengthen(part, 42);
    expect(await rig.read(`recording ${id}`)).toContain('[Trim]');
    const [asked] = await rig.say(`trim ${id}`);
    const words = await rig.read(`trim ${id}`);
    expect(words).toContain('From 10:00 to 40:00 stays, 30 min: the time on air.');
    expect(words).toContain('Lost for good: 10 min at the beginning and 2 min at the end.');
    const buttons = asked?.view.nodes.find((node) => node.kind === 'buttons');
    const [button] = buttons?.kind === 'buttons' ? buttons.buttons : [];
    if (button === undefined || !('line' in button)) throw new Error('no button');
    expect(await rig.read(button.line)).toContain('is being trimmed');
    expect(await rig.read(`trim ${id} --yes`)).toContain('is being trimmed already');
    expect(await rig.read(`recording ${id}`)).toContain('Trim: being made; viewers get the whole until then');
    rig.clock.advance(minute);
    expect((await look(id))?.duration).toBe(1800);
    expect(await rig.read(`trim ${id}`)).toContain('is as long as the show was on air.');
  });

  it('asks anew when the recording has changed since it asked', async () => {
    const id = await rig.plan();
    await allow();
    await lengthen(await show(id), 42);
    expect(await rig.read(`trim ${id} --yes --range=0-1000`)).toContain('Lost for good:');
    expect((await look(id))?.replacement).toBe('none');
  });

  it('refuses where less than ten seconds would go', async () => {
    const id = await rig.plan();
    await show(id);
    await allow();
    expect(await rig.read(`trim ${id}`)).toContain('less than 10 seconds would go');
  });

  it('says that the account does not allow it', async () => {
    const id = await rig.plan();
    await lengthen(await show(id), 42);
    expect(await rig.read(`trim ${id} --yes`)).toContain('does not have the feature FEATURE_ENTRY_REPLACEMENT');
  });

  it('waits for a yes where the account wants one', async () => {
    const id = await rig.plan();
    await allow('ENTRY_REPLACEMENT_APPROVAL');
    await lengthen(await show(id), 42);
    expect(await rig.read(`trim ${id} --yes`)).toContain('the trimmed picture needs a yes');
    rig.clock.advance(minute);
    expect(await rig.read(`recording ${id}`)).toContain('Trim: made; somebody has to accept or discard it');
    expect((await look(id))?.duration).toBe(2520);
    expect(await rig.read(`trim ${id} --accept`)).toContain('is trimmed');
    expect((await look(id))?.duration).toBe(1800);
    expect(await rig.read(`trim ${id} --discard`)).toContain('No trimmed picture waits');
  });

  it('is discarded on a no, and the recording stays whole', async () => {
    const id = await rig.plan();
    await allow('ENTRY_REPLACEMENT_APPROVAL');
    await lengthen(await show(id), 42);
    await rig.say(`trim ${id} --yes`);
    expect(await rig.read(`trim ${id} --discard`)).toContain('stays as it is');
    rig.clock.advance(minute);
    expect(await look(id)).toMatchObject({ duration: 2520, replacement: 'none' });
  });

  it('says what Kaltura says of a recording that cannot be trimmed, or is being replaced', async () => {
    const id = await rig.plan();
    await allow();
    const part = await show(id);
    await lengthen(part, 42);
    const { library } = rig.gateway;
    await expect(library.trim(part, 3000 * 1000, 1000)).rejects.toThrow('does not let this recording be trimmed.');
    await library.trim(part, 0, 1000);
    await expect(library.trim(part, 0, 1000)).rejects.toThrow('is being trimmed or replaced already');
  });

  it('moves the links of its marks along', async () => {
    const id = await rig.plan();
    await allow();
    const part = await show(id);
    const at = rig.clock.now();
    await rig.store.addMark({ webcast: id, broadcast: 1, at, words: 'Late', person: 'U1' });
    const [mark] = await rig.store.marks(id, 1);
    if (mark) await rig.store.settleMarks([{ ...mark, chapter: { entry: part, at: 11 * minute } }]);
    await lengthen(part, 42);
    await rig.say(`trim ${id} --yes`);
    expect((await rig.store.marks(id, 1))[0]?.chapter).toEqual({ entry: part, at: minute });
  });

  it('needs three round trips, and two to ask', async () => {
    const id = await rig.plan();
    await allow();
    await lengthen(await show(id), 42);
    expect(await rig.roundTrips(() => rig.say(`trim ${id}`))).toHaveLength(2);
    expect(await rig.roundTrips(() => rig.say(`trim ${id} --yes`))).toHaveLength(3);
  });
});
