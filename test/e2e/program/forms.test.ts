import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Entry, StoredView } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { blocksOf, inputOf, wordsOf } from './screen.js';

const now = () => Math.floor(Date.now() / 1000);
const inHours = (hours: number) => now() + hours * 3600;

describe('the form of create', () => {
  let rig: Rig;
  let form: StoredView;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'planning'] });
  });

  afterAll(async () => rig.stop());

  beforeEach(async () => {
    form = await rig.openForm('events');
  });

  afterEach(async () => {
    if (ada().modal()) await ada().closes(form);
  });

  const fill = (values: Record<string, Entry>) =>
    ada().fills(form, { Name: 'Rehearsal', Start: inHours(1), ...values });
  const submit = async (values: Record<string, Entry>) => {
    await fill(values);
    return (await ada().submits(form)).errors;
  };

  it('asks for the whole table in groups, each field with its hint and its default', () => {
    const inputs = blocksOf(form).filter(({ type }) => type === 'input');
    expect(inputs.map(({ block_id: field }) => field)).toEqual([
      ...[
        'name',
        'description',
        'tags',
        'start',
        'end',
        'duration',
        'zone',
        'source',
        'stream',
        'preview',
        'dvr',
        'dvrWindow',
        'profile',
      ],
      ...['recording', 'copyEntitlement', 'hideRecording', 'archive'],
    ]);
    expect(inputOf(form, 'dvrWindow')).toMatchObject({ min_value: '1', max_value: '1440', initial_value: '60' });
    expect(inputOf(form, 'recording')).toMatchObject({ initial_option: { value: 'per-session' } });
    expect(inputOf(form, 'preview')).toHaveProperty('initial_options');
    expect(inputOf(form, 'archive')).not.toHaveProperty('initial_options');
    expect(wordsOf(form)).toContain('Cloud transcode (default)');
    expect(wordsOf(form)).toContain('Passthrough');
  });

  it.each<[string, Record<string, Entry>, string, RegExp]>([
    ['a name of blanks', { Name: '   ' }, 'name', /^Name is empty\.$/],
    ['a name with a control character', { Name: 'Town\u0007hall' }, 'name', /control character/],
    ['a description with one', { Description: 'All\u0000hands' }, 'description', /control character/],
    ['tags with one', { Tags: 'a\u001bb' }, 'tags', /control character/],
    ['a start in the past', { Start: now() - 3600 }, 'start', /^Start is in the past\. Give a time to come/],
    ['a start in years', { Start: inHours(4 * 366 * 24) }, 'start', /more than three years away/],
    ['an end before the start', { End: inHours(0.5) }, 'end', /^End is not after the start/],
    ['an end as the start', { Start: inHours(2), End: inHours(2) }, 'end', /^End is not after the start/],
    ['an end after days', { End: inHours(49) }, 'end', /24 hours at most/],
    ['an end and a duration', { End: inHours(2), Duration: '30' }, 'end', /either an end or a duration/],
    ['a duration in words', { Duration: 'long' }, 'duration', /minutes or hours, such as 90 or 1h30/],
    ['no duration at all', { Duration: '0' }, 'duration', /minutes or hours/],
    ['a duration above a day', { Duration: '25h' }, 'duration', /up to 24 hours/],
    [
      'archiving without one recording per session',
      { Recording: 'append', 'Archive automatically': ['on'] },
      'archive',
      /Archiving needs one recording per session/,
    ],
  ])('says on the field what is wrong with %s', async (_what, values, field, sentence) => {
    const errors = await submit(values);
    expect(errors).toEqual({ [field]: expect.stringMatching(sentence) });
    expect(ada().modal()).toBe(form);
  });

  it('names every field that is wrong at once', async () => {
    const errors = await submit({ Name: ' ', Duration: 'long', Tags: '\u0007' });
    expect(Object.keys(errors).sort()).toEqual(['duration', 'name', 'tags']);
  });

  it.each<[string, Record<string, Entry>]>([
    ['a name of 257 characters', { Name: 'x'.repeat(257) }],
    ['an empty name', { Name: '' }],
    ['no start', { Start: null }],
    ['a DVR window of 0 minutes', { 'DVR window': '0' }],
    ['a DVR window of 1441 minutes', { 'DVR window': '1441' }],
    ['half a minute of DVR', { 'DVR window': '0.5' }],
    ['a description of 3001 characters', { Description: 'x'.repeat(3001) }],
  ])("is not even sent by Slack's client with %s", async (_what, values) => {
    await expect(submit(values)).rejects.toThrow('the client refuses');
  });

  it('keeps what was filled in, so that only the wrong field is filled again', async () => {
    await submit({ Name: 'Second try', Description: 'Kept.', Duration: 'long', Preview: [] }).catch(() => undefined);
    await ada().fills(form, { Duration: '1h30' });
    await rig.whispered('events', () => ada().submits(form));
    expect(ada().modal()).toBeUndefined();
    expect(await rig.entries('Second try')).toEqual([expect.objectContaining({ description: 'Kept.' })]);
  });
});
