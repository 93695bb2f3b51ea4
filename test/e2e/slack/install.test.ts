import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { comeBack, createInstallations, installIn, redirectUri, scopes, setOut } from './browser.js';
import { type Rig, startRig } from './rig.js';

describe('installing the app in a workspace', () => {
  let rig: Rig;
  let installations: ReturnType<typeof createInstallations>;
  const grant = () => rig.workspace.grant({ user: 'ada', redirectUri, scopes });
  const exchanges = () => rig.double.calls('oauth.v2.access').length;

  beforeEach(async () => {
    installations = createInstallations();
    rig = await startRig({ installations });
  });

  afterEach(async () => {
    const tokens = [...rig.workspace.state.tokens.keys()];
    await rig.stop();
    const shown = rig.logged.join('\n');
    expect([...tokens, 'client-secret', 'state-secret'].filter((secret) => shown.includes(secret))).toEqual([]);
    expect(rig.double.complaints).toEqual([]);
  });

  it("begins at Slack, which is asked for the manifest's scopes and told where to send people back", async () => {
    const { start, address, state } = await setOut(rig.url);
    expect(start.status).toBe(302);
    expect(address.pathname).toBe('/oauth/v2/authorize');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: '1111.2222',
      scope: scopes.join(','),
      redirect_uri: redirectUri,
      state,
    });
    expect(start.headers.get('set-cookie')).toMatch(
      /^__Host-webcast-install=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
    );
    expect(start.headers.get('cache-control')).toBe('no-store');
  });

  it('ends with a page that says what to do next, and a bot that answers', async () => {
    expect((await rig.workspace.user('ada').runs('/webcast help')).answer).toContain('not installed');
    const page = await installIn(rig.workspace, rig.url);
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/installed in Example[\s\S]*\/invite @Webcast[\s\S]*\/webcast help/);
    expect(page.headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await rig.workspace.user('ada').runs('/webcast help')).answer).toContain('Done.');
  });

  it('gives pages that nothing keeps, frames, sniffs or adds scripts to', async () => {
    const page = await comeBack(rig.url, { code: 'x', state: 'y' });
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'/),
    });
  });

  it('shows the name of a workspace as text', async () => {
    rig.workspace.state.name = '<script>"Acme" & Sons</script>';
    const page = await (await installIn(rig.workspace, rig.url)).text();
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;&quot;Acme&quot; &amp; Sons&lt;/script&gt;');
  });

  it.each([
    ['without a cookie', () => undefined],
    ["with another browser's cookie", async () => (await setOut(rig.url)).cookie],
    ['with a cookie of its own making', () => '__Host-webcast-install=mine'],
  ])('is refused %s, and Slack is asked for nothing', async (_, cookie) => {
    const { state } = await setOut(rig.url);
    const page = await comeBack(rig.url, { code: grant(), state }, await cookie());
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('not begun in this browser');
    expect(exchanges()).toBe(0);
    expect(installations.kept.size).toBe(0);
  });

  it.each([
    ['none', () => ''],
    ['an altered one', (state: string) => state.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['one with another stamp', (state: string) => state.replace(/^./, (first) => (first === 'z' ? 'y' : 'z'))],
    ['something long', () => 'x'.repeat(8000)],
  ])('is refused with a state that is wrong: %s', async (_, alter) => {
    const { state, cookie } = await setOut(rig.url);
    const page = await comeBack(rig.url, { code: grant(), state: alter(state) }, cookie);
    expect(page.status).toBe(400);
    expect(exchanges()).toBe(0);
  });

  it('takes a state once', async () => {
    const { state, cookie } = await setOut(rig.url);
    expect((await comeBack(rig.url, { code: grant(), state }, cookie)).status).toBe(200);
    const again = await comeBack(rig.url, { code: grant(), state }, cookie);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain('used before');
    expect(exchanges()).toBe(1);
  });

  it('takes a state for ten minutes', async () => {
    const { state, cookie } = await setOut(rig.url);
    rig.clock.advance(600_001);
    const page = await comeBack(rig.url, { code: grant(), state }, cookie);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('took too long');
  });

  it('says so when it was cancelled in Slack', async () => {
    const { state, cookie } = await setOut(rig.url);
    const page = await comeBack(rig.url, { error: 'access_denied', state }, cookie);
    expect(page.status).toBe(403);
    expect(await page.text()).toContain('cancelled in Slack');
  });

  it.each([
    ['another refusal, whose words are not repeated', { error: '<script>alert(1)</script>' }],
    ['no code at all', {}],
  ])('says that Slack did not go through with it: %s', async (_, query) => {
    const { state, cookie } = await setOut(rig.url);
    const page = await comeBack(rig.url, { ...query, state }, cookie);
    expect(page.status).toBe(400);
    const text = await page.text();
    expect(text).toContain('did not go through');
    expect(text).not.toContain('alert');
  });

  it('says that a code was used before', async () => {
    const code = grant();
    const first = await setOut(rig.url);
    expect((await comeBack(rig.url, { code, state: first.state }, first.cookie)).status).toBe(200);
    const second = await setOut(rig.url);
    const page = await comeBack(rig.url, { code, state: second.state }, second.cookie);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('does not take this code');
  });

  it('tells whoever runs the bot which settings are wrong', async () => {
    rig.double.faults.add({ method: 'oauth.v2.access', effect: { kind: 'error', error: 'bad_client_secret' } });
    const page = await installIn(rig.workspace, rig.url);
    expect(page.status).toBe(502);
    expect(await page.text()).toContain('SLACK_CLIENT_SECRET');
  });

  it('says in words that Slack does not answer', async () => {
    rig.double.faults.add({ method: 'oauth.v2.access', effect: { kind: 'status', status: 503 } });
    const page = await installIn(rig.workspace, rig.url);
    expect(page.status).toBe(503);
    expect(await page.text()).toContain('Slack does not answer');
  });

  it('replaces what was there when the app is installed again', async () => {
    await installIn(rig.workspace, rig.url);
    const [before] = installations.kept.values();
    await installIn(rig.workspace, rig.url);
    expect([...installations.kept.values()]).toEqual([expect.not.stringMatching(before ?? '')]);
    await rig.slack.post(
      { tenant: rig.workspace.teamId, channel: rig.workspace.channelId('events'), direct: false },
      say('Hi'),
    );
    expect(rig.workspace.messages('events')).toHaveLength(1);
  });
});

describe('installing the app where it is', () => {
  let rig: Rig | undefined;
  afterEach(async () => rig?.stop());

  it('one workspace with its own token: is not offered', async () => {
    rig = await startRig();
    expect((await fetch(`${rig.url}/slack/install`)).status).toBe(404);
    expect(rig.slack.installer).toBeUndefined();
  });

  it('on loopback: works over http, where browsers keep no __Host- cookie', async () => {
    rig = await startRig({ installations: createInstallations(), publicUrl: 'http://localhost:3000' });
    const { start, address } = await setOut(rig.url);
    expect(start.headers.get('set-cookie')).toMatch(
      /^webcast-install=[\w-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(address.searchParams.get('redirect_uri')).toBe('http://localhost:3000/slack/oauth_redirect');
  });
});
