import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
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

  it('leaves a start alone that lies in the last moment of a minute', async () => {
    rig.clock.advance(60_000 - (rig.clock.now() % 60_000) - 300);
    const late = await rig.plan();
    const words = await submit(await open(`edit ${late}`), { name: 'Grand hall' });
    expect(words).toContain('Grand hall');
    expect(words).not.toContain('Start');
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
    // Its name stands in the schedule too.
    expect(trips.slice(0, 2)).toEqual([['livestream.list'], ['livestream.update']]);
    expect(trips.slice(2)).toHaveLength(2);
    expect(await stands()).toMatchObject({ name: 'New name', dvrStatus: 0 });
  });

  it('sends only what the line says that the webcast is not yet', async () => {
    const update = jest.spyOn(rig.gateway, 'update');
    await rig.say(`edit ${id} --name "Q3 Town Hall" --dvr --recording per-session --tags "Finance, Q3" --no-preview`);
    expect(update.mock.calls).toEqual([[id, { preview: false }]]);
  });

  it('sends exactly the fields that were changed in the form, whatever they are', async () => {
    const words = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 40 });
    const changes = fc.record(
      {
        name: words.filter((name) => name.trim() !== ''),
        description: words,
        dvrWindow: fc.integer({ min: 1, max: 1440 }).map(String),
        preview: fc.boolean(),
        dvr: fc.boolean(),
        recording: fc.constantFrom('per-session', 'append', 'off'),
        copyEntitlement: fc.boolean(),
        hideRecording: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    const update = jest.spyOn(rig.gateway, 'update');
    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const form = await open(`edit ${id}`);
        const stood = valuesOf(form);
        update.mockClear();
        await submit(form, changed);
        const tidy = (value: unknown) => (typeof value === 'string' ? value.trim().replace(/ +/g, ' ') : value);
        const exact = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
        const expected = Object.entries(changed)
          .filter(([name, value]) => {
            const same = name === 'name' ? tidy : exact;
            return same(value) !== same(stood[name] ?? '');
          })
          .map(([name]) => name);
        const sent = update.mock.calls.flatMap(([, given]) => Object.keys(given));
        expect(sent.sort()).toEqual(expected.filter((name) => name in stood).sort());
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '*bold* _it_ `code` <!channel> @here',
    '"quotes” and ; = & {1:result:id}',
    '\u202Egnissim',
    '‮name=1;start=2;end=3',
  ])('takes a hostile name as plain words: %s', async (name) => {
    const form = await open(`edit ${id}`);
    await submit(form, { name });
    expect(await stands()).toMatchObject({ name });
    expect(valuesOf(await open(`edit ${id}`)).name).toBe(name);
  });

  it('refuses control characters on the field', () => {
    const values = { webcast: id, opened: 'name=x;start=;end=', name: 'a\u0000b' };
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: 'k', values });
    expect(prepared).toMatchObject({ kind: 'issues', issues: [{ field: 'name' }] });
  });

  it('takes a form whose carried words were made up for what it is: nothing that it can change', async () => {
    const values = { webcast: id, opened: 'start==;;%%;name', name: 'Other' };
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: 'k', values });
    expect(prepared.kind).toBe('run');
  });

  it('empties a description that was emptied in the form, and leaves one that a line does not name', async () => {
    await rig.say(`edit ${id} --name Renamed`);
    expect(await stands()).toMatchObject({ description: 'All hands', tags: 'finance, q3' });
    await submit(await open(`edit ${id}`), { description: undefined, tags: undefined });
    expect(await stands()).toMatchObject({ description: '', tags: '' });
  });

  it('empties a description by empty words in a line', async () => {
    await rig.say(`edit ${id} --description ""`);
    expect(await stands()).toMatchObject({ description: '' });
  });

  it('does not let a name be emptied', async () => {
    const form = await open(`edit ${id}`);
    const values = { ...valuesOf(form), name: '  ' };
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: form.key, values });
    expect(prepared).toMatchObject({ kind: 'issues', issues: [{ field: 'name', message: 'Name is empty.' }] });
  });

  it('keeps a text that is longer than the form takes out of the form, and says so', async () => {
    await rig.ask('livestream', 'update', { entryId: id, liveStreamEntry: { description: 'x'.repeat(4000) } });
    const form = await open(`edit ${id}`);
    expect(form.note).toContain('Description is longer than a form takes');
    await submit(form, { name: 'Renamed' });
    expect(await stands()).toMatchObject({ name: 'Renamed', description: 'x'.repeat(4000) });
  });

  it('changes the time in its note and its event data, and not the entry', async () => {
    const form = await open(`edit ${id}`);
    const start = Number(String(valuesOf(form).start).slice(1));
    const trips = await rig.roundTrips(() => submit(form, { start: `@${start + 86400}`, end: `@${start + 90000}` }));
    expect(trips).toEqual([
      ['livestream.list'],
      ['metadata_metadataprofile.list', 'metadata_metadata.list', 'schedule_scheduleevent.list'],
      ['metadata_metadata.update', 'schedule_scheduleevent.update'],
    ]);
    const [note] = await rig.store.notes([id]);
    expect(note).toMatchObject({ start: (start + 86400) * 1000, end: (start + 90000) * 1000 });
  });

  it('takes a moment that a picker without seconds hands back for the one that stood there', async () => {
    rig.clock.advance(17_000);
    const odd = await rig.plan();
    const form = await open(`edit ${odd}`);
    const minute = (value: unknown) => `@${Math.floor(Number(String(value).slice(1)) / 60) * 60}`;
    const { start, end } = valuesOf(form);
    expect(await submit(form, { start: minute(start), end: minute(end) })).toContain('Nothing was changed.');
  });

  it('says on the field when the end lies before the start', async () => {
    const form = await open(`edit ${id}`);
    const { start } = valuesOf(form);
    const values = { ...valuesOf(form), end: `@${Number(String(start).slice(1)) - 60}` };
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: form.key, values });
    expect(prepared).toMatchObject({ kind: 'issues', issues: [{ field: 'end' }] });
  });

  it('asks for the webcast when several fit, and then shows that one', async () => {
    const other = await rig.plan();
    const choosing = await open('edit');
    expect(choosing.note).toContain('More than one webcast fits');
    expect(choosing.groups.flatMap(({ fields }) => fields.map(({ name }) => name))).toEqual(['webcast']);
    const prepared = rig.prepare({ kind: 'form', command: 'edit', key: choosing.key, values: { webcast: other } });
    if (prepared.kind !== 'form' || !prepared.opened.complete) throw new Error(prepared.kind);
    expect((await prepared.opened.complete('terminal')).carried).toMatchObject({ webcast: other });
  });

  it('says in the form that there is no such webcast', async () => {
    expect((await open('edit 1_zzzzzzzz')).note).toContain('There is no webcast 1_zzzzzzzz');
  });

  it('opens its form in one round trip', async () => {
    await rig.gateway.account();
    expect(await rig.roundTrips(() => open(`edit ${id}`))).toEqual([
      ['livestream.list', 'categoryentry.list', 'category.list'],
    ]);
  });

  describe('while an encoder sends', () => {
    beforeEach(async () => {
      await rig.encoder.start(id);
    });

    it.each([
      ['--no-dvr', 'DVR'],
      ['--dvr-window 30', 'DVR window'],
      ['--recording off', 'Recording'],
      ['--no-preview', 'Preview before going live'],
      ['--profile Passthrough', 'Transcoding'],
      ['--no-copy-entitlement', 'Same viewers for the recording'],
    ])('refuses %s before Kaltura is asked, and names the field', async (option, label) => {
      await rig.gateway.account();
      const trips = await rig.roundTrips(async () => {
        const words = await rig.read(`edit ${id} ${option}`);
        expect(words).toContain(`${label} cannot be changed while an encoder sends to "Q3 Town Hall".`);
        expect(words).toContain('Stop the encoder first');
      });
      expect(trips).toEqual([['livestream.list']]);
    });

    it('changes what is not locked', async () => {
      await rig.say(`edit ${id} --name "On air" --no-hide-recording --yes`);
      expect(await stands()).toMatchObject({ name: 'On air', recordingOptions: { shouldMakeHidden: false } });
    });
  });

  it('names the field when Kaltura refuses it because the encoder came meanwhile', async () => {
    const real = rig.gateway.find;
    jest.spyOn(rig.gateway, 'find').mockImplementation(async (which) => {
      const found = await real(which);
      await rig.encoder.start(id);
      return found;
    });
    const words = await rig.read(`edit ${id} --no-dvr`);
    expect(words).toContain('DVR cannot be changed while the encoder sends.\nStop the encoder first.');
  });

  describe('with a recording', () => {
    beforeEach(async () => {
      await rig.encoder.start(id);
      await rig.encoder.stop(id);
    });

    it('asks before a change that unlinks it, naming the recording, and changes the rest at once', async () => {
      const { recordedEntryId } = z.looseObject({ recordedEntryId: z.string() }).parse(await stands());
      const words = await rig.read(`edit ${id} --name Renamed --recording off`);
      expect(words).toContain('Name: Q3 Town Hall → Renamed');
      expect(words).toContain(recordedEntryId);
      expect(words).toContain('This is not changed yet.');
      expect(await stands()).toMatchObject({ name: 'Renamed', recordStatus: 2, recordedEntryId });
      const line = /\[Change it\] (.*)/.exec(words)?.[1] ?? '';
      expect(line).toBe(`edit ${id} --recording=off --yes`);
      await rig.say(line);
      expect(await stands()).toMatchObject({ recordStatus: 0 });
    });

    it('asks nothing where the value is the same', async () => {
      expect(await rig.read(`edit ${id} --recording per-session`)).toContain('Nothing was changed.');
    });
  });

  it('keeps the recording options that it knows nothing about', async () => {
    const recordingOptions = {
      objectType: 'KalturaLiveEntryRecordingOptions',
      shouldCopyEntitlement: 1,
      shouldCopyThumbnail: 1,
      shouldMakeHidden: 1,
      nonDeletedCuePointsTags: 'keep',
      archiveVodSuffixTimezone: 'Europe/Berlin',
    };
    await rig.ask('livestream', 'update', { entryId: id, liveStreamEntry: { recordingOptions } });
    const trips = await rig.roundTrips(() => rig.say(`edit ${id} --archive`));
    expect(trips).toEqual([['livestream.list'], ['livestream.get'], ['livestream.update']]);
    expect(await stands()).toMatchObject({
      recordingOptions: {
        shouldCopyEntitlement: true,
        shouldCopyThumbnail: true,
        shouldMakeHidden: true,
        shouldAutoArchive: true,
        nonDeletedCuePointsTags: 'keep',
        archiveVodSuffixTimezone: 'Europe/Berlin',
      },
    });
  });

  it('is done when the answer to it was lost', async () => {
    await rig.control('faults', { on: 'liveStream.update', kind: 'lost' });
    expect(await rig.read(`edit ${id} --name Renamed`)).toContain('Name: Q3 Town Hall → Renamed');
    expect(await stands()).toMatchObject({ name: 'Renamed' });
  });

  it('says that it is not known, and that the same again is safe, when no answer comes at all', async () => {
    await rig.control('faults', { on: 'liveStream.update', kind: 'lost', times: 9 });
    const words = await rig.read(`edit ${id} --name Renamed --start "in 2 hours"`);
    expect(words).toContain('it is not known whether the webcast was changed');
    expect(words).toContain('Ask for the same again');
    const [note] = await rig.store.notes([id]);
    expect(note?.name).toBe('Q3 Town Hall');
  });

  it('says what Kaltura made differently', async () => {
    expect(await rig.read(`edit ${id} --multicast`)).toContain('Multicast: asked "on", is "off".');
  });

  it('offers the profiles when one is named that there is not', async () => {
    expect(await rig.read(`edit ${id} --profile Nonsense`)).toMatch(/Choose one of .*"Cloud transcode"/);
  });

  it('is known by its new name, on its card too', async () => {
    await rig.say(`edit ${id} --name "Other hall"`);
    await rig.live.settle();
    expect(rig.platform.shown.at(-1)).toMatchObject({ how: 'update', view: { summary: 'Other hall: Scheduled' } });
    expect((await rig.store.findNotes('other')).map((note) => note.id)).toEqual([id]);
  });

  it('is for producers, and stands in the audit', async () => {
    await rig.say(`edit ${id} --name "Other hall"`);
    expect(rig.acts.at(-1)).toMatchObject({ command: 'edit', webcast: id, outcome: 'done' });
  });
});
