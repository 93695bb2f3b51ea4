import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readBody } from '../doubles/body.js';
import { createSlackDouble } from '../doubles/slack/index.js';
import type { Audience, Post } from './audience.js';

const signingSecret = 'signing-secret-of-the-chaos';
const botToken = 'xoxb-0000-chaos-0000';

/** A workspace of the strict Slack; each bot has a line of its own to it, so that it is known who posted what. */
export async function openSlack(count: number): Promise<Audience> {
  const double = createSlackDouble();
  const { url } = await double.start();
  const names = Array.from({ length: count }, (_, n) => `channel-${n}`);
  const workspace = double.workspace({
    signingSecret,
    botToken,
    scopes: ['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'],
    users: [{ name: 'ada' }],
    channels: names.map((name) => ({ name })),
  });
  const posts: Post[] = [];
  const lines: Line[] = [];
  return {
    platform: 'slack',
    tenant: workspace.teamId,
    channels: names.map((name) => workspace.channelId(name)),
    posts: () => posts,
    messages: (channel) => double.messages(channel).map(({ text }) => text),
    prepare: async () => {},
    async connect(bot) {
      const line = await openLine(url, (channel) => posts.push({ bot, channel }));
      lines.push(line);
      return { SLACK_SIGNING_SECRET: signingSecret, SLACK_BOT_TOKEN: botToken, SLACK_API_URL: `${line.url}/api/` };
    },
    until: double.until,
    complaints: double.complaints,
    async stop() {
      await Promise.all(lines.map((line) => line.close()));
      await double.stop();
    },
  };
}

interface Line {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a port of its own, passes every call on, and tells of the posts before it does. */
async function openLine(url: string, posting: (channel: string) => void): Promise<Line> {
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readBody(request)).toString('utf8');
    const path = request.url ?? '/';
    if (path.endsWith('/chat.postMessage')) posting(new URLSearchParams(body).get('channel') ?? '');
    const { method = 'POST', headers } = request;
    const { authorization = '', 'content-type': type = '' } = headers;
    const answer = await fetch(`${url}${path}`, { method, body, headers: { authorization, 'content-type': type } });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }
  // A bot that is killed leaves its calls behind half made.
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The line has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
