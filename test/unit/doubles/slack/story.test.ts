import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { formView, golive, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

describe('a story with the real web-api client', () => {
  it('goes from slash command through a modal to a message that is replaced', async () => {
    const { double, workspace, app } = scene;
    const client = new WebClient(scene.token, { slackApiUrl: scene.apiUrl, teamId: workspace.teamId });
    const ada = workspace.user('ada');

    const command = await ada.runs('/webcast create', { in: 'live-events' });
    expect(command.failure).toBeUndefined();
    await client.apiCall('views.open', { trigger_id: command.payload.trigger_id, view: formView() });
    const modal = await double.until('a modal', () => ada.modal());

    app.answer(({ fields }) =>
      fields.type === 'block_suggestion'
        ? { json: { options: [{ text: { type: 'plain_text', text: 'Town hall' }, value: '1_abc' }] } }
        : {},
    );
    expect(await ada.types(modal, 'webcast', 'to')).toHaveLength(1);
    await ada.fills(modal, { Name: 'All hands', options: ['Record'], webcast: 'Town hall' });
    const submission = await ada.submits(modal);
    expect(submission.failure).toBeUndefined();
    expect(app.heard.at(-1)?.fields).toMatchObject({
      view: {
        state: {
          values: {
            name: { v: { type: 'plain_text_input', value: 'All hands' } },
            start: { v: { type: 'datetimepicker', selected_date_time: 1_800_000_000 } },
            options: { v: { selected_options: [{ value: 'rec' }] } },
            webcast: { find: { selected_option: { value: '1_abc' } } },
          },
        },
      },
    });
    expect(ada.modal()).toBeUndefined();

    await client.chat.postMessage({
      channel: workspace.channelId('live-events'),
      text: 'All hands is scheduled',
      blocks: [golive()],
    });
    const message = await double.until('a message', () => double.messages('live-events')[0]);
    const click = await ada.clicks(message, 'Go live');
    const response = await fetch(String(click?.payload.response_url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replace_original: true, text: 'On air' }),
    });
    expect(response.status).toBe(200);
    expect(double.messages('live-events').map((one) => one.text)).toEqual(['On air']);
    expect(double.complaints).toEqual([]);
    expect(double.rateLimited).toBe(0);
  });

  it('uploads a file in the three steps of the client', async () => {
    const client = new WebClient(scene.token, { slackApiUrl: scene.apiUrl });
    await client.filesUploadV2({
      channel_id: scene.workspace.channelId('live-events'),
      filename: 'viewers.csv',
      file: Buffer.from('name,minutes\n'),
      initial_comment: 'Who watched',
    });
    expect(scene.double.messages('live-events').map((one) => one.text)).toEqual(['Who watched']);
    expect([...scene.workspace.state.files.values()]).toMatchObject([{ name: 'viewers.csv', completed: true }]);
    expect(scene.double.complaints).toEqual([]);
  });

  it('counts the bytes of an upload', async () => {
    const client = new WebClient(scene.token, { slackApiUrl: scene.apiUrl });
    const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({ filename: 'x.csv', length: 10 });
    await fetch(String(url), { method: 'POST', body: 'short' });
    expect(scene.double.takeComplaints(/5 bytes instead of the announced 10/)).toHaveLength(1);
    const wrong = client.files.completeUploadExternal({ files: [{ id: 'F9' }] });
    await expect(wrong).rejects.toMatchObject({ data: { error: 'file_not_found' } });
    expect((await client.files.completeUploadExternal({ files: [{ id: String(id), title: 'X' }] })).ok).toBe(true);
  });

  it('shows in blocks only pictures that are its own, complete and looked at', async () => {
    const client = new WebClient(scene.token, { slackApiUrl: scene.apiUrl });
    const channel = scene.workspace.channelId('live-events');
    const post = (id: string) =>
      client.chat.postMessage({
        channel,
        text: 'A curve',
        blocks: [{ type: 'image', slack_file: { id }, alt_text: 'A curve' }],
      });
    const upload = async (filename: string) => {
      const asked = await client.files.getUploadURLExternal({ filename, length: 3 });
      await fetch(String(asked.upload_url), { method: 'POST', body: 'PNG' });
      return String(asked.file_id);
    };
    const refused = {
      data: { error: 'invalid_blocks', errors: ['invalid slack file [json-pointer:/blocks/0/slack_file]'] },
    };
    const [picture, list] = [await upload('curve.png'), await upload('list.csv')];
    await expect(post(picture)).rejects.toMatchObject(refused);
    await client.files.completeUploadExternal({ files: [{ id: picture }, { id: list }] });
    await expect(post(list)).rejects.toMatchObject(refused);
    await expect(post('F0000000099')).rejects.toMatchObject(refused);
    expect((await post(picture)).ok).toBe(true);
  });
});
