import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { postMessage, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());
const lastHeard = () => {
  const heard = scene.app.heard.at(-1);
  if (heard === undefined) throw new Error('nothing was delivered');
  return heard;
};

describe('a delivery', () => {
  it('is signed over the raw body', async () => {
    await scene.workspace.user('ada').runs('/webcast create "All hands"');
    const { headers, raw } = lastHeard();
    const digest = createHmac('sha256', 'signing-secret').update(`v0:1800000000:${raw}`).digest('hex');
    expect(headers).toMatchObject({
      'x-slack-request-timestamp': '1800000000',
      'x-slack-signature': `v0=${digest}`,
      'content-type': 'application/x-www-form-urlencoded',
    });
  });

  it('can be stale, forged or unsigned, to be refused', async () => {
    scene.app.answer(() => ({ status: 401 }));
    const ada = scene.workspace.user('ada');
    expect((await ada.runs('/webcast', { skew: -301 })).status).toBe(401);
    expect(lastHeard().headers['x-slack-request-timestamp']).toBe('1799999699');
    expect((await ada.runs('/webcast', { signingSecret: 'other' })).failure).toBe('dispatch_failed');
    expect((await ada.runs('/webcast', { unsigned: true })).failure).toBe('dispatch_failed');
    expect(lastHeard().headers).not.toHaveProperty('x-slack-signature');
    expect(scene.double.complaints).toEqual([]);
  });

  it('can be repeated to the byte', async () => {
    const message = await postMessage(scene);
    const click = await scene.workspace.user('ada').clicks(message, 'golive');
    if (click === undefined) throw new Error('not clicked');
    scene.time.now += 60_000;
    await scene.workspace.resend(click);
    const [first, second] = scene.app.heard;
    expect(second?.raw).toBe(first?.raw);
    expect(second?.headers['x-slack-request-timestamp']).toBe('1800000060');
  });

  it('of a command escapes nothing and carries strings only', async () => {
    await scene.workspace.user('ada').runs('/webcast create “All hands” & more', { in: 'dm' });
    const { fields } = lastHeard();
    expect(fields).toMatchObject({
      command: '/webcast',
      text: 'create “All hands” & more',
      channel_name: 'directmessage',
    });
    expect(fields.is_enterprise_install).toBe('false');
  });

  it('of a command turns names into mentions for apps that asked for it', async () => {
    await scene.workspace.user('ada').runs('/webcast subscribe #live-events @grace @nobody', { escape: true });
    const [channel, grace] = [scene.workspace.channelId('live-events'), scene.workspace.user('grace').id];
    expect(lastHeard().fields.text).toBe(`subscribe <#${channel}|live-events> <@${grace}|grace> @nobody`);
  });

  it('may not carry a body back where Slack reads none', async () => {
    scene.app.answer(() => ({ json: { text: 'x' } }));
    await scene.workspace.user('ada').shortcut('new');
    expect(scene.double.takeComplaints(/ignores the body/)).toHaveLength(1);
  });
});

describe('an event', () => {
  it('is repeated three times with the same id until it is taken', async () => {
    const statuses = [500, 500, 200];
    scene.app.answer(() => ({ status: statuses.shift() ?? 200 }));
    const waits: number[] = [];
    const delivery = await scene.workspace.sendEvent(
      { type: 'app_uninstalled' },
      { retries: { wait: (milliseconds) => void waits.push(milliseconds) } },
    );
    expect(delivery.failure).toBeUndefined();
    expect(waits).toEqual([0, 60_000]);
    expect(new Set(scene.app.heard.map(({ fields }) => fields.event_id)).size).toBe(1);
    expect(scene.app.heard.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2']);
    expect(lastHeard().headers['x-slack-retry-reason']).toBe('http_error');
  });

  it('ends the tokens when the app is uninstalled', async () => {
    const [revoked, gone] = await scene.workspace.uninstall();
    expect(revoked?.payload.event).toMatchObject({
      type: 'tokens_revoked',
      tokens: { bot: [scene.workspace.botUserId] },
    });
    expect(gone?.payload.event).toMatchObject({ type: 'app_uninstalled' });
    expect(scene.workspace.state.tokens.get(scene.token)?.status).toBe('uninstalled');
  });

  it('verifies the address by a challenge', async () => {
    scene.app.answer(({ fields }) => ({ json: { challenge: fields.challenge } }));
    await scene.workspace.verifyUrl();
    expect(scene.double.complaints).toEqual([]);
    scene.app.answer(() => ({}));
    await scene.workspace.verifyUrl();
    expect(scene.double.complaints).toEqual(['url_verification: the challenge did not come back']);
  });
});
