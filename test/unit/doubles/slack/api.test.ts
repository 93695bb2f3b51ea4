import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { callApi, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

const post = (method: string, body: string, headers: Record<string, string>) =>
  fetch(`${scene.apiUrl}${method}`, { method: 'POST', body, headers }).then(async (response) => ({
    status: response.status,
    body: await response.json(),
  }));
const form = { 'content-type': 'application/x-www-form-urlencoded' };

describe('tokens', () => {
  it.each([
    ['none', undefined, 'not_authed'],
    ['an unknown one', 'xoxb-other', 'invalid_auth'],
  ])('with %s says %s', async (_what, token, error) => {
    const response = await post('auth.test', token === undefined ? '' : `token=${token}`, form);
    expect(response).toMatchObject({ status: 200, body: { ok: false, error } });
  });

  it.each([
    ['revoked', 'token_revoked'],
    ['expired', 'token_expired'],
    ['uninstalled', 'account_inactive'],
  ] as const)('that are %s say %s', async (status, error) => {
    const token = scene.workspace.state.tokens.get(scene.token);
    if (token !== undefined) token.status = status;
    expect((await callApi(scene, 'auth.test', {})).body.error).toBe(error);
  });

  it('may stand in the body or in the header, and in both', async () => {
    const response = await post('auth.test', `token=${scene.token}`, {
      ...form,
      authorization: `Bearer ${scene.token}`,
    });
    expect(response.body).toMatchObject({
      ok: true,
      team_id: scene.workspace.teamId,
      user_id: scene.workspace.botUserId,
    });
    expect(JSON.stringify(scene.double.log)).not.toContain(scene.token);
  });

  it('of one workspace do not act in another', async () => {
    const { body } = await callApi(scene, 'auth.test', { team_id: 'T0000000099' });
    expect(body.error).toBe('invalid_arguments');
    expect(scene.double.takeComplaints(/team_id/)).toHaveLength(1);
  });

  it('without the scope are told what is needed', async () => {
    const poor = await startScene(['commands']);
    const { body } = await callApi(poor, 'chat.postMessage', { channel: 'C', text: 'x' });
    await poor.stop();
    expect(body).toEqual({ ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  });
});

describe('arguments', () => {
  it('are demanded with a pointer', async () => {
    expect((await callApi(scene, 'chat.postMessage', { text: 'x' })).body).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel [json-pointer:/channel]'] },
    });
  });

  it('have types', async () => {
    const args = { channel: scene.workspace.channelId('live-events'), text: 'x', unfurl_links: 'perhaps' };
    expect((await callApi(scene, 'chat.postMessage', args)).body.error).toBe('invalid_arguments');
    const response = await post('chat.postMessage', new URLSearchParams(args).toString(), {
      ...form,
      authorization: `Bearer ${scene.token}`,
    });
    expect(response.body).toMatchObject({ error: 'invalid_arguments' });
  });

  it('that no method knows are complained about', async () => {
    await callApi(scene, 'auth.test', { colour: 'red' });
    expect(scene.double.complaints).toEqual(['auth.test: unknown argument colour']);
  });

  it('come as form or JSON, and JSON only where the method takes it', async () => {
    const { id } = scene.workspace.user('ada');
    const auth = { authorization: `Bearer ${scene.token}` };
    expect((await post('users.info', `user=${id}`, { ...form, ...auth })).body).toMatchObject({ ok: true });
    expect((await callApi(scene, 'users.info', { user: id })).body.error).toBe('invalid_post_type');
    const noCharset = { 'content-type': 'application/json', ...auth };
    expect((await post('auth.test', '{}', noCharset)).body).toMatchObject({ ok: true, warning: 'missing_charset' });
    expect((await post('auth.test', '{', noCharset)).body).toMatchObject({ error: 'invalid_json' });
  });
});

describe('methods', () => {
  it('that do not exist are unknown, with status 200', async () => {
    expect(await callApi(scene, 'chat.shout', {})).toMatchObject({ status: 200, body: { error: 'unknown_method' } });
  });

  it('the double does not model fail loudly', async () => {
    const response = await fetch(`${scene.apiUrl}pins.add`, {
      method: 'POST',
      headers: { ...form, authorization: `Bearer ${scene.token}` },
      body: 'channel=C1',
    });
    expect(response.status).toBe(500);
    expect(scene.double.takeComplaints(/does not model pins.add/)).toHaveLength(1);
  });
});

describe('people and conversations', () => {
  const client = () => new WebClient(scene.token, { slackApiUrl: scene.apiUrl });

  it('have time zones and e-mail addresses', async () => {
    const { user } = await client().users.info({ user: scene.workspace.user('ada').id, include_locale: true });
    expect(user).toMatchObject({
      tz: 'Europe/Paris',
      tz_offset: 3600,
      locale: 'en-US',
      profile: { email: 'ada@example.com' },
    });
    const found = await client().users.lookupByEmail({ email: 'ADA@example.com' });
    expect(found.user?.id).toBe(user?.id);
  });

  it('have usergroups', async () => {
    const { users } = await client().usergroups.users.list({ usergroup: 'S0000000001' });
    expect(users).toEqual([scene.workspace.user('ada').id]);
  });

  it('hide private channels the bot is not in', async () => {
    const channel = scene.workspace.channelId('secret');
    await expect(client().conversations.info({ channel })).rejects.toMatchObject({
      data: { error: 'channel_not_found' },
    });
  });

  it('open a direct conversation once', async () => {
    const users = scene.workspace.user('grace').id;
    const first = await client().conversations.open({ users });
    const second = await client().conversations.open({ users });
    expect(second).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
  });

  it.each([
    ['users.info', 'user=U9', 'user_not_found'],
    ['users.lookupByEmail', 'email=no@example.com', 'users_not_found'],
    ['usergroups.users.list', 'usergroup=S9', 'no_such_subteam'],
    ['conversations.open', '', 'users_list_not_supplied'],
    ['conversations.info', 'channel=C9', 'channel_not_found'],
  ])('%s %s says %s', async (method, body, error) => {
    const response = await post(method, body, { ...form, authorization: `Bearer ${scene.token}` });
    expect(response.body).toMatchObject({ ok: false, error });
  });
});
