import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

const profilesSchema = z.object({
  objects: z.array(z.object({ id: z.number(), systemName: z.string(), xsd: z.string() })),
});
const metadataSchema = z.array(z.object({ metadataProfileId: z.number(), id: z.number(), xml: z.string() }));
const eventsSchema = z.array(
  z.looseObject({ id: z.number(), startDate: z.number(), endDate: z.number(), summary: z.string() }),
);

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const profile = async (systemName: string) => {
  const list = await rig.ask('metadata_metadataprofile', 'list', { filter: { systemNameEqual: systemName } });
  const [found] = profilesSchema.parse(list).objects;
  if (!found) throw new Error(`no profile ${systemName}`);
  return found;
};
const rowsOf = async (id: string) =>
  metadataSchema.parse((await rig.raw('metadata_metadata', 'list', { filter: { objectIdEqual: id } })).objects);
const xmlOf = async (id: string, systemName: string) => {
  const { id: profileId } = await profile(systemName);
  return (await rowsOf(id)).filter(({ metadataProfileId }) => metadataProfileId === profileId).map(({ xml }) => xml);
};
const scheduled = async (id: string) =>
  eventsSchema.parse(
    (
      await rig.raw('schedule_scheduleevent', 'list', {
        filter: { objectType: 'KalturaLiveStreamScheduleEventFilter', templateEntryIdEqual: id },
      })
    ).objects,
  );
const change = async (systemName: string, from: string, to: string) => {
  const { id, xsd } = await profile(systemName);
  if (!xsd.includes(from)) throw new Error(`the XSD has no ${from}`);
  await rig.ask('metadata_metadataprofile', 'update', { id, metadataProfile: {}, xsdData: xsd.replace(from, to) });
};
const requireField = (name: string) =>
  change(
    'KMS_EVENTS3',
    '</xsd:sequence></xsd:complexType></xsd:element><xsd:complexType',
    `<xsd:element name="${name}" minOccurs="1" maxOccurs="1" type="textType"/></xsd:sequence></xsd:complexType></xsd:element><xsd:complexType`,
  );
const plan = async (): Promise<{ id: Awaited<ReturnType<Rig['plan']>>; words: string }> => {
  const from = rig.platform.shown.length;
  const id = await rig.plan();
  return {
    id,
    words: rig.platform.shown
      .slice(from)
      .map(({ view }) => wordsOf(view))
      .join('\n\n'),
  };
};

/** The rig's clock stands at 13:00 UTC, and a show is planned ten minutes later for an hour. */
const start = () => Math.floor(rig.clock.now() / 1000) + 600;

