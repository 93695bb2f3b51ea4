import { type MethodContract, readContract } from './contract.js';
import type { DeliveryOptions } from './delivery.js';
import { deliver } from './delivery.js';
import { type RetryReason, resend, sendEvent } from './events.js';
import { createFaults, type Faults } from './faults.js';
import { createIds } from './ids.js';
import type { JsonObject } from './json.js';
import { createLimits } from './limits.js';
import { VERIFICATION_TOKEN } from './payloads.js';
import {
  type ApiCall,
  type Clock,
  type Delivery,
  type Dialog,
  findChannel,
  findUser,
  type LogEntry,
  openDirect,
  type Platform,
  type StoredMessage,
  type StoredView,
  type Workspace,
} from './platform.js';
import { seedWorkspace, type WorkspaceSeed } from './seeds.js';
import { type Listener, listen } from './server.js';
import { createUser, type SlackUser } from './user.js';
import { homeOf, renderView } from './views.js';
import { createWaiting } from './waiting.js';

export type { DeliveryOptions } from './delivery.js';
export type { Entry, FileEntry } from './entries.js';
export type { Fault, FaultEffect } from './faults.js';
export type { ApiCall, Clock, Delivery, Dialog, LogEntry, StoredMessage, StoredView } from './platform.js';
export type { ChannelSeed, UserSeed, WorkspaceSeed } from './seeds.js';
export type { ClickOptions, RunOptions, SlackUser } from './user.js';

export interface SlackDoubleOptions {
  clock?: Clock;
  /** Complain about arguments a method does not know; yes unless told. */
  strictArguments?: boolean;
  /** Real milliseconds to wait for the app's answer; 3000 unless told. */
  patience?: number;
  clientId?: string;
  clientSecret?: string;
}

export interface SlackWorkspace {
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly state: Workspace;
  /** Sets where the app receives its deliveries. */
  connect(requestUrl: string): void;
  user(idOrName: string): SlackUser;
  /** The id of a channel, or of the direct conversation with a person. */
  channelId(name: string): string;
  /** What everybody in the channel sees. */
  messages(channel: string): StoredMessage[];
  /** Ephemeral messages in a channel, for one person or for all. */
  ephemerals(channel: string, user?: string): StoredMessage[];
  /** The direct messages between the app and a person. */
  direct(user: string): StoredMessage[];
  home(user: string): StoredView | undefined;
  sendEvent(event: JsonObject, options?: DeliveryOptions): Promise<Delivery>;
  resend(delivery: Delivery, retry?: { number: number; reason: RetryReason }): Promise<Delivery>;
  verifyUrl(challenge?: string): Promise<Delivery>;
  checkSsl(): Promise<Delivery>;
  /** Takes the bot out of a channel, archives it, revokes the token or uninstalls, telling the app. */
  removeBot(channel: string): Promise<Delivery>;
  inviteBot(channel: string): void;
  archive(channel: string): Promise<Delivery>;
  uninstall(): Promise<Delivery[]>;
  opensHome(user: string): Promise<Delivery>;
  /** Makes an OAuth code for an installation by a person. */
  grant(options: { user: string; redirectUri: string; scopes: string[]; rotation?: boolean }): string;
}

export interface SlackDouble {
  start(): Promise<{ apiUrl: string; url: string }>;
  stop(): Promise<void>;
  workspace(seed: WorkspaceSeed): SlackWorkspace;
  readonly log: LogEntry[];
  /** The Web API calls so far, of one method or of all. */
  calls(method?: string): ApiCall[];
  deliveries(): Delivery[];
  messages(channel: string): StoredMessage[];
  readonly views: StoredView[];
  readonly dialogs: Dialog[];
  readonly complaints: string[];
  readonly advice: string[];
  readonly rateLimited: number;
  readonly faults: Faults;
  /** Resolves with what `look` finds, looked at after every change; rejects after 5 real seconds. */
  until<T>(what: string, look: () => T | undefined | false | null, milliseconds?: number): Promise<T>;
}

