// Plays a show in the real program against the strict Slack and the behaving Kaltura, and hands back what people saw.
import { createSlackDouble } from '../../test/doubles/slack/index.ts';
import { runStory, startBot, startKaltura } from './bot.mjs';
import { createStoryClock } from './clock.mjs';

const signingSecret = 'signing secret of the pictures';
const botToken = 'xoxb-pictures';
const channel = 'town-hall-crew';
const minute = 60_000;

/** The create form { title, submit, close, blocks } and the messages { blocks, private, at } by name. */
export const playSlack = () => runStory(play);

async function play(dataDir, undo) {
  const clock = createStoryClock();
  const kaltura = await startKaltura({ clock, undo, recordingReadyAfter: 60 });
  const { encoder } = kaltura;

  const double = createSlackDouble({ clock });
  const { apiUrl } = await double.start();
  undo.push(() => double.stop());
  const scopes = ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read', 'users:read.email'];
  const workspace = double.workspace({
    signingSecret,
    botToken,
    scopes,
    users: [{ name: 'ada', tz: 'Europe/Berlin' }],
    channels: [{ name: channel }],
  });

  const slack = {
    environment: { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: botToken, SLACK_API_URL: apiUrl },
    connect: (address) => workspace.connect(`${address}/slack/events`),
  };
  await startBot({ dataDir, clock, undo, kaltura, platforms: [slack], prefix: 'story' });
  const ada = workspace.user('ada');
  const type = (line) => ada.runs(`/webcast ${line}`, { in: channel });
  const until = (what, look) => double.until(what, look, 20_000);
  const whisper = (words) =>
    until(words, () => workspace.ephemerals(channel, 'ada').findLast((one) => contains(one, words)));
  const posted = (words) => until(words, () => workspace.messages(channel).findLast((one) => contains(one, words)));
  const keep = (message) => ({
    blocks: structuredClone(message.blocks),
    private: message.ephemeralFor !== undefined,
    edited: message.edited,
    at: clock.now(),
  });
  const messages = {};

  await type('create');
  const form = await until('the form', () => {
    const open = ada.modal();
    return open?.body.submit && open;
  });
  await ada.fills(form, {
    Name: 'Q3 Town Hall',
    Description: 'Results of the quarter, and your questions to the board.',
    Start: Math.round(clock.now() / minute + 40) * 60,
    Duration: '45',
    Tags: 'all hands, finance',
  });
  const modal = { ...structuredClone(form.body), state: structuredClone(form.states.get(ada.id)) };
  await ada.submits(form);
  messages.planned = keep(await whisper('is planned'));
  messages.card = keep(await posted('Scheduled'));

  await type('golive');
  messages.refused = keep(await whisper('No picture arrives'));
  await type('encoder');
  messages.encoder = keep(await whisper('Encoder of'));
  clock.skip(38 * minute);
  await encoder.start();
  clock.skip(2 * minute);
  await type('golive');
  messages.ready = keep(await whisper('ready to go live'));
  const going = until('the progress', () =>
    workspace.messages(channel).find((one) => contains(one, 'Going live')),
  ).then(keep);
  const question = await whisper('ready to go live');
  await ada.clicks(question, 'Go live');
  messages.going = await going;
  messages.live = keep(await posted('Live now'));
  return { modal, messages };
}

const contains = (message, words) => JSON.stringify([message.text, message.blocks]).includes(words);
