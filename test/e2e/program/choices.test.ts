import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectAt } from '../../doubles/json.js';
import { type Rig, startRig } from './rig.js';
import { blocksOf, buttonsOf, wordsOf } from './screen.js';

const label = (option: { [key: string]: unknown }) => objectAt(option, 'text')?.text;

describe('choosing among several webcasts', () => {
  let rig: Rig;
  let town: string;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['one', 'two', 'three', 'four', 'idle'] });
    ({ id: town } = await rig.plan('one', 'Town Hall'));
    await rig.plan('one', 'Town Rehearsal');
    await rig.plan('two', 'Product Launch');
    await rig.plan('three', 'Y'.repeat(200));
    for (const [index, channel] of ['two', 'three', 'four', 'two', 'three', 'four', 'four', 'two'].entries()) {
      await rig.plan(channel, `Filler ${index}`);
    }
  });

  afterAll(async () => rig.stop());

  it('asks which one where the channel has several, with the likely ones to choose from', async () => {
    const asked = await rig.ask('/webcast embed', 'one');
    expect(wordsOf(asked)).toMatch(/Which webcast\?[\s\S]*Scheduled · 0_/);
    expect(wordsOf(asked)).toContain('Town Rehearsal');
    const code = await rig.whispered('one', () => ada().chooses(asked, 'wc:choose:1', 'Town Hall'));
    expect(wordsOf(code)).toContain(`Embed Town Hall`);
    expect(wordsOf(code)).toContain(town);
  });

  it('asks which one where the channel has none, and searches all webcasts as one types', async () => {
    const asked = await rig.ask('/webcast golive', 'idle');
    const all = await ada().types(asked, 'wc:search:1', '');
    expect(all.length).toBeGreaterThan(10);
    expect(all.every((option) => String(label(option)).length <= 75)).toBe(true);
    const offered = await ada().types(asked, 'wc:search:1', 'town');
    expect(offered.map(label).sort()).toEqual(['Town Hall', 'Town Rehearsal']);
    const refused = await rig.whispered('idle', () => ada().chooses(asked, 'wc:search:1', 'Town Hall'));
    expect(wordsOf(refused)).toContain('No picture arrives for "Town Hall"');
  });

  it('offers nothing, and breaks nothing, for words that fit no webcast or look like code', async () => {
    const asked = await rig.ask('/webcast status', 'idle');
    for (const typed of ['zzzz', '<!channel>', '"; drop', 'x'.repeat(500)]) {
      expect(await ada().types(asked, 'wc:search:1', typed)).toEqual([]);
    }
  });

  it('shows the one on air when only one of the channel is', async () => {
    await rig.encoder.start(town);
    expect(wordsOf(await rig.ask('/webcast status', 'one'))).toMatch(/Town Hall[\s\S]*Preview/);
  });

  it('offers several that are called alike', async () => {
    expect(wordsOf(await rig.ask('/webcast status town', 'idle'))).toMatch(/Which webcast\?[\s\S]*Town/);
    expect(wordsOf(await rig.ask('/webcast status "town hall"', 'idle'))).toContain('Preview');
  });

  it('turns the pages of the list by buttons', async () => {
    const first = await rig.ask('/webcast list', 'idle');
    expect(wordsOf(first)).toMatch(/12 webcasts[\s\S]*Page 1 of 2/);
    expect(buttonsOf(first)).toEqual(['Next']);
    const second = await rig.whispered('idle', () => ada().clicks(first, 'Next'));
    expect(wordsOf(second)).toContain('Page 2 of 2');
    expect(buttonsOf(second)).toEqual(['Previous']);
    const back = await rig.whispered('idle', () => ada().clicks(second, 'Previous'));
    expect(blocksOf(back).length).toBe(blocksOf(first).length);
  });

  it('keeps the words of a search while the pages are turned', async () => {
    const found = await rig.ask('/webcast list filler', 'idle');
    expect(wordsOf(found)).toContain('8 webcasts with "filler"');
    expect(buttonsOf(found)).toEqual([]);
  });
});
