import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from '@jest/globals';
import { createSingleAccess } from '../../../../src/adapters/slack/access.js';
import { createApi } from '../../../../src/adapters/slack/api.js';
import { createClients } from '../../../../src/adapters/slack/clients.js';
import { createLogger } from '../../../../src/adapters/slack/logger.js';
import { systemClock } from '../../../../src/clock.js';
import { Secret } from '../../../../src/core/secret.js';

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const posting = { method: 'chat.postMessage', repeatable: false, tenant: 'T1', key: 'C1' };

function createApiAt(port: number) {
  const logger = createLogger(quiet);
  return createApi({
    access: createSingleAccess(createClients(`http://127.0.0.1:${port}/api/`, new Secret('xoxb-1'), logger)),
    clock: systemClock,
    logger,
    signal: new AbortController().signal,
  });
}

async function listen(answer: 'break off' | 'never') {
  const server = createServer((socket) => {
    if (answer === 'break off') socket.once('data', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = async () => {
    server.close();
    await once(server, 'close');
  };
  return { port, close };
}

it('says that Slack does not answer when a post found nobody to take it', async () => {
  const { port, close } = await listen('never');
  await close();
  const post = createApiAt(port).send(posting, (client) => client.chat.postMessage({ channel: 'C1', text: 'Hello' }));
  await expect(post).rejects.toMatchObject({ code: 'unavailable' });
});

it('says that a post may have happened when Slack broke off after taking it', async () => {
  const { port, close } = await listen('break off');
  const post = createApiAt(port).send(posting, (client) => client.chat.postMessage({ channel: 'C1', text: 'Hello' }));
  await expect(post).rejects.toMatchObject({ code: 'outcome_unknown' });
  await close();
});
