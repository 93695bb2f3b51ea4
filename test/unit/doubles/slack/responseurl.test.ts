import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { golive, postMessage, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

async function send(url: unknown, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(String(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const command = async () =>
  (await scene.workspace.user('ada').runs('/webcast', { in: 'live-events' })).payload.response_url;
const click = async () => {
  const message = await postMessage(scene);
  const delivery = await scene.workspace.user('ada').clicks(message, 'golive');
  return { message, url: delivery?.payload.response_url };
};

describe('response_url', () => {
  it('answers the person alone unless told otherwise', async () => {
    const url = await command();
    expect(await send(url, { text: 'one' })).toEqual({ status: 200, text: 'ok' });
    await send(url, { response_type: 'in_channel', text: 'two' });
    expect(scene.workspace.ephemerals('live-events', 'ada').map((message) => message.text)).toEqual(['one']);
    expect(scene.workspace.messages('live-events').map((message) => message.text)).toEqual(['two']);
    expect(scene.double.complaints).toEqual([]);
  });

  it('serves five times', async () => {
    const url = await command();
    for (let use = 1; use <= 5; use += 1) expect((await send(url, { text: 'x' })).status).toBe(200);
    expect(await send(url, { text: 'x' })).toEqual({ status: 404, text: '{"ok":false,"error":"used_url"}' });
  });

  it('serves thirty minutes', async () => {
    const url = await command();
    scene.time.now += 30 * 60_000;
    expect((await send(url, { text: 'x' })).status).toBe(200);
    scene.time.now += 1;
    expect(await send(url, { text: 'x' })).toEqual({ status: 404, text: '{"ok":false,"error":"expired_url"}' });
  });

  it('cannot be made up', async () => {
    expect((await send(`${scene.url}/hooks/actions/T1/1/abc`, { text: 'x' })).status).toBe(404);
  });

  it('replaces the message that was clicked', async () => {
    const { message, url } = await click();
    await send(url, { replace_original: true, text: 'On air' });
    expect(scene.workspace.messages('live-events')).toEqual([message]);
    expect(message).toMatchObject({ text: 'On air', blocks: [], edited: true });
  });

  it('deletes the message that was clicked', async () => {
    const { url } = await click();
    await send(url, { delete_original: true });
    expect(scene.workspace.messages('live-events')).toEqual([]);
  });

  it('leaves the clicked message alone otherwise', async () => {
    const { message, url } = await click();
    await send(url, { text: 'Working on it' });
    expect(message.edited).toBe(false);
    expect(scene.workspace.ephemerals('live-events', 'ada')).toHaveLength(1);
  });

  it('is the only way to change an ephemeral', async () => {
    await send(await command(), { text: 'Sure?', blocks: [golive()] });
    const [whisper] = scene.workspace.ephemerals('live-events', 'ada');
    if (whisper === undefined) throw new Error('no ephemeral');
    const delivery = await scene.workspace.user('ada').clicks(whisper, 'golive');
    await send(delivery?.payload.response_url, { replace_original: true, text: 'Done' });
    expect(scene.workspace.ephemerals('live-events').map((message) => message.text)).toEqual(['Done']);
  });

  it.each([
    ['an Authorization header', { text: 'x' }, { authorization: 'Bearer xoxb-test' }, 200, /Authorization header/],
    ['invalid blocks', { text: 'x', blocks: [{ type: 'banner' }] }, {}, 400, /invalid_blocks/],
    ['nothing to say', {}, {}, 400, /no_text/],
    ['an original that is not there', { text: 'x', replace_original: true }, {}, 200, /without an original/],
    ['a channel of its own', { text: 'x', channel: 'C1' }, {}, 200, /unknown field channel/],
    ['another content type', { text: 'x' }, { 'content-type': 'text/plain' }, 200, /content-type text\/plain/],
  ])('is complained about with %s', async (_what, body, headers, status, complaint) => {
    expect((await send(await command(), body, headers)).status).toBe(status);
    expect(scene.double.takeComplaints(complaint)).toHaveLength(1);
    expect(scene.double.complaints).toEqual([]);
  });
});