describe('the event data of a planned webcast', () => {
  it('is written for the studio, for portals and into the schedule', async () => {
    const begun = start();
    const { id, words } = await plan();
    expect(await xmlOf(id, 'KMS_KWEBCAST2')).toEqual([
      '<metadata><IsKwebcastEntry>1</IsKwebcastEntry><IsSelfServe>0</IsSelfServe></metadata>',
    ]);
    expect(await xmlOf(id, 'KMS_EVENTS3')).toEqual([
      `<metadata><StartTime>${begun}</StartTime><EndTime>${begun + 3600}</EndTime><Timezone>Europe/Berlin</Timezone></metadata>`,
    ]);
    expect(await scheduled(id)).toMatchObject([
      { summary: 'Q3 Town Hall', startDate: begun, endDate: begun + 3600, referenceId: id, recurrenceType: 0 },
    ]);
    expect(words).not.toContain('missing');
  });

  it('is left out without a word where the account has no place for it', async () => {
    await rig.control('features', { features: ['WITHOUT_METADATA', 'WITHOUT_SCHEDULE'] });
    const { id, words } = await plan();
    expect(words).not.toContain('missing');
    await rig.control('features', { features: [] });
    expect([await rowsOf(id), await scheduled(id)]).toEqual([[], []]);
  });

  it('is written as far as the account has a place for it', async () => {
    const { id: portal } = await profile('KMS_EVENTS3');
    await rig.ask('metadata_metadataprofile', 'delete', { id: portal });
    const { id, words } = await plan();
    expect(await rowsOf(id)).toHaveLength(1);
    expect(words).not.toContain('missing');
    expect(await rig.read('repair')).toContain('the account has none');
  });

  it.each([
    ['metadata_metadata.add', 'Studio data', 1],
    ['schedule_scheduleevent.add', 'Entry in the schedule', 2],
  ])('says which part does not stand when Kaltura refuses %s, and repair writes that alone', async (on, part, rows) => {
    await rig.control('faults', { kind: 'blocked', on });
    const { id, words } = await plan();
    expect(words).toContain("Some of what Kaltura's own tools show is missing:");
    expect(words).toContain(`- ${part}: Kaltura is asked too often`);
    expect(words).toContain('What stands: the webcast, ');
    expect(words).toContain(`[Repair] repair ${id}`);
    expect(await rowsOf(id)).toHaveLength(rows);
    const trips = await rig.roundTrips(() => rig.say(`repair ${id}`));
    expect(trips.at(-1)).toEqual([on]);
    expect(await rowsOf(id)).toHaveLength(2);
    expect(await scheduled(id)).toHaveLength(1);
    expect(await rig.read(`repair ${id}`)).toContain('needs no repair');
  });

  it('is looked for after a lost answer, and nothing is doubled', async () => {
    await rig.control('faults', { kind: 'lost', on: 'schedule_scheduleevent.add' });
    const { id, words } = await plan();
    expect(words).not.toContain('missing');
    expect(await rowsOf(id)).toHaveLength(2);
    expect(await scheduled(id)).toHaveLength(1);
  });

  it('writes metadata after all when the request never arrived, and leaves the schedule to repair', async () => {
    await rig.control('faults', { kind: 'http', on: 'schedule_scheduleevent.add' });
    const { id, words } = await plan();
    expect(await rowsOf(id)).toHaveLength(2);
    expect(await scheduled(id)).toHaveLength(0);
    expect(words).toContain('- Entry in the schedule: Kaltura gave no good answer');
    expect(await rig.read(`repair ${id}`)).toContain('complete in Kaltura again');
    expect(await scheduled(id)).toHaveLength(1);
  });

  it('does not hinder the webcast when Kaltura is gone after it was made', async () => {
    await rig.gateway.account();
    await rig.control('faults', { kind: 'http', on: 'metadata_*', times: 20 });
    const { id, words } = await plan();
    expect(words).toContain('Q3 Town Hall is planned');
    expect(words).toContain('What stands: the webcast.');
    await rig.control('faults', { kind: 'delay', on: 'nothing.here', delay: 0 });
    expect(id).toMatch(/^0_/);
  });

  it('names the field that the account wants and that an administrator has to fill in', async () => {
    await requireField('Department');
    const { id, words } = await plan();
    expect(words).toContain('The account\'s profile KMS_EVENTS3 wants "Department"');
    expect(words).toContain('An administrator of Kaltura fills it in');
    expect(await rowsOf(id)).toHaveLength(1);
    expect(await scheduled(id)).toHaveLength(1);
    expect(await rig.read(`repair ${id}`)).toContain('is not complete in Kaltura');
  });

  it('names it also when the account has changed its XSD since it was read', async () => {
    await rig.gateway.account();
    await requireField('Department');
    expect((await plan()).words).toContain('wants "Department"');
  });

  it('finds profiles again that have got other numbers', async () => {
    await rig.gateway.account();
    const { id: old, xsd } = await profile('KMS_EVENTS3');
    await rig.ask('metadata_metadataprofile', 'delete', { id: old });
    const metadataProfile = { name: 'Again', systemName: 'KMS_EVENTS3', metadataObjectType: '1' };
    await rig.ask('metadata_metadataprofile', 'add', { metadataProfile, xsdData: xsd });
    const { id, words } = await plan();
    expect(words).not.toContain('missing');
    expect(await xmlOf(id, 'KMS_EVENTS3')).toHaveLength(1);
  });
});

