import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredView } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { blocksOf, inputOf, wordsOf } from './screen.js';

describe('the form of edit', () => {
  let rig: Rig;
  let id: string;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'planning'] });
    ({ id } = await rig.plan('events', 'Town hall', '--description "All hands" --tags finance'));
  });

  afterAll(async () => rig.stop());

  const filled = () =>
    rig.double.until('the form', () => {
      const view = ada().modal();
      return view?.body.submit ? view : undefined;
    });
  const open = async (line: string, channel = 'events'): Promise<StoredView> => {
    await ada().runs(line, { in: channel });
    return filled();
  };
  const fieldsOf = (view: StoredView) =>
    blocksOf(view).flatMap(({ type, block_id: field }) => (type === 'input' ? [field] : []));

  it("opens at once, and holds what the channel's webcast is", async () => {
    await rig.fault({ kind: 'delay', on: 'liveStream.list', delay: 500 });
    await ada().runs('/webcast edit', { in: 'events' });
    const skeleton = await rig.double.until('a modal', () => ada().modal());
    expect(wordsOf(skeleton)).toContain('Loading');
    const form = await filled();
    expect(inputOf(form, 'name')).toMatchObject({ initial_value: 'Town hall' });
    expect(inputOf(form, 'description')).toMatchObject({ initial_value: 'All hands' });
    expect(inputOf(form, 'start')).toHaveProperty('initial_date_time');
    expect(inputOf(form, 'preview')).toHaveProperty('initial_options');
    expect(inputOf(form, 'profile')).toHaveProperty('initial_option');
    expect(inputOf(form, 'recording')).toMatchObject({ initial_option: { value: 'per-session' } });
    expect(fieldsOf(form)).not.toEqual(expect.arrayContaining(['webcast']));
    await ada().closes(form);
  });

  it('sends what was changed in it, and leaves what somebody else has changed meanwhile', async () => {
    const form = await open(`/webcast edit ${id}`);
    await rig.ask(`/webcast edit ${id} --description "By somebody else"`, 'events', 'bob');
    await ada().fills(form, { Name: 'Grand <hall> & *more*', DVR: [] });
    const answer = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(answer)).toContain('is changed');
    const [entry] = await rig.entries('Grand <hall> & *more*');
    expect(entry).toMatchObject({ dvrStatus: 0, description: 'By somebody else', recordStatus: 2 });
  });

  it('says on the field what is wrong, and stays open with what was filled in', async () => {
    const form = await open(`/webcast edit ${id}`);
    await ada().fills(form, { Name: '  ' });
    const { errors } = await ada().submits(form);
    expect(errors).toEqual({ name: 'Name is empty.' });
    await ada().fills(form, { Name: 'Town hall' });
    const answer = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(answer)).toContain('Town hall is changed');
  });

  it('asks for the webcast first where the channel has none, and goes on in the same modal', async () => {
    const choosing = await open('/webcast edit', 'planning');
    expect(fieldsOf(choosing)).toEqual(['webcast']);
    const offered = await ada().types(choosing, 'Webcast', 'town');
    expect(offered).toEqual([expect.objectContaining({ value: id })]);
    await ada().fills(choosing, { Webcast: 'Town hall' });
    await ada().submits(choosing);
    const form = await rig.double.until('the filled form', () => {
      const view = ada().modal();
      return view && fieldsOf(view).includes('name') ? view : undefined;
    });
    expect(inputOf(form, 'name')).toMatchObject({ initial_value: 'Town hall' });
    await ada().fills(form, { Tags: 'all, hands' });
    const answer = await rig.whispered('planning', () => ada().submits(form));
    expect(wordsOf(answer)).toContain('finance → all, hands');
  });

  it('refuses on air what Kaltura would refuse, with the field and what to do', async () => {
    const form = await open(`/webcast edit ${id}`);
    await rig.encoder.start(id);
    await ada().fills(form, { 'DVR window': '30' });
    const answer = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(answer)).toContain('DVR window cannot be changed while an encoder sends');
    await rig.encoder.stop(id);
  });

  it('asks before it unlinks the recording that is there by now', async () => {
    const form = await open(`/webcast edit ${id}`);
    await ada().fills(form, { Recording: 'Off' });
    const question = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(question)).toContain('This is not changed yet.');
    const answer = await rig.whispered('events', () => ada().clicks(question, 'Change it'));
    expect(wordsOf(answer)).toContain('one per session → off');
  });

  it('ends with the webcast: its card says that it is deleted, and offers nothing', async () => {
    const question = await rig.ask('/webcast delete', 'events');
    expect(wordsOf(question)).toContain('Delete Town hall?');
    await rig.whispered('events', () => ada().clicks(question, 'Delete it'));
    const card = await rig.double.until('the card', () =>
      rig.workspace.messages('events').find((message) => wordsOf(message).includes('This webcast was deleted:')),
    );
    expect(blocksOf(card).map(({ type }) => type)).not.toContain('actions');
  });
});
