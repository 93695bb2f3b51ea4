// Plays a show in the real program against the strict Slack and the behaving Kaltura, and hands back what people saw.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../dist/config.js';
import { createEncoder } from '../../dist/playground/encoder.js';
import { createKalturaServer } from '../../dist/playground/kaltura/index.js';
import { startProgram } from '../../dist/program.js';
import { createSlackDouble } from '../../test/doubles/slack/index.ts';
import { createStoryChance, createStoryClock } from './clock.mjs';

const signingSecret = 'signing secret of the pictures';
const botToken = 'xoxb-pictures';
const channel = 'town-hall-crew';
const minute = 60_000;

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** The create form { title, submit, close, blocks } and the messages { blocks, private, at } by name. */
export async function playSlack() {
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-pictures-'));
  const undo = [() => rm(dataDir, { recursive: true })];
  try {
    return await play(dataDir, undo);
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function play(dataDir, undo) {
  const clock = createStoryClock();
  const kaltura = createKalturaServer({ clock, random: createStoryChance(), recordingReadyAfter: 60 });
  const { url } = await kaltura.start();
  undo.push(() => kaltura.stop());
  const { partnerId, adminSecret, mediaSecret } = kaltura.account;
  const encoder = createEncoder({ serviceUrl: url, partnerId, mediaSecret, clock });

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

  let ids = 0;
  const config = readConfig({
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    KALTURA_SERVICE_URL: url,
    KALTURA_PARTNER_ID: String(partnerId),
    KALTURA_ADMIN_SECRET: adminSecret,
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: botToken,
    SLACK_API_URL: apiUrl,
  });
  const program = await startProgram(config, {
    clock,
    newId: () => `story-${++ids}`,
    log: quiet,
    input: process.stdin,
    output: process.stdout,
  });
  undo.push(() => program.stop());
  workspace.connect(`http://127.0.0.1:${program.port}/slack/events`);
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
