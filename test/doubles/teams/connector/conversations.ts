import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';
import { botIdOf, type Conversation, findConversation, findPerson, type Platform, type Tenant } from '../platform.js';
import { storeMessage } from './activities.js';
import { checkOutgoing } from './check.js';
import { type ConnectorAnswer, type Refusal, refuse, refuseWrites } from './errors.js';

/** Throws what the connector answers while the bot has no business in a conversation. */
export function demandWritable({ blocked, gone, installed }: Conversation): void {
  const refusal = ((): Refusal | undefined => {
    if (gone) return refuse('ConversationNotFound');
    switch (blocked) {
      case 'by admin':
        return refuse('BotDisabledByAdmin');
      case 'by user':
        return refuse('ConversationBlockedByUser');
      case 'writes':
        return refuseWrites();
      case 'no':
        return installed ? undefined : refuse('BotNotInConversationRoster');
      default: {
        const never: never = blocked;
        throw new Error(`unknown state ${String(never)}`);
      }
    }
  })();
  if (refusal !== undefined) throw refusal;
}

/** Carries out POST v3/conversations: a personal chat with one person, or a new thread in a channel. */
export function createConversation(platform: Platform, tenant: Tenant, body: unknown): ConnectorAnswer {
  if (!isObject(body)) {
    platform.complain('create: the body is no object');
    throw refuse('BadSyntax', 'Invalid conversation parameters');
  }
  const channel = stringAt(objectAt(objectAt(body, 'channelData') ?? {}, 'channel') ?? {}, 'id');
  const bot = stringAt(objectAt(body, 'bot') ?? {}, 'id');
  if (bot !== undefined && bot !== botIdOf(platform)) platform.complain(`create: bot.id is ${bot}`);
  if (channel !== undefined) return createThread(platform, tenant, body, channel);
  if (bot === undefined) platform.complain('create: no bot.id');
  return createChat(platform, tenant, body);
}

function createChat(platform: Platform, tenant: Tenant, body: JsonObject): ConnectorAnswer {
  const members = objectsAt(body, 'members');
  const tenantId =
    stringAt(body, 'tenantId') ?? stringAt(objectAt(objectAt(body, 'channelData') ?? {}, 'tenant') ?? {}, 'id');
  if (members.length !== 1 || tenantId !== tenant.id || body.isGroup === true) {
    platform.complain(`create: ${members.length} members, tenant ${tenantId ?? 'unnamed'}, isGroup ${body.isGroup}`);
    throw refuse('BadArgument', 'Incorrect conversation creation parameters');
  }
  const person = findPerson(tenant, stringAt(members[0] ?? {}, 'id') ?? '');
  const conversation = tenant.conversations.find(
    (one) => one.kind === 'personal' && person !== undefined && one.members.has(person.id),
  );
  if (person === undefined || conversation === undefined) throw refuse('BadArgument', 'Failed to decrypt user id');
  if (!conversation.installed) throw refuse('ForbiddenOperationException');
  demandWritable(conversation);
  const activity = objectAt(body, 'activity');
  const activityId = activity === undefined ? undefined : sayFirst(platform, tenant, conversation, activity);
  return { status: 201, body: { id: conversation.id, ...(activityId === undefined ? {} : { activityId }) } };
}

function createThread(platform: Platform, tenant: Tenant, body: JsonObject, channelId: string): ConnectorAnswer {
  const conversation = findConversation(tenant, channelId);
  const activity = objectAt(body, 'activity');
  if (activity === undefined || channelId.includes(';')) {
    platform.complain(`create: a thread in ${channelId} ${activity === undefined ? 'without an activity' : ''}`);
    throw refuse('BadSyntax', 'Incorrect conversation creation parameters');
  }
  if (conversation?.kind !== 'channel') throw refuse('ConversationNotFound');
  demandWritable(conversation);
  const activityId = sayFirst(platform, tenant, conversation, activity);
  return { status: 201, body: { id: `${channelId};messageid=${activityId}`, activityId } };
}

function sayFirst(platform: Platform, tenant: Tenant, conversation: Conversation, activity: JsonObject): string {
  checkOutgoing(platform, tenant, conversation, activity, { operation: 'create', pathId: undefined, targeted: false });
  const authorship = { author: 'bot', threadRoot: undefined, targetedFor: undefined };
  return storeMessage(platform, conversation, activity, authorship).id;
}
