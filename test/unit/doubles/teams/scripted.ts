import { createServer } from 'node:http';
import { isObject, type JsonObject, parseJson } from '../../../doubles/json.js';
import {
  createTeamsDouble,
  type TeamsDouble,
  type TeamsDoubleOptions,
  type TeamsTenant,
} from '../../../doubles/teams/index.js';

interface Answer {
  status?: number;
  json?: unknown;
  text?: string;
}

/** The double with one tenant and a hand-made bot that answers what the test tells it to. */
export interface Bench {
  double: TeamsDouble;
  tenant: TeamsTenant;
  /** Activities the bot received, oldest first. */
  heard: JsonObject[];
  /** The authorization headers of the requests the bot received. */
  tokens: (string | undefined)[];
  answer(answer: Answer | ((activity: JsonObject) => Answer)): void;
  /** Calls the connector as the bot does; `path` stands below the service address. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Calls the connector with a good token. */
  ask(method: string, path: string, body?: unknown): Promise<Reply>;
  stop(): Promise<void>;
}

export interface Reply {
  status: number;
  headers: Headers;
  body: JsonObject;
}

async function read(response: Response): Promise<Reply> {
  const parsed = parseJson(await response.text());
  return { status: response.status, headers: response.headers, body: isObject(parsed) ? parsed : { value: parsed } };
}

/** Asks the login endpoint for an access token with the environment's credentials, some of them replaced. */
export async function requestToken(
  env: Record<string, string>,
  fields: Record<string, string> = {},
  tenant = env.MicrosoftAppTenantId,
): Promise<Reply> {
  const login = new URL(env.ToChannelFromBotLoginUrl ?? '');
  const form = {
    grant_type: 'client_credentials',
    client_id: env.MicrosoftAppId ?? '',
    client_secret: env.MicrosoftAppPassword ?? '',
    scope: `${env.ToChannelFromBotOAuthScope}/.default`,
    ...fields,
  };
  const body = new URLSearchParams(form);
  return read(await fetch(`${login.origin}/${tenant}/oauth2/v2.0/token`, { method: 'POST', body }));
}

/** Starts the double and the bot. */
export async function startBench(options: TeamsDoubleOptions = {}): Promise<Bench> {
  const double = createTeamsDouble(options);
  await double.start();
  const tenant = double.tenant();
  const heard: JsonObject[] = [];
  const tokens: (string | undefined)[] = [];
  let respond: (activity: JsonObject) => Answer = () => ({});
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const parsed = parseJson(Buffer.concat(chunks).toString('utf8'));
    const activity = isObject(parsed) ? parsed : {};
    heard.push(activity);
    tokens.push(request.headers.authorization);
    const { status = 200, json, text } = respond(activity);
    const headers: Record<string, string> = json === undefined ? {} : { 'content-type': 'application/json' };
    response.writeHead(status, headers).end(json === undefined ? text : JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  double.connect(`http://127.0.0.1:${address.port}/api/messages`);

  let authorization: Promise<string> | undefined;
  const call: Bench['call'] = async (method, path, body, headers = {}) =>
    read(
      await fetch(`${tenant.serviceUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        redirect: 'manual',
      }),
    );
  return {
    double,
    tenant,
    heard,
    tokens,
    answer(next) {
      respond = typeof next === 'function' ? next : () => next;
    },
    call,
    async ask(method, path, body) {
      authorization ??= requestToken(tenant.environment()).then((reply) => `Bearer ${String(reply.body.access_token)}`);
      return call(method, path, body, { authorization: await authorization });
    },
    async stop() {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      });
      await double.stop();
    },
  };
}

/** The path of a conversation's activities. */
export function activitiesOf(conversation: { id: string }, thread?: string): string {
  const id = thread === undefined ? conversation.id : `${conversation.id};messageid=${thread}`;
  return `v3/conversations/${encodeURIComponent(id)}/activities`;
}

/** A card message. */
export function cardMessage(body: unknown[], actions: unknown[] = [], more: JsonObject = {}): JsonObject {
  const content = { type: 'AdaptiveCard', version: '1.5', body, actions, ...more };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }] };
}
