import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { post } from './load.mjs';

// Types commands in a thread of its own, so that what else the benchmark does is not measured with them.
const { port, signingSecret, tenant, channel, status } = workerData;
/** The commands by turns, and so many milliseconds between two. */
const lines = [
  { name: 'help', text: 'help' },
  { name: 'status', text: status },
];
const pause = 20;
const patience = 10_000;

const answers = new Map();
const inbox = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    response.end('ok');
    answers.get(request.url)?.();
  });
});
inbox.listen(0, '127.0.0.1');
await once(inbox, 'listening');
const agent = new Agent({ keepAlive: true });
let said = 0;

/** Types one command; gives the milliseconds until its answer is there: in the acknowledgement, or at its response_url. */
async function type({ name, text }) {
  said += 1;
  const path = `/answer/${said}`;
  const body = new URLSearchParams({
    token: 'verification',
    team_id: tenant,
    team_domain: 'bench',
    channel_id: channel,
    channel_name: 'channel-0',
    user_id: 'U0PERSON',
    user_name: 'grace',
    command: '/webcast',
    text,
    api_app_id: 'A0000000001',
    is_enterprise_install: 'false',
    response_url: `http://127.0.0.1:${inbox.address().port}${path}`,
    trigger_id: `${Date.now()}.${said}.bench`,
  }).toString();
  const stamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  };
  const answered = new Promise((resolve) => {
    answers.set(path, resolve);
  });
  const began = performance.now();
  const { status: code, text: answer } = await post(port, { path: '/slack/events', headers, body }, agent);
  if (code !== 200) throw new Error(`/webcast ${text} was answered with ${code}`);
  if (answer === '')
    await Promise.race([answered, wait(patience).then(() => Promise.reject(new Error(`no answer to ${text}`)))]);
  answers.delete(path);
  return { name, took: performance.now() - began };
}

let typing = false;
let typed = Promise.resolve([]);

/** Types until told to stop, whether or not earlier commands were answered: people do not wait for each other. */
async function typeOn() {
  const running = [];
  for (let turn = 0; typing; turn += 1) {
    running.push(type(lines[turn % lines.length]));
    await wait(pause);
  }
  return Promise.all(running);
}

parentPort.on('message', async (order) => {
  switch (order) {
    case 'type':
      typing = true;
      typed = typeOn();
      break;
    case 'rest':
      typing = false;
      parentPort.postMessage(await typed);
      break;
    case 'leave':
      agent.destroy();
      inbox.close();
      inbox.closeAllConnections();
      parentPort.close();
      break;
    default:
      throw new Error(`unknown order ${order}`);
  }
});
