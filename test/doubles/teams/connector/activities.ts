import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';
import { ADAPTIVE_CARD } from '../cards/index.js';
import {
  type Conversation,
  createSurface,
  findPerson,
  type Platform,
  type StoredMessage,
  type Tenant,
} from '../platform.js';
import { checkOutgoing } from './check.js';
import { type ConnectorAnswer, refuse } from './errors.js';

const DAY = 24 * 3_600_000;

export interface Place {
  tenant: Tenant;
  conversation: Conversation;
  /** As the path named it, with `;messageid=` where it had one. */
  pathId: string;
  targeted: boolean;
}

interface Authorship {
  author: string;
  threadRoot: string | undefined;
  targetedFor: string | undefined;
}

/** Stores a message in a conversation as one person's or the bot's. */
export function storeMessage(
  platform: Platform,
  conversation: Conversation,
  activity: JsonObject,
  { author, threadRoot, targetedFor }: Authorship,
): StoredMessage {
  const message: StoredMessage = {
    kind: 'message',
    ...createSurface(),
    id: platform.ids.message(),
    conversation,
    threadRoot,
    author,
    activity,
    text: stringAt(activity, 'text') ?? '',
    cards: cardsOf(activity),
    replaced: new Map(),
    targetedFor,
    postedAt: platform.clock.now(),
    edited: false,
    deleted: false,
    history: [],
  };
  if (conversation.kind === 'channel') message.threadRoot ??= message.id;
  conversation.messages.push(message);
  platform.changed();
  return message;
}

function cardsOf(activity: JsonObject): JsonObject[] {
  return objectsAt(activity, 'attachments')
    .filter(({ contentType }) => contentType === ADAPTIVE_CARD)
    .map((attachment) => objectAt(attachment, 'content'))
    .filter((content) => content !== undefined);
}

function demandActivity(platform: Platform, body: unknown, what: string): JsonObject {
  if (isObject(body)) return body;
  platform.complain(`${what}: the body is no activity`);
  throw refuse('BadSyntax', 'Invalid activity');
}

/** The thread a path points to: named by the conversation id, else by the message replied to. */
function threadOf(
  platform: Platform,
  { conversation, pathId }: Place,
  replyTo: string | undefined,
): string | undefined {
  if (conversation.kind !== 'channel') return undefined;
  const root = /;messageid=([^;]+)/.exec(pathId)?.[1];
  const named = conversation.messages.find(({ id }) => id === (root ?? replyTo));
  if (root !== undefined && named === undefined) {
    platform.complain(`post in ${conversation.name}: thread ${root} does not exist`);
    throw refuse('ConversationNotFound');
  }
  return named?.threadRoot;
}

/** The person a targeted message is for; the request must name a member of a chat of several people. */
function recipientOf(platform: Platform, { tenant, conversation, targeted }: Place, activity: JsonObject) {
  const recipient = objectAt(activity, 'recipient');
  if (!targeted) {
    if (recipient?.isTargeted === true)
      platform.complain('post: recipient.isTargeted without ?isTargetedActivity=true');
    return undefined;
  }
  const person = findPerson(tenant, stringAt(recipient ?? {}, 'id') ?? '');
  if (conversation.kind === 'personal' || person === undefined || !conversation.members.has(person.id)) {
    platform.complain(`post in ${conversation.name}: targeted at ${stringAt(recipient ?? {}, 'id') ?? 'nobody'}`);
    throw refuse('BadArgument', 'Bad argument');
  }
  return person.id;
}

/** Carries out POST …/activities and …/activities/{replyTo}. */
export function postActivity(
  platform: Platform,
  place: Place,
  body: unknown,
  replyTo: string | undefined,
): ConnectorAnswer {
  const { tenant, conversation, pathId, targeted } = place;
  const activity = demandActivity(platform, body, 'post');
  const threadRoot = threadOf(platform, place, replyTo);
  const targetedFor = recipientOf(platform, place, activity);
  checkOutgoing(platform, tenant, conversation, activity, { operation: 'post', pathId, targeted });
  const asked = conversation.messages.find(({ id }) => id === (replyTo ?? stringAt(activity, 'replyToId')));
  if (asked?.targetedFor !== undefined && targetedFor === undefined) {
    platform.advice.push(`post in ${conversation.name}: everybody sees the answer to a targeted message`);
  }
  if (activity.type !== 'message') return { status: 201, body: { id: platform.ids.message() } };
  const { id } = storeMessage(platform, conversation, activity, { author: 'bot', threadRoot, targetedFor });
  return { status: 201, body: { id } };
}

function demandOwn(platform: Platform, place: Place, id: string, what: 'put' | 'delete'): StoredMessage {
  const { conversation, targeted } = place;
  const message = conversation.messages.find((one) => one.id === id);
  if (message === undefined) {
    platform.complain(`${what} in ${conversation.name}: there never was a message ${id}`);
    throw refuse('ActivityNotFoundInConversation');
  }
  if (message.author !== 'bot') {
    platform.complain(`${what} in ${conversation.name}: message ${id} is somebody else's`);
    throw refuse('BadArgument', 'The bot may change its own messages only');
  }
  if (targeted !== (message.targetedFor !== undefined)) {
    platform.complain(`${what} in ${conversation.name}: isTargetedActivity does not fit message ${id}`);
    throw refuse('BadArgument', 'Bad argument');
  }
  const expired = message.targetedFor !== undefined && platform.clock.now() - message.postedAt > DAY;
  if (message.deleted || expired) throw refuse('ActivityNotFoundInConversation');
  return message;
}

/** Carries out PUT …/activities/{id}: the new activity takes the place of the old one for everybody. */
export function putActivity(platform: Platform, place: Place, body: unknown, id: string): ConnectorAnswer {
  const { tenant, conversation, pathId, targeted } = place;
  const activity = demandActivity(platform, body, 'put');
  const message = demandOwn(platform, place, id, 'put');
  if (targeted && activity.recipient !== undefined) {
    platform.complain(`put in ${conversation.name}: an edit of a targeted message must not name a recipient`);
    throw refuse('BadArgument', 'Bad argument');
  }
  const named = stringAt(activity, 'id');
  if (named !== undefined && named !== id) platform.complain(`put: the path says ${id}, the activity ${named}`);
  checkOutgoing(platform, tenant, conversation, activity, { operation: 'put', pathId, targeted });
  message.history.push(message.activity);
  message.activity = activity;
  message.text = stringAt(activity, 'text') ?? '';
  message.cards = cardsOf(activity);
  message.replaced.clear();
  message.edited = true;
  platform.changed();
  return { status: 200, body: { id } };
}

/** Carries out DELETE …/activities/{id}. */
export function deleteActivity(platform: Platform, place: Place, id: string): ConnectorAnswer {
  demandOwn(platform, place, id, 'delete').deleted = true;
  platform.changed();
  return { status: 200, body: undefined };
}
