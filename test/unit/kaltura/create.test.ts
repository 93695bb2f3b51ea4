import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instant, type WebcastPlan, type Zone } from '../../../src/core/webcast.js';
import { referenceOf } from '../../../src/kaltura/create.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import {
  type Answer,
  type Asked,
  connect,
  exception,
  listOf,
  liveEntry,
  type Scripted,
  startScripted,
  type TestClock,
} from './scripted.js';

const plan: WebcastPlan = {
  name: 'Town Hall',
  description: 'All hands',
  tags: ['townhall', 'quarterly'],
  start: instant(1_800_000_600_000),
  end: instant(1_800_004_200_000),
  zone: 'Europe/Berlin' as Zone,
  dvr: true,
  dvrWindow: 90,
  recording: 'per-session',
  preview: true,
  profile: undefined,
  multicast: false,
  copyEntitlement: true,
  hideRecording: true,
  archive: true,
};
const key = 'slack:T1:V1';
const added: Answer = { json: liveEntry() };
const isAdd = ({ call }: Asked) => call === 'livestream.add';
const accountAnswers = [
  {
    totalCount: 1,
    objects: [{ id: 52, name: 'Passthrough', systemName: 'Passthrough_Live', objectType: 'KalturaConversionProfile' }],
    objectType: 'KalturaConversionProfileListResponse',
  },
  { totalCount: 0, objects: [], objectType: 'KalturaUiConfListResponse' },
  'LIVE_STREAM_ADD',
  { totalCount: 0, objects: [], objectType: 'KalturaCategoryListResponse' },
];

