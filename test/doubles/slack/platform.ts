import type { JsonObject } from '../json.js';
import type { Faults } from './faults.js';
import type { Ids } from './ids.js';
import type { Limits } from './limits.js';
import type { Sockets } from './socket.js';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface User {
  id: string;
  name: string;
  realName: string;
  email: string;
  tz: string;
  locale: string;
  isBot: boolean;
  deleted: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  archived: boolean;
  /** User ids; the bot's own id is among them when it was invited. */
  members: Set<string>;
  messages: StoredMessage[];
  lastTs: number;
}

/** What an input element holds, in the shape Slack reports it. */
export type ElementState = JsonObject & { type: string };
/** Element states by block_id and action_id. */
export type FormState = Record<string, Record<string, ElementState>>;

interface Surface {
  teamId: string;
  /** What each person entered here, by user id. */
  states: Map<string, FormState>;
  /** Options last offered by the app for an external select, by `user block action`. */
  offered: Map<string, JsonObject[]>;
}

export interface StoredMessage extends Surface {
  kind: 'message';
  channel: string;
  ts: string;
  user: string;
  text: string;
  blocks: JsonObject[];
  attachments: JsonObject[];
  metadata?: JsonObject;
  /** Ids of the files shared by this message. */
  files: string[];
  threadTs?: string;
  /** Set on ephemeral messages: the only person who sees it. */
  ephemeralFor?: string;
  edited: boolean;
  deleted: boolean;
  via: 'api' | 'response_url' | 'command' | 'person';
  /** Earlier texts and blocks, oldest first. */
  history: { text: string; blocks: JsonObject[] }[];
}

export interface StoredView extends Surface {
  kind: 'view';
  id: string;
  type: 'modal' | 'home';
  userId: string;
  /** The view as Slack stores it: ids and defaults filled in. */
  body: JsonObject;
  hash: string;
  rootId: string;
  previousId: string | null;
  open: boolean;
  ended?: 'submitted' | 'closed' | 'cleared' | 'replaced';
  /** Field errors shown after the last submission, by block_id. */
  errors: Record<string, string>;
  /** The conversation the person was in when the first view opened. */
  channelId?: string;
  /** Earlier bodies, oldest first. */
  history: JsonObject[];
}

export interface Trigger {
  userId: string;
  mintedAt: number;
  used: boolean;
  channelId?: string;
  viewId?: string;
}

export interface ResponseUrl {
  userId: string;
  channelId: string;
  mintedAt: number;
  uses: number;
  source?: StoredMessage;
}

export interface Token {
  value: string;
  kind: 'bot' | 'app';
  scopes: string[];
  status: 'active' | 'revoked' | 'expired' | 'uninstalled';
  /** Milliseconds since the epoch, for rotated tokens. */
  expiresAt?: number;
}

interface UploadedFile {
  id: string;
  name: string;
  size: number;
  title: string;
  bytes?: Buffer;
  completed: boolean;
  /** When Slack is done looking at it: only then can blocks show it. */
  readyAt: number;
}

export interface Workspace {
  teamId: string;
  name: string;
  domain: string;
  appId: string;
  botId: string;
  botUserId: string;
  homeEnabled: boolean;
  signingSecret: string;
  /** Where the app receives deliveries; unset until the app is known. */
  requestUrl: string | undefined;
  tokens: Map<string, Token>;
  users: Map<string, User>;
  channels: Map<string, Channel>;
  usergroups: Map<string, string[]>;
  views: StoredView[];
  triggers: Map<string, Trigger>;
  responseUrls: Map<string, ResponseUrl>;
  files: Map<string, UploadedFile>;
}

export interface ApiCall {
  kind: 'api';
  at: number;
  method: string;
  teamId: string | undefined;
  args: JsonObject;
  contentType: string;
  status: number;
  response: unknown;
}

interface ResponseUrlPost {
  kind: 'response_url';
  at: number;
  path: string;
  body: unknown;
  status: number;
  response: string;
}

