import { z } from 'zod';
import type { Person, Place } from '../../core/ports.js';
import type { Zone } from '../../core/webcast.js';
import type { ReadZone } from './zones.js';

const optional = z.string().nullish();
const account = z.looseObject({ id: z.string().min(1), name: optional, aadObjectId: optional });
const holder = z.object({ id: optional }).nullish();

const entity = z.looseObject({
  type: z.string(),
  text: optional,
  timezone: optional,
  mentioned: z.looseObject({ id: z.string(), name: optional, aadObjectId: optional }).nullish(),
});
export type Entity = z.infer<typeof entity>;

/** What the bot reads of an activity of the Bot Framework's protocol as Teams sends it. */
export const activitySchema = z.looseObject({
  type: z.string().min(1),
  id: optional,
  name: optional,
  action: optional,
  text: optional,
  value: z.unknown().optional(),
  channelId: z.literal('msteams'),
  serviceUrl: z.string().min(1),
  replyToId: optional,
  localTimezone: optional,
  from: account,
  recipient: account.extend({ isTargeted: z.boolean().nullish() }),
  conversation: z.looseObject({ id: z.string().min(1), conversationType: optional, tenantId: optional }),
  entities: z.array(entity).nullish().catch(undefined),
  membersAdded: z.array(z.looseObject({ id: z.string() })).nullish(),
  membersRemoved: z.array(z.looseObject({ id: z.string() })).nullish(),
  channelData: z.looseObject({ tenant: holder, team: holder, channel: holder, eventType: optional }).nullish(),
});
export type Activity = z.infer<typeof activitySchema>;

/** The tenant an activity comes from; undefined when it names none, or two that differ. */
export function tenantOf({ conversation, channelData }: Activity): string | undefined {
  const [first, second] = [conversation.tenantId ?? undefined, channelData?.tenant?.id ?? undefined];
  if (first !== undefined && second !== undefined && first.toLowerCase() !== second.toLowerCase()) return undefined;
  return (first ?? second)?.toLowerCase();
}

export type ConversationKind = 'personal' | 'groupChat' | 'channel';

/** Whose turn it is: where and by whom something was said, and all that an answer needs. */
export interface Turn {
  readonly place: Place;
  readonly person: Person;
  readonly kind: ConversationKind;
  /** The conversation to answer in, with its thread. */
  readonly conversation: string;
  readonly serviceUrl: string;
  /** The bot's and the person's ids in this conversation. */
  readonly bot: string;
  readonly user: string;
  /** Said so that only the bot and the person see it. */
  readonly targeted: boolean;
  /** The message whose button was pressed. */
  readonly pressed: string | undefined;
  readonly deliveryId: string;
}

const threadMark = ';messageid=';

/** A channel's conversation without the thread, which is what stays the same over time. */
const channelOf = (conversation: string): string => conversation.split(threadMark)[0] ?? conversation;

/** The thread of a conversation; undefined outside of threads. */
export const threadOf = (conversation: string): string | undefined => conversation.split(threadMark)[1];

/** A conversation with its thread. */
export const inThread = (channel: string, thread: string | undefined): string =>
  thread === undefined ? channel : `${channel}${threadMark}${thread}`;

/** Reads whose turn an activity is, in a tenant that was checked. */
export function readTurn(activity: Activity, tenant: string, readZone: ReadZone): Turn {
  const { from, recipient, conversation } = activity;
  const kind = kindOf(activity);
  const object = from.aadObjectId ?? undefined;
  return {
    place: { tenant, channel: channelOf(conversation.id), direct: kind === 'personal' },
    // Whoever has no object in a directory is anonymous or comes from outside.
    person: { id: object ?? from.id, zone: zoneOf(activity, readZone), ...(object === undefined && { guest: true }) },
    kind,
    conversation: conversation.id,
    serviceUrl: activity.serviceUrl,
    bot: recipient.id,
    user: from.id,
    targeted: recipient.isTargeted === true,
    pressed: activity.replyToId ?? undefined,
    deliveryId: `${conversation.id} ${activity.id ?? ''}`,
  };
}

function kindOf({ conversation }: Activity): ConversationKind {
  switch (conversation.conversationType) {
    case 'personal':
    case 'groupChat':
    case 'channel':
      return conversation.conversationType;
    default:
      if (conversation.id.includes('@thread.tacv2')) return 'channel';
      return conversation.id.startsWith('19:') ? 'groupChat' : 'personal';
  }
}

/** The zone that the person's client tells, when it is one. */
function zoneOf({ entities, localTimezone }: Activity, readZone: ReadZone): Zone | undefined {
  const told = entities?.find((one) => one.type === 'clientInfo')?.timezone ?? localTimezone;
  return told ? readZone(told) : undefined;
}
