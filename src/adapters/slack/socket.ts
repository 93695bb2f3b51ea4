import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import type { Conduct } from './answer.js';

/** Bolt's receiver for Socket Mode, which needs no public address. */
export interface SocketReceiver extends Receiver {
  /** Whether deliveries can arrive now. */
  connected(): boolean;
}

export interface SocketParts {
  readonly appToken: Secret;
  readonly apiUrl: string;
  readonly logger: Logger;
  readonly log: Log;
  readonly conduct: Conduct;
}

const envelope = z.object({
  ack: z.custom<(answer?: object) => Promise<void>>((value) => typeof value === 'function'),
  body: z.record(z.string(), z.unknown()),
  retry_num: z.number().optional(),
  retry_reason: z.string().optional(),
});

/** Takes the connection from bolt's receiver but answers by our own rules: bolt's leaves unknown deliveries unanswered. */
export function createSocketReceiver(parts: SocketParts): SocketReceiver {
  const { log } = parts;
  const { client } = new SocketModeReceiver({
    appToken: parts.appToken.reveal(),
    logger: parts.logger,
    installerOptions: { clientOptions: { slackApiUrl: parts.apiUrl, retryConfig: { retries: 2 } } },
  });
  let listening: App | undefined;
  let open = false;

  client.on('connected', () => {
    open = true;
  });
  for (const lost of ['disconnected', 'reconnecting']) {
    client.on(lost, () => {
      open = false;
    });
  }
  client.on('slack_event', (given: unknown) => {
    const { data } = envelope.safeParse(given);
    if (!data || !listening) {
      log.warn({}, 'A Socket Mode delivery could not be read');
      return;
    }
    parts
      .conduct(listening, {
        body: data.body,
        retryNum: data.retry_num,
        retryReason: data.retry_reason,
        reply: (answer) => data.ack(answer),
      })
      .catch((error: unknown) => log.error({ err: error }, 'A Socket Mode delivery could not be answered'));
  });

  return {
    init(app) {
      listening = app;
    },
    async start() {
      try {
        await client.start();
      } catch (error) {
        throw new BotError(
          'misconfigured',
          `Socket Mode could not be opened: ${error instanceof Error ? error.message : String(error)}.`,
          'Check SLACK_APP_TOKEN (it begins with xapp- and has the scope connections:write) and that the app has Socket Mode on.',
          error,
        );
      }
    },
    async stop() {
      open = false;
      await client.disconnect();
    },
    connected: () => open,
  };
}