export type DeliveryKind =
  | 'command'
  | 'block_actions'
  | 'block_suggestion'
  | 'view_submission'
  | 'view_closed'
  | 'shortcut'
  | 'message_action'
  | 'event'
  | 'url_verification'
  | 'ssl_check';

export interface Delivery {
  kind: DeliveryKind;
  at: number;
  teamId: string;
  /** The fields as sent: the form of a command, the payload of an interaction, the event envelope. */
  payload: JsonObject;
  /** The raw request body. */
  body: string;
  contentType: string;
  status: number | undefined;
  /** The headers of the answer, in lower case. */
  headers: Record<string, string>;
  /** The raw answer of the app. */
  answer: string;
  /** The answer as JSON, when it was JSON. */
  json: unknown;
  /** Milliseconds by the clock between request and answer. */
  elapsed: number;
  /** What the person would see, or what Slack would count as an error. */
  failure?: string;
  /** Field errors of a submission, by block_id. */
  errors: Record<string, string>;
  /** Options of a block_suggestion, flattened. */
  options: JsonObject[];
  /** The confirmation dialog the person went through. */
  dialog?: Dialog;
}

export interface Dialog {
  title: string;
  text: string;
  confirm: string;
  deny: string;
  accepted: boolean;
}

export type LogEntry = ApiCall | ResponseUrlPost | Delivery;

/** The state all parts of the double share. */
export interface Platform {
  clock: Clock;
  ids: Ids;
  limits: Limits;
  faults: Faults;
  /** Refuse arguments that Slack would silently ignore, as complaints. */
  strictArguments: boolean;
  /** Milliseconds by the clock for which Slack looks at a new file before blocks may show it. */
  fileWork: number;
  /** Real milliseconds to wait for the app's answer. */
  patience: number;
  /** The base address, known once the server listens. */
  url: string;
  app: { id: string; clientId: string; clientSecret: string; unfurlDomains: string[]; grants: Map<string, Grant> };
  /** Socket Mode, once the server listens. */
  sockets: Sockets | undefined;
  /** Addresses apps.connections.open gave out and nobody used yet. */
  tickets: Set<string>;
  workspaces: Workspace[];
  log: LogEntry[];
  /** What the real platform would have refused or shown broken; tests assert that it is empty. */
  complaints: string[];
  /** Habits that work and look bad. */
  advice: string[];
  dialogs: Dialog[];
  rateLimited: number;
  complain(text: string): void;
  /** Tells waiting tests that something changed. */
  changed(): void;
}

interface Grant {
  teamId: string;
  userId: string;
  redirectUri: string;
  scopes: string[];
  mintedAt: number;
  rotation: boolean;
  used: boolean;
  kind: 'code' | 'refresh';
}

/** Returns the channel behind an id, or undefined. */
export function findChannel(workspace: Workspace, idOrName: string): Channel | undefined {
  return (
    workspace.channels.get(idOrName) ??
    [...workspace.channels.values()].find(
      (channel) => channel.kind !== 'im' && channel.name === idOrName.replace(/^#/, ''),
    )
  );
}

/** Returns the person behind an id or a user name, or undefined. */
export function findUser(workspace: Workspace, idOrName: string): User | undefined {
  const name = idOrName.replace(/^@/, '');
  return workspace.users.get(idOrName) ?? [...workspace.users.values()].find((user) => user.name === name);
}

/** Returns the direct conversation between the app and a person, made on first use. */
export function openDirect(platform: Platform, workspace: Workspace, userId: string): Channel {
  for (const channel of workspace.channels.values()) {
    if (channel.kind === 'im' && channel.members.has(userId)) return channel;
  }
  const channel: Channel = {
    id: platform.ids.next('D'),
    name: 'directmessage',
    kind: 'im',
    archived: false,
    members: new Set([userId, workspace.botUserId]),
    messages: [],
    lastTs: 0,
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}
