import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callApi, postMessage, SCOPES, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

const id = (name: string) => scene.workspace.channelId(name);
const errorOf = async (method: string, args: Record<string, unknown>) =>
  (await callApi(scene, method, args)).body.error;

describe('chat.postMessage', () => {
  it.each([
    ['quiet', 'not_in_channel'],
    ['secret', 'channel_not_found'],
    ['old', 'is_archived'],
  ])('does not reach #%s: %s', async (channel, error) => {
    expect(await errorOf('chat.postMessage', { channel: id(channel), text: 'hello' })).toBe(error);
  });

  it('takes ids and no names', async () => {
    expect(await errorOf('chat.postMessage', { channel: '#live-events', text: 'hello' })).toBe('channel_not_found');
  });

  it('reaches a public channel without an invitation only by chat:write.public', async () => {
    const open = await startScene([...SCOPES, 'chat:write.public']);
    const posted = await callApi(open, 'chat.postMessage', {
      channel: open.workspace.channelId('quiet'),
      text: 'hello',
    });
    const user = open.workspace.user('ada').id;
    const channel = open.workspace.channelId('quiet');
    const whispered = await callApi(open, 'chat.postEphemeral', { channel, user, text: 'hello' });
    await open.stop();
    expect(posted.body).toMatchObject({ ok: true, ts: '1800000000.000100' });
    expect(whispered.body.error).toBe('not_in_channel');
  });

  it('opens the direct conversation for a user id', async () => {
    const { id: user } = scene.workspace.user('ada');
    const posted = await callApi(scene, 'chat.postMessage', { channel: user, text: 'psst' });
    expect(posted.body.channel).toBe(scene.workspace.channelId('ada'));
    expect(scene.workspace.direct('ada').map((message) => message.text)).toEqual(['psst']);
  });

  it.each([
    ['nothing to say', {}, 'no_text'],
    ['text that is not JSON for blocks', { text: 'x', blocks: '[{' }, 'invalid_blocks_format'],
    ['a thread that is not there', { text: 'x', thread_ts: '1.000001' }, 'cannot_reply_to_message'],
    ['another name', { text: 'x', username: 'Boss' }, 'missing_scope'],
    ['as_user', { text: 'x', as_user: true }, 'as_user_not_supported'],
    ['two kinds of text', { text: 'x', markdown_text: 'y' }, 'markdown_text_conflict'],
    [
      'metadata with spaces',
      { text: 'x', metadata: { event_type: 'a b', event_payload: {} } },
      'invalid_metadata_format',
    ],
  ])('refuses %s', async (_what, args, error) => {
    expect(await errorOf('chat.postMessage', { channel: id('live-events'), ...args })).toBe(error);
  });

  it('refuses blocks with pointers, in the two places web-api reads', async () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const { body } = await callApi(scene, 'chat.postMessage', { channel: id('live-events'), text: 'x', blocks });
    expect(body).toEqual({
      ok: false,
      error: 'invalid_blocks',
      errors: ['must be less than 151 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: { messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'] },
    });
  });

  it('refuses more than 13k characters of blocks', async () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2900) } };
    const args = { channel: id('live-events'), text: 'x', blocks: Array.from({ length: 5 }, () => section) };
    expect(await errorOf('chat.postMessage', args)).toBe('msg_blocks_too_long');
  });

  it('gives block_ids and defaults back, as Slack does', async () => {
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'hi' } }];
    const { body } = await callApi(scene, 'chat.postMessage', { channel: id('live-events'), text: 'hi', blocks });
    expect(body.message).toMatchObject({
      blocks: [{ block_id: expect.stringMatching(/^\w{5}$/), text: { type: 'mrkdwn', verbatim: false } }],
    });
  });

  it('complains about a message without fallback text', async () => {
    await postMessage(scene, { text: undefined });
    expect(scene.double.takeComplaints(/no text to fall back/)).toHaveLength(1);
    expect(scene.double.complaints).toEqual([]);
  });

  it('complains about broadcasts, stray signs and secrets', async () => {
    await postMessage(scene, { text: '<!channel> a < b xoxb-test' });
    expect(scene.double.complaints).toEqual([
      expect.stringContaining('broadcast mention <!channel>'),
      expect.stringContaining('unescaped <'),
      expect.stringContaining('a token in a message'),
    ]);
  });
});

describe('chat.update and chat.delete', () => {
  it('edits an own message and keeps blocks nobody mentions', async () => {
    const message = await postMessage(scene);
    const { body } = await callApi(scene, 'chat.update', { channel: message.channel, ts: message.ts, text: 'New' });
    expect(body).toMatchObject({ ok: true, text: 'New' });
    expect(message).toMatchObject({ text: 'New', edited: true, history: [{ text: 'All hands' }] });
    expect(message.blocks).toHaveLength(1);
  });

  it('refuses more than 4000 characters', async () => {
    const { channel, ts } = await postMessage(scene);
    expect(await errorOf('chat.update', { channel, ts, text: 'x'.repeat(4001) })).toBe('msg_too_long');
  });

  it('does not know ephemeral messages', async () => {
    const channel = id('live-events');
    const user = scene.workspace.user('ada').id;
    const { body } = await callApi(scene, 'chat.postEphemeral', { channel, user, text: 'only you' });
    expect(await errorOf('chat.update', { channel, ts: body.message_ts, text: 'x' })).toBe('message_not_found');
  });

  it('leaves what people wrote alone', async () => {
    const { channel, ts } = scene.workspace.user('ada').says('live-events', 'hello');
    expect(await errorOf('chat.update', { channel, ts, text: 'x' })).toBe('cant_update_message');
    expect(await errorOf('chat.delete', { channel, ts })).toBe('cant_delete_message');
  });

  it('forgets a deleted message', async () => {
    const { channel, ts } = await postMessage(scene);
    await callApi(scene, 'chat.delete', { channel, ts });
    expect(scene.workspace.messages('live-events')).toEqual([]);
    expect(await errorOf('chat.delete', { channel, ts })).toBe('message_not_found');
  });
});

describe('chat.postEphemeral', () => {
  it('reaches members only', async () => {
    const user = scene.workspace.user('grace').id;
    scene.workspace.inviteBot('alone');
    expect(await errorOf('chat.postEphemeral', { channel: id('alone'), user, text: 'x' })).toBe('user_not_in_channel');
    expect(await errorOf('chat.postEphemeral', { channel: id('quiet'), user, text: 'x' })).toBe('not_in_channel');
  });

  it('is seen by that person alone', async () => {
    const [ada, grace] = [scene.workspace.user('ada'), scene.workspace.user('grace')];
    await callApi(scene, 'chat.postEphemeral', { channel: id('live-events'), user: ada.id, text: 'only you' });
    expect(ada.sees('live-events').map((message) => message.text)).toEqual(['only you']);
    expect(grace.sees('live-events')).toEqual([]);
    expect(scene.workspace.messages('live-events')).toEqual([]);
    expect(scene.workspace.ephemerals('live-events', 'ada')).toHaveLength(1);
  });
});
