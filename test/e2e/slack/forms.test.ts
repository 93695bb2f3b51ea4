import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Field, Form } from '../../../src/core/form.js';
import type { OpenedForm } from '../../../src/core/ports.js';
import { say } from '../../../src/core/view.js';
import { hold, jobFor, type Rig, startRig, whomOf } from './rig.js';

const field = (name: string, label: string, control: Field['control'], more: Partial<Field> = {}): Field => ({
  name,
  label,
  hint: '',
  control,
  required: false,
  value: undefined,
  choices: [],
  ...more,
});

const form: Form = {
  command: 'create',
  title: 'Plan a webcast',
  submit: 'Create',
  key: 'key-1',
  note: undefined,
  groups: [
    {
      title: '',
      fields: [
        field('name', 'Name', { kind: 'line', max: 60 }, { required: true }),
        field('start', 'Start', { kind: 'when' }, { required: true }),
        field('zone', 'Time zone', { kind: 'zone' }),
      ],
    },
    {
      title: 'Playback',
      fields: [
        field('dvr', 'DVR', { kind: 'toggle' }, { value: true, hint: 'Viewers can go back.' }),
        field('dvrWindow', 'DVR window', { kind: 'number', min: 1, max: 1440, unit: 'minutes' }, { value: '60' }),
        field(
          'recording',
          'Recording',
          { kind: 'choice', choices: [] },
          {
            value: 'per-session',
            choices: [
              { value: 'per-session', label: 'One for each session' },
              { value: 'off', label: 'None' },
            ],
          },
        ),
        field('webcast', 'Webcast', { kind: 'webcast' }),
      ],
    },
  ],
  issues: [],
};

