import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { entryIdSchema, instant, type Zone } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { connect, exception, type Scripted, startScripted, type TestClock } from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const plan = {
  name: 'Town Hall',
  start: instant(1_800_000_600_000),
  end: instant(1_800_004_200_000),
  zone: 'Europe/Berlin' as Zone,
};
const bob = { id: 'b', name: 'Bob', title: '', bio: '', link: '', picture: '' };
const listed = (...objects: readonly object[]) => ({
  totalCount: objects.length,
  objects,
  objectType: 'KalturaMetadataListResponse',
});
const profile = { id: 7, systemName: 'KMS_EVENTS3', objectType: 'KalturaMetadataProfile' };
const row = (version: number, xml: string) => ({
  id: 70,
  metadataProfileId: 7,
  version,
  xml,
  objectType: 'KalturaMetadata',
});
const ada = '<Presenter><PresenterId>a</PresenterId><Name>Ada</Name></Presenter>';

let server: Scripted;
let kaltura: KalturaGateway;
let clock: TestClock;
/** What each look finds; the last one again and again. */
let rows: (readonly object[])[];
/** What each write is answered with. */
let writes: object[];
beforeEach(async () => {
  rows = [[]];
  writes = [];
  server = await startScripted(({ call, requests }) => ({
    json: isWrite(call) ? writes.shift() : call === 'multirequest' ? requests.map(look) : requests.map(look)[0],
  }));
  server.eventProfiles = [profile];
  ({ kaltura, clock } = connect(server));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

const isWrite = (call: string): boolean => /metadata\.(add|update)$/.test(call);
function look({ service }: Record<string, unknown>): object {
  if (service === 'schedule_scheduleevent') return exception('SERVICE_FORBIDDEN', { SERVICE: 'schedule' });
  const found = rows.length > 1 ? rows.shift() : rows[0];
  return listed(...(found ?? []));
}
const sent = () => server.asked.filter(({ call }) => isWrite(call)).map(({ call, body }) => ({ call, ...body }));
const add = () => kaltura.eventData.changeLineUp(id, plan, (before) => [...before, bob]);
const overtaken = () => exception('INVALID_METADATA_VERSION', { VERSION: '12' });

describe('a line-up that several change', () => {
  it('is read again and merged when somebody else has written since the look', async () => {
    rows = [[row(2, '<metadata></metadata>')], [row(12, `<metadata>${ada}</metadata>`)]];
    writes = [overtaken(), row(22, '')];
    expect((await add()).map(({ name }) => name)).toEqual(['Ada', 'Bob']);
    expect(sent()).toMatchObject([
      { call: 'metadata_metadata.update', version: 2 },
      { call: 'metadata_metadata.update', version: 12, xmlData: expect.stringContaining(ada) },
    ]);
  });

  it('is updated when somebody else has added the first metadata since the look', async () => {
    rows = [[], [row(2, `<metadata>${ada}</metadata>`)]];
    writes = [exception('METADATA_ALREADY_EXISTS', { ID: '70' }), row(12, '')];
    expect((await add()).map(({ name }) => name)).toEqual(['Ada', 'Bob']);
    expect(sent()).toMatchObject([
      { call: 'metadata_metadata.add', metadataProfileId: 7, objectId: id },
      { call: 'metadata_metadata.update', id: 70, version: 2 },
    ]);
  });

  it('is given up in words when others write each time', async () => {
    rows = [[row(2, '<metadata></metadata>')]];
    writes = [overtaken(), overtaken(), overtaken(), overtaken()];
    await expect(add()).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('Somebody else') });
    expect(sent()).toHaveLength(4);
    expect(clock.waits).toEqual([]);
  });
});

describe('event data that an account refuses by rules of its own', () => {
  it.each([
    ['Element &#039;metadata&#039;: Missing child element(s). Expected is ( Department ).\n at line 1', '"Department"'],
    ['Element &#039;metadata&#039;: Missing child element(s). Expected is one of ( Room, Dean ).', '"Dean"'],
    ['Element &#039;StartTime&#039;: &#039;x&#039; is not a valid value of the atomic type', '"StartTime"'],
  ])('is said with the name of the field: %s', async (message, name) => {
    const refusal = () => exception('INVALID_METADATA_DATA', { ERR_MSG: message });
    writes = [refusal(), refusal()];
    const { studio, portal, schedule } = await kaltura.eventData.keepInStep(id, plan);
    expect([studio.kind, schedule.kind]).toEqual(['absent', 'absent']);
    expect(portal).toMatchObject({
      kind: 'open',
      why: expect.stringContaining(name),
      remedy: expect.stringContaining('An administrator of Kaltura'),
    });
    expect(sent()).toHaveLength(2);
  });
});
