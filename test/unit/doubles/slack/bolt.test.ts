import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { createSlackDouble, type SlackDouble, type SlackWorkspace } from '../../../doubles/slack/index.js';
import { formView, golive } from './app.js';

let double: SlackDouble;
let workspace: SlackWorkspace;
let apiUrl: string;
beforeEach(async () => {
  double = createSlackDouble();
  ({ apiUrl } = await double.start());
  workspace = double.workspace({
    signingSecret: 'signing-secret',
    botToken: 'xoxb-test',
    appToken: 'xapp-test',
    scopes: ['chat:write', 'commands'],
    users: [{ name: 'ada' }],
    channels: [{ name: 'live-events' }],
  });
});
afterEach(() => double.stop());

/** Plans a webcast by form, announces it, goes live by button. */
function speak(app: App): void {
  app.command('/webcast', async ({ ack, client, body }) => {
    await ack();
    await client.apiCall('views.open', { trigger_id: body.trigger_id, view: formView() });
  });
  app.view('create', async ({ ack, client, view }) => {
    const name = view.state.values.name?.v?.value ?? '';
    if (name === 'x') {
      await ack({ response_action: 'errors', errors: { name: 'Longer, please' } });
      return;
    }
    await ack();
    const [channel = ''] = [...workspace.state.channels.keys()];
    await client.chat.postMessage({ channel, text: name, blocks: [golive()] });
  });
  app.action('golive', async ({ ack, respond }) => {
    await ack();
    await respond({ replace_original: true, text: 'On air' });
  });
}

async function playStory(): Promise<void> {
  const ada = workspace.user('ada');
  const command = await ada.runs('/webcast create');
  expect(command.failure).toBeUndefined();
  const modal = await double.until('the form', () => ada.modal());
  await ada.fills(modal, { Name: 'x' });
  expect((await ada.submits(modal)).errors).toEqual({ name: 'Longer, please' });
  await ada.fills(modal, { Name: 'All hands' });
  await ada.submits(modal);
  const card = await double.until('the card', () => double.messages('live-events')[0]);
  await ada.clicks(card, 'Go live');
  await double.until('on air', () => card.text === 'On air');
  expect(double.complaints).toEqual([]);
}

describe('a bolt app', () => {
  it('plays the story over HTTP', async () => {
    const receiver = new HTTPReceiver({ signingSecret: 'signing-secret', logLevel: LogLevel.ERROR });
    const app = new App({
      receiver,
      token: 'xoxb-test',
      clientOptions: { slackApiUrl: apiUrl },
      logLevel: LogLevel.ERROR,
    });
    speak(app);
    const server = await receiver.start(0, undefined);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    workspace.connect(`http://127.0.0.1:${port}/slack/events`);
    await playStory();
    await app.stop();
  });

  it('plays the same story over Socket Mode', async () => {
    const receiver = new SocketModeReceiver({
      appToken: 'xapp-test',
      logLevel: LogLevel.ERROR,
      installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
    });
    const app = new App({
      receiver,
      token: 'xoxb-test',
      clientOptions: { slackApiUrl: apiUrl },
      logLevel: LogLevel.ERROR,
    });
    speak(app);
    await app.start();
    expect(double.socketConnected).toBe(true);
    await playStory();
    await app.stop();
    // bolt does not wait for the closing handshake.
    await double.until('the app has left', () => !double.socketConnected);
  });

  it('that never answers is told on', async () => {
    const receiver = new HTTPReceiver({
      signingSecret: 'signing-secret',
      logLevel: LogLevel.ERROR,
      unhandledRequestTimeoutMillis: 20,
      unhandledRequestHandler: ({ response }) => void response.writeHead(404).end(),
    });
    const app = new App({
      receiver,
      token: 'xoxb-test',
      clientOptions: { slackApiUrl: apiUrl },
      logLevel: LogLevel.ERROR,
    });
    const server = await receiver.start(0, undefined);
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    workspace.connect(`http://127.0.0.1:${port}/slack/events`);
    await workspace.user('ada').runs('/webcast create');
    await app.stop();
    expect(double.complaints).toEqual(['command: failed with the error "dispatch_failed" (status 404)']);
  });
});
