import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { Secret } from '../../../src/core/secret.js';
import { type EntryId, entryIdSchema, instant, type WebcastPlan, type Zone } from '../../../src/core/webcast.js';
import type { Credentials } from '../../../src/kaltura/client/session.js';
import { createKaltura, type KalturaGateway } from '../../../src/kaltura/index.js';
import {
  createKalturaServer,
  type KalturaServer,
  MEDIA_SERVER_PARTNER,
} from '../../../src/playground/kaltura/index.js';
import { createTestClock, createTestLog } from './scripted.js';

const plan: WebcastPlan = {
  name: 'Q3 Town Hall',
  description: 'All hands',
  tags: ['townhall'],
  start: instant(1_800_000_600_000),
  end: instant(1_800_004_200_000),
  zone: 'Europe/Berlin' as Zone,
  dvr: true,
  dvrWindow: 90,
  recording: 'per-session',
  preview: true,
  profile: 'passthrough',
  multicast: false,
  copyEntitlement: true,
  hideRecording: true,
  archive: false,
};
const playable = 1;
const authenticated = 3;

let server: KalturaServer;
let url: string;
let kaltura: KalturaGateway;
let log: ReturnType<typeof createTestLog>;

async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(`${url}/api_v3/service/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ format: 1, ...body }),
  });
  return answer.json();
}

/** Does what the media server does when an encoder's feed reaches a state, or with undefined goes away. */
async function encoder(id: EntryId, liveEntryStatus: number | undefined): Promise<void> {
  const start = { secret: server.account.mediaSecret, type: 2, partnerId: MEDIA_SERVER_PARTNER };
  const ks = z.string().parse(await post('session/action/start', start));
  const node = { ks, entryId: id, hostname: 'media.example.test', mediaServerIndex: '0', applicationName: 'kLive' };
  if (liveEntryStatus === undefined) await post('livestream/action/unregisterMediaServer', node);
  else await post('livestream/action/registerMediaServer', { ...node, liveEntryStatus });
}

/** Counts the round trips of a verb. */
async function counted<T>(verb: () => Promise<T>): Promise<{ value: T; trips: number }> {
  server.requests.clear();
  const value = await verb();
  return { value, trips: server.requests.read().total };
}

function connect(credentials: Credentials): KalturaGateway {
  const clock = createTestClock(true, instant(Date.now()));
  return createKaltura({ serviceUrl: url, partnerId: server.account.partnerId, credentials, clock, log });
}

beforeEach(async () => {
  server = createKalturaServer({ features: ['PUSH_PUBLISH'] });
  ({ url } = await server.start());
  log = createTestLog();
  kaltura = connect({ kind: 'admin secret', secret: new Secret(server.account.adminSecret) });
  await kaltura.account();
});
afterEach(async () => {
  await kaltura.stop();
  await server.stop();
});

const create = (key = 'key-1') => kaltura.create(plan, key, false);

describe('a show on a Kaltura that behaves', () => {
  it('runs from plan to recording in as many round trips as the figures say', async () => {
    const made = await counted(() => kaltura.create(plan, 'key-1', true));
    const { id } = made.value;
    expect(made.trips).toBe(2);
    expect(made.value).toMatchObject({
      name: plan.name,
      dvrWindow: 90,
      recording: 'per-session',
      preview: true,
      copyEntitlement: true,
      hideRecording: true,
      archive: false,
      feed: 'none',
      open: false,
    });
    const account = kaltura.knownAccount();
    expect(made.value.profileId).toBe(account?.profiles.find(({ name }) => name === 'Passthrough')?.id);

    const ingest = await counted(() => kaltura.ingest({ by: 'id', id }));
    expect(ingest).toMatchObject({ trips: 1, value: { found: [{ id }] } });
    expect(ingest.value.ingests.get(id)?.main.rtmps?.reveal()).toMatch(/^rtmps:/);

    await encoder(id, authenticated);
    expect((await kaltura.sight({ by: 'id', id })).sightings[0]).toMatchObject({
      main: 'connecting',
      audience: 'nothing',
    });
    await encoder(id, playable);
    const seen = await counted(() => kaltura.sight({ by: 'id', id }));
    expect(seen).toMatchObject({
      trips: 1,
      value: { sightings: [{ main: 'picture', backup: 'none', audience: 'preview' }] },
    });
    expect(seen.value.sightings[0]?.webcast).toMatchObject({ feed: 'picture', open: false });

    expect(await counted(() => kaltura.goLive(id))).toMatchObject({ trips: 1 });
    expect(await counted(() => kaltura.audience(id))).toMatchObject({ trips: 1, value: 'live' });
    expect(await kaltura.find({ by: 'id', id })).toMatchObject([{ open: true, recordingNow: 'running' }]);

    server.clock.advance(60_000);
    expect(await counted(() => kaltura.end(id))).toMatchObject({ trips: 1 });
    await encoder(id, undefined);
    const [ended] = await kaltura.find({ by: 'id', id });
    expect(ended).toMatchObject({ feed: 'none', open: false, recordingNow: 'stopped' });
    expect(ended?.lastEnded).toBeDefined();

    server.clock.advance(3_600_000);
    const recorded = await counted(() => kaltura.recordings(id));
    expect(recorded).toMatchObject({ trips: 1, value: [{ name: 'Q3 Town Hall 1', state: 'ready' }] });
    const [recording] = recorded.value;
    expect(recording?.duration).toBeGreaterThanOrEqual(60);
    expect(recording?.size).toBeGreaterThan(0);
    if (recording === undefined) throw new Error('there is no recording');
    const download = await counted(() => kaltura.download(recording.id));
    expect(download.trips).toBe(1);
    expect(download.value.reveal()).toContain(recording.id);
    expect(log.lines.join('\n')).not.toContain('djJ8');
  });

  it('finds by name, by mention and by several ids, each in one round trip', async () => {
    const { id } = await create();
    const other = await kaltura.create({ ...plan, name: 'Town Hall rehearsal', profile: undefined }, 'key-2', false);
    expect(await counted(() => kaltura.find({ by: 'words', words: 'q3 town hall' }))).toMatchObject({
      trips: 1,
      value: [{ id }],
    });
    expect(await kaltura.find({ by: 'words', words: 'rehearsal' })).toMatchObject([{ id: other.id }]);
    expect(await kaltura.find({ by: 'words', words: 'nothing like it' })).toEqual([]);
    expect(await counted(() => kaltura.find({ by: 'ids', ids: [id, other.id] }))).toMatchObject({ trips: 1 });
    const sighted = await counted(() => kaltura.sight({ by: 'words', words: 'Town Hall rehearsal' }));
    expect(sighted).toMatchObject({
      trips: 1,
      value: { sightings: [{ webcast: { id: other.id }, audience: 'nothing' }] },
    });
  });

  it('finds nothing for ids that are unknown, deleted or no webcast', async () => {
    const { id } = await create();
    await encoder(id, playable);
    await encoder(id, undefined);
    const [webcast] = await kaltura.find({ by: 'id', id });
    const recorded = webcast?.recordedEntryId;
    if (recorded === undefined) throw new Error('there is no recorded entry');
    expect(await kaltura.find({ by: 'id', id: recorded })).toEqual([]);
    const unknown = entryIdSchema.parse('0_nope0000');
    expect(await kaltura.sight({ by: 'id', id: unknown })).toEqual({ found: [], sightings: [] });
    await expect(kaltura.goLive(unknown)).rejects.toMatchObject({ code: 'not_found' });
    await expect(kaltura.audience(unknown)).rejects.toMatchObject({ code: 'not_found' });
  });

  it("offers the account's profiles and players, and multicast where the account has it", async () => {
    expect(await kaltura.account()).toMatchObject({ multicast: true, partnerId: server.account.partnerId });
    expect(await kaltura.create({ ...plan, multicast: true }, 'key-1', false)).toMatchObject({ multicast: true });
    const { value, trips } = await counted(() => kaltura.withPlayers({ by: 'words', words: 'town' }));
    expect(trips).toBe(1);
    expect(value.players.map(({ generation }) => generation).sort()).toEqual(['v2', 'v7']);
  });

  it('pages through webcasts only, newest first', async () => {
    for (const number of [1, 2, 3]) {
      await kaltura.create({ ...plan, name: `Show ${number}`, profile: undefined }, `key-${number}`, false);
      server.clock.advance(1000);
    }
    const first = await counted(() => kaltura.page(undefined, 1, 2));
    expect(first).toMatchObject({ trips: 1, value: { total: 3, webcasts: [{ name: 'Show 3' }, { name: 'Show 2' }] } });
    expect(await kaltura.page(undefined, 2, 2)).toMatchObject({ webcasts: [{ name: 'Show 1' }] });
    expect(await kaltura.page('show 2', 1, 10)).toMatchObject({ total: 1, webcasts: [{ name: 'Show 2' }] });
  });
});

describe('an app token', () => {
  const tokenOf = async (facts: object): Promise<Credentials> => {
    const { partnerId, adminSecret } = server.account;
    const ks = await post('session/action/start', { secret: adminSecret, type: 2, partnerId });
    const appToken = { objectType: 'KalturaAppToken', sessionUserId: 'bot@example.test', ...facts };
    const made = z.object({ id: z.string(), token: z.string() });
    const { id, token } = made.parse(await post('apptoken/action/add', { ks, appToken }));
    return { kind: 'app token', id, token: new Secret(token) };
  };

  it.each(['SHA1', 'SHA256', 'SHA512', 'MD5'])('that hashes with %s makes webcasts', async (hashType) => {
    await kaltura.stop();
    kaltura = connect(await tokenOf({ hashType, sessionType: 2 }));
    expect(await create()).toMatchObject({ name: plan.name });
  });

  it('of a plain user is told what it lacks', async () => {
    const { id } = await create();
    await kaltura.stop();
    kaltura = connect(await tokenOf({ sessionType: 0 }));
    await expect(kaltura.create({ ...plan, profile: undefined }, 'key-2', false)).rejects.toMatchObject({
      code: 'forbidden',
      hint: expect.stringContaining('LIVE_STREAM_ADD'),
    });
    await expect(kaltura.goLive(id)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('that was deleted is told as a matter of the credentials', async () => {
    const credentials = await tokenOf({ sessionType: 2 });
    await kaltura.stop();
    kaltura = connect({ ...credentials, ...(credentials.kind === 'app token' ? { id: '0_gone0000' } : {}) });
    await expect(kaltura.start()).rejects.toMatchObject({
      code: 'misconfigured',
      hint: expect.stringContaining('KALTURA_APP_TOKEN_ID'),
    });
  });
});

describe('a show on a Kaltura that misbehaves', () => {
  const plant = (
    kind: 'lost' | 'truncated' | 'html' | 'expired-session' | 'rate-limited',
    pattern: string,
    times = 1,
  ) => server.faults.plan({ kind, pattern, times, delay: 0, status: 502 });

  it.each(['lost', 'truncated'] as const)(
    'makes one webcast when the answer of add is %s after the write',
    async (kind) => {
      plant(kind, 'livestream.add');
      const webcast = await create();
      expect(webcast).toMatchObject({ name: plan.name });
      expect(await kaltura.page(undefined, 1, 10)).toMatchObject({ total: 1, webcasts: [{ id: webcast.id }] });
      expect(await kaltura.create(plan, 'key-1', true)).toMatchObject({ id: webcast.id });
    },
  );

  it('says that the outcome is unknown when nothing was written', async () => {
    plant('html', 'livestream.add');
    await expect(create()).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(await kaltura.page(undefined, 1, 10)).toMatchObject({ total: 0 });
  });

  it('gets over a session that expires in the middle of going live', async () => {
    const { id } = await create();
    plant('expired-session', 'livestream.update');
    await kaltura.goLive(id);
    expect(await kaltura.find({ by: 'id', id })).toMatchObject([{ open: true }]);
  });

  it('gets over two error pages in a row, and does not press on when it is asked to slow down', async () => {
    const { id } = await create();
    plant('html', 'livestream.list', 2);
    expect(await kaltura.find({ by: 'id', id })).toHaveLength(1);
    plant('rate-limited', 'livestream.list');
    await expect(kaltura.find({ by: 'id', id })).rejects.toMatchObject({ code: 'busy' });
  });

  it('gets over a session that the server let expire long ago', async () => {
    const { id } = await create();
    server.clock.advance(48 * 3_600_000);
    expect(await kaltura.find({ by: 'id', id })).toHaveLength(1);
  });
});