/** Makes a Slack that refuses what Slack refuses; nothing listens until start. */
export function createSlackDouble(options: SlackDoubleOptions = {}): SlackDouble {
  const clock = options.clock ?? { now: () => Date.now() };
  const waiting = createWaiting();
  const contract: Map<string, MethodContract> = readContract();
  const platform: Platform = {
    clock,
    ids: createIds(),
    limits: createLimits(clock),
    faults: createFaults(),
    strictArguments: options.strictArguments ?? true,
    patience: options.patience ?? 3_000,
    url: '',
    app: {
      clientId: options.clientId ?? '1111.2222',
      clientSecret: options.clientSecret ?? 'client-secret',
      redirectUris: [],
      grants: new Map(),
    },
    workspaces: [],
    log: [],
    complaints: [],
    advice: [],
    dialogs: [],
    rateLimited: 0,
    complain: (text) => {
      platform.complaints.push(text);
      waiting.changed();
    },
    changed: waiting.changed,
  };
  let listener: Listener | undefined;

  return {
    async start() {
      listener = await listen(platform, contract);
      platform.url = listener.url;
      return { url: listener.url, apiUrl: `${listener.url}/api/` };
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
      platform.log
        .filter((entry) => entry.kind === 'api')
        .filter((call) => method === undefined || call.method === method),
    deliveries: () => platform.log.filter((entry): entry is Delivery => 'payload' in entry),
    messages(channel) {
      const found = platform.workspaces
        .map((workspace) => findChannel(workspace, channel))
        .find((one) => one !== undefined);
      if (found === undefined) throw new Error(`no channel ${channel}`);
      return found.messages.filter((message) => !message.deleted && message.ephemeralFor === undefined);
    },
    get views() {
      return platform.workspaces.flatMap((workspace) => workspace.views);
    },
    dialogs: platform.dialogs,
    complaints: platform.complaints,
    advice: platform.advice,
    get rateLimited() {
      return platform.rateLimited;
    },
    faults: platform.faults,
    until: waiting.until,
  };
}

function createWorkspace(platform: Platform, workspace: Workspace): SlackWorkspace {
  const demandChannel = (name: string) => {
    const channel = findChannel(workspace, name);
    if (channel === undefined) throw new Error(`no channel ${name}`);
    return channel;
  };
  const demandUser = (name: string) => {
    const user = findUser(workspace, name);
    if (user === undefined) throw new Error(`no user ${name}`);
    return user;
  };
  const send = (event: JsonObject, options?: DeliveryOptions) => sendEvent(platform, workspace, event, options);
  return {
    teamId: workspace.teamId,
    appId: workspace.appId,
    botUserId: workspace.botUserId,
    state: workspace,
    connect: (requestUrl) => {
      workspace.requestUrl = requestUrl;
    },
    user: (name) => createUser(platform, workspace, demandUser(name)),
    channelId: (name) => findChannel(workspace, name)?.id ?? openDirect(platform, workspace, demandUser(name).id).id,
    messages: (name) =>
      demandChannel(name).messages.filter((message) => !message.deleted && message.ephemeralFor === undefined),
    ephemerals: (name, user) =>
      demandChannel(name).messages.filter(
        (message) =>
          !message.deleted &&
          message.ephemeralFor !== undefined &&
          (user === undefined || message.ephemeralFor === demandUser(user).id),
      ),
    direct: (name) =>
      openDirect(platform, workspace, demandUser(name).id).messages.filter((message) => !message.deleted),
    home: (name) => homeOf(workspace, demandUser(name).id),
    sendEvent: send,
    resend: (delivery, retry) => resend(platform, workspace, delivery, retry),
    async verifyUrl(challenge = platform.ids.secret('challenge', 40)) {
      const payload = { token: VERIFICATION_TOKEN, challenge, type: 'url_verification' };
      const delivery = await deliver(platform, workspace, 'url_verification', payload);
      if (!delivery.answer.includes(challenge)) platform.complain('url_verification: the challenge did not come back');
      return delivery;
    },
    checkSsl: () =>
      deliver(platform, workspace, 'ssl_check', { token: VERIFICATION_TOKEN, ssl_check: '1' }, { unsigned: true }),
    removeBot(name) {
      const channel = demandChannel(name);
      channel.members.delete(workspace.botUserId);
      return send({
        type: 'member_left_channel',
        user: workspace.botUserId,
        channel: channel.id,
        channel_type: channel.kind === 'private' ? 'G' : 'C',
        team: workspace.teamId,
      });
    },
    inviteBot: (name) => void demandChannel(name).members.add(workspace.botUserId),
    archive(name) {
      const channel = demandChannel(name);
      channel.archived = true;
      return send({ type: 'channel_archive', channel: channel.id, user: [...channel.members][0], is_moved: 0 });
    },
    async uninstall() {
      for (const token of workspace.tokens.values()) token.status = 'uninstalled';
      const revoked = await send({ type: 'tokens_revoked', tokens: { oauth: [], bot: [workspace.botUserId] } });
      return [revoked, await send({ type: 'app_uninstalled' })];
    },
    opensHome(name) {
      const user = demandUser(name);
      const home = homeOf(workspace, user.id);
      return send({
        type: 'app_home_opened',
        user: user.id,
        channel: openDirect(platform, workspace, user.id).id,
        tab: 'home',
        ...(home === undefined ? {} : { view: renderView(workspace, home) }),
      });
    },
    grant({ user, redirectUri, scopes, rotation = false }) {
      const code = platform.ids.secret('code', 32);
      platform.app.grants.set(code, {
        teamId: workspace.teamId,
        userId: demandUser(user).id,
        redirectUri,
        scopes,
        rotation,
        mintedAt: platform.clock.now(),
        used: false,
        kind: 'code',
      });
      return code;
    },
  };
}