let server: Scripted;
let kaltura: KalturaGateway;
let clock: TestClock;
beforeEach(async () => {
  server = await startScripted((asked) => (isAdd(asked) ? added : { json: listOf() }));
  ({ kaltura, clock } = connect(server, { timeout: 1000 }));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

const sentEntry = (): unknown => server.asked.find(isAdd)?.body.liveStreamEntry;
const calls = (): string[] => server.asked.map(({ call }) => call);

describe('making a webcast', () => {
  it("sends the plan in Kaltura's words in one round trip", async () => {
    const webcast = await kaltura.create(plan, key, false);
    expect(webcast).toMatchObject({ id: '1_town0001', preview: true });
    expect(calls()).toEqual(['livestream.add']);
    expect(server.asked[0]?.body.sourceType).toBe('32');
    expect(sentEntry()).toEqual({
      objectType: 'KalturaLiveStreamEntry',
      name: 'Town Hall',
      description: 'All hands',
      tags: 'townhall,quarterly',
      adminTags: 'kms-webcast-event,vpaas-webcast',
      referenceId: key,
      mediaType: 201,
      dvrStatus: 1,
      dvrWindow: 90,
      recordStatus: 2,
      explicitLive: 1,
      pushPublishEnabled: 0,
      recordingOptions: {
        objectType: 'KalturaLiveEntryRecordingOptions',
        shouldCopyEntitlement: 1,
        shouldMakeHidden: 1,
        shouldAutoArchive: 1,
      },
    });
  });

  it.each([
    ['append', 1],
    ['off', 0],
  ] as const)('records %s as %d and archives only recordings of single sessions', async (recording, recordStatus) => {
    await kaltura.create({ ...plan, recording }, key, false);
    expect(sentEntry()).toMatchObject({ recordStatus, recordingOptions: { shouldAutoArchive: 0 } });
  });

  it('leaves out a DVR window without DVR and asks for multicast only where the plan does', async () => {
    await kaltura.create({ ...plan, dvr: false, multicast: true, preview: false }, key, false);
    expect(sentEntry()).toMatchObject({ dvrStatus: 0, pushPublishEnabled: 1, explicitLive: 0 });
    expect(sentEntry()).not.toHaveProperty('dvrWindow');
  });

  it('looks for what the key made before, in a second round trip, and takes the oldest', async () => {
    const [older, newer] = [
      liveEntry({ id: '1_older001', createdAt: 1 }),
      liveEntry({ id: '1_newer001', createdAt: 2 }),
    ];
    server.answer = () => ({ json: listOf(newer, older) });
    expect(await kaltura.create(plan, key, true)).toMatchObject({ id: '1_older001' });
    expect(calls()).toEqual(['livestream.list']);
    expect(server.asked[0]?.body.filter).toMatchObject({ referenceIdEqual: key, orderBy: '+createdAt' });
  });

  it('takes two round trips when nothing was made before', async () => {
    await kaltura.create(plan, key, true);
    expect(calls()).toEqual(['livestream.list', 'livestream.add']);
  });
});

describe('the conversion profile of a plan', () => {
  const answerAll = (asked: Asked): Answer => {
    if (isAdd(asked)) return added;
    return { json: asked.requests.length === 5 ? [listOf(), ...accountAnswers] : accountAnswers };
  };

  it.each(['52', 'passthrough', 'Passthrough_Live'])('is found by %s', async (profile) => {
    server.answer = answerAll;
    await kaltura.create({ ...plan, profile }, key, false);
    expect(sentEntry()).toMatchObject({ conversionProfileId: 52 });
    expect(calls()).toEqual(['multirequest', 'livestream.add']);
  });

  it('costs no round trip when the account is known, and none of its own when a look comes first', async () => {
    server.answer = answerAll;
    await kaltura.create({ ...plan, profile: 'Passthrough' }, key, true);
    expect(calls()).toEqual(['multirequest', 'livestream.add']);
    await kaltura.create({ ...plan, profile: 'Passthrough' }, 'other', false);
    expect(calls()).toEqual(['multirequest', 'livestream.add', 'livestream.add']);
  });

  it('that the account does not have is refused with those it has', async () => {
    server.answer = answerAll;
    await expect(kaltura.create({ ...plan, profile: 'Cloud' }, key, false)).rejects.toMatchObject({
      code: 'invalid',
      hint: expect.stringContaining('"Passthrough"'),
    });
    expect(calls()).toEqual(['multirequest']);
  });

  it('does not matter when the webcast was made before', async () => {
    server.answer = () => ({ json: [listOf(liveEntry()), ...accountAnswers] });
    expect(await kaltura.create({ ...plan, profile: 'gone' }, key, true)).toMatchObject({ id: '1_town0001' });
  });
});

describe('an unclear outcome', () => {
  const faults: [string, Answer][] = [
    ['a lost answer', { fault: 'reset' }],
    ['an answer cut short', { fault: 'cut' }],
    ['no answer in time', { fault: 'hang' }],
    ['HTTP 502', { text: '<html>Bad gateway</html>', status: 502 }],
    ['truncated JSON', { text: '{"id":"1_to' }],
    ['a web page', { text: '<html>' }],
    ['an error inside Kaltura', { json: exception('INTERNAL_SERVERL_ERROR') }],
    ['an answer of another form', { json: { objectType: 'KalturaLiveStreamEntry' } }],
  ];

  it.each(faults)('after %s finds the one webcast that was made', async (_, fault) => {
    server.answer = (asked) => (isAdd(asked) ? fault : { json: listOf(liveEntry({ id: '1_made0001' })) });
    expect(await kaltura.create(plan, key, false)).toMatchObject({ id: '1_made0001' });
    expect(calls()).toEqual(['livestream.add', 'livestream.list']);
  });

  it('is looked for several times, since the search index is late', async () => {
    let looks = 0;
    server.answer = (asked) => {
      if (isAdd(asked)) return { fault: 'reset' };
      looks += 1;
      return { json: looks < 3 ? listOf() : listOf(liveEntry()) };
    };
    expect(await kaltura.create(plan, key, false)).toMatchObject({ id: '1_town0001' });
    expect(clock.waits).toEqual([500, 1500, 3000]);
  });

  it('says that nothing was found and that trying again is safe; the write is sent once', async () => {
    server.answer = (asked) => (isAdd(asked) ? { fault: 'reset' } : { json: listOf() });
    await expect(kaltura.create(plan, key, false)).rejects.toMatchObject({
      code: 'outcome_unknown',
      hint: expect.stringContaining('Trying again is safe'),
    });
    expect(server.asked.filter(isAdd)).toHaveLength(1);
    expect(server.asked).toHaveLength(5);
  });

  it('is bounded when Kaltura is gone altogether', async () => {
    server.answer = () => ({ fault: 'reset' });
    await expect(kaltura.create(plan, key, false)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(server.asked).toHaveLength(5);
  });

  it('is found, not made again, when the person tries again', async () => {
    server.answer = (asked) => (isAdd(asked) ? { fault: 'reset' } : { json: listOf() });
    await kaltura.create(plan, key, false).catch(() => undefined);
    server.answer = (asked) => (isAdd(asked) ? added : { json: listOf(liveEntry({ id: '1_made0001' })) });
    expect(await kaltura.create(plan, key, true)).toMatchObject({ id: '1_made0001' });
    expect(server.asked.filter(isAdd)).toHaveLength(1);
  });
});

describe('a clear refusal', () => {
  it.each<[string, Record<string, string>, string, RegExp]>([
    ['RECORDING_DISABLED', {}, 'refused', /recording "off"/],
    ['SERVICE_FORBIDDEN', { SERVICE: 'livestream->add' }, 'forbidden', /LIVE_STREAM_ADD/],
    ['CONVERSION_PROFILE_ID_NOT_FOUND', { ID: '51' }, 'invalid', /Choose another/],
    [
      'PROPERTY_VALIDATION_MAX_LENGTH',
      { PROP_NAME: 'KalturaLiveStreamEntry::name', MAX: '256' },
      'invalid',
      /Change it/,
    ],
    ['PROPERTY_VALIDATION_ADMIN_PROPERTY', { PROP_NAME: 'KalturaLiveStreamEntry::adminTags' }, 'forbidden', /admin/],
    ['INVALID_PARAMETER_CHAR', {}, 'invalid', /without them/],
  ])('%s is told in words and looked for nowhere', async (code, args, botCode, hint) => {
    server.answer = () => ({ json: exception(code, args) });
    await expect(kaltura.create(plan, key, false)).rejects.toMatchObject({
      code: botCode,
      hint: expect.stringMatching(hint),
    });
    expect(calls()).toEqual(['livestream.add']);
  });

  it('of the rate limiter is not taken for an unclear outcome', async () => {
    server.answer = () => ({ json: 'Access to livestream->add was rate limited' });
    await expect(kaltura.create(plan, key, false)).rejects.toMatchObject({ code: 'busy' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('the reference of a key', () => {
  it('is the key itself where Kaltura takes it, else a short hash that stays the same', () => {
    expect(referenceOf('slack:T1.V-1')).toBe('slack:T1.V-1');
    for (const odd of ['a', 'x'.repeat(101), 'two words', 'comma,comma', 'ünï'])
      expect(referenceOf(odd)).toMatch(/^[0-9a-f]{64}$/);
    expect(referenceOf('two words')).toBe(referenceOf('two words'));
    expect(referenceOf('two words')).not.toBe(referenceOf('two  words'));
  });
});
