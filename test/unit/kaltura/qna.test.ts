import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { connect, exception, type Scripted, startScripted } from './scripted.js';

let rig: Rig;
let entry: EntryId;
let profile: number;
beforeEach(async () => {
  rig = await openRig();
  entry = await rig.plan();
  const found = await rig.raw('metadata_metadataprofile', 'list', { filter: { systemNameEqual: 'Kaltura-QnA' } });
  profile = z.object({ id: z.number() }).parse(found.objects[0]).id;
});
afterEach(() => rig.stop());

/** Calls the behaving Kaltura as its administrator and gives the id of what was made. */
async function make(service: string, params: object): Promise<string> {
  const ask = async (where: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ ...body, format: 1 }) };
    return (await fetch(`${rig.gateway.addresses.service}/api_v3/service/${where}`, init)).json();
  };
  const { adminSecret: secret, partnerId } = rig.kaltura.account;
  const ks = await ask('session/action/start', { secret, partnerId, type: 2 });
  const made = z.object({ id: z.coerce.string() }).parse(await ask(`${service}/action/add`, { ...params, ks }));
  return made.id;
}

/** Says something in the questions and answers of the webcast. */
async function speak(type: string, more: { state?: string; parentId?: string; tags?: string } = {}): Promise<string> {
  const cuePoint = { objectType: 'KalturaAnnotation', entryId: entry, text: 'words', tags: more.tags ?? 'qna' };
  const parent = more.parentId === undefined ? {} : { parentId: more.parentId };
  const id = await make('cuepoint_cuepoint', { cuePoint: { ...cuePoint, ...parent } });
  const state = more.state === undefined ? '' : `<State>${more.state}</State>`;
  await make('metadata_metadata', {
    metadataProfileId: profile,
    objectType: 'annotationMetadata.Annotation',
    objectId: id,
    xmlData: `<metadata>${state}<Type>${type}</Type></metadata>`,
  });
  return id;
}

const count = (from = rig.clock.now() - 3_600_000, until = rig.clock.now() + 1000) =>
  rig.gateway.reports.questionsAsked(entry, { from: instant(from), until: instant(until) });
const measured = (asked: number, open: number) => ({ kind: 'measured', value: { asked, open } });

describe('the questions of a webcast', () => {
  it('are none as long as nobody asks', async () => {
    expect(await count()).toEqual(measured(0, 0));
  });

  it('are open until somebody answers them or settles them', async () => {
    await speak('Question', { state: 'Pending' });
    const answered = await speak('Question', { state: 'Pending' });
    await speak('Answer', { parentId: answered });
    await speak('Question', { state: 'Answered' });
    await speak('Question');
    expect(await count()).toEqual(measured(4, 2));
  });

  it('are neither announcements nor what was withdrawn', async () => {
    await speak('Announcement');
    await speak('Question', { state: 'Deleted' });
    await speak('Question', { tags: 'qna,Annotation_Deleted' });
    expect(await count()).toEqual(measured(0, 0));
  });

  it('are those of the span, though the answer came later', async () => {
    const asked = await speak('Question', { state: 'Pending' });
    const until = rig.clock.now() + 1000;
    rig.clock.advance(3_600_000);
    await speak('Answer', { parentId: asked });
    await speak('Question', { state: 'Pending' });
    expect(await count(until - 60_000, until)).toEqual(measured(1, 0));
  });

  it('take one round trip, and one more when the profile is not known', async () => {
    await speak('Question');
    const said = ['cuepoint_cuepoint.list', 'metadata_metadata.list'];
    expect(await rig.roundTrips(() => count())).toEqual([['metadata_metadataprofile.list'], said]);
    expect(await rig.roundTrips(() => count())).toEqual([said]);
  });
});

describe('an account without questions and answers', () => {
  let server: Scripted;
  const list = (name: string, ...objects: object[]) => ({ objects, totalCount: objects.length, objectType: name });
  const ask = async (profiles: object, ...answers: unknown[]) => {
    server = await startScripted(({ call }) => ({ json: call === 'multirequest' ? answers : profiles }));
    const { kaltura } = connect(server);
    try {
      return await kaltura.reports.questionsAsked(entry, { from: instant(0), until: instant(1) });
    } finally {
      await kaltura.stop();
      await server.close();
    }
  };
  const nothing = list('KalturaCuePointListResponse');

  it('is one without the profile', async () => {
    const answer = await ask(
      list('KalturaMetadataProfileListResponse'),
      nothing,
      exception('MUST_FILTER_ON_OBJECT_ID'),
    );
    expect(answer).toEqual({ kind: 'lacking', why: 'not in the account' });
  });

  it('is one without the plugin for cue points', async () => {
    const has = list('KalturaMetadataProfileListResponse', { id: 1, objectType: 'KalturaMetadataProfile' });
    const answer = await ask(has, exception('SERVICE_DOES_NOT_EXISTS'), exception('MUST_FILTER_ON_OBJECT_ID'));
    expect(answer).toEqual({ kind: 'lacking', why: 'not in the account' });
  });

  it('is not one whose server fails', async () => {
    const has = list('KalturaMetadataProfileListResponse', { id: 1, objectType: 'KalturaMetadataProfile' });
    await expect(ask(has, exception('INTERNAL_DATABASE_ERROR'), exception('X'))).rejects.toMatchObject({
      name: 'BotError',
    });
  });
});