describe('a form', () => {
  let rig: Rig;
  const opened = (complete?: OpenedForm['complete']): OpenedForm => ({ form, complete });
  const ada = () => rig.workspace.user('ada');
  const modal = () => rig.double.until('the modal', () => ada().modal());

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  beforeEach(async () => {
    rig.inbounds.length = 0;
    rig.jobs.length = 0;
    rig.script = {
      prepare: (inbound) => (inbound.said.kind === 'line' ? { kind: 'form', opened: opened() } : jobFor(inbound)),
    };
    const open = ada().modal();
    if (open) await ada().closes(open, { all: true });
  });

  afterEach(() => {
    expect(rig.double.complaints).toEqual([]);
    rig.double.faults.clear();
  });

  it('opens at once as a modal with its groups, and comes back as values by field name', async () => {
    await ada().runs('/webcast create', { in: 'events' });
    const view = await modal();
    await ada().fills(view, { Name: 'Town hall', Start: 1_900_000_000, 'DVR window': '90', DVR: [] });
    await ada().submits(view);
    const submitted = rig.inbounds.at(-1);
    expect(submitted?.said).toEqual({
      kind: 'form',
      command: 'create',
      key: 'key-1',
      values: {
        name: 'Town hall',
        start: '@1900000000',
        zone: undefined,
        dvr: false,
        dvrWindow: '90',
        recording: 'per-session',
        webcast: undefined,
      },
    });
    expect(submitted?.place).toEqual(rig.inbounds[0]?.place);
    expect(submitted?.deliveryId).toBe('form:key-1');
    expect(ada().modal()).toBeUndefined();
    expect(rig.jobs).toHaveLength(1);
  });

  it('is answered in the channel where it was opened, to the person alone', async () => {
    rig.script.run = (job, slack) => slack.whisper(whomOf(job.inbound), say('Planned.'));
    await ada().runs('/webcast create', { in: 'closed' });
    const view = await modal();
    await ada().fills(view, { Name: 'Town hall', Start: 1_900_000_000 });
    await ada().submits(view);
    const seen = await rig.double.until('the answer', () => rig.workspace.ephemerals('closed', 'ada').at(-1));
    expect(seen.text).toBe('Planned.');
  });

  it('shows a skeleton first when the account has to be asked, and fills it by an edit', async () => {
    const account = hold<Form>();
    rig.script.prepare = () => ({ kind: 'form', opened: opened(() => account.promise) });
    await ada().runs('/webcast create');
    const view = await modal();
    expect(JSON.stringify(view.body)).toContain('Loading…');
    account.release({ ...form, note: 'Kaltura says hello.' });
    await rig.double.until('the form', () => view.history.length > 0);
    expect(JSON.stringify(view.body)).toContain('Kaltura says hello.');
    expect(JSON.stringify(view.body)).toContain('DVR window');
  });

  it('that was closed while it was loading troubles nobody', async () => {
    const account = hold<Form>();
    rig.script.prepare = () => ({ kind: 'form', opened: opened(() => account.promise) });
    const before = rig.workspace.ephemerals('events', 'ada').length;
    await ada().runs('/webcast create', { in: 'events' });
    await ada().closes(await modal());
    account.release(form);
    await rig.logs('was gone before it could be filled');
    expect(rig.workspace.ephemerals('events', 'ada')).toHaveLength(before);
  });

  it('comes back with the issues on its fields, and those of fields it does not show on the first', async () => {
    await ada().runs('/webcast create');
    const view = await modal();
    await ada().fills(view, { Name: 'Town hall', Start: 1_900_000_000 });
    rig.script.prepare = () => ({
      kind: 'issues',
      issues: [
        { field: 'dvrWindow', message: 'Too long.' },
        { field: 'multicast', message: 'This account has none.' },
      ],
      form: {
        ...form,
        groups: [...form.groups, { title: 'More', fields: [field('multicast', 'Multicast', { kind: 'toggle' })] }],
      },
    });
    await ada().submits(view);
    expect(view.open).toBe(true);
    expect(view.errors).toEqual({ dvrWindow: 'Too long.', name: 'Multicast: This account has none.' });
  });

  it('offers the way back by a button when Slack no longer takes the trigger', async () => {
    rig.double.faults.add({ method: 'views.open', effect: { kind: 'error', error: 'expired_trigger_id' } });
    await ada().runs('/webcast create "Town hall"', { in: 'events' });
    const apology = await rig.double.until('the apology', () =>
      rig.workspace.ephemerals('events', 'ada').find((message) => message.text.includes('did not open')),
    );
    await ada().clicks(apology, 'Open again');
    await modal();
    expect(rig.inbounds.at(-1)?.said).toEqual({ kind: 'line', line: 'create "Town hall"' });
  });

  it('searches webcasts and zones while the person types, for the channel it was opened in', async () => {
    const asked: unknown[] = [];
    rig.script.suggest = async (place, platform, control, typed) => {
      asked.push([place.channel, platform, control, typed]);
      return control === 'zone'
        ? [{ value: 'Europe/Berlin', label: 'Europe/Berlin' }]
        : [{ value: '1_abcdefgh', label: 'Town <hall>', hint: '1_abcdefgh' }];
    };
    await ada().runs('/webcast create', { in: 'events' });
    const view = await modal();
    const zones = await ada().types(view, 'Time zone', 'berl');
    const webcasts = await ada().types(view, 'Webcast', '');
    const channel = rig.workspace.channelId('events');
    expect(asked).toEqual([
      [channel, 'slack', 'zone', 'berl'],
      [channel, 'slack', 'webcast', ''],
    ]);
    expect(zones).toMatchObject([{ value: 'Europe/Berlin' }]);
    expect(webcasts).toMatchObject([{ value: '1_abcdefgh', text: { text: 'Town <hall>' } }]);
    await ada().fills(view, { Name: 'x', Start: 1_900_000_000, 'Time zone': 'Europe/Berlin', Webcast: 'Town <hall>' });
    await ada().submits(view);
    expect(rig.inbounds.at(-1)?.said).toMatchObject({ values: { zone: 'Europe/Berlin', webcast: '1_abcdefgh' } });
  });

  it('shows an empty list when the search takes longer than 800 ms or fails', async () => {
    await ada().runs('/webcast create');
    const view = await modal();
    rig.script.suggest = () => new Promise(() => undefined);
    const slow = ada().types(view, 'Webcast', 'town');
    await rig.clock.waitedOn(800);
    rig.clock.advance(800);
    expect(await slow).toEqual([]);
    rig.script.suggest = async () => {
      throw new Error('the store is away');
    };
    expect(await ada().types(view, 'Webcast', 'town')).toEqual([]);
  });

  it('of an older version of the bot is refused in words', async () => {
    await ada().runs('/webcast create');
    const view = await modal();
    await ada().fills(view, { Name: 'x', Start: 1_900_000_000 });
    view.body.private_metadata = '{"channel":"C1"}';
    await ada().submits(view);
    expect(JSON.stringify(ada().modal()?.body)).toContain('too old');
  });
});
