import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findError } from '../../../../src/playground/kaltura/schema.js';
import { objectsOf, type Rig, startRig } from './rig.js';

let kaltura: Rig;

beforeAll(async () => {
  kaltura = await startRig();
});
afterAll(() => kaltura.stop());

describe('its errors', () => {
  it('have the words of the server, whichever is raised', () => {
    const folder = fileURLToPath(new URL('../../../../src/playground/kaltura/', import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const raised = sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/ApiError\(\s*'([A-Z_]+)'/g)].map(([, code = '']) => code),
    );
    expect(raised.length).toBeGreaterThan(50);
    expect(raised.filter((code) => findError(code) === undefined)).toEqual([]);
  });
});

describe('a fresh account', () => {
  it('holds live profiles for cloud transcoding, the default, and for passthrough', async () => {
    const profiles = objectsOf(await kaltura.ask('conversionProfile.list', { filter: { typeEqual: 2 } }));
    const origins = async (id: unknown) =>
      objectsOf(
        await kaltura.ask('conversionProfileAssetParams.list', { filter: { conversionProfileIdEqual: Number(id) } }),
      ).map(({ origin }) => origin);
    const [cloud, passthrough] = ['Default_Live', 'Passthrough_Live'].map((name) =>
      profiles.find(({ systemName }) => systemName === name),
    );
    expect([cloud?.name, cloud?.isPartnerDefault, passthrough?.name]).toEqual(['Cloud transcode', true, 'Passthrough']);
    expect([(await origins(cloud?.id)).includes(0), (await origins(passthrough?.id)).includes(0)]).toEqual([
      true,
      false,
    ]);
  });

  it('holds a v7 player with the live and the questions plugin, and a v2 player', async () => {
    const [v7] = objectsOf(await kaltura.ask('uiConf.list', { filter: { tagsMultiLikeOr: 'kalturaPlayerJs' } }));
    const legacy = await kaltura.ask('uiConf.list', { filter: { objTypeEqual: 1 } });
    const studio = await kaltura.ask('uiConf.listTemplates', { filter: { objTypeEqual: 21 } });
    expect(Object.keys(JSON.parse(String(v7?.confVars)).versions)).toEqual([
      'kaltura-ovp-player',
      'playkit-kaltura-live',
      'playkit-qna',
    ]);
    expect([v7?.objType, legacy.totalCount, studio.totalCount]).toEqual([8, 1, 1]);
  });

  it('holds the metadata profiles of webcasts, events and questions, which take what they should', async () => {
    const id = await kaltura.addWebcast();
    const add = async (systemNameEqual: string, xmlData: string) => {
      const [profile] = objectsOf(await kaltura.ask('metadata_metadataprofile.list', { filter: { systemNameEqual } }));
      const params = { metadataProfileId: Number(profile?.id), objectType: '1', objectId: id, xmlData };
      return (await kaltura.ask('metadata_metadata.add', params)).code ?? 'added';
    };
    const events =
      '<metadata><StartTime>1800000000</StartTime><Timezone>Asia/Tokyo</Timezone><Presenter><Name>Jane</Name></Presenter></metadata>';
    expect([
      await add(
        'KMS_KWEBCAST2',
        '<metadata><IsKwebcastEntry>1</IsKwebcastEntry><IsSelfServe>1</IsSelfServe></metadata>',
      ),
      await add('KMS_EVENTS3', events.replace('1800000000', 'tomorrow')),
      await add('KMS_EVENTS3', events),
      await add('Kaltura-QnA', '<metadata><Type>Question</Type></metadata>'),
    ]).toEqual(['added', 'INVALID_METADATA_DATA', 'added', 'INCOMPATIBLE_METADATA_PROFILE_OBJECT_TYPE']);
  });

  it('drops multicast without a word unless the account has it', async () => {
    const push = async () =>
      (await kaltura.ask('liveStream.get', { entryId: await kaltura.addWebcast({ pushPublishEnabled: 1 }) }))
        .pushPublishEnabled;
    const before = await push();
    await kaltura.control('features', { features: ['PUSH_PUBLISH'] });
    expect([before, await push()]).toEqual([undefined, 1]);
  });

  it('answers a question about an unknown service, a bad enumeration and a broken reference as the server does', async () => {
    const answer = await kaltura.call('multirequest.multi', {
      0: { service: 'nosuch', action: 'list' },
      1: { service: 'liveStream', action: 'list', filter: { orderBy: '+name' }, pager: { pageSize: 1 } },
      2: { service: 'liveStream', action: 'get', entryId: '{2:result:objects:0:id}' },
      3: { service: 'liveStream', action: 'get', entryId: '{1:result:id}' },
    });
    expect(answer).toMatchObject([
      { code: 'SERVICE_DOES_NOT_EXISTS' },
      { objectType: 'KalturaLiveStreamListResponse' },
      { objectType: 'KalturaLiveStreamAdminEntry' },
      { code: 'ENTRY_ID_NOT_FOUND', args: { ENTRY_ID: '' } },
    ]);
  });
});
