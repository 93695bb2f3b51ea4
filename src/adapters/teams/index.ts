import type { IncomingMessage, ServerResponse } from 'node:http';
import { createBackoff } from '../../core/backoff.js';
import type { Dispatch } from '../../core/dispatch.js';
import { BotError } from '../../core/errors.js';
import type { Allowances, Clock, FileOffers, Log, NewId, Platform, References } from '../../core/ports.js';
import { Secret } from '../../core/secret.js';
import { createAdapter, type InvokeAnswer, requestManagedToken } from './adapter.js';
import { createCheckToken } from './auth.js';
import { createPen } from './cards.js';
import type { TeamsConfig } from './config.js';
import { createConnector } from './connector.js';
import { createAnswerConsent } from './consent.js';
import { waitAskedBy } from './errors.js';
import { createGate } from './gate.js';
import { createAllowHost, createAllowUpload } from './hosts.js';
import { createInstalls } from './install.js';
import { createInvokes } from './invoke.js';
import { createKeys } from './keys.js';
import { createKeepOffer } from './offer.js';
import { createPeople } from './people.js';
import { createProceed } from './proceed.js';
import { createReceive } from './receive.js';
import { rememberReferences } from './references.js';
import { createRefresh } from './refresh.js';
import { createSearch } from './search.js';
import { createSend } from './send.js';
import { createSigner } from './sign.js';
import { createTokens, keepToken } from './token.js';
import { createTransport } from './transport.js';

export interface TeamsParts {
  readonly config: TeamsConfig;
  readonly dispatch: Dispatch;
  readonly references: References;
  readonly offers: FileOffers;
  readonly log: Log;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Signs what cards carry where the bot has no password; the same in all replicas. */
  readonly signingSecret: Secret;
  /** How long Teams, its login and its key documents may take to answer, in milliseconds. */
  readonly timeout?: number;
}

/** Teams takes 60 messages in 30 s in a conversation and 30 requests a second in a tenant; a part is left to people. */
const allowances: Allowances = {
  post: { channel: { perMinute: 60, burst: 4 }, tenant: { perMinute: 1200, burst: 15 } },
  update: { channel: { perMinute: 30, burst: 2 }, tenant: { perMinute: 1200, burst: 15 } },
};

/** The Teams platform: handle serves the front's /api/messages, ready says whether requests are served. */
export interface Teams extends Platform {
  handle(request: IncomingMessage & { readonly rawBody: Buffer }, response: ServerResponse): Promise<void>;
  ready(): boolean;
}

export function createTeams(parts: TeamsParts): Teams {
  const { config, dispatch, offers, log, clock, newId, timeout = 8000 } = parts;
  const { appId, addresses, password } = config;
  const stopping = new AbortController();
  const { signal } = stopping;
  const allowHost = createAllowHost(config.serviceHosts);
  const tokens = password
    ? createTokens({ loginUrl: addresses.loginUrl, scope: addresses.oauthScope, appId, password, clock, timeout })
    : keepToken(clock, async () => ({ token: new Secret(await requestManagedToken(config)), lifetime: 30 * 60_000 }));
  const transport = createTransport({ allowHost, tokens, timeout, signal });
  const adapter = createAdapter(config, transport);
  const backoff = createBackoff({ platform: 'Teams', waitAskedBy, clock, signal });
  const connecting = { adapter, transport, backoff, clock, signal };
  const connector = createConnector(connecting);
  // Those whom a message calls are asked for as patiently as ever: they would go uncalled.
  const bulkConnector = { ...createConnector({ ...connecting, patience: 0 }), member: connector.member };
  const references = rememberReferences(parts.references, clock, log);
  const people = createPeople({ connector, references, clock, log });
  const signer = createSigner((password ?? parts.signingSecret).reveal());
  const penFor = (tenant: string, own: boolean) => createPen(signer, tenant, own, opensForm);
  const sending = {
    connector,
    references,
    clock,
    signal,
    penFor,
    keepOffer: createKeepOffer({ offers, clock, newId }),
    nameOf: people.nameOf,
  };
  const send = createSend(sending);

  const keys = createKeys({ metadataUrl: addresses.openIdMetadataUrl, clock, log, timeout });
  const checkToken = createCheckToken({ keys, clock, appId, issuer: addresses.tokenIssuer });
  const gate = createGate({ checkToken, allowHost, tenants: config.allowedTenants, log });

  let started = false;

  const teams: Teams = {
    name: 'teams',
    post: send.post,
    update: send.update,
    bulk: createSend({ ...sending, connector: bulkConnector }),
    whisper: send.whisper,
    tell: send.tell,
    allowances,
    profile: people.profile,
    groupsOf: people.groupsOf,
    async start() {
      await checkCredentials();
      started = true;
      const { allowedTenants, serviceHosts, appType } = config;
      log.info({ appType, allowedTenants, serviceHosts, sdk: 'botbuilder 4.23.3' }, 'Teams may send its activities');
    },
    async stop() {
      started = false;
      stopping.abort();
    },
    ready: () => started,
    async handle(request, response) {
      const admitted = await gate(request.headers, request.rawBody);
      if (admitted.kind === 'refused') return end(response, admitted.status, admitted.text);
      const { activity, tenant } = admitted;
      const answer = await adapter.turn(activity, () => receive(activity, tenant));
      answerWith(response, answer);
    },
  };

  const proceed = createProceed({ dispatch, platform: teams, send, people, newId, log });
  const search = createSearch({ dispatch, clock, log });
  const invokes = createInvokes({
    dispatch,
    proceed,
    search,
    refresh: createRefresh(dispatch, teams, penFor),
    answerConsent: createAnswerConsent({
      offers,
      connector,
      proceed,
      allowUpload: createAllowUpload(config.serviceHosts),
      clock,
      log,
      timeout,
    }),
    signer,
    clock,
    log,
    penFor,
  });
  const installs = createInstalls({ appId, references, send, log });
  const receive = createReceive({ appId, invokes, installs, references, people, proceed, signer, log });

  function opensForm(line: string): boolean {
    const place = { tenant: '', channel: '', direct: true };
    const person = { id: '', zone: undefined };
    const said = { kind: 'line', line } as const;
    return dispatch.prepare({ place, person, deliveryId: '', wayBack: undefined, said }).kind === 'form';
  }

  /** Wrong credentials stop the program; a login that does not answer now may answer later. */
  async function checkCredentials(): Promise<void> {
    try {
      await tokens.get();
    } catch (error) {
      if (error instanceof BotError && error.code === 'misconfigured') throw error;
      log.warn({ err: error }, "Microsoft's login did not give the bot a token at start");
    }
  }

  return teams;
}

function answerWith(response: ServerResponse, answer: InvokeAnswer | undefined): void {
  if (answer?.body === undefined) {
    end(response, answer?.status ?? 200, '');
    return;
  }
  const text = JSON.stringify(answer.body);
  response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function end(response: ServerResponse, status: number, text: string): void {
  const body = text === '' ? '' : `${text}\n`;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
