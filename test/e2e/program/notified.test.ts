import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { entryIn } from './screen.js';

const templates = 'eventnotification_eventnotificationtemplate';
const token = 'long-and-random-words';
/** Shorter than the rhythm of everything that is waited for here. */
const soon = 20_000;

/** A show of which nobody tells the bot but Kaltura; each step builds on the one before. */
describe('a bot that Kaltura notifies', () => {
  let rig: Rig;
  let id: string;
  let card: StoredMessage;
  let where = 'events';
  const text = () => rig.workspace.messages(where).find(({ ts }) => ts === card.ts)?.text ?? '';
  const looks = () =>
    rig.kaltura.requests.read().requests.filter(({ clientTag }) => clientTag?.startsWith('webcast-watch')).length;
  const showing = (words: string) => rig.double.until(words, () => text().includes(words), soon);

  /** Copies a template of everybody's, as the guide tells it, and switches it on. */
  async function notify(template: number, more: object): Promise<void> {
    const eventNotificationTemplate = {
      objectType: 'KalturaHttpNotificationTemplate',
      url: `${rig.bot.url}/kaltura/events`,
      method: 2,
      secureHashingAlgo: 2,
      customHeaders: [{ objectType: 'KalturaKeyValue', key: 'X-Webcast-Token', value: token }],
      ...more,
    };
    const copy = await rig.call(templates, 'clone', { id: template, eventNotificationTemplate });
    const { id: made } = z.looseObject({ id: z.number() }).parse(copy);
    await rig.call(templates, 'updateStatus', { id: made, status: 2 });
  }

  const post = async (object: object, headers: Record<string, string>) => {
    const body = JSON.stringify({ object, eventNotificationJobId: 900_000 });
    const hash = createHash('sha1')
      .update((rig.env.KALTURA_ADMIN_SECRET ?? '') + body)
      .digest('hex');
    const signed = { 'x-kaltura-signature': hash, 'x-webcast-token': token };
    const answer = await fetch(`${rig.bot.url}/kaltura/events`, {
      method: 'POST',
      body,
      headers: { ...signed, ...headers },
    });
    return answer.status;
  };

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'shows'], env: { KALTURA_WEBHOOK_TOKEN: token } });
    const line = '/webcast create "Q3 Town Hall" --start "in 72 hours"';
    card = await rig.posted('events', () => rig.workspace.user('ada').runs(line, { in: 'events' }));
    id = entryIn(card);
    const modified = ['entry.NAME', 'entry.CUSTOM_DATA'].map((value) => ({ objectType: 'KalturaString', value }));
    await notify(17, {
      systemName: 'WEBCAST_BOT_CHANGED',
      data: { objectType: 'KalturaHttpNotificationDataFields' },
      userParameters: [
        { objectType: 'KalturaEventNotificationArrayParameter', key: 'modified_columns', values: modified },
      ],
    });
    await notify(15, {
      systemName: 'WEBCAST_BOT_STATUS',
      data: { objectType: 'KalturaHttpNotificationObjectData', format: 1 },
    });
  });

  afterAll(async () => rig.stop());

  it('believes nobody who does not sign', async () => {
    expect(await post({ id }, { 'x-kaltura-signature': 'ab'.repeat(20) })).toBe(401);
    expect(await post({ id }, { 'x-webcast-token': 'other-words' })).toBe(401);
  });

  it('looks when it is told a lie, and shows what Kaltura says', async () => {
    const before = looks();
    expect(await post({ id, viewMode: 1, liveStatus: 1, name: 'Forged' }, {})).toBe(204);
    // Nothing changes in Slack that could be waited for.
    while (looks() === before) await fetch(`${rig.bot.url}/healthz`);
    await rig.ask(`/webcast status ${id}`, 'events');
    expect(text()).not.toMatch(/Live|Forged/);
  }, 60_000);

  it('shows within seconds that somebody went live in Kaltura itself, days before', async () => {
    await rig.encoder.start(id);
    const opened = { objectType: 'KalturaLiveStreamEntry', viewMode: 1, recordingStatus: 2 };
    await rig.call('liveStream', 'update', { entryId: id, liveStreamEntry: opened });
    await showing('Live');
  }, 60_000);

  it('shows within seconds that the recording is ready, for which it looks twice a minute', async () => {
    where = 'shows';
    ({ id, card } = await rig.plan(where, 'Plant tour'));
    const type = (line: string) => rig.posted(where, () => rig.workspace.user('ada').runs(line, { in: where }));
    await rig.encoder.start(id);
    await type(`/webcast golive ${id} --yes`);
    await showing('Live');
    await type(`/webcast end ${id} --yes`);
    await rig.encoder.stop(id);
    await showing('the recording is being made');
    await rig.control('clock', { advance: 30 });
    await showing('the recording is ready');
  }, 90_000);
});
