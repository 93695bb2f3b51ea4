import type { JsonObject } from '../json.js';
import type { KeyRing } from './authority/keys.js';
import type { Limits } from './connector/limits.js';
import type { DriveFile } from './drive.js';
import type { Faults } from './faults.js';
import type { Ids } from './ids.js';

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Person {
  /** The id this bot knows the person by, `29:…`. */
  id: string;
  aadObjectId: string;
  name: string;
  email: string;
  locale: string;
  country: string;
  /** IANA time zone. */
  timezone: string;
  guest: boolean;
}

type ConversationKind = 'personal' | 'groupChat' | 'channel';

/** Why the bot may not write: nobody minds, the person blocked it, writes are closed, or the tenant's admin said no. */
type Blocked = 'no' | 'by user' | 'writes' | 'by admin';

export interface Conversation {
  /** Without `;messageid=`. */
  id: string;
  kind: ConversationKind;
  name: string;
  tenantId: string;
  team: Team | undefined;
  /** Ids of the people who belong to it. */
  members: Set<string>;
  installed: boolean;
  blocked: Blocked;
  gone: boolean;
  messages: StoredMessage[];
}

export interface Team {
  id: string;
  name: string;
  aadGroupId: string;
  channels: Conversation[];
}

/** What people can press and fill: a card in a message, or the one in a dialog. */
interface Surface {
  /** What each person typed and has not sent, by person and input id. */
  entered: Map<string, Map<string, string>>;
  /** Cards opened by Action.ShowCard and elements switched by Action.ToggleVisibility, by person. */
  opened: Map<string, Set<JsonObject>>;
  toggled: Map<string, Map<string, boolean>>;
  /** What dynamic choice sets offered last, by `person input`. */
  offered: Map<string, JsonObject[]>;
}

export interface StoredMessage extends Surface {
  kind: 'message';
  id: string;
  conversation: Conversation;
  /** The id of the message that began the thread, in channels. */
  threadRoot: string | undefined;
  /** `bot`, or the id of the person who wrote it. */
  author: string;
  /** The activity as it was posted or edited last. */
  activity: JsonObject;
  text: string;
  /** The Adaptive Cards everybody sees. */
  cards: JsonObject[];
  /** Cards replaced by an answer to Action.Execute, by person. */
  replaced: Map<string, JsonObject>;
  /** The only person who sees a targeted message. */
  targetedFor: string | undefined;
  postedAt: number;
  edited: boolean;
  deleted: boolean;
  /** Earlier activities, oldest first. */
  history: JsonObject[];
}

export interface Dialog extends Surface {
  kind: 'dialog';
  personId: string;
  conversation: Conversation;
  /** The message whose button opened it. */
  source: StoredMessage | undefined;
  /** The message extension command that opened it. */
  commandId: string | undefined;
  title: string;
  height: number | string | undefined;
  width: number | string | undefined;
  card: JsonObject;
  open: boolean;
  /** Text shown instead of a card at the end. */
  message: string | undefined;
  /** Earlier cards, oldest first. */
  history: JsonObject[];
}

export type ConnectorOperation =
  | 'post'
  | 'put'
  | 'delete'
  | 'create'
  | 'members'
  | 'member'
  | 'pagedmembers'
  | 'team'
  | 'channels'
  | 'unknown';

export interface ConnectorCall {
  kind: 'connector';
  at: number;
  operation: ConnectorOperation;
  method: string;
  /** The path and query as they came over the wire, below the service address. */
  path: string;
  /** The conversation named in the path, decoded. */
  conversation: string | undefined;
  body: unknown;
  /** What the connector made of it, whatever a fault told the caller; undefined when nothing was done. */
  status: number | undefined;
  response: unknown;
}

interface TokenCall {
  kind: 'token';
  at: number;
  tenant: string;
  /** The form fields without the secret. */
  fields: Record<string, string>;
  status: number;
  response: unknown;
}

interface OpenIdCall {
  kind: 'openid';
  at: number;
  path: string;
  status: number;
}

/** A request at the host that belongs to nobody: redirect targets and foreign service addresses. */
interface StrangerCall {
  kind: 'stranger';
  at: number;
  method: string;
  path: string;
  authorized: boolean;
}

export interface Delivery {
  kind: 'delivery';
  /** The activity type, or the name of an invoke. */
  what: string;
  at: number;
  activity: JsonObject;
  status: number | undefined;
  /** The headers of the answer, in lower case. */
  headers: Record<string, string>;
  answer: string;
  /** The answer as JSON, when it was JSON. */
  json: unknown;
  /** Milliseconds by the clock between request and answer. */
  elapsed: number;
  /** What the person would see instead of a result. */
  failure: string | undefined;
  /** The dialog the answer opened or showed again. */
  dialog: Dialog | undefined;
  /** The text the answer showed to the person. */
  notice: string | undefined;
  /** Choices, search results or previews in the answer. */
  results: JsonObject[];
}

export type LogEntry = ConnectorCall | TokenCall | OpenIdCall | StrangerCall | Delivery;

export interface Tenant {
  id: string;
  /** The address the bot is told to answer to, with a slash at the end. */
  serviceUrl: string;
  people: Person[];
  conversations: Conversation[];
  teams: Team[];
}

/** The state all parts of the double share. */
export interface Platform {
  clock: Clock;
  /** The clock signed tokens are dated by. */
  tokenClock: Clock;
  ids: Ids;
  faults: Faults;
  limits: Limits;
  keys: KeyRing;
  /** Real milliseconds to wait for the bot's answer. */
  patience: number;
  app: { id: string; password: string; name: string };
  issuer: string;
  connectorUrl: string;
  authorityUrl: string;
  strangerUrl: string;
  /** Where people's files are, and what is there. */
  driveUrl: string;
  drive: DriveFile[];
  /** Where the bot receives activities; unset until it is known. */
  botUrl: string | undefined;
  /** Access tokens the login endpoint gave out, with the moment they end. */
  accessTokens: Map<string, number>;
  /** Seconds an access token lives. */
  accessTokenLifetime: number;
  /** Texts that may stand in personal chats and targeted messages only. */
  privateTexts: Set<string>;
  openedLinks: string[];
  tenants: Tenant[];
  log: LogEntry[];
  /** What the real platform would have refused or shown broken; tests assert that it is empty. */
  complaints: string[];
  /** Habits that work and look bad. */
  advice: string[];
  throttled: number;
  complain(text: string): void;
  /** Tells waiting tests that something changed. */
  changed(): void;
}

/** Makes the empty surface state of a new message or dialog. */
export function createSurface(): Surface {
  return { entered: new Map(), opened: new Map(), toggled: new Map(), offered: new Map() };
}

/** Returns the id the bot is known by in every conversation. */
export function botIdOf(platform: Platform): string {
  return `28:${platform.app.id}`;
}

/** Finds a conversation by its id, with or without `;messageid=`. */
export function findConversation(tenant: Tenant, id: string): Conversation | undefined {
  const root = id.split(';')[0];
  return tenant.conversations.find((conversation) => conversation.id === root);
}

/** Finds somebody by the bot's id for them or by their directory object id. */
export function findPerson(tenant: Tenant, id: string): Person | undefined {
  return tenant.people.find((person) => person.id === id || person.aadObjectId === id);
}