describe('event data that follows a plan', () => {
  const moved = {
    name: 'Moved "Hall" <1>',
    start: instant(1_800_000_000_000),
    end: instant(1_800_003_600_000),
    zone: 'Asia/Tokyo' as Zone,
  };

  it('is moved and named anew, and what a portal has written stays', async () => {
    const { id } = await plan();
    const [row] = (await rowsOf(id)).filter(({ xml }) => xml.includes('StartTime'));
    const xml = row?.xml.replace('</metadata>', '<Presenter><Name>Ada</Name></Presenter></metadata>');
    await rig.ask('metadata_metadata', 'update', { id: row?.id, xmlData: xml });
    const data = await rig.gateway.eventData.keepInStep(id, moved);
    const changed = { kind: 'stands', changed: true };
    expect(data).toEqual({ studio: { kind: 'stands', changed: false }, portal: changed, schedule: changed });
    expect(await xmlOf(id, 'KMS_EVENTS3')).toEqual([
      '<metadata><StartTime>1800000000</StartTime><EndTime>1800003600</EndTime><Timezone>Asia/Tokyo</Timezone><Presenter><Name>Ada</Name></Presenter></metadata>',
    ]);
    expect(await scheduled(id)).toMatchObject([{ summary: 'Moved "Hall" <1>', startDate: 1_800_000_000 }]);
  });

  it('takes one round trip to look and none to write when nothing has changed', async () => {
    const { id } = await plan();
    const [note] = await rig.store.notes([id]);
    if (!note) throw new Error('no note');
    const trips = await rig.roundTrips(() => rig.gateway.eventData.keepInStep(id, note));
    expect(trips).toEqual([['metadata_metadataprofile.list', 'metadata_metadata.list', 'schedule_scheduleevent.list']]);
  });

  it('stands on whole seconds, so that a plan with a fraction is not written again and again', async () => {
    const { id } = await plan();
    const fraction = { ...moved, start: instant(moved.start + 999), end: instant(moved.end + 500) };
    await rig.gateway.eventData.keepInStep(id, fraction);
    expect(await scheduled(id)).toMatchObject([{ startDate: 1_800_000_000, endDate: 1_800_003_600 }]);
    const stands = { kind: 'stands', changed: false };
    expect(await rig.gateway.eventData.keepInStep(id, fraction)).toEqual({
      studio: stands,
      portal: stands,
      schedule: stands,
    });
  });

  it('does not touch the events of a webcast that somebody else has planned by several', async () => {
    const { id } = await plan();
    const [own] = await scheduled(id);
    const other = (summary: string) => ({
      objectType: 'KalturaLiveStreamScheduleEvent',
      summary,
      recurrenceType: 0,
      startDate: 1_800_000_000,
      endDate: 1_800_000_600,
      templateEntryId: id,
    });
    for (const summary of ['Rehearsal', 'Repeat'])
      await rig.ask('schedule_scheduleevent', 'add', { scheduleEvent: other(summary) });
    await rig.gateway.eventData.keepInStep(id, moved);
    expect((await scheduled(id)).map(({ summary }) => summary).sort()).toEqual([
      'Moved "Hall" <1>',
      'Rehearsal',
      'Repeat',
    ]);
    expect(await rig.gateway.eventData.withdraw(id)).toEqual({ kind: 'stands', changed: true });
    expect((await scheduled(id)).map(({ id: event }) => event)).not.toContain(own?.id);
  });

  it('is taken out of the schedule once; a second time nothing is left to do', async () => {
    const { id } = await plan();
    await rig.gateway.eventData.withdraw(id);
    expect(await scheduled(id)).toEqual([]);
    expect(await rig.gateway.eventData.withdraw(id)).toEqual({ kind: 'stands', changed: false });
  });
});
