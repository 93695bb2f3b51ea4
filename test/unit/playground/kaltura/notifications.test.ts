import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isFields } from '../../../../src/playground/kaltura/values.js';
import { createWaiting } from '../../../doubles/waiting.js';
import { type Rig, startRig } from './rig.js';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const statusChanged = 15;
const changed = 17;
const columns = (...names: string[]) => [
  {
    objectType: 'KalturaEventNotificationArrayParameter',
    key: 'modified_columns',
    values: names.map((value) => ({ objectType: 'KalturaString', value })),
  },
];
const objectData = {
  objectType: 'KalturaHttpNotificationObjectData',
  apiObjectType: 'KalturaBaseEntry',
  format: 1,
  code: '$scope->getEvent()->getObject()',
};

describe("the behaving Kaltura's notifications", () => {
  let rig: Rig;
  let receiver: Server;
  let url: string;
  let answers: number[];
  let received: Received[];
  const waiting = createWaiting();
  const nth = (count: number) => waiting.until(`notification ${count}`, () => received[count - 1]) as Promise<Received>;
  const told = (one: Received) => JSON.parse(one.body);

  beforeEach(async () => {
    received = [];
    answers = [];
    rig = await startRig({ notificationPauses: [1, 1] });
    receiver = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request.setEncoding('utf8')) body += chunk;
      received.push({ headers: request.headers, body });
      response.writeHead(answers.shift() ?? 204).end();
      waiting.changed();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const address = receiver.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/hook`;
  });

  afterEach(async () => {
    await rig.stop();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  async function copy(id: number, more: object = {}, status = 2): Promise<void> {
    const eventNotificationTemplate = {
      objectType: 'KalturaHttpNotificationTemplate',
      systemName: `COPY_${id}`,
      url,
      method: 2,
      data: objectData,
      ...more,
    };
    const template = await rig.ask('eventnotification_eventnotificationtemplate.clone', {
      id,
      eventNotificationTemplate,
    });
    await rig.call('eventnotification_eventnotificationtemplate.updateStatus', { id: template.id ?? 0, status });
  }

  const update = (entryId: string, liveStreamEntry: object) =>
    rig.ask('liveStream.update', {
      entryId,
      liveStreamEntry: { objectType: 'KalturaLiveStreamEntry', ...liveStreamEntry },
    });

  it('tell of going live with the whole entry, signed by the admin secret', async () => {
    const id = await rig.addWebcast();
    await copy(changed, { userParameters: columns('entry.NAME', 'entry.CUSTOM_DATA'), secureHashingAlgo: 2 });
    await update(id, { viewMode: 1 });
    const one = await nth(1);
    expect(told(one)).toMatchObject({
      object: { id, rootEntryId: id, viewMode: 1, streamPassword: expect.any(String) },
      eventObjectType: 1,
      eventNotificationJobId: 1,
      templateSystemName: 'COPY_17',
      eventType: 3,
      objectType: 'KalturaHttpNotification',
    });
    expect(one.headers).toMatchObject({
      'content-type': 'application/json',
      'x-kaltura-hash-algo': 'sha256',
      'x-kaltura-signature': createHash('sha256').update(`admin${one.body}`).digest('hex'),
    });
  });

  it('tell what they were asked to tell of, and nothing of a picture that begins', async () => {
    const id = await rig.addWebcast();
    await copy(changed, { userParameters: columns('entry.CUSTOM_DATA') });
    await update(id, { name: 'Renamed' });
    await rig.encoder(id, 3);
    await rig.encoder(id, 1);
    await update(id, { viewMode: 1 });
    expect(told(await nth(1))).toMatchObject({ object: { name: 'Renamed', viewMode: 1 } });
    expect(received).toHaveLength(1);
  });

  it('tell of a recording that is ready, by the id of its webcast too', async () => {
    const id = await rig.addWebcast({ recordStatus: 2 });
    await rig.encoder(id, 3);
    await rig.encoder(id, 1);
    await update(id, { viewMode: 1, recordingStatus: 2 });
    await rig.control('clock', { stopped: true });
    await rig.control('clock', { advance: 60 });
    await rig.encoder(id, 'stop');
    await copy(statusChanged);
    await rig.control('clock', { advance: 60 });
    expect(told(await nth(1))).toMatchObject({ object: { rootEntryId: id, status: 2 } });
  });

  it('may be a flat form, words of their own, and carry headers of their own', async () => {
    const id = await rig.addWebcast();
    const userParameters = columns('entry.NAME');
    const customHeaders = [{ objectType: 'KalturaKeyValue', key: 'X-Webcast-Token', value: 'tok-{entry_id}' }];
    await copy(changed, { userParameters, customHeaders, data: { objectType: 'KalturaHttpNotificationDataFields' } });
    await update(id, { name: 'New name' });
    const form = await nth(1);
    expect(Object.fromEntries(new URLSearchParams(form.body))).toMatchObject({ entry_id: id, entry_name: 'New name' });
    expect(form.headers).toMatchObject({ 'x-webcast-token': `tok-${id}`, 'x-kaltura-hash-algo': 'sha1' });
    const content = { objectType: 'KalturaStringValue', value: 'entry {entry_id} is {entry_status}' };
    await copy(changed, { userParameters, data: { objectType: 'KalturaHttpNotificationDataText', content } });
    await update(id, { name: 'Newer name' });
    await nth(3);
    expect(received.map(({ body }) => body)).toContain(`entry ${id} is 2`);
  });

  it('are tried again under the same job until they are taken, and some times only', async () => {
    const id = await rig.addWebcast();
    await copy(changed, { userParameters: columns('entry.NAME') });
    answers = [500, 202];
    await update(id, { name: 'Told at the third try' });
    expect(told(await nth(3)).eventNotificationJobId).toBe(told(await nth(1)).eventNotificationJobId);
    answers = [500, 500, 500];
    await update(id, { name: 'Never taken' });
    await nth(6);
    await update(id, { name: 'Told' });
    expect(told(await nth(7))).toMatchObject({ object: { name: 'Told' } });
    const { deliveries } = await rig.control('notifications');
    expect(Array.isArray(deliveries) && deliveries.filter(isFields).map(({ status }) => status)).toEqual([
      500, 202, 204, 500, 500, 500, 204,
    ]);
  });

  it('are not sent while their template is not active', async () => {
    const id = await rig.addWebcast();
    await copy(changed, { userParameters: columns('entry.NAME') }, 1);
    await update(id, { name: 'Untold' });
    await copy(changed, { userParameters: columns('entry.NAME') });
    await update(id, { name: 'Told' });
    expect(told(await nth(1))).toMatchObject({ object: { name: 'Told' } });
    expect(received).toHaveLength(1);
  });
});
