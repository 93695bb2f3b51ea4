import type { JsonObject } from '../json.js';
import { type DeliveryOptions, deliver } from './delivery.js';
import { type RetryReason, resend, type SendEventOptions, sendEvent, sendRateLimited } from './events.js';
import { VERIFICATION_TOKEN } from './payloads.js';
import {
  type Delivery,
  findChannel,
  findUser,
  openDirect,
  type Platform,
  type StoredMessage,
  type StoredView,
  type Workspace,
} from './platform.js';
import { createUser, type SlackUser } from './user.js';
import { homeOf, renderView } from './views.js';

export interface GrantOptions {
  user: string;
  redirectUri: string;
  scopes: string[];
  /** Token rotation: 12-hour tokens with single-use refresh tokens. */
  rotation?: boolean;
}

/** One workspace with the app installed, as a test looks at it and acts on it. */
export interface SlackWorkspace {
  readonly teamId: string;
  readonly appId: string;
  readonly botUserId: string;
  /** Everything the double knows, for what the functions below do not cover. */
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
  sendEvent(event: JsonObject, options?: SendEventOptions): Promise<Delivery>;
  /** Repeats a delivery to the byte; the answer is recorded and not carried out. */
  resend(delivery: Delivery, retry?: { number: number; reason: RetryReason }): Promise<Delivery>;
  verifyUrl(challenge?: string): Promise<Delivery>;
  checkSsl(): Promise<Delivery>;
  sendRateLimited(): Promise<Delivery>;
  opensHome(user: string): Promise<Delivery>;
  inviteBot(channel: string): void;
  /** Takes the bot out of a channel and tells the app. */
  removeBot(channel: string): Promise<Delivery>;
  /** Archives a channel and tells the app. */
  archive(channel: string): Promise<Delivery>;
  /** Ends the tokens, then tells the app: tokens_revoked, app_uninstalled. */
  uninstall(): Promise<Delivery[]>;
  /** Makes an OAuth code for an installation by a person. */
  grant(options: GrantOptions): string;
}

/** Makes the handle of a workspace. */
export function createWorkspace(platform: Platform, workspace: Workspace): SlackWorkspace {
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
  const send = (event: JsonObject, options?: SendEventOptions) => sendEvent(platform, workspace, event, options);
  const post = (kind: 'url_verification' | 'ssl_check', payload: JsonObject, options?: DeliveryOptions) =>
    deliver(platform, workspace, kind, payload, options);

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
    ephemerals(name, user) {
      const reader = user === undefined ? undefined : demandUser(user).id;
      return demandChannel(name).messages.filter(
        ({ deleted, ephemeralFor }) =>
          !deleted && ephemeralFor !== undefined && (reader === undefined || ephemeralFor === reader),
      );
    },
    direct: (name) =>
      openDirect(platform, workspace, demandUser(name).id).messages.filter((message) => !message.deleted),
    home: (name) => homeOf(workspace, demandUser(name).id),
    sendEvent: send,
    resend: (delivery, retry) => resend(platform, workspace, delivery, retry),
    async verifyUrl(challenge = platform.ids.secret('challenge', 40)) {
      const delivery = await post('url_verification', {
        token: VERIFICATION_TOKEN,
        challenge,
        type: 'url_verification',
      });
      if (!delivery.answer.includes(challenge)) platform.complain('url_verification: the challenge did not come back');
      return delivery;
    },
    checkSsl: () => post('ssl_check', { token: VERIFICATION_TOKEN, ssl_check: '1' }, { unsigned: true }),
    sendRateLimited: () => sendRateLimited(platform, workspace),
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
    inviteBot: (name) => {
      demandChannel(name).members.add(workspace.botUserId);
    },
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
