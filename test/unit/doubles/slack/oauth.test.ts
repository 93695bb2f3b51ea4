import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { type Scene, startScene } from './app.js';

const app = { client_id: '1.2', client_secret: 'hush' };
const redirectUri = 'https://bot.example.com/slack/oauth_redirect';
const scopes = ['chat:write', 'commands'];
let scene: Scene;
let client: WebClient;
beforeEach(async () => {
  scene = await startScene(undefined, { clientId: app.client_id, clientSecret: app.client_secret });
  client = new WebClient(undefined, { slackApiUrl: scene.apiUrl });
});
afterEach(() => scene.stop());

const grant = (rotation = false) => scene.workspace.grant({ user: 'ada', redirectUri, scopes, rotation });
const exchange = (code: string, extra: Record<string, string> = {}) =>
  client.oauth.v2.access({ ...app, code, redirect_uri: redirectUri, ...extra });
const refresh = (token: string) =>
  client.oauth.v2.access({ ...app, grant_type: 'refresh_token', refresh_token: token });

describe('oauth.v2.access', () => {
  it('gives a token that works', async () => {
    const installed = await exchange(grant());
    expect(installed).toMatchObject({
      team: { id: scene.workspace.teamId },
      scope: 'chat:write,commands',
      token_type: 'bot',
    });
    const who = await new WebClient(installed.access_token, { slackApiUrl: scene.apiUrl }).auth.test();
    expect(who.team_id).toBe(scene.workspace.teamId);
  });

  it('takes a code once, within ten minutes, with the same redirect_uri and the secret', async () => {
    const code = grant();
    await expect(exchange(code, { redirect_uri: 'https://evil.example.com' })).rejects.toThrow('bad_redirect_uri');
    await expect(exchange(code, { client_secret: 'guess' })).rejects.toThrow('bad_client_secret');
    await exchange(code);
    await expect(exchange(code)).rejects.toThrow('invalid_code');
    const late = grant();
    scene.time.now += 600_001;
    await expect(exchange(late)).rejects.toThrow('invalid_code');
  });

  it('rotates: twelve hours per token, one use per refresh token', async () => {
    const installed = await exchange(grant(true));
    expect(installed).toMatchObject({ expires_in: 43_200, refresh_token: expect.stringMatching(/^xoxe-1-/) });
    const mine = new WebClient(installed.access_token, { slackApiUrl: scene.apiUrl });
    scene.time.now += 43_200_000;
    await expect(mine.auth.test()).rejects.toThrow('token_expired');
    const refreshed = await refresh(String(installed.refresh_token));
    expect(refreshed.access_token).not.toBe(installed.access_token);
    await expect(refresh(String(installed.refresh_token))).rejects.toThrow('invalid_refresh_token');
  });
});

describe('blocks.validate', () => {
  it('says what is wrong without a token', async () => {
    const ask = (args: Record<string, unknown>) =>
      fetch(`${scene.apiUrl}blocks.validate`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(args),
      }).then((response) => response.json());
    expect(await ask({ blocks: [{ type: 'divider' }] })).toEqual({ ok: true });
    expect(await ask({ blocks: [{ type: 'section', text: { type: 'text', text: 'x' } }] })).toMatchObject({
      ok: false,
      error: 'invalid_blocks',
      errors: [{ pointer: '/0/text/type', code: 'failed_constraint', field: 'type', constraint: { got: 'text' } }],
    });
    expect(await ask({ blocks: [], view: {} })).toMatchObject({ error: 'invalid_arguments' });
  });
});
