import { takeMatching } from '../complaints.js';
import { createWaiting } from '../waiting.js';
import { createKeys, type SigningKey } from './authority/keys.js';
import { mintAuthorization } from './authority/tokens.js';
import { type DeliveryOptions, deliver, postToBot } from './client/delivery.js';
import { createLimits } from './connector/limits.js';
import type { DriveFile } from './drive.js';
import { createFaults, type Faults } from './faults.js';
import { createIds } from './ids.js';
import type { Clock, ConnectorCall, ConnectorOperation, Delivery, LogEntry, Platform } from './platform.js';
import { seedTenant, type TenantSeed } from './seeds.js';
import { type Listener, listen } from './server.js';
import { createTenant, type TeamsTenant } from './tenant.js';

export { type Forgery, forgeries } from './authority/tokens.js';

export type { TeamsUser } from './client/user.js';
export type { Delivery, Dialog, StoredMessage } from './platform.js';
export type { TeamsTenant } from './tenant.js';

export interface TeamsDoubleOptions {
  /** Dates messages and fills rate windows; the machine's unless told. */
  clock?: Clock;
  /** Dates signed tokens; the machine's unless told, since programs check them by it. */
  tokenClock?: Clock;
  appId?: string;
  appPassword?: string;
  botName?: string;
  /** Who signs tokens to the bot; the public channel's name unless told. */
  issuer?: string;
  /** Real milliseconds to wait for the bot's answer; 10000 unless told. */
  patience?: number;
  /** Seconds an access token lives; 3599 unless told. */
  accessTokenLifetime?: number;
}

export interface TeamsDouble {
  /** Opens the connector, the authority and a stranger's host on free loopback ports. */
  start(): Promise<{ connectorUrl: string; authorityUrl: string; strangerUrl: string }>;
  stop(): Promise<void>;
  /** Adds a tenant, after start; the app is installed everywhere in it unless told. */
  tenant(seed?: TenantSeed): TeamsTenant;
  /** Tells where the bot receives activities. */
  connect(botUrl: string): void;
  /** Every connector call, token request, OpenID request, delivery and visit to the stranger, in order. */
  readonly log: LogEntry[];
  /** The connector calls so far, of one operation or of all. */
  calls(operation?: ConnectorOperation): ConnectorCall[];
  deliveries(what?: string): Delivery[];
  /** Requests for an access token so far. */
  readonly tokenRequests: number;
  /** Requests that reached the host that belongs to nobody. */
  readonly strangerRequests: number;
  /** What Teams would have refused or shown broken; tests assert that it is empty. */
  readonly complaints: string[];
  /** Takes out the complaints a test has provoked. */
  takeComplaints(pattern: RegExp): string[];
  /** Habits that work and serve people badly, such as fields without a label. */
  readonly advice: string[];
  /** Calls answered with 429 by the double's own rate windows. */
  readonly throttled: number;
  /** Links people opened. */
  readonly openedLinks: string[];
  readonly faults: Faults;
  /** The files that people took into their OneDrive. */
  readonly drive: readonly DriveFile[];
  /** Texts that may stand in personal chats and targeted messages only, such as stream keys. */
  keepPrivate(...texts: string[]): void;
  /** Withdraws the key that signs tokens to the bot and publishes another. */
  rotateKeys(): SigningKey;
  /** Takes back every access token given out so far. */
  revokeAccessTokens(): void;
  /** Sends the same activity once more, with a fresh token. */
  redeliver(delivery: Delivery, options?: DeliveryOptions): Promise<Delivery>;
  /** Posts any body to the bot; with a good token for `serviceUrl` when one is named. */
  post(body: string, options?: { serviceUrl?: string; headers?: Record<string, string> }): Promise<Response>;
  /** Resolves with what `look` finds, looked at after every change; rejects after 20 real seconds unless told. */
  until<T>(what: string, look: () => T | undefined | false | null, milliseconds?: number): Promise<T>;
}

const MACHINE: Clock = { now: () => Date.now() };

/** Makes a Microsoft Teams that refuses what Teams refuses; nothing listens until start. */
export function createTeamsDouble(options: TeamsDoubleOptions = {}): TeamsDouble {
  const waiting = createWaiting();
  const platform = createPlatform(options, waiting.changed);
  let listener: Listener | undefined;
  const entries = <K extends LogEntry['kind']>(kind: K) =>
    platform.log.filter((entry): entry is Extract<LogEntry, { kind: K }> => entry.kind === kind);

  return {
    async start() {
      listener = await listen(platform);
      const { connectorUrl, authorityUrl, strangerUrl } = platform;
      return { connectorUrl, authorityUrl, strangerUrl };
    },
    async stop() {
      await listener?.stop();
      listener = undefined;
    },
    tenant(seed = {}) {
      if (listener === undefined) throw new Error('start the double first: tenants need its address');
      const tenant = seedTenant(platform, seed);
      platform.tenants.push(tenant);
      return createTenant(platform, tenant);
    },
    connect(botUrl) {
      platform.botUrl = botUrl;
    },
    log: platform.log,
    calls: (operation) => entries('connector').filter((call) => call.operation === (operation ?? call.operation)),
    deliveries: (what) => entries('delivery').filter((delivery) => delivery.what === (what ?? delivery.what)),
    get tokenRequests() {
      return entries('token').length;
    },
    get strangerRequests() {
      return entries('stranger').length;
    },
    complaints: platform.complaints,
    takeComplaints: (pattern) => takeMatching(platform.complaints, pattern),
    advice: platform.advice,
    get throttled() {
      return platform.throttled;
    },
    openedLinks: platform.openedLinks,
    faults: platform.faults,
    drive: platform.drive,
    keepPrivate(...texts) {
      for (const text of texts) platform.privateTexts.add(text);
    },
    rotateKeys: () => platform.keys.rotate(),
    revokeAccessTokens: () => platform.accessTokens.clear(),
    redeliver(delivery, delivering = {}) {
      const tenant = platform.tenants.find(({ serviceUrl }) => serviceUrl === delivery.activity.serviceUrl);
      return deliver(platform, tenant?.id ?? '', delivery.activity, delivering);
    },
    post(body, { serviceUrl, headers = {} } = {}) {
      const authorization = serviceUrl === undefined ? undefined : mintAuthorization(platform, '', serviceUrl);
      return postToBot(platform, body, { ...(authorization === undefined ? {} : { authorization }), ...headers });
    },
    until: waiting.until,
  };
}

function createPlatform(options: TeamsDoubleOptions, changed: () => void): Platform {
  const clock = options.clock ?? MACHINE;
  const complaints: string[] = [];
  return {
    clock,
    tokenClock: options.tokenClock ?? MACHINE,
    ids: createIds(clock),
    faults: createFaults(),
    limits: createLimits(clock),
    keys: createKeys(),
    patience: options.patience ?? 10_000,
    app: {
      id: options.appId ?? '22222222-2222-4222-8222-222222222222',
      password: options.appPassword ?? 'the-app-password',
      name: options.botName ?? 'Webcast Bot',
    },
    issuer: options.issuer ?? 'https://api.botframework.com',
    connectorUrl: '',
    authorityUrl: '',
    strangerUrl: '',
    driveUrl: '',
    drive: [],
    botUrl: undefined,
    accessTokens: new Map(),
    accessTokenLifetime: options.accessTokenLifetime ?? 3_599,
    privateTexts: new Set(),
    openedLinks: [],
    tenants: [],
    log: [],
    complaints,
    advice: [],
    throttled: 0,
    complain(text) {
      complaints.push(text);
      changed();
    },
    changed,
  };
}
