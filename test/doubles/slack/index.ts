import { takeMatching } from '../complaints.js';
import { createWaiting } from '../waiting.js';
import { readContract } from './contract.js';
import { createFaults, type Faults } from './faults.js';
import { createIds } from './ids.js';
import { createLimits, type PostLimit } from './limits.js';
import {
  type ApiCall,
  type Clock,
  type Delivery,
  type Dialog,
  findChannel,
  type LogEntry,
  type Platform,
  type StoredMessage,
  type StoredView,
} from './platform.js';
import { seedWorkspace, type WorkspaceSeed } from './seeds.js';
import { type Listener, listen } from './server.js';
import { createWorkspace, type SlackWorkspace } from './workspace.js';

export type { DeliveryOptions } from './delivery.js';
export type { Entry, FileEntry } from './entries.js';
export type { Fault, FaultEffect } from './faults.js';
export type { ApiCall, Clock, Delivery, Dialog, LogEntry, StoredMessage, StoredView } from './platform.js';
export { listButtons, listFields, readText, readTitle } from './reading.js';
export type { ChannelSeed, UserSeed, WorkspaceSeed } from './seeds.js';
export type { ClickOptions, RunOptions, SlackUser } from './user.js';
export type { GrantOptions, SlackWorkspace } from './workspace.js';

export interface SlackDoubleOptions {
  clock?: Clock;
  /** Complain about arguments a method does not know; yes unless told. */
  strictArguments?: boolean;
  /** Real milliseconds to wait for the app's answer; 3000 unless told. */
  patience?: number;
  /** Milliseconds by the clock for which Slack looks at a new file before blocks may show it; none unless told. */
  fileWork?: number;
  /** How strictly posts are counted in a workspace; 600 a minute, all at once if need be, unless told. */
  posts?: PostLimit;
  clientId?: string;
  clientSecret?: string;
  /** Domains the app may unfurl and embed videos from. */
  unfurlDomains?: string[];
}

export interface SlackDouble {
  /** Listens on a free loopback port; apiUrl ends in /api/. */
  start(): Promise<{ apiUrl: string; url: string }>;
  stop(): Promise<void>;
  workspace(seed: WorkspaceSeed): SlackWorkspace;
  /** Every Web API call, delivery and post to a response_url, in order. */
  readonly log: LogEntry[];
  /** The Web API calls so far, of one method or of all. */
  calls(method?: string): ApiCall[];
  deliveries(kind?: Delivery['kind']): Delivery[];
  /** What everybody in a channel of any workspace sees. */
  messages(channel: string): StoredMessage[];
  readonly views: StoredView[];
  /** Confirmation dialogs people went through, cancelled ones included. */
  readonly dialogs: Dialog[];
  /** What Slack would have refused or shown broken; tests assert that it is empty. */
  readonly complaints: string[];
  /** Takes out the complaints a test has provoked. */
  takeComplaints(pattern: RegExp): string[];
  /** Habits that work and look bad, such as Markdown in mrkdwn. */
  readonly advice: string[];
  /** Calls refused with 429 by the double's own buckets. */
  readonly rateLimited: number;
  readonly faults: Faults;
  /** Whether an app is connected by Socket Mode. */
  readonly socketConnected: boolean;
  /** Asks Socket Mode apps to connect anew. */
  refreshSockets(): void;
  /** Resolves with what `look` finds, looked at after every change; rejects after 20 real seconds unless told. */
  until<T>(what: string, look: () => T | undefined | false | null, milliseconds?: number): Promise<T>;
}

/** Makes a Slack that refuses what Slack refuses; nothing listens until start. */
export function createSlackDouble(options: SlackDoubleOptions = {}): SlackDouble {
  const waiting = createWaiting();
  const platform = createPlatform(options, waiting.changed);
  const contract = readContract();
  let listener: Listener | undefined;

  return {
    async start() {
      listener = await listen(platform, contract);
      return { url: platform.url, apiUrl: `${platform.url}/api/` };
    },
    async stop() {
      await listener?.stop();
      listener = undefined;
    },
    workspace(seed) {
      const workspace = seedWorkspace(platform, seed);
      platform.workspaces.push(workspace);
      return createWorkspace(platform, workspace);
    },
    log: platform.log,
    calls: (method) =>
      platform.log.filter((entry) => entry.kind === 'api').filter((call) => call.method === (method ?? call.method)),
    deliveries: (kind) =>
      platform.log
        .filter((entry): entry is Delivery => 'payload' in entry)
        .filter((delivery) => delivery.kind === (kind ?? delivery.kind)),
    messages(channel) {
      const found = platform.workspaces.flatMap((workspace) => findChannel(workspace, channel) ?? [])[0];
      if (found === undefined) throw new Error(`no channel ${channel}`);
      return found.messages.filter((message) => !message.deleted && message.ephemeralFor === undefined);
    },
    get views() {
      return platform.workspaces.flatMap((workspace) => workspace.views);
    },
    dialogs: platform.dialogs,
    complaints: platform.complaints,
    takeComplaints: (pattern) => takeMatching(platform.complaints, pattern),
    advice: platform.advice,
    get rateLimited() {
      return platform.rateLimited;
    },
    faults: platform.faults,
    get socketConnected() {
      return platform.sockets?.connected === true;
    },
    refreshSockets: () => platform.sockets?.refresh(),
    until: waiting.until,
  };
}

function createPlatform(options: SlackDoubleOptions, changed: () => void): Platform {
  const clock = options.clock ?? { now: () => Date.now() };
  const complaints: string[] = [];
  return {
    clock,
    ids: createIds(),
    limits: createLimits(clock, options.posts),
    faults: createFaults(),
    strictArguments: options.strictArguments ?? true,
    fileWork: options.fileWork ?? 0,
    patience: options.patience ?? 3_000,
    url: '',
    app: {
      id: 'A0000000001',
      clientId: options.clientId ?? '1111.2222',
      clientSecret: options.clientSecret ?? 'client-secret',
      unfurlDomains: options.unfurlDomains ?? [],
      grants: new Map(),
    },
    sockets: undefined,
    tickets: new Set(),
    workspaces: [],
    log: [],
    complaints,
    advice: [],
    dialogs: [],
    rateLimited: 0,
    complain(text) {
      complaints.push(text);
      changed();
    },
    changed,
  };
}
