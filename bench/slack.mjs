import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { parse } from 'node:querystring';

const signingSecret = 'a-signing-secret-of-the-bench';
const answers = {
  'auth.test': { team_id: 'T0BENCH', user_id: 'U0BOT', bot_id: 'B0BENCH' },
  'views.open': { view: { id: 'V0BENCH', hash: '1.abc' } },
  'views.update': { view: { id: 'V0BENCH', hash: '2.abc' } },
  'chat.postMessage': { channel: 'C0BENCH', ts: '1700000000.000100' },
  'chat.update': { channel: 'C0BENCH', ts: '1700000000.000100' },
  'chat.postEphemeral': { message_ts: '1700000000.000200' },
  'conversations.open': { channel: { id: 'D0BENCH' } },
  'users.info': { user: { id: 'U0ADA', name: 'ada', tz: 'Europe/Berlin', profile: { email: 'ada@example.test' } } },
};
const written = Object.fromEntries(
  Object.entries(answers).map(([method, answer]) => [method, JSON.stringify({ ok: true, ...answer })]),
);

/** A Slack that answers every call well and at once, and signs commands; it judges nothing, so it costs next to nothing. */
export async function startSlack() {
  const listeners = new Set();
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const method = request.url.replace(/^\/(?:api\/)?/, '');
      const answer = method === 'answer' ? 'ok' : (written[method] ?? '{"ok":false,"error":"unknown_method"}');
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
      response.end(answer);
      const body = Buffer.concat(chunks).toString();
      for (const listener of listeners) listener({ method, body });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;

  return {
    env: {
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_BOT_TOKEN: 'xoxb-token-of-the-bench',
      SLACK_API_URL: `${url}/api/`,
    },
    /** Tells of every call that comes in; gives what ends it. */
    watch(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** As many signed requests of one slash command as asked for, each with a trigger of its own. */
    sign(text, count) {
      const stamp = String(Math.floor(Date.now() / 1000));
      return Array.from({ length: count }, (_, index) => signOne(text, stamp, `${Date.now()}.${index}.bench`, url));
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** The trigger that a call of the Web API names. */
export const triggerOf = (body) => parse(body).trigger_id;

function signOne(text, stamp, trigger, url) {
  const body = new URLSearchParams({
    token: 'verification',
    team_id: 'T0BENCH',
    team_domain: 'bench',
    channel_id: 'C0BENCH',
    channel_name: 'events',
    user_id: 'U0ADA',
    user_name: 'ada',
    command: '/webcast',
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: `${url}/answer`,
    trigger_id: trigger,
  }).toString();
  const signature = createHmac('sha256', signingSecret).update(`v0:${stamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${signature}`,
  };
  return { path: '/slack/events', trigger, body, headers };
}
