import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredView } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { blocksOf, inputOf, wordsOf } from './screen.js';

describe('the form of create, opened by a line that lacks something', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'planning'], features: ['PUSH_PUBLISH'] });
  });

  afterAll(async () => rig.stop());

  const open = async (line: string, channel: string): Promise<StoredView> => {
    await ada().runs(line, { in: channel });
    return rig.double.until('the form', () => {
      const view = ada().modal();
      return view?.body.submit ? view : undefined;
    });
  };

  it('shows something at once even when Kaltura is slow, and the lists of the account when they are there', async () => {
    await rig.fault({ kind: 'delay', on: 'conversionProfile.list', delay: 700 });
    await ada().runs('/webcast create', { in: 'events' });
    const skeleton = await rig.double.until('a modal', () => ada().modal());
    expect(wordsOf(skeleton)).toContain('Loading');
    const form = await rig.double.until('the form', () => (skeleton.body.submit ? skeleton : undefined));
    expect(wordsOf(form)).toContain('Cloud transcode (default)');
    await ada().closes(form);
  });

  it('holds what was typed', async () => {
    const form = await open('/webcast create “Typed hall” --dvr-window 90 --no-preview --recording append', 'events');
    expect(inputOf(form, 'name')).toMatchObject({ initial_value: 'Typed hall' });
    expect(inputOf(form, 'dvrWindow')).toMatchObject({ initial_value: '90' });
    expect(inputOf(form, 'preview')).not.toHaveProperty('initial_options');
    expect(inputOf(form, 'recording')).toMatchObject({ initial_option: { value: 'append' } });
    await ada().closes(form);
  });

  it('says on the field that typed words are no time', async () => {
    const form = await open('/webcast create --start "half past never"', 'events');
    await ada().fills(form, { Name: 'Someday' });
    const { errors } = await ada().submits(form);
    expect(errors).toEqual({ start: expect.stringContaining('I do not understand "half past never" as a time') });
    await ada().closes(form);
  });

  it("understands typed words in the person's own zone", async () => {
    const form = await open('/webcast create --start "2027-06-01 09:30"', 'events');
    await ada().fills(form, { Name: 'Summer hall' });
    const readBack = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(readBack)).toContain('Tuesday 1 June 2027, 09:30 (Europe/Berlin, UTC+2)');
  });

  it('searches time zones, and understands the words in the one that was chosen', async () => {
    const form = await open('/webcast create --start "2027-06-01 09:30"', 'events');
    const offered = await ada().types(form, 'Time zone', 'york');
    expect(offered).toEqual([expect.objectContaining({ value: 'America/New_York' })]);
    await ada().fills(form, { Name: 'New York hall', 'Time zone': 'America/New_York' });
    const readBack = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(readBack)).toContain('09:30 (America/New_York, UTC-4)');
  });

  it('offers multicast where the account has it, and keeps what was chosen', async () => {
    const form = await open('/webcast create', 'planning');
    expect(blocksOf(form).map(({ block_id: id }) => id)).toContain('multicast');
    await ada().fills(form, {
      Name: 'Plant tour',
      Start: Math.floor(Date.now() / 1000) + 600,
      Multicast: ['on'],
      Transcoding: 'Passthrough',
      Recording: 'off',
      DVR: [],
    });
    const readBack = await rig.whispered('planning', () => ada().submits(form));
    expect(wordsOf(readBack)).not.toContain('differently');
    expect(await rig.entries('Plant tour')).toEqual([
      expect.objectContaining({
        pushPublishEnabled: 1,
        recordStatus: 0,
        dvrStatus: 0,
        mediaType: 201,
        sourceType: '32',
      }),
    ]);
  });
});
