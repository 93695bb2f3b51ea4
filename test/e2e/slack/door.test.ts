import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Rig, signingSecret, startRig } from './rig.js';

describe('the door to Slack', () => {
  let rig: Rig;
  const form = 'application/x-www-form-urlencoded';
  const line = new URLSearchParams({
    command: '/webcast',
    text: 'help',
    team_id: 'T0WEBCAST1',
    channel_id: 'C0WEBCAST1',
    user_id: 'U0WEBCAST1',
    trigger_id: '1.2.abc',
    response_url: 'http://127.0.0.1:9/none',
    is_enterprise_install: 'false',
  }).toString();

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  beforeEach(() => {
    rig.inbounds.length = 0;
    rig.script = {};
  });

  function knock(body: string, options: { type?: string; late?: number; secret?: string; signed?: boolean } = {}) {
    const stamp = Math.floor(rig.clock.now() / 1000) - (options.late ?? 0);
    const signature = createHmac('sha256', options.secret ?? signingSecret)
      .update(`v0:${stamp}:${body}`)
      .digest('hex');
    return fetch(`${rig.url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': options.type ?? form,
        ...(options.signed !== false && {
          'x-slack-request-timestamp': String(stamp),
          'x-slack-signature': `v0=${signature}`,
        }),
      },
      body,
    });
  }

  it.each([
    ['unsigned', { signed: false }],
    ['signed by another secret', { secret: 'another' }],
    ['stamped 301 s ago', { late: 301 }],
    ['stamped 301 s ahead', { late: -301 }],
  ])('refuses a request that is %s', async (_, options) => {
    const answer = await knock(line, options);
    expect(answer.status).toBe(401);
    expect(rig.inbounds).toHaveLength(0);
  });

  it.each([
    ['299 s ago', 299],
    ['299 s ahead', -299],
  ])('lets a request in that is stamped %s', async (_, late) => {
    expect((await knock(line, { late })).status).toBe(200);
    expect(rig.inbounds).toHaveLength(1);
  });

  it('reads a form whatever parameters its content type carries', async () => {
    const answer = await knock(line, { type: `${form}; charset=utf-8` });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ response_type: 'ephemeral' });
  });

  it('answers the unsigned check of the certificate, and takes nothing else from it', async () => {
    const answer = await knock(`ssl_check=1&token=x&${line}`, { signed: false });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(rig.inbounds).toHaveLength(0);
  });

  it('gives the challenge back to Slack alone', async () => {
    const body = JSON.stringify({ type: 'url_verification', challenge: 'abc', token: 'x' });
    const answer = await knock(body, { type: 'application/json' });
    expect(await answer.json()).toEqual({ challenge: 'abc' });
    expect((await knock(body, { type: 'application/json', signed: false })).status).toBe(401);
  });

  it.each([
    ['a note that events are held back', { type: 'app_rate_limited', minute_rate_limited: 1, team_id: 'T1' }],
    ['an event', { type: 'event_callback', team_id: 'T1', event: { type: 'app_uninstalled' }, event_id: 'E1' }],
    ['a kind of request that nobody knows', { type: 'something_new' }],
  ])('answers %s at once with 200', async (_, body) => {
    expect((await knock(JSON.stringify(body), { type: 'application/json' })).status).toBe(200);
  });

  it.each(['workflow_step_edit', 'shortcut', 'view_closed'])(
    'answers an interaction of type %s at once',
    async (type) => {
      const payload = JSON.stringify({ type, team: { id: 'T1' }, user: { id: 'U1' }, callback_id: 'x', view: {} });
      const answer = await knock(new URLSearchParams({ payload }).toString());
      expect(answer.status).toBe(200);
    },
  );

  it.each([
    ['a payload that is no JSON', 'payload=%7Bbroken', form],
    ['JSON that is cut off', '{"type":', 'application/json'],
    ['JSON that is no object', '[1]', 'application/json'],
  ])('refuses %s with 400', async (_, body, type) => {
    expect((await knock(body, { type })).status).toBe(400);
  });

  it('answers in words when a command lacks what Slack always sends', async () => {
    const answer = await knock('command=%2Fwebcast&text=help&team_id=T1');
    expect(await answer.json()).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('reference'),
    });
  });

  it('keeps tokens, trigger ids and response addresses out of the log', async () => {
    await knock(line);
    await knock('command=%2Fwebcast&text=help&team_id=T1&response_url=http://127.0.0.1:9/none');
    const log = rig.logged.join('\n');
    for (const secret of [signingSecret, 'xoxb-', '1.2.abc', '127.0.0.1:9/none']) expect(log).not.toContain(secret);
  });
});

describe('a workspace that the bot may not act for', () => {
  it.each([
    ['is not installed', async () => undefined, 'Install it here: https://bot.example.com/slack/install'],
    [
      'cannot be looked up',
      async () => {
        throw new Error('the store is away');
      },
      'cannot look up this workspace',
    ],
  ])('that %s hears so in words', async (_, get, words) => {
    const installations = { get, save: async () => undefined, delete: async () => undefined };
    const rig = await startRig({ installations });
    try {
      const delivery = await rig.workspace.user('ada').runs('/webcast status');
      expect(delivery.answer).toContain(words);
      expect(rig.inbounds).toHaveLength(0);
    } finally {
      await rig.stop();
    }
  });
});
