import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { entryIdSchema } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
let entry: string;

const numbered = z.looseObject({ id: z.number() });
const rowsSchema = z.array(z.object({ id: z.number(), xml: z.string(), metadataProfileId: z.number() }));
const eventsSchema = z.array(z.looseObject({ id: z.number(), startDate: z.number() }));

const look = ['metadata_metadataprofile.list', 'metadata_metadata.list', 'schedule_scheduleevent.list'];

beforeEach(async () => {
  rig = await openRig();
  const adminTags = 'kms-webcast-event,vpaas-webcast';
  const liveStreamEntry = { name: 'Elsewhere', mediaType: 201, explicitLive: 1, dvrStatus: 1, adminTags };
  const made = await rig.ask('livestream', 'add', { liveStreamEntry, sourceType: '32' });
  entry = z.object({ id: z.string() }).parse(made).id;
});
afterEach(() => rig.stop());

const rowsOf = async () =>
  rowsSchema.parse((await rig.raw('metadata_metadata', 'list', { filter: { objectIdEqual: entry } })).objects);
const xmlOf = async () => (await rowsOf()).map(({ xml }) => xml);
const scheduled = async () => {
  const filter = { objectType: 'KalturaLiveStreamScheduleEventFilter', templateEntryIdEqual: entry };
  return eventsSchema.parse((await rig.raw('schedule_scheduleevent', 'list', { filter })).objects);
};

/** Writes metadata as a portal does. */
async function portalWrites(systemName: string, xmlData: string): Promise<void> {
  const { objects } = await rig.raw('metadata_metadataprofile', 'list', { filter: { systemNameEqual: systemName } });
  const metadataProfileId = numbered.parse(objects[0]).id;
  await rig.ask('metadata_metadata', 'add', { metadataProfileId, objectType: '1', objectId: entry, xmlData });
}

/** Puts it into the schedule as Kaltura's own calendar does. */
const isScheduled = (times: { readonly startDate: number; readonly endDate: number }) =>
  rig.ask('schedule_scheduleevent', 'add', {
    scheduleEvent: {
      objectType: 'KalturaLiveStreamScheduleEvent',
      summary: 'Elsewhere',
      recurrenceType: 0,
      templateEntryId: entry,
      ...times,
    },
  });

const studioData = '<metadata><IsKwebcastEntry>1</IsKwebcastEntry><IsSelfServe>0</IsSelfServe></metadata>';

describe('the event data of an adopted entry', () => {
  it('is written as far as something is known, in two round trips after it was found', async () => {
    let words = '';
    const trips = await rig.roundTrips(async () => {
      words = await rig.read(`adopt ${entry}`);
    });
    expect(trips).toEqual([['livestream.list'], look, ['metadata_metadata.add']]);
    expect(await xmlOf()).toEqual([studioData]);
    expect(words).not.toContain('missing');
    expect(await rig.read(`repair ${entry}`)).toContain('needs no repair');
  });

  it('has the times of one whose plan is known', async () => {
    await rig.say(`adopt ${entry}`);
    await rig.say(`move ${entry} friday 15:00`);
    for (const { id } of await scheduled()) await rig.ask('schedule_scheduleevent', 'delete', { scheduleEventId: id });
    await rig.say(`adopt ${entry}`);
    expect(await scheduled()).toMatchObject([{ startDate: Date.parse('2026-11-27T14:00:00Z') / 1000 }]);
    expect(await rowsOf()).toHaveLength(2);
  });

  it('is left as a portal has written it, and nothing is doubled', async () => {
    await portalWrites('KMS_KWEBCAST2', studioData.replace('>0<', '>1<'));
    const portal = '<metadata><StartTime>1800000000</StartTime><EndTime>1800003600</EndTime></metadata>';
    await portalWrites('KMS_EVENTS3', portal);
    const times = { startDate: 1_800_000_000, endDate: 1_800_003_600 };
    await isScheduled(times);
    expect(await rig.roundTrips(() => rig.say(`adopt ${entry}`))).toEqual([['livestream.list'], look]);
    expect((await xmlOf()).sort()).toEqual([studioData.replace('>0<', '>1<'), portal].sort());
    expect(await scheduled()).toMatchObject([times]);
  });

  it('is told where it does not stand, while the webcast is the channel’s, and repair finishes it', async () => {
    await rig.control('faults', { kind: 'blocked', on: 'metadata_metadata.add' });
    const words = await rig.read(`adopt ${entry}`);
    expect(words).toContain("Elsewhere is one of this channel's webcasts now");
    expect(words).toContain('- Studio data: Kaltura is asked too often');
    expect(words).toContain('What stands: the webcast.');
    expect(await rig.read('status Elsewhere')).toContain('Elsewhere');
    const trips = await rig.roundTrips(() => rig.say(`repair ${entry}`));
    expect(trips.at(-1)).toEqual(['metadata_metadata.add']);
    expect(await xmlOf()).toEqual([studioData]);
  });

  it('is left out without a word where the account has no place for it', async () => {
    await rig.control('features', { features: ['WITHOUT_METADATA', 'WITHOUT_SCHEDULE'] });
    expect(await rig.read(`adopt ${entry}`)).not.toContain('missing');
  });

  it('is written once when two adopt it at the same moment', async () => {
    await Promise.all([rig.say(`adopt ${entry}`), rig.say(`adopt ${entry}`)]);
    expect(await xmlOf()).toEqual([studioData]);
  });
});

describe('the times of an adopted entry', () => {
  const start = 1_800_000_000;
  const noteOf = async () => (await rig.store.notes([entryIdSchema.parse(entry)]))[0];
  const portalPlans = (zone: string, from = start) =>
    portalWrites(
      'KMS_EVENTS3',
      `<metadata><StartTime>${from}</StartTime><EndTime>${from + 3600}</EndTime><Timezone>${zone}</Timezone></metadata>`,
    );

  it('are those of its place in the schedule', async () => {
    await isScheduled({ startDate: start, endDate: start + 3600 });
    const words = await rig.read(`adopt ${entry}`);
    expect(words).toContain("That is how it stands in Kaltura's own plans.");
    expect(await noteOf()).toMatchObject({ start: start * 1000, end: (start + 3600) * 1000 });
  });

  it('are those of a portal where the schedule has none, in its zone, and the schedule has them then', async () => {
    await portalPlans('America/New_York');
    await rig.say(`adopt ${entry}`);
    expect(await noteOf()).toMatchObject({ start: start * 1000, zone: 'America/New_York' });
    expect(await scheduled()).toMatchObject([{ startDate: start }]);
  });

  it('are taken from a portal that names no zone', async () => {
    await portalPlans('Middle Earth');
    await rig.say(`adopt ${entry}`);
    expect(await noteOf()).toMatchObject({ start: start * 1000, zone: undefined });
  });

  it('are not those of a show that was before', async () => {
    await portalPlans('Europe/Berlin', 1_500_000_000);
    expect(await rig.read(`adopt ${entry}`)).toContain('I do not know when it is');
    expect(await noteOf()).toMatchObject({ start: undefined });
  });

  it('stay those that were given here', async () => {
    await rig.say(`adopt ${entry}`);
    await rig.say(`move ${entry} friday 15:00`);
    for (const { id } of await scheduled()) await rig.ask('schedule_scheduleevent', 'delete', { scheduleEventId: id });
    await isScheduled({ startDate: start, endDate: start + 3600 });
    expect(await rig.read(`adopt ${entry}`)).not.toContain("Kaltura's own plans");
    expect(await noteOf()).toMatchObject({ start: Date.parse('2026-11-27T14:00:00Z') });
  });
});
