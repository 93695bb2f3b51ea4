import type { IncomingMessage, ServerResponse } from 'node:http';
import { App } from '@slack/bolt';
import type { Dispatch } from '../../core/dispatch.js';
import { BotError } from '../../core/errors.js';
import type { Clock, DrawChart, Log, NewId, Platform } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import { createConduct } from './answer.js';
import { createApi } from './api.js';
import { createAuthorize } from './authorize.js';
import { createUploadFile } from './files.js';
import { createHttpReceiver } from './http.js';
import type { Installer } from './install.js';
import { createLogger } from './logger.js';
import { createOpenForm } from './open.js';
import { createPeople } from './people.js';
import { createPictures } from './pictures.js';
import { listen } from './receive.js';
import { listenForRemovals } from './removal.js';
import { checkScopes } from './scopes.js';
import { createSend } from './send.js';
import { createSocketReceiver } from './socket.js';
import { openTenancy, type Tenancy } from './tenancy.js';

export interface SlackConfig {
  /** Needed unless Socket Mode is on. */
  readonly signingSecret: Secret | undefined;
  readonly tenancy: Tenancy;
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
  readonly drawChart: DrawChart;
}

/** The Slack platform: handle serves the front's /slack/events in HTTP mode, ready says whether requests are served. */
export interface Slack extends Platform {
  handle(request: IncomingMessage & { readonly rawBody: Buffer }, response: ServerResponse): Promise<void>;
  ready(): boolean;
  /** What serves the front's /slack/install and /slack/oauth_redirect, where many workspaces may come. */
  readonly installer: Installer | undefined;
}

export function createSlack(parts: SlackParts): Slack {
  const { config, log, clock, newId } = parts;
  const stopping = new AbortController();
  const logger = createLogger(log);
  const { appToken, signingSecret, apiUrl } = config;
  const { access, many } = openTenancy(config.tenancy, { apiUrl, clock, newId, logger, log });
  const api = createApi({ access, clock, logger, signal: stopping.signal });
  const conduct = createConduct({ api, log, newId });
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
    authorize: createAuthorize(access, log),
    logger,
    convoStore: false,
    ignoreSelf: false,
    clientOptions: { slackApiUrl: apiUrl },
  });
  // Bolt's own handler would log what conduct logs with the answer it gives.
  app.error((error) => Promise.reject(error));
  let started = false;
  const { signal } = stopping;
  const uploadFile = createUploadFile(api, signal);
  const pictures = createPictures({ drawChart: parts.drawChart, uploadFile, clock, log });
  const sending = { api, uploadFile, pictures, clock, signal };

  const slack: Slack = {
    name: 'slack',
    calls: ['group', 'everyone'],
    ...createSend(sending),
    bulk: createSend({ ...sending, patience: 0 }),
    ...createPeople(api, clock, log),
    checkup: (tenant) => checkScopes(api, tenant),
    async start() {
      if (!many) await checkToken();
      await app.start();
      started = true;
    },
    async stop() {
      started = false;
      stopping.abort();
      await app.stop();
    },
    installer: many?.installer,
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
      await api.now({ method: 'auth.test', repeatable: true, tenant: '' }, (client) => client.auth.test());
    } catch (error) {
      if (error instanceof BotError && error.code === 'misconfigured') throw error;
      log.warn({ err: error }, "Slack did not confirm the bot's token at start");
    }
  }

  listen(app, { dispatch: parts.dispatch, platform: slack, openForm: createOpenForm(api, slack, log), clock, log });
  if (many) listenForRemovals(app, many.workspaces);
  return slack;
}
