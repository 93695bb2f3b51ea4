import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
  id = await rig.plan('--tags "finance"');
});
afterEach(() => rig.stop());

const minute = 60_000;
const noteOf = async (webcast: EntryId) => (await rig.store.notes([webcast]))[0];

describe('move', () => {
  it.each([
    'move "Q3 Town Hall" "friday 15:00"',
    'move "Q3 Town Hall" friday 15:00',
    'move friday 15:00',
    'move "friday 15:00"',
    'move --start "friday 15:00"',
    'move "Q3 Town Hall" --start "friday 15:00" --duration 60',
    'move "Q3 Town Hall" --start "friday 15:00" --end 16:00',
  ])('keeps the length, and says when it was and is: %s', async (line) => {
    const trips = await rig.roundTrips(async () => {
      const words = await rig.read(line);
      expect(words).toContain('Was: Sunday 22 November 2026, 13:10 (Europe/Berlin, UTC+1), for 1 h');
      expect(words).toContain('Is: Friday 27 November 2026, 15:00 (Europe/Berlin, UTC+1), for 1 h');
    });
    expect(trips).toEqual([
      ['livestream.list'],
      ['metadata_metadataprofile.list', 'metadata_metadata.list', 'schedule_scheduleevent.list'],
      ['metadata_metadata.update', 'schedule_scheduleevent.update'],
    ]);
    expect(await noteOf(id)).toMatchObject({
      start: Date.parse('2026-11-27T14:00:00Z'),
      end: Date.parse('2026-11-27T15:00:00Z'),
    });
    expect(rig.acts.at(-1)).toMatchObject({ command: 'move', webcast: id, outcome: 'done' });
  });

  it('understands words in the zone that is said, and tells the time in it', async () => {
    const words = await rig.read(`move ${id} "friday 15:00" --zone America/New_York`);
    expect(words).toContain('Is: Friday 27 November 2026, 15:00 (America/New_York, UTC-5)');
  });

  it.each([
    [`yesterday 15:00`, 'Start is in the past'],
    [`"half past never"`, 'I do not understand'],
    ['', 'Say when it is to be'],
    ['friday 15:00 --end 14:00', 'End is not after the start'],
    ['friday 15:00 --end 16:00 --duration 30', 'Give either an end or a duration, not both.'],
    ['friday 15:00 --start "friday 16:00"', 'Give the new start once'],
    ['friday 15:00 --duration 25h', 'up to 24 hours'],
  ])('is refused with words, and nothing is moved: %s', async (words, why) => {
    const before = await noteOf(id);
    expect(await rig.read(`move ${id} ${words}`)).toContain(why);
    expect(await noteOf(id)).toEqual(before);
  });

  it('is refused while it is live, and allowed while only the crew sees the picture', async () => {
    await rig.encoder.start(id);
    expect(await rig.read(`move ${id} --start "in 20 minutes"`)).toContain('is moved');
    await rig.say(`golive ${id} --yes`);
    expect(await rig.read(`move ${id} friday 15:00`)).toContain(
      '"Q3 Town Hall" is live, so its start cannot be moved.',
    );
  });

  it('lets the end of a running show be moved with edit', async () => {
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    rig.clock.advance(15 * minute);
    const before = await noteOf(id);
    await rig.say(`edit ${id} --duration 2h`);
    const after = await noteOf(id);
    expect(after?.start).toBe(before?.start);
    expect(after?.end).toBe((before?.start ?? 0) + 120 * minute);
  });
});

