import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TeamsActivityHandler } from 'botbuilder';
import { type Forgery, forgeries } from '../../../doubles/teams/index.js';
import { type Scene, startScene } from './bot.js';
import { type Bench, requestToken, startBench } from './scripted.js';

/** What the stock adapter lets in although a bot must not: the reasons a bot needs a door of its own. */
const letIn = new Set<Forgery>([
  'key without endorsements',
  'own outgoing token',
  'outgoing token of a foreign tenant',
  'directory token for the app',
]);
const names = Object.keys(forgeries).filter((name): name is Forgery => name in forgeries);

describe('tokens for the bot', () => {
  let scene: Scene;
  beforeAll(async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    scene = await startScene(new TeamsActivityHandler());
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await scene.stop();
  });
  afterEach(() => {
    scene.double.takeComplaints(/./);
  });

  it('are good unless told', async () => {
    const delivery = await scene.tenant.user('Alex').says('hello');
    expect(delivery.status).toBe(200);
    expect(scene.double.complaints).toEqual([]);
  });

  it.each(names.filter((name) => forgeries[name] === 200 || letIn.has(name)))(
    'pass the stock adapter: %s',
    async (forgery) => {
      const delivery = await scene.tenant.user('Alex').says('hello', { forgery });
      expect(delivery.status).toBe(200);
      expect(scene.double.complaints).toHaveLength(forgeries[forgery] === 200 ? 0 : 1);
    },
  );

  it.each(names.filter((name) => forgeries[name] !== 200 && !letIn.has(name)))(
    'fail at the stock adapter: %s',
    async (forgery) => {
      const delivery = await scene.tenant.user('Alex').says('hello', { forgery });
      expect([401, 500]).toContain(delivery.status);
    },
  );

  it('fail when they come from a key withdrawn before the bot looked', async () => {
    const fresh = await startScene(new TeamsActivityHandler());
    const { kid } = fresh.double.rotateKeys();
    const delivery = await fresh.tenant.user('Alex').says('hello');
    await fresh.stop();
    expect(kid).toBe('channel-2');
    expect(delivery.status).toBe(200);
  });
});

describe('the login endpoint', () => {
  let bench: Bench;
  let now = Date.parse('2026-12-01T10:00:00Z');
  beforeEach(async () => {
    bench = await startBench({ clock: { now: () => now }, accessTokenLifetime: 600 });
  });
  afterEach(() => bench.stop());

  it('gives a token for the right secret and counts the requests', async () => {
    const reply = await requestToken(bench.tenant.environment());
    expect(reply).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 600 } });
    expect(bench.double.tokenRequests).toBe(1);
    expect(JSON.stringify(bench.double.log)).not.toContain(String(reply.body.access_token));
  });

  it.each([
    ['another secret', { client_secret: 'x' }, 401, 'invalid_client'],
    ['another application', { client_id: 'x' }, 400, 'unauthorized_client'],
    ['another scope', { scope: 'https://graph.microsoft.com/.default' }, 400, 'invalid_scope'],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ])('refuses %s', async (_what, fields, status, error) => {
    expect(await requestToken(bench.tenant.environment(), fields)).toMatchObject({ status, body: { error } });
  });

  it('refuses an unknown tenant', async () => {
    const reply = await requestToken(bench.tenant.environment(), {}, 'nowhere');
    expect(reply).toMatchObject({ status: 400, body: { error_codes: [90002] } });
  });

  it('fails as ordered', async () => {
    bench.double.faults.add({ at: 'token', effect: { kind: 'status', status: 503 } });
    expect((await requestToken(bench.tenant.environment())).status).toBe(503);
    expect((await requestToken(bench.tenant.environment())).status).toBe(200);
  });

  it('lets tokens end', async () => {
    const { id } = bench.tenant.chatOf('Alex');
    expect((await bench.ask('GET', `v3/conversations/${encodeURIComponent(id)}/pagedmembers`)).status).toBe(200);
    now += 600_000;
    expect((await bench.ask('GET', `v3/conversations/${encodeURIComponent(id)}/pagedmembers`)).status).toBe(401);
    expect(bench.double.complaints).toEqual([]);
  });
});

describe('a bearer token', () => {
  it.each(['strangerUrl', 'authorityUrl'] as const)('sent to the %s is complained about', async (host) => {
    const bench = await startBench();
    const url = host === 'authorityUrl' ? new URL(bench.tenant.environment().OAuthUrl ?? '').origin : undefined;
    bench.double.faults.add({ at: 'post', effect: { kind: 'redirect', status: 307 } });
    const redirect = await bench.ask('POST', 'v3/conversations/x/activities', { type: 'message', text: 'x' });
    const target = url ?? new URL(redirect.headers.get('location') ?? '').origin;
    await fetch(`${target}/v3/conversations`, { method: 'POST', headers: { authorization: 'Bearer x' } });
    await bench.stop();
    expect(bench.double.takeComplaints(/bearer token/)).toHaveLength(1);
  });
});
