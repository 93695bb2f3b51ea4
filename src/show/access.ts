import { type Access, type Obstacle, type Opens, whoOpens } from '../core/access.js';
import type { PublicNode, Text, View } from '../core/view.js';
import type { Instant, Webcast } from '../core/webcast.js';
import { buttonFor } from './card.js';

const obstacleWords: Readonly<Record<Obstacle, string>> = {
  session: 'access control asks for a session',
  schedule: 'it lies outside of the dates set for it in Kaltura',
  entitlement: 'it is in a private category',
  place: 'a rule on countries, addresses, sites or devices, as seen from here',
  rule: 'an access control rule blocks it',
};

/** What one kind of viewer gets, in words. */
export function sayOpens(opens: Opens): string {
  switch (opens.kind) {
    case 'open':
      return 'can open it';
    case 'closed':
      return `cannot: ${opens.obstacles.map((obstacle) => obstacleWords[obstacle]).join(', and ')}`;
    case 'unknown':
      return `not known (Kaltura says ${opens.code})`;
    default: {
      const never: never = opens;
      return never;
    }
  }
}

const remedies: Readonly<Record<Obstacle, string>> = {
  session:
    'Choose an access control profile without that rule, or embed it where viewers get a session ("embed --protected").',
  schedule: "Take its start and end dates away in Kaltura's console, or set them around the show.",
  entitlement: 'Put it into a category that its viewers belong to, or sign them in with the context of your site.',
  place: 'Open the embed where your viewers are, and see.',
  rule: "Look at its access control profile in Kaltura's console.",
};

/** What could be done so that more viewers can open it; nothing when there is nothing in the way. */
export function adviseOnAccess({ moderation, anonymous, signedIn }: Access): readonly string[] {
  if (moderation === 'waiting') return ["Approve it in Kaltura's console, under moderation."];
  if (moderation === 'rejected') return ["It was rejected: approve it in Kaltura's console, or make another one."];
  const hardest = signedIn?.kind === 'closed' ? signedIn : anonymous;
  return hardest.kind === 'closed' && anonymous.kind !== 'open'
    ? hardest.obstacles.map((obstacle) => remedies[obstacle])
    : [];
}

const moderationWords = {
  waiting: 'it waits for a moderator in Kaltura',
  rejected: 'a moderator has rejected it',
} as const;

/** Why nobody at all could open it, as a sentence. */
function sayWhyNobody({ moderation, anonymous, signedIn }: Access): string {
  if (moderation === 'waiting' || moderation === 'rejected') return moderationWords[moderation];
  const closed = [signedIn, anonymous].find((opens) => opens?.kind === 'closed');
  return closed?.kind === 'closed'
    ? closed.obstacles.map((obstacle) => obstacleWords[obstacle]).join(', and ')
    : 'Kaltura lets no viewer in';
}

/** Who can open it, in one sentence. */
export function sayWhoOpens(access: Access): string {
  const who = whoOpens(access);
  switch (who) {
    case 'everybody':
      return 'Everybody with the link can open it.';
    case 'signed in':
      return 'Only viewers with a session of your page can open it.';
    case 'some places':
      return 'It can be opened from some places only.';
    case 'nobody':
      return `Nobody could open it: ${sayWhyNobody(access)}.`;
    case 'unknown':
      return 'Whether viewers can open it could not be found out.';
    default: {
      const never: never = who;
      return never;
    }
  }
}

/** The warning before it is announced; undefined while somebody can open it, as far as can be told. */
export function warnOfAccess(access: Access): Text | undefined {
  if (whoOpens(access) !== 'nobody') return undefined;
  return [{ bold: 'Viewers are locked out. ' }, sayWhoOpens(access), ' ', adviseOnAccess(access).join(' ')];
}

/** What those who run it are told before the start; undefined while somebody can open it, as far as can be told. */
export function lockedOutOf(webcast: Webcast, start: Instant, access: Access): View | undefined {
  if (whoOpens(access) !== 'nobody') return undefined;
  const title = `Viewers are locked out: ${webcast.name}`;
  const advice = adviseOnAccess(access);
  const nodes: readonly PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'text', text: ['It starts ', { time: start }, '. ', sayWhoOpens(access)] },
    ...(advice.length === 0 ? [] : [{ kind: 'list' as const, items: advice }]),
    { kind: 'buttons', buttons: [buttonFor('Try again', 'access', webcast), buttonFor('Status', 'status', webcast)] },
  ];
  return { summary: title, nodes };
}
