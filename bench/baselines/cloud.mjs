// The baseline of Teams: the Bot Framework's own adapter on node:http, checking every token, with a bot that answers messages by a constant sentence and does nothing with the rest.
import { createServer } from 'node:http';
import { ActivityTypes, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';

// The SDK takes no login by http; so its own messages are signed by a token that is there already.
const credentials = {
  isValidAppId: async (id) => id === process.env.MicrosoftAppId,
  isAuthenticationDisabled: async () => false,
  createCredentials: async () => ({
    signRequest: async (request) => {
      request.headers.set('authorization', 'Bearer token-of-the-bench');
      return request;
    },
  }),
};
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({ ...process.env }, credentials));
adapter.onTurnError = async (_turn, error) => {
  throw error;
};

async function answer(turn) {
  if (turn.activity.type === ActivityTypes.Message) await turn.sendActivity('Webcasts from plan to recording');
}

createServer((request, response) => {
  if (request.url === '/readyz') {
    response.end('ready');
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    request.body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    try {
      await adapter.process(request, mount(response), answer);
    } catch {
      response.writeHead(500).end();
    }
  });
}).listen(Number(process.env.PORT), '127.0.0.1');

/** What the adapter asks of a response, which is Express' way to write one. */
function mount(response) {
  return {
    socket: response.socket,
    header: (name, value) => response.setHeader(name, value),
    status: (status) => {
      response.statusCode = status;
    },
    send: (body) => response.write(typeof body === 'string' ? body : JSON.stringify(body)),
    end: () => response.end(),
  };
}
