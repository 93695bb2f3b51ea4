import type { IncomingMessage, ServerResponse } from 'node:http';
import { App } from '@slack/bolt';
import type { Dispatch } from '../../core/dispatch.js';
import { BotError } from '../../core/errors.js';
import type { Clock, Log, NewId, Platform } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import { createConduct } from './answer.js';
import { createApi } from './api.js';
import { type Admit, admitSigned, createAuthorize } from './authorize.js';
import { createHttpReceiver } from './http.js';
import { createLogger } from './logger.js';
import { createOpenForm } from './open.js';
import { createPeople } from './people.js';
import { listen } from './receive.js';
import { createSend } from './send.js';
import { createSocketReceiver } from './socket.js';

export interface SlackConfig {
  /** Needed unless Socket Mode is on. */
  readonly signingSecret: Secret | undefined;
  readonly botToken: Secret;
  /** An xapp- token; given, requests come by Socket Mode instead of HTTP. */
  readonly appToken: Secret | undefined;
  /** Ends in /api/. */
  readonly apiUrl: string;
}

export interface SlackParts {
  readonly config: SlackConfig;
  readonly dispatch: Dispatch;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Which workspaces the bot may act for; by default all that Slack signs for. */
  readonly admit?: Admit;
}

/** The Slack platform: handle serves the front's /slack/events in HTTP mode, ready says whether requests are served. */
export interface Slack extends Platform {
  handle(request: IncomingMessage & { readonly rawBody: Buffer }, response: ServerResponse): Promise<void>;
  ready(): boolean;
}

export function createSlack(parts: SlackParts): Slack {
  const { config, log, clock, newId } = parts;
  const stopping = new AbortController();
  const logger = createLogger(log);
  const api = createApi({ url: config.apiUrl, botToken: config.botToken, clock, logger, signal: stopping.signal });
  const conduct = createConduct({ api, log, newId });
  const { appToken, signingSecret, apiUrl } = config;
  const socket = appToken && createSocketReceiver({ appToken, apiUrl, clock, logger, log, conduct });
  const http = signingSecret && !socket && createHttpReceiver({ signingSecret, clock, log, conduct });
  const receiver = socket ?? http;
  if (!receiver) {
    throw new BotError(
      'misconfigured',
      'Slack cannot be reached with half a configuration.',
      'Set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode.',
    );
  }
  const app = new App({
    receiver,
    authorize: createAuthorize(parts.admit ?? admitSigned, log),
    logger,
    convoStore: false,
    ignoreSelf: false,
    clientOptions: { slackApiUrl: config.apiUrl },
  });
  // Bolt's own handler would log what conduct logs with the answer it gives.
  app.error((error) => Promise.reject(error));
  let started = false;

  const slack: Slack = {
    name: 'slack',
    ...createSend(api),
    ...createPeople(api, clock, log),
    async start() {
      await checkToken();
      await app.start();
      started = true;
    },
    async stop() {
      started = false;
      stopping.abort();
      await app.stop();
    },
    ready: () => started && (socket?.connected() ?? true),
    async handle(request, response) {
      if (http) return http.handle(request, response);
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
      response.end('Requests come by Socket Mode.\n');
    },
  };

  /** A wrong token stops the program; a Slack that does not answer now may answer later. */
  async function checkToken(): Promise<void> {
    try {
      await api.now({ method: 'auth.test', repeatable: true }, (client) => client.auth.test());
    } catch (error) {
      if (error instanceof BotError && error.code === 'misconfigured') throw error;
      log.warn({ err: error }, "Slack did not confirm the bot's token at start");
    }
  }

  listen(app, { dispatch: parts.dispatch, platform: slack, openForm: createOpenForm(api, slack, log), clock, log });
  return slack;
}
