import { createServer, type ServerResponse } from 'node:http';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import { isObject, parseJson } from '../../../doubles/json.js';
import {
  createTeamsDouble,
  type TeamsDouble,
  type TeamsDoubleOptions,
  type TeamsTenant,
} from '../../../doubles/teams/index.js';

interface BareBot {
  url: string;
  adapter: CloudAdapter;
  stop(): Promise<void>;
}

type CredentialsFactory = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]>;

/** Credentials that ask the double's login endpoint each time a call is made without a fresh token. */
function createCredentials(env: Record<string, string>): CredentialsFactory {
  let token: Promise<string> | undefined;
  const request = async (): Promise<string> => {
    const response = await fetch(`${env.ToChannelFromBotLoginUrl}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: env.MicrosoftAppId ?? '',
        client_secret: env.MicrosoftAppPassword ?? '',
        scope: `${env.ToChannelFromBotOAuthScope}/.default`,
      }),
    });
    const body: unknown = await response.json();
    return isObject(body) ? String(body.access_token) : '';
  };
  return {
    isValidAppId: async (appId) => appId === env.MicrosoftAppId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest(resource) {
        token ??= request();
        resource.headers.set('authorization', `Bearer ${await token}`);
        return resource;
      },
    }),
  };
}

function shim(response: ServerResponse) {
  const out = {
    socket: response.socket,
    status(code: number) {
      response.statusCode = code;
      return out;
    },
    header(name: string, value: string) {
      response.setHeader(name, value);
      return out;
    },
    send(body: unknown) {
      if (typeof body === 'string') response.write(body);
      else {
        response.setHeader('content-type', 'application/json');
        response.write(JSON.stringify(body));
      }
      return out;
    },
    end() {
      response.end();
      return out;
    },
  };
  return out;
}

/** Serves a handler with the stock adapter over node:http, pointed at the double by its environment alone. */
async function startBot(env: Record<string, string>, handler: TeamsActivityHandler): Promise<BareBot> {
  const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(env, createCredentials(env)));
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const body = parseJson(Buffer.concat(chunks).toString('utf8'));
    const incoming = { method: request.method ?? '', headers: request.headers, body: isObject(body) ? body : {} };
    await adapter.process(incoming, shim(response), (context: TurnContext) => handler.run(context));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/api/messages`,
    adapter,
    stop: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

export interface Scene {
  double: TeamsDouble;
  tenant: TeamsTenant;
  bot: BareBot;
  stop(): Promise<void>;
}

/** Starts the double with one tenant and a bot made of the stock adapter. */
export async function startScene(handler: TeamsActivityHandler, options: TeamsDoubleOptions = {}): Promise<Scene> {
  const double = createTeamsDouble(options);
  await double.start();
  const tenant = double.tenant();
  const bot = await startBot(tenant.environment(), handler);
  double.connect(bot.url);
  return {
    double,
    tenant,
    bot,
    async stop() {
      await bot.stop();
      await double.stop();
    },
  };
}
