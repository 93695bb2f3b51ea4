import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { Form } from '../../../src/core/form.js';
import type { RawValues } from '../../../src/core/params.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

const entry = z.looseObject({});

describe('edit', () => {
  let rig: Rig;
  let id: EntryId;

  beforeEach(async () => {
    rig = await openRig();
    id = await rig.plan('--description "All hands" --tags "finance, q3"');
  });
  afterEach(() => rig.stop());

  const stands = async () => entry.parse(await rig.ask('livestream', 'get', { entryId: id }));

  async function open(line: string): Promise<Form> {
    const prepared = rig.prepare({ kind: 'line', line });
    if (prepared.kind !== 'form' || !prepared.opened.complete) throw new Error(prepared.kind);
    return prepared.opened.complete('terminal');
  }

  const valuesOf = (form: Form): RawValues => ({
    ...Object.fromEntries(form.groups.flatMap(({ fields }) => fields).map(({ name, value }) => [name, value])),
    ...form.carried,
  });

  async function submit(form: Form, changed: RawValues): Promise<string> {
    const values = { ...valuesOf(form), ...changed };
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: form.key, values });
    if (prepared.kind !== 'run') throw new Error(JSON.stringify(prepared));
    const before = rig.platform.shown.length;
    await rig.dispatch.run(prepared.job, rig.platform);
    return rig.platform.shown
      .slice(before)
      .map(({ view }) => wordsOf(view))
      .join('\n');
  }

  it('opens a form with what the webcast is', async () => {
    const form = await open(`edit ${id}`);
    expect(valuesOf(form)).toMatchObject({
      name: 'Q3 Town Hall',
      description: 'All hands',
      tags: 'finance, q3',
      preview: true,
      dvr: true,
      dvrWindow: '60',
      recording: 'per-session',
      webcast: id,
    });
    expect(form.groups.flatMap(({ fields }) => fields.map(({ name }) => name))).not.toContain('webcast');
  });

  it('sends what differs from what the form was opened with, and nothing else', async () => {
    const form = await open(`edit ${id}`);
    await rig.ask('livestream', 'update', { entryId: id, liveStreamEntry: { description: 'Changed elsewhere' } });
    const words = await submit(form, { name: 'Q4 Town Hall' });
    expect(words).toContain('Name: Q3 Town Hall → Q4 Town Hall');
    expect(await stands()).toMatchObject({ name: 'Q4 Town Hall', description: 'Changed elsewhere' });
  });

  it('says when the very same field was changed by somebody else meanwhile', async () => {
    const form = await open(`edit ${id}`);
    await rig.ask('livestream', 'update', { entryId: id, liveStreamEntry: { name: 'Their name' } });
    const words = await submit(form, { name: 'My name' });
    expect(words).toContain('Somebody else had changed this');
    expect(words).toContain('Name: Their name → My name');
  });

  it('changes nothing when nothing was changed in the form', async () => {
    const form = await open(`edit ${id}`);
    const trips = await rig.roundTrips(async () => {
      expect(await submit(form, {})).toContain('Nothing was changed.');
    });
    expect(trips).toEqual([['livestream.list']]);
  });

  it('takes a line with changes at its word', async () => {
    const trips = await rig.roundTrips(() => rig.say(`edit ${id} --name "New name" --no-dvr`));
    expect(trips).toEqual([['livestream.list'], ['livestream.update']]);
    expect(await stands()).toMatchObject({ name: 'New name', dvrStatus: 0 });
  });
});
