import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebClient } from '@slack/web-api';
import { callApi, formView, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

describe('a story from command to message', () => {
  it('goes from slash command through a modal to a message with a button', async () => {
    const { double, workspace, app } = scene;
    const client = new WebClient(scene.token, { slackApiUrl: scene.apiUrl });
    const ada = workspace.user('ada');

    const command = await ada.runs('/webcast create');
    expect(command.failure).toBeUndefined();
    await client.views.open({ trigger_id: String(command.payload.trigger_id), view: formView() as never });
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
      blocks: [
        {
          type: 'actions',
          block_id: 'b',
          elements: [
            {
              type: 'button',
              action_id: 'golive',
              text: { type: 'plain_text', text: 'Go live' },
              confirm: { text: { type: 'mrkdwn', text: 'Sure?' } },
            },
          ],
        },
      ],
    });
    const [message] = double.messages('live-events');
    if (message === undefined) throw new Error('no message');
    expect(await ada.clicks(message, 'Go live', { confirm: false })).toBeUndefined();
    const click = await ada.clicks(message, 'Go live');
    expect(click?.dialog?.text).toBe('Sure?');
    const response = await fetch(String(click?.payload.response_url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ replace_original: true, text: 'On air' }),
    });
    expect(response.status).toBe(200);
    expect(double.messages('live-events').map((one) => one.text)).toEqual(['On air']);
    expect(double.complaints).toEqual([]);
  });

  it('refuses a form in words that point at the place', async () => {
    const answer = await callApi(scene, 'views.open', {
      trigger_id: 'x',
      view: formView({ title: { type: 'plain_text', text: 'A title that is much too long' } }),
    });
    expect(answer.body).toEqual({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
    });
  });
});