describe('copy', () => {
  const lineIn = (words: string) => /\[Plan it\] (.*)/.exec(words)?.[1] ?? '';

  it('says in words when it would be next month, and makes nothing yet', async () => {
    const trips = await rig.roundTrips(async () => {
      const words = await rig.read('copy');
      expect(words).toContain('Q3 Town Hall again, on the fourth Sunday of December?');
      expect(words).toContain('Start: Sunday 27 December 2026, 13:10 (Europe/Berlin, UTC+1)');
      expect(words).toContain('Nothing is made yet.');
    });
    expect(trips).toEqual([['livestream.list']]);
  });

  it('makes an entry of its own with the same settings, once however often its button is pressed', async () => {
    await rig.say(`edit ${id} --no-dvr --recording append --no-hide-recording --description "All hands"`);
    const line = lineIn(await rig.read('copy'));
    await rig.say(line);
    await rig.say(line);
    const { webcasts, total } = await rig.gateway.page(undefined, 1, 10);
    expect(total).toBe(2);
    const copied = webcasts.find((one) => one.id !== id);
    expect(copied).toMatchObject({
      name: 'Q3 Town Hall',
      description: 'All hands',
      tags: ['finance'],
      dvr: false,
      recording: 'append',
      hideRecording: false,
      preview: true,
      adminTags: ['kms-webcast-event', 'vpaas-webcast'],
    });
    expect(copied && (await noteOf(copied.id))).toMatchObject({ start: Date.parse('2026-12-27T12:10:00Z') });
    expect(copied && (await rig.store.cards(copied.id))).toHaveLength(1);
  });

  it('takes a name and a time at once', async () => {
    const words = await rig.read(`copy ${id} --name "Q4 Town Hall" --start "friday 15:00"`);
    expect(words).toContain('Q4 Town Hall is planned');
    expect(words).toContain('End: Friday 27 November 2026, 16:00 (Europe/Berlin, UTC+1)');
  });

  it('asks for the time of one whose time it does not know', async () => {
    const sent = { liveStreamEntry: { name: 'Elsewhere', mediaType: 201 }, sourceType: '32' };
    const made = z.object({ id: z.string() }).parse(await rig.ask('livestream', 'add', sent));
    expect(await rig.read(`copy ${made.id}`)).toContain('I do not know when "Elsewhere" was');
  });

  it('says that it cannot copy a stream of one of your own, with the line that plans it anew', async () => {
    const own = await rig.plan('--source own --stream https://live.example.com/a.m3u8');
    expect(await rig.read(`copy ${own} --start "friday 15:00"`)).toContain('create "Q3 Town Hall" --source=own');
  });
});

describe('adopt', () => {
  const make = async (more: object = {}) => {
    const liveStreamEntry = { name: 'Elsewhere', mediaType: 201, explicitLive: 1, dvrStatus: 1, ...more };
    const made = await rig.ask('livestream', 'add', { liveStreamEntry, sourceType: '32' });
    return z.object({ id: z.string() }).parse(made).id;
  };

  it('says what it would add and what differs, and adds nothing yet', async () => {
    const entry = await make({ adminTags: 'mine', explicitLive: 0 });
    const words = await rig.read(`adopt ${entry}`);
    expect(words).toContain('the admin tags kms-webcast-event and vpaas-webcast');
    expect(words).toContain('It has no preview');
    expect(await rig.ask('livestream', 'get', { entryId: entry })).toMatchObject({ adminTags: 'mine' });
  });

  it('adds the tags that are missing, keeps all others, and makes it the channel’s', async () => {
    const entry = await make({ adminTags: 'mine,vpaas-webcast' });
    const trips = await rig.roundTrips(() => rig.say(`adopt ${entry} --yes`));
    expect(trips.slice(0, 2)).toEqual([['livestream.list'], ['livestream.update']]);
    expect(await rig.ask('livestream', 'get', { entryId: entry })).toMatchObject({
      adminTags: 'mine,vpaas-webcast,kms-webcast-event',
    });
    expect(await rig.read('subscriptions')).toContain('Elsewhere');
    expect(await rig.read('status Elsewhere')).toContain('Elsewhere');
  });

  it('takes one in at once that lacks nothing, and again without harm', async () => {
    const entry = await make({ adminTags: 'kms-webcast-event,vpaas-webcast' });
    await rig.say(`adopt ${entry}`);
    await rig.say(`move ${entry} friday 15:00`);
    const shown = await rig.say(`adopt ${entry}`);
    expect(shown.map(({ how }) => how)).toEqual(['update', 'whisper']);
    expect((await rig.store.findNotes('Elsewhere'))[0]?.start).toBe(Date.parse('2026-11-27T14:00:00Z'));
  });

  it.each(['1_zzzzzzzz', 'nonsense', '<@U1>', '1_ab12cd34;drop'])(
    'refuses what is no live entry: %s',
    async (entry) => {
      expect(await rig.read(`adopt "${entry}"`)).toMatch(/is no live entry of this account|is no entry id/);
    },
  );
});
