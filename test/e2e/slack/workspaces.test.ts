import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { createInstallations, installIn } from './browser.js';
import { hold, type Rig, signingSecret, startRig } from './rig.js';

const hour = 3_600_000;

describe('many workspaces', () => {
  let rig: Rig;
  let installations: ReturnType<typeof createInstallations>;
  const ada = () => rig.workspace.user('ada');
  const post = (workspace = rig.workspace) =>
    rig.slack.post({ tenant: workspace.teamId, channel: workspace.channelId('events'), direct: false }, say('Hello'));
  const renewals = () =>
    rig.double.calls('oauth.v2.access').filter((call) => call.args.grant_type === 'refresh_token').length;
  const removed = { type: 'app_uninstalled' };
  const revoked = { type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT'] } };

  beforeEach(async () => {
    installations = createInstallations();
    rig = await startRig({ installations });
  });

  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
    expect(rig.logged.join('\n')).not.toMatch(/xoxb-|xoxe/);
  });

  it('each get what is theirs, with their own token', async () => {
    const other = rig.double.workspace({
      signingSecret,
      botToken: 'xoxb-unused',
      scopes: [],
      users: [{ name: 'ada' }],
      channels: [{ name: 'events' }],
      requestUrl: `${rig.url}/slack/events`,
    });
    await installIn(rig.workspace, rig.url);
    expect((await other.user('ada').runs('/webcast help')).answer).toContain('not installed');
    await expect(post(other)).rejects.toMatchObject({ message: expect.stringContaining('not installed') });
    await installIn(other, rig.url);
    await Promise.all([post(), post(other)]);
    expect(
      rig.double
        .calls('chat.postMessage')
        .map((call) => call.teamId)
        .sort(),
    ).toEqual([rig.workspace.teamId, other.teamId].sort());
    expect([rig.workspace.messages('events').length, other.messages('events').length]).toEqual([1, 1]);
    await other.uninstall();
    await post();
    expect(rig.workspace.messages('events')).toHaveLength(2);
  });

  it('are looked up once a minute', async () => {
    await installIn(rig.workspace, rig.url);
    installations.reads.length = 0;
    for (let times = 0; times < 3; times++) await ada().runs('/webcast help');
    await post();
    expect(installations.reads).toEqual([rig.workspace.teamId]);
    rig.clock.advance(60_000);
    await post();
    expect(installations.reads).toHaveLength(2);
  });

  it('are served at once when another replica has let them in', async () => {
    await installIn(rig.workspace, rig.url);
    const [[key, payload] = ['', '']] = installations.kept;
    await rig.workspace.sendEvent(removed);
    expect((await ada().runs('/webcast help')).answer).toContain('not installed');
    installations.kept.set(key, payload);
    expect((await ada().runs('/webcast help')).answer).toContain('Done.');
  });

  it.each([
    ['removal, then revocation', [removed, revoked]],
    ['revocation, then removal', [revoked, removed]],
    ['the same twice', [removed, removed]],
  ])('are forgotten when they go, in any order: %s', async (_, events) => {
    await installIn(rig.workspace, rig.url);
    await ada().runs('/webcast help');
    const [first, second] = events;
    expect(await rig.workspace.sendEvent(first ?? {})).toMatchObject({ status: 200 });
    expect(installations.kept.size).toBe(0);
    expect(await rig.workspace.sendEvent(second ?? {})).toMatchObject({ status: 200 });
    expect((await ada().runs('/webcast help')).answer).toContain('Install it here');
    await installIn(rig.workspace, rig.url);
    expect((await ada().runs('/webcast help')).answer).toContain('Done.');
  });

  it('are forgotten before Slack hears that its event has arrived', async () => {
    await installIn(rig.workspace, rig.url);
    const [deleting, pause] = [hold<void>(), hold<void>()];
    const { delete: remove } = installations;
    installations.delete = async (...asked) => {
      deleting.release();
      await pause.promise;
      return remove(...asked);
    };
    const sending = rig.workspace.sendEvent(removed);
    await deleting.promise;
    await ada().runs('/webcast help');
    const [delivery] = rig.double.deliveries('event');
    expect(delivery?.status).toBeUndefined();
    pause.release();
    expect(await sending).toMatchObject({ status: 200 });
  });

  it('are kept when only a person takes a token back', async () => {
    await installIn(rig.workspace, rig.url);
    await rig.workspace.sendEvent({ type: 'tokens_revoked', tokens: { oauth: ['U0ADA'] } });
    expect(installations.kept.size).toBe(1);
  });

  it('are kept when a removal is repeated after they have come back', async () => {
    await installIn(rig.workspace, rig.url);
    const delivery = await rig.workspace.sendEvent(removed);
    rig.clock.advance(30_000);
    await installIn(rig.workspace, rig.url);
    rig.clock.advance(30_000);
    await rig.workspace.resend(delivery, { number: 2, reason: 'http_timeout' });
    expect(installations.kept.size).toBe(1);
  });

  it('are forgotten when the removal comes on its second try only', async () => {
    await installIn(rig.workspace, rig.url);
    rig.clock.advance(1000);
    const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    await rig.workspace.sendEvent(removed, { headers });
    expect(installations.kept.size).toBe(0);
  });

  it.each(['token_revoked', 'account_inactive', 'invalid_auth'])('are forgotten when Slack says %s', async (error) => {
    await installIn(rig.workspace, rig.url);
    rig.double.faults.add({ method: 'chat.postMessage', effect: { kind: 'error', error } });
    await expect(post()).rejects.toMatchObject({
      code: 'cannot_post',
      message: expect.stringContaining('Install it here: https://bot.example.com/slack/install'),
    });
    expect(installations.kept.size).toBe(0);
  });

  it('keep an installation that is newer than the token that Slack refused', async () => {
    await installIn(rig.workspace, rig.url);
    const old = [...rig.workspace.state.tokens.values()].at(-1);
    if (!old) throw new Error('There is no token.');
    const pause = hold<void>();
    rig.double.faults.add({ method: 'chat.postMessage', effect: { kind: 'held', until: pause.promise } });
    const posting = post();
    await installIn(rig.workspace, rig.url);
    old.status = 'revoked';
    pause.release();
    await expect(posting).rejects.toMatchObject({ code: 'unavailable', hint: 'Try again.' });
    await post();
    expect(rig.workspace.messages('events')).toHaveLength(1);
  });

  it('renew a token that rotates before it ends, once for all who wait', async () => {
    await installIn(rig.workspace, rig.url, { rotation: true });
    await post();
    expect(renewals()).toBe(0);
    rig.clock.advance(10 * hour + 1);
    await Promise.all([post(), post(), post(), post()]);
    expect(renewals()).toBe(1);
    rig.clock.advance(11 * hour);
    await post();
    expect(renewals()).toBe(2);
    expect(rig.workspace.messages('events')).toHaveLength(6);
  });

  it('do not make help wait for a new token', async () => {
    await installIn(rig.workspace, rig.url, { rotation: true });
    rig.clock.advance(13 * hour);
    expect((await ada().runs('/webcast help')).answer).toContain('Done.');
    expect(renewals()).toBe(0);
  });

  it('go on with a token that still holds while Slack renews none', async () => {
    await installIn(rig.workspace, rig.url, { rotation: true });
    rig.clock.advance(11 * hour);
    rig.double.faults.add({ method: 'oauth.v2.access', effect: { kind: 'status', status: 503 } });
    await post();
    await post();
    expect(renewals()).toBe(2);
    expect(rig.workspace.messages('events')).toHaveLength(2);
  });

  it('take the token that another replica has renewed', async () => {
    await installIn(rig.workspace, rig.url, { rotation: true });
    const [[key, before] = ['', '']] = installations.kept;
    rig.clock.advance(11 * hour);
    await post();
    const [after = ''] = installations.kept.values();
    installations.kept.set(key, before);
    // The other replica's save comes between this one's reading and Slack's refusal.
    const { get } = installations;
    let times = 0;
    installations.get = async (...asked) => {
      times += 1;
      if (times > 2) installations.kept.set(key, after);
      return get(...asked);
    };
    rig.clock.advance(1.1 * hour);
    await post();
    expect(installations.kept.get(key)).toBe(after);
    expect(rig.workspace.messages('events')).toHaveLength(2);
  });

  it('are forgotten when their token has ended and cannot be renewed', async () => {
    await installIn(rig.workspace, rig.url, { rotation: true });
    rig.clock.advance(13 * hour);
    rig.double.faults.add({ method: 'oauth.v2.access', effect: { kind: 'error', error: 'invalid_refresh_token' } });
    await expect(post()).rejects.toMatchObject({ message: expect.stringContaining('not installed') });
    expect(installations.kept.size).toBe(0);
  });
});

describe('many workspaces over Socket Mode', () => {
  let rig: Rig;
  const installations = createInstallations();

  beforeAll(async () => {
    rig = await startRig({ installations, socket: true });
  });

  afterAll(async () => rig.stop());

  it('come and go alike', async () => {
    await rig.double.until('the socket', () => rig.double.socketConnected);
    await installIn(rig.workspace, rig.url);
    expect((await rig.workspace.user('ada').runs('/webcast help')).answer).toContain('Done.');
    await rig.workspace.uninstall();
    expect(installations.kept.size).toBe(0);
    expect((await rig.workspace.user('ada').runs('/webcast help')).answer).toContain('not installed');
  });
});
