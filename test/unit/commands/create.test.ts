import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Prepared } from '../../../src/core/request.js';
import { ann, channel, openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const stored = async (id: string) => {
  const [webcast] = await rig.gateway.find({ by: 'words', words: id });
  return webcast;
};
const issuesOf = (prepared: Prepared) => (prepared.kind === 'issues' ? prepared.issues : prepared.kind);
const submit = (values: Record<string, string | boolean>, key = 'form-1') =>
  rig.prepare({ kind: 'form', command: 'create', key, values: { name: 'Hall', start: '@1795400000', ...values } });

describe('planning a webcast', () => {
  it('asks Kaltura for all that the guide lists, with its defaults', async () => {
    const id = await rig.plan();
    const { objects } = await rig.raw('liveStream', 'list', { filter: { idEqual: id } });
    expect(objects[0]).toMatchObject({
      name: 'Q3 Town Hall',
      mediaType: 201,
      sourceType: '32',
      dvrStatus: 1,
      dvrWindow: 60,
      recordStatus: 2,
      explicitLive: true,
      adminTags: 'kms-webcast-event,vpaas-webcast',
      recordingOptions: { shouldCopyEntitlement: true, shouldMakeHidden: true, shouldAutoArchive: false },
    });
  });

  it("says the times back in full in the person's zone", async () => {
    const words = await rig.read('create Hall --start "tomorrow 15:00" --duration 90');
    expect(words).toContain('Start: Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1)');
    expect(words).toContain('End: Monday 23 November 2026, 16:30 (Europe/Berlin, UTC+1)');
  });

  it.each([
    ['--start "tomorrow 15:00" --end "tomorrow 16:30"', 'Monday 23 November 2026, 16:30'],
    ['--start "tomorrow 15:00" --end 16:30', 'Monday 23 November 2026, 16:30'],
    ['--start "tomorrow 23:00" --end 01:00', 'Tuesday 24 November 2026, 01:00'],
    ['--start "friday 15:00" --end "friday 16:30"', 'Friday 27 November 2026, 16:30'],
    ['--start "in 10 minutes" --end "in 70 minutes"', 'Sunday 22 November 2026, 14:10'],
  ])('counts the words of an end from now, and a bare time of day from the start: %s', async (times, end) => {
    expect(await rig.read(`create Hall ${times}`)).toContain(`End: ${end}`);
  });

  it('takes every option of the table', async () => {
    const id = await rig.plan(
      '--end "in 70 minutes" --no-preview --no-dvr --recording append --no-copy-entitlement --no-hide-recording --tags "Finance, q3" --profile Passthrough',
    );
    const webcast = (await rig.gateway.find({ by: 'id', id }))[0];
    expect(webcast).toMatchObject({
      preview: false,
      dvr: false,
      recording: 'append',
      copyEntitlement: false,
      hideRecording: false,
      tags: ['finance', 'q3'],
    });
    const account = await rig.gateway.account();
    expect(account.profiles.find((one) => one.id === webcast?.profileId)?.systemName).toBe('Passthrough_Live');
  });

  it('posts a card with the buttons of the show', async () => {
    const [card] = await rig.say('create Hall --start "in 10 minutes"');
    expect(card?.how).toBe('post');
    expect(card && wordsOf(card.view)).toMatch(/\[Go live\].*\n\[Encoder\].*\n\[Embed\].*\n\[Status\]/);
  });

  it('says where Kaltura made something else than was asked for', async () => {
    const words = await rig.read('create Hall --start "in 10 minutes" --multicast');
    expect(words).toContain('Kaltura made some of it differently:\n- Multicast: asked "on", is "off".');
  });

  it('makes one webcast of one submission that is delivered twice at once', async () => {
    const job = submit({});
    if (job.kind !== 'run') throw new Error(job.kind);
    await Promise.all([rig.dispatch.run(job.job, rig.platform), rig.dispatch.run(job.job, rig.platform)]);
    expect((await rig.gateway.page(undefined, 1, 10)).total).toBe(1);
    expect(rig.platform.shown.filter(({ how }) => how === 'post')).toHaveLength(1);
  });

  it('makes one webcast when the answer is lost after the write', async () => {
    await rig.control('faults', { on: 'liveStream.add', kind: 'lost' });
    const words = await rig.read('create Hall --start "in 10 minutes"');
    expect(words).toContain('Hall is planned');
    expect((await rig.gateway.page(undefined, 1, 10)).total).toBe(1);
  });

  it('answers privately where it may not post, with the words to type and the card itself', async () => {
    rig.platform.closeChannel();
    const words = await rig.read('create Hall --start "in 10 minutes"');
    expect(words).not.toContain('post\n');
    expect(words).toContain('I cannot post in this channel. Type /invite @Webcast.');
    expect(words).toContain('[Go live]');
  });

  const event = ['metadata_metadata.add', 'metadata_metadata.add', 'schedule_scheduleevent.add'];

  it('needs two round trips: the webcast, and its event data', async () => {
    await rig.gateway.account();
    expect(await rig.roundTrips(() => rig.plan())).toEqual([['livestream.add'], event]);
  });

  it('needs two even when nothing is known of the account', async () => {
    expect(await rig.roundTrips(() => rig.plan())).toEqual([
      ['metadata_metadataprofile.list', 'livestream.add'],
      event,
    ]);
  });
});

describe('the form', () => {
  it('opens when something required is missing, keeping what was typed', () => {
    const prepared = rig.prepare({ kind: 'line', line: 'create "Q3 Town Hall" --dvr-window 30' });
    if (prepared.kind !== 'form') throw new Error(prepared.kind);
    const fields = prepared.opened.form.groups.flatMap((group) => group.fields);
    expect(fields.find((field) => field.name === 'name')?.value).toBe('Q3 Town Hall');
    expect(fields.find((field) => field.name === 'dvrWindow')?.value).toBe('30');
  });

  it('offers profiles by name, and multicast only where the account has it', async () => {
    const prepared = rig.prepare({ kind: 'line', line: 'create' });
    if (prepared.kind !== 'form' || !prepared.opened.complete) throw new Error(prepared.kind);
    const form = await prepared.opened.complete('terminal');
    const fields = form.groups.flatMap((group) => group.fields);
    const labels = fields.find((field) => field.name === 'profile')?.choices.map((choice) => choice.label);
    expect(labels).toEqual(expect.arrayContaining(['Cloud transcode (default)', 'Passthrough']));
    expect(fields.map((field) => field.name)).not.toContain('multicast');
  });

  it('still opens when Kaltura is down, and says so', async () => {
    const prepared = rig.prepare({ kind: 'line', line: 'create' });
    if (prepared.kind !== 'form' || !prepared.opened.complete) throw new Error(prepared.kind);
    await rig.kaltura.stop();
    const form = await prepared.opened.complete('terminal');
    expect(form.note).toMatch(/Kaltura/);
    expect(form.groups.flatMap((group) => group.fields).map((field) => field.name)).toContain('name');
  });

  it.each([
    [{ name: '  ' }, 'name', 'Name is empty.'],
    [{ name: 'x'.repeat(257) }, 'name', 'Name is 257 characters long; the limit is 256.'],
    [{ name: 'bell \u0007' }, 'name', 'Name holds an invisible control character.'],
    [{ description: 'x'.repeat(3001) }, 'description', 'Description is 3001 characters long; the limit is 3000.'],
    [{ dvrWindow: '1441' }, 'dvrWindow', 'DVR window takes a whole number of minutes from 1 to 1440.'],
    [{ dvrWindow: 'long' }, 'dvrWindow', 'DVR window takes a whole number of minutes from 1 to 1440.'],
    [{ duration: '25h' }, 'duration', 'Duration takes minutes or hours'],
    [{ recording: 'sometimes' }, 'recording', 'Recording takes one of: per-session, append, off.'],
    [{ archive: true, recording: 'append' }, 'archive', 'Archiving needs one recording per session.'],
    [{ zone: 'Mars/Olympus' }, 'zone', '"Mars/Olympus" is none'],
  ])('brings %j back to the field', (values, field, sentence) => {
    expect(issuesOf(submit({ zone: 'Europe/Berlin', ...values }))).toMatchObject([
      { field, message: expect.stringContaining(sentence) },
    ]);
  });

  it.each([
    [{ start: '@1795000000' }, 'start', 'Start is in the past'],
    [{ start: 'never' }, 'start', 'I do not understand "never"'],
    [{ start: '2027-03-28 02:30' }, 'start', '02:30 does not exist on that day'],
    [{ end: '@1795399000' }, 'end', 'End is not after the start'],
    [{ end: '@1795500000' }, 'end', '24 hours at most'],
    [{ end: '@1795403600', duration: '60' }, 'end', 'either an end or a duration'],
    [{ start: '@1995400000' }, 'start', 'more than three years away'],
  ])('brings the times %j back to the field', (values, field, sentence) => {
    const person = { ...ann, zone: 'Europe/Berlin' as never };
    const said = {
      kind: 'form',
      command: 'create',
      key: 'k',
      values: { name: 'Hall', start: '@1795400000', ...values },
    } as const;
    expect(issuesOf(rig.prepare(said, { place: channel, person }))).toMatchObject([
      { field, message: expect.stringContaining(sentence) },
    ]);
  });
});

describe('hostile names', () => {
  it.each([
    '<!channel> hello',
    '<at>everyone</at>',
    '**bold** _x_',
    '<script>alert(1)</script>',
    'שלום עולם',
    '“quoted”',
  ])('keeps %s as it is', async (name) => {
    const words = await rig.read(`create "${name.replace(/[“”]/g, "'")}" --start "in 10 minutes"`);
    const id = /\b\d_[a-z0-9]{8}\b/.exec(words)?.[0] ?? '';
    expect(((await stored(id)) ?? (await rig.gateway.page(undefined, 1, 1)).webcasts[0])?.name).toBe(
      name.replace(/[“”]/g, "'"),
    );
  });
});
