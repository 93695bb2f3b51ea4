import { createServer } from 'node:http';
import { isObject, type JsonObject, parseJson } from '../../../doubles/json.js';
import {
  createSlackDouble,
  type SlackDouble,
  type SlackDoubleOptions,
  type SlackWorkspace,
} from '../../../doubles/slack/index.js';

export interface Heard {
  headers: Record<string, string | string[] | undefined>;
  raw: string;
  fields: JsonObject;
}

export type Answer = { status?: number; json?: unknown; text?: string; contentType?: string };

/** A hand-made app: hears deliveries, answers what the test tells it to. */
export interface App {
  url: string;
  heard: Heard[];
  answer(answer: (heard: Heard) => Answer | Promise<Answer>): void;
  stop(): Promise<void>;
}

/** Starts a server that answers 200 with nothing until told otherwise. */
async function startApp(): Promise<App> {
  const heard: Heard[] = [];
  let respond: (heard: Heard) => Answer | Promise<Answer> = () => ({});
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const raw = Buffer.concat(chunks).toString('utf8');
    const form = new URLSearchParams(raw);
    const parsed = parseJson(form.get('payload') ?? raw);
    const hearing = { headers: request.headers, raw, fields: isObject(parsed) ? parsed : Object.fromEntries(form) };
    heard.push(hearing);
    const answer = await respond(hearing);
    const body = answer.json === undefined ? (answer.text ?? '') : JSON.stringify(answer.json);
    const type = answer.contentType ?? (answer.json === undefined ? 'text/plain' : 'application/json');
    response.writeHead(answer.status ?? 200, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/slack/events`,
    heard,
    answer: (next) => {
      respond = next;
    },
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

export interface Scene {
  double: SlackDouble;
  workspace: SlackWorkspace;
  app: App;
  apiUrl: string;
  url: string;
  token: string;
  /** The fake clock, in milliseconds; set it to move time. */
  time: { now: number };
  stop(): Promise<void>;
}

export const SCOPES = [
  ...[
    'chat:write',
    'commands',
    'users:read',
    'users:read.email',
    'channels:read',
    'groups:read',
    'im:read',
    'im:write',
  ],
  ...['files:write', 'usergroups:read'],
];

/** Starts a double with one workspace (ada, grace; live-events, quiet, secret, old) and a hand-made app. */
export async function startScene(scopes: string[] = SCOPES, options: SlackDoubleOptions = {}): Promise<Scene> {
  const time = { now: 1_800_000_000_000 };
  const double = createSlackDouble({ clock: { now: () => time.now }, ...options });
  const app = await startApp();
  const { apiUrl, url } = await double.start();
  const workspace = double.workspace({
    signingSecret: 'signing-secret',
    botToken: 'xoxb-test',
    scopes,
    users: [
      { name: 'ada', tz: 'Europe/Paris', email: 'ada@example.com' },
      { name: 'grace', tz: 'America/New_York' },
    ],
    channels: [
      { name: 'live-events' },
      { name: 'quiet', bot: false },
      { name: 'secret', private: true, bot: false },
      { name: 'old', archived: true },
      { name: 'alone', members: ['ada'] },
    ],
    usergroups: { S0000000001: ['ada'] },
    requestUrl: app.url,
  });
  return {
    double,
    workspace,
    app,
    apiUrl,
    url,
    token: 'xoxb-test',
    time,
    stop: async () => {
      await double.stop();
      await app.stop();
    },
  };
}

/** Calls a Web API method by hand, as JSON. */
export async function callApi(scene: Scene, method: string, args: JsonObject, token: string | undefined = scene.token) {
  const response = await fetch(`${scene.apiUrl}${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(args),
  });
  const body: unknown = await response.json();
  if (!isObject(body)) throw new Error('not an object');
  return { status: response.status, headers: response.headers, body };
}

/** A small form with one of each often used input. */
export function formView(extra: JsonObject = {}): JsonObject {
  const text = (value: string) => ({ type: 'plain_text', text: value });
  return {
    type: 'modal',
    callback_id: 'create',
    title: text('New webcast'),
    submit: text('Create'),
    blocks: [
      {
        type: 'input',
        block_id: 'name',
        label: text('Name'),
        element: { type: 'plain_text_input', action_id: 'v', max_length: 10 },
      },
      {
        type: 'input',
        block_id: 'start',
        label: text('Start'),
        optional: true,
        element: { type: 'datetimepicker', action_id: 'v', initial_date_time: 1_800_000_000 },
      },
      {
        type: 'input',
        block_id: 'options',
        label: text('Options'),
        optional: true,
        element: { type: 'checkboxes', action_id: 'v', options: [{ text: text('Record'), value: 'rec' }] },
      },
      {
        type: 'input',
        block_id: 'webcast',
        label: text('Webcast'),
        optional: true,
        element: { type: 'external_select', action_id: 'find', min_query_length: 2 },
      },
    ],
    ...extra,
  };
}

/** An actions block with a Go live button behind a confirmation dialog. */
export function golive() {
  return {
    type: 'actions' as const,
    block_id: 'acts',
    elements: [
      {
        type: 'button' as const,
        action_id: 'golive',
        text: { type: 'plain_text' as const, text: 'Go live' },
        confirm: {
          title: { type: 'plain_text' as const, text: 'Go live?' },
          text: { type: 'mrkdwn' as const, text: 'Viewers will see it.' },
        },
      },
    ],
  };
}

/** Opens a modal for ada from a slash command and returns it. */
export async function openForm(scene: Scene, view: JsonObject = formView()) {
  const ada = scene.workspace.user('ada');
  const command = await ada.runs('/webcast create', { in: 'live-events' });
  const opened = await callApi(scene, 'views.open', { trigger_id: command.payload.trigger_id, view });
  const modal = ada.modal();
  if (modal === undefined) throw new Error(`no modal: ${JSON.stringify(opened.body)}`);
  return { ada, modal, triggerId: command.payload.trigger_id };
}

/** Posts a message to live-events and returns it. */
export async function postMessage(scene: Scene, args: JsonObject = {}) {
  const channel = scene.workspace.channelId('live-events');
  const posted = await callApi(scene, 'chat.postMessage', { channel, text: 'All hands', blocks: [golive()], ...args });
  const message = scene.workspace.messages('live-events').at(-1);
  if (message === undefined) throw new Error(`no message: ${JSON.stringify(posted.body)}`);
  return message;
}
