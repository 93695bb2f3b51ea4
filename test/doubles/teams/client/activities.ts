import { DateTime } from 'luxon';
import type { JsonObject } from '../../json.js';
import {
  botIdOf,
  type Conversation,
  type Person,
  type Platform,
  type StoredMessage,
  type Tenant,
} from '../platform.js';

/** Who acts where: what every activity tells. */
export interface Scene {
  platform: Platform;
  tenant: Tenant;
  person: Person;
  conversation: Conversation;
  /** The message that began the thread, in channels. */
  threadRoot?: string | undefined;
}

/** The sender as background events name them: without a display name. */
export function describeSilent({ id, aadObjectId }: Person): JsonObject {
  return { id, aadObjectId };
}

/** The channel id behind an activity, with the thread where there is one. */
function addressOf({ conversation, threadRoot }: Scene): string {
  return threadRoot === undefined ? conversation.id : `${conversation.id};messageid=${threadRoot}`;
}

/** The conversation as activities describe it. */
export function describeConversation(scene: Scene): JsonObject {
  const { kind, tenantId } = scene.conversation;
  return {
    ...(kind === 'personal' ? {} : { isGroup: true }),
    conversationType: kind,
    tenantId,
    id: addressOf(scene),
  };
}

/** Fields of everything Teams sends: service, moment, place and the bot. */
export function envelope(scene: Scene, type: string, id: string): JsonObject {
  const { platform, tenant } = scene;
  return {
    type,
    id,
    timestamp: new Date(platform.clock.now()).toISOString(),
    serviceUrl: tenant.serviceUrl,
    channelId: 'msteams',
    conversation: describeConversation(scene),
    recipient: { id: botIdOf(platform), name: platform.app.name },
  };
}

/** What a client tells about itself, the person's time zone among it. */
export function clientInfo({ locale, country, timezone }: Person): JsonObject {
  return { type: 'clientInfo', locale, country, platform: 'Windows', timezone };
}

/** The tenant, and in a channel the team and the channel by both of their spellings. */
function channelData({ tenant, conversation }: Scene): JsonObject {
  const { team } = conversation;
  if (team === undefined) return { tenant: { id: tenant.id } };
  return {
    teamsChannelId: conversation.id,
    teamsTeamId: team.id,
    tenant: { id: tenant.id },
    team: { id: team.id },
    channel: { id: conversation.id },
  };
}

/** Fields of everything that a person does at a client. */
export function personal(scene: Scene, type: string, id: string): JsonObject {
  const { platform, person } = scene;
  return {
    ...envelope(scene, type, id),
    from: { id: person.id, name: person.name, aadObjectId: person.aadObjectId },
    localTimestamp: DateTime.fromMillis(platform.clock.now(), { zone: person.timezone }).toISO(),
    localTimezone: person.timezone,
    locale: person.locale,
    entities: [clientInfo(person)],
    channelData: channelData(scene),
  };
}

export interface Wording {
  text: string;
  html: string;
  mentions: JsonObject[];
}

/** A text message as Teams sends it, with its copy as HTML. */
export function messageActivity(scene: Scene, id: string, { text, html, mentions }: Wording): JsonObject {
  return {
    ...personal(scene, 'message', id),
    text,
    textFormat: 'plain',
    entities: [...mentions, clientInfo(scene.person)],
    attachments: [{ contentType: 'text/html', content: html }],
  };
}

/** The message activity a client sends for Action.Submit: a value and no text. */
export function submitActivity(scene: Scene, source: StoredMessage, value: unknown): JsonObject {
  return {
    ...personal(scene, 'message', `f:${scene.platform.ids.guid('submit')}`),
    channelData: { ...channelData(scene), source: { name: 'message' } },
    replyToId: source.id,
    value,
  };
}

/** An invoke; it comes from a card in a message, or from the compose box. */
export function invokeActivity(
  scene: Scene,
  name: string,
  value: unknown,
  source: StoredMessage | 'compose' | undefined,
): JsonObject {
  return {
    ...personal(scene, 'invoke', `f:${scene.platform.ids.guid('invoke')}`),
    name,
    value,
    channelData: { ...channelData(scene), source: { name: source === 'compose' ? 'compose' : 'message' } },
    ...(typeof source === 'object' ? { replyToId: source.id } : {}),
  };
}
