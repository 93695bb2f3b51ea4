import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commands } from '../../../src/commands/index.js';
import { layForm } from '../../../src/core/form.js';
import type { Inbound, Prepared } from '../../../src/core/request.js';
import { instant } from '../../../src/core/webcast.js';
import { jobFor, type Rig, startRig } from './rig.js';

const found = commands.find(({ name }) => name === 'create');
if (!found?.form) throw new Error('create has no form');
const create = { ...found, form: found.form };

/** Prepares as the product does, for create alone. */
function prepare(inbound: Inbound): Prepared {
  const { said } = inbound;
  const facts = create.form.facts(undefined);
  if (said.kind === 'line') {
    return { kind: 'form', opened: { form: layForm(create, 'key-1', { name: 'Q3' }, facts), complete: undefined } };
  }
  const reading = create.read(said.values, { now: instant(Date.now()), zone: inbound.person.zone });
  if (reading.kind !== 'wrong') return jobFor(inbound, 'producer');
  const form = layForm(create, said.key, said.values, facts, reading.issues);
  return { kind: 'issues', issues: reading.issues, form };
}

describe('forms', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await startRig();
    rig.script.prepare = prepare;
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  async function open() {
    const { dialog } = await rig.alex.composes('createWebcast', { in: 'Rehearsal' });
    if (!dialog) throw new Error('no dialog opened');
    return dialog;
  }
  const tomorrow = new Date(Date.now() + 36 * 60 * 60_000).toISOString().slice(0, 10);

  it('open by the message extension, with the groups and hints of the command', async () => {
    const dialog = await open();
    const words = rig.alex.reads(dialog).join('\n');
    expect(dialog.title).toBe('Plan a webcast');
    const left = create.form.facts(undefined).without;
    for (const [name, param] of Object.entries(create.params)) {
      if (param.hidden || param.control.kind === 'listed' || left.includes(name)) continue;
      expect(words).toContain(param.hint);
      expect(words).toContain(param.label);
    }
    expect(rig.alex.holds(dialog)).toMatchObject({ name: 'Q3', preview: 'true', dvrWindow: '60' });
  });

  it('open by a button when a typed line lacks something, since a message opens no dialog', async () => {
    await rig.alex.says('@Webcast create', { in: 'Webcasts' });
    const card = await rig.shown(rig.alex, 'Webcasts');
    const pressed = await rig.alex.presses(card, 'Open the form');
    expect(pressed?.dialog?.title).toBe('Plan a webcast');
  });

  it('hand in what was filled, as strings', async () => {
    const dialog = await open();
    rig.alex.fills(dialog, { 'start.date': tomorrow, 'start.time': '15:00', archive: true, dvrWindow: '90' });
    const sent = await rig.alex.submits(dialog);
    expect(sent.answer).toBe('');
    expect(dialog.open).toBe(false);
    expect(rig.inbounds.at(-1)?.said).toMatchObject({
      kind: 'form',
      command: 'create',
      key: 'key-1',
      values: { name: 'Q3', start: `${tomorrow} 15:00`, archive: 'true', dvrWindow: '90', dvr: 'true' },
    });
  });

  it.each([
    ['date', 'start.date', 'The date is missing.'],
    ['time', 'start.time', 'The time of day is missing.'],
  ])('R20 come back with what was filled when the %s is absent', async (_what, lacking, sentence) => {
    const dialog = await open();
    rig.alex.fills(dialog, { 'start.date': tomorrow, 'start.time': '15:00', description: 'Two lines' });
    const values: Record<string, string> = { ...rig.alex.holds(dialog) };
    delete values[lacking];
    const sent = await rig.alex.submits(dialog, undefined, { values: { ...values, [lacking]: undefined } });
    const again = sent.dialog;
    if (!again) throw new Error('the dialog did not come back');
    expect(rig.alex.reads(again).join('\n')).toContain(sentence);
    expect(rig.alex.holds(again)).toMatchObject({ description: 'Two lines', name: 'Q3' });
    const kept = lacking === 'start.date' ? { 'start.time': '15:00' } : { 'start.date': tomorrow };
    expect(rig.alex.holds(again)).toMatchObject(kept);
  });

  it('R20 come back with an error where a number is none, and keep what was typed', async () => {
    const dialog = await open();
    const values = { 'start.date': tomorrow, 'start.time': '15:00', dvrWindow: '1.5', name: 'Q3' };
    const { dialog: again } = await rig.alex.submits(dialog, undefined, { values });
    if (!again) throw new Error('the dialog did not come back');
    expect(rig.alex.reads(again).join('\n')).toContain('DVR window takes a whole number of minutes from 1 to 1440.');
    expect(rig.alex.holds(again)).toMatchObject({ dvrWindow: '1.5' });
    rig.alex.fills(again, { dvrWindow: '30' });
    await rig.alex.submits(again);
    expect(rig.inbounds.at(-1)?.said).toMatchObject({ values: { dvrWindow: '30' } });
  });

  it('that were made elsewhere are refused', async () => {
    const dialog = await open();
    const before = rig.inbounds.length;
    const forged = { '.form': { v: 1, command: 'create', key: 'other', sig: 'x' } };
    const sent = await rig.alex.submits(dialog, undefined, { values: forged });
    expect(sent.notice).toMatch(/too old/);
    expect(rig.inbounds).toHaveLength(before);
  });

  it('search zones as one types', async () => {
    rig.script.suggest = async (_place, _platform, control, typed) => [{ value: `${control}/${typed}`, label: typed }];
    const dialog = await open();
    expect(await rig.alex.types(dialog, 'zone', 'Berl')).toEqual([{ title: 'Berl', value: 'zone/Berl' }]);
  });

  it('of actions that the app does not have are refused in words', async () => {
    const sent = await rig.alex.composes('deleteEverything');
    expect(sent.notice).toContain('does not know');
  });

  it('that fail for a reason of ours say so in the dialog, with a reference', async () => {
    const dialog = await open();
    rig.script.prepare = () => {
      throw new TypeError('a mistake');
    };
    const sent = await rig.alex.submits(dialog, undefined, { values: {} });
    expect(sent.notice).toMatch(/^Something went wrong on our side\.\n.*id-0/);
  });

  it('answer invokes that nobody knows with 501', async () => {
    const sent = await rig.alex.invokes('config/fetch', {}, { refusal: true });
    expect(sent.status).toBe(501);
  });
});
