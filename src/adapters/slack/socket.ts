import { type App, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { BotError } from '../../core/errors.js';
import type { Clock, Log } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import type { Conduct } from './answer.js';
import { translate } from './errors.js';

/** Bolt's receiver for Socket Mode, which needs no public address. */
export interface SocketReceiver extends Receiver {
  /** Whether deliveries can arrive now. */
  connected(): boolean;
}

export interface SocketParts {
  readonly appToken: Secret;
  readonly apiUrl: string;
  readonly clock: Clock;
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

/** The shortest and the longest pause between two attempts to connect, in milliseconds. */
const pauses = { shortest: 1000, longest: 30_000 };

/**
 * Takes the connection from bolt's receiver, answers by our own rules and connects anew by itself:
 * the client's own reconnecting ends in an unhandled rejection when Slack cannot be reached.
 */
export function createSocketReceiver(parts: SocketParts): SocketReceiver {
  const { clock, log } = parts;
  const stopping = new AbortController();
  const { client } = new SocketModeReceiver({
    appToken: parts.appToken.reveal(),
    logger: parts.logger,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: { slackApiUrl: parts.apiUrl, timeout: 10_000, retryConfig: { retries: 0 } } },
  });
  let listening: App | undefined;
  let open = false;
  let connecting: Promise<void> | undefined;

  client.on('connected', () => {
    open = true;
    log.info({}, 'Connected to Slack by Socket Mode');
  });
  client.on('disconnected', () => {
    const lost = open;
    open = false;
    if (lost && !stopping.signal.aborted) connecting = keepTrying();
  });
  client.on('slack_event', (given: unknown) => {
    deliver(given).catch((error: unknown) => log.error({ err: error }, 'A Socket Mode delivery could not be answered'));
  });

  async function deliver(given: unknown): Promise<void> {
    const { ack, body, retry_num, retry_reason } = envelope.parse(given);
    if (!listening) throw new Error('The app is not ready.');
    await parts.conduct(listening, { body, retryNum: retry_num, retryReason: retry_reason, reply: ack });
  }

  async function keepTrying(): Promise<void> {
    for (let pause = pauses.shortest; !stopping.signal.aborted; pause = Math.min(pause * 2, pauses.longest)) {
      try {
        await client.start();
        return;
      } catch (error) {
        log.warn({ err: error, pause }, 'Socket Mode is not connected');
      }
      await clock.wait(pause, stopping.signal).catch(() => undefined);
    }
  }

  return {
    init(app) {
      listening = app;
    },
    async start() {
      try {
        await client.start();
      } catch (error) {
        const refusal = translate(error, { method: 'apps.connections.open', repeatable: true });
        if (refusal instanceof BotError && (refusal.code === 'misconfigured' || refusal.code === 'bug')) {
          throw new BotError('misconfigured', 'Slack refuses Socket Mode with this SLACK_APP_TOKEN.', tokenHint, error);
        }
        log.warn({ err: error }, 'Socket Mode is not connected yet');
        connecting = keepTrying();
      }
    },
    async stop() {
      stopping.abort();
      await connecting;
      if (open) await client.disconnect();
    },
    connected: () => open,
  };
}

const tokenHint = 'Use an xapp- token with the scope connections:write, of an app that has Socket Mode switched on.';
