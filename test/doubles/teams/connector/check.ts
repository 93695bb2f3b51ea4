import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';
import { ADAPTIVE_CARD, findCardIssues } from '../cards/index.js';
import { findMentionIssues } from '../cards/mentions.js';
import { FILE_CONSENT, FILE_INFO, findConsentIssues, findFileIssues } from '../drive.js';
import { botIdOf, type Conversation, type Platform, type Tenant } from '../platform.js';
import { refuse } from './errors.js';

/** The whole payload counts, as UTF-16. */
const MOST_BYTES = 100 * 1024;
const KINDS = new Set(['message', 'typing', 'event', 'trace', 'endOfConversation']);
const OTHER_CARDS = new Set([
  'application/vnd.microsoft.card.hero',
  'application/vnd.microsoft.card.thumbnail',
  'application/vnd.microsoft.teams.card.o365connector',
  'application/vnd.microsoft.teams.file.download.info',
  'image/png',
  'image/jpeg',
  'image/gif',
]);

export interface Outgoing {
  operation: 'post' | 'put' | 'create';
  /** The conversation id as the path named it; undefined for a new conversation. */
  pathId: string | undefined;
  targeted: boolean;
}

/** Returns the bytes a payload weighs against Teams' limit. */
function weighPayload(activity: unknown): number {
  return Buffer.byteLength(JSON.stringify(activity), 'utf16le');
}

/** Judges an activity the bot posts or edits; throws what the connector would answer, and complains about the rest. */
export function checkOutgoing(
  platform: Platform,
  tenant: Tenant,
  conversation: Conversation,
  activity: JsonObject,
  { operation, pathId, targeted }: Outgoing,
): void {
  const complain = (text: string) => platform.complain(`${operation} in ${conversation.name}: ${text}`);
  const type = stringAt(activity, 'type');
  if (type === undefined || !KINDS.has(type)) {
    complain(`activity type ${String(activity.type)}`);
    throw refuse('BadArgument');
  }
  if (weighPayload(activity) > MOST_BYTES) throw refuse('MessageSizeTooBig');
  const attachments = objectsAt(activity, 'attachments');
  const text = stringAt(activity, 'text') ?? '';
  if (type === 'message' && text.trim() === '' && attachments.length === 0) {
    complain('neither text nor attachment');
    throw refuse('BadSyntax');
  }
  for (const [field, found, right] of [
    ['from.id', stringAt(objectAt(activity, 'from') ?? {}, 'id'), botIdOf(platform)],
    ['serviceUrl', stringAt(activity, 'serviceUrl'), tenant.serviceUrl],
    ['channelId', stringAt(activity, 'channelId'), 'msteams'],
  ] as const) {
    if (found !== undefined && found !== right) complain(`${field} is ${found} instead of ${right}`);
  }
  const named = stringAt(objectAt(activity, 'conversation') ?? {}, 'id');
  if (pathId !== undefined && named !== undefined && named !== pathId) {
    complain(`conversation.id is ${named}, the path says ${pathId}`);
  }
  for (const [index, attachment] of attachments.entries()) {
    checkAttachment(platform, tenant, conversation, attachment, (issue) => complain(`attachment ${index}${issue}`));
  }
  if (activity.attachments !== undefined && !Array.isArray(activity.attachments)) complain('attachments is no list');
  for (const issue of findMentionIssues(
    text,
    objectsAt(activity, 'entities'),
    mentionable(platform, tenant, conversation),
  )) {
    complain(issue);
  }
  checkSecrets(platform, activity, conversation.kind === 'personal' || targeted, complain);
}

function checkAttachment(
  platform: Platform,
  tenant: Tenant,
  conversation: Conversation,
  attachment: JsonObject,
  report: (issue: string) => void,
): void {
  const type = stringAt(attachment, 'contentType');
  if (type === FILE_CONSENT) {
    for (const issue of findConsentIssues(attachment, conversation)) report(`: ${issue}`);
    return;
  }
  if (type === FILE_INFO) {
    for (const issue of findFileIssues(platform, attachment)) report(`: ${issue}`);
    return;
  }
  if (type !== ADAPTIVE_CARD) {
    if (type === undefined || !OTHER_CARDS.has(type)) report(`: contentType ${String(type)}`);
    return;
  }
  const people = mentionable(platform, tenant, conversation);
  const { issues, advice } = findCardIssues(attachment.content, { place: 'message', people });
  for (const issue of issues) report(issue);
  platform.advice.push(...advice);
}

/** The ids that may be mentioned in a conversation: its members by both ids and by e-mail, and the bot. */
export function mentionable(platform: Platform, tenant: Tenant, conversation: Conversation): Set<string> {
  const members = tenant.people.filter(({ id }) => conversation.members.has(id));
  return new Set([botIdOf(platform), ...members.flatMap(({ id, aadObjectId, email }) => [id, aadObjectId, email])]);
}

/** Complains about secrets in what people are shown. */
export function checkSecrets(
  platform: Platform,
  shown: unknown,
  isPrivate: boolean,
  complain: (text: string) => void,
): void {
  const text = JSON.stringify(isObject(shown) ? { ...shown, serviceUrl: undefined } : (shown ?? null));
  if (text.includes(platform.app.password)) complain("the app's password is shown");
  for (const token of platform.accessTokens.keys()) if (text.includes(token)) complain('an access token is shown');
  if (isPrivate) return;
  for (const secret of platform.privateTexts) {
    if (text.includes(JSON.stringify(secret).slice(1, -1))) complain('a private text is shown to everybody');
  }
}
