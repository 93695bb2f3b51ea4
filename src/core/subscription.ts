import type { Mention } from './mention.js';
import type { MessageRef, Place } from './ports.js';
import type { EntryId, Instant, Webcast, Zone } from './webcast.js';

export const modes = ['quiet', 'normal', 'flat'] as const;
/** How a channel is told: by edits alone, by one message and the card's thread, or by messages without threads. */
export type Mode = (typeof modes)[number];

/** Who reads the channel: the crew hears of trouble too, the audience of good news only. */
export type Side = 'crew' | 'audience';

/** How a channel is told of figures while it is live: every so many minutes, once at the end, or not at all. */
export type NumbersRhythm = number | 'end' | 'off';

/** The bounds of the minutes between two figures. */
export const numbersBounds = { least: 1, most: 60 } as const;

/** What a channel follows: one webcast, all of the account, or all with a tag. */
export type Subject =
  | { readonly kind: 'webcast'; readonly webcast: EntryId }
  | { readonly kind: 'all' }
  | { readonly kind: 'tag'; readonly tag: string };

/** When a channel is left in peace, every day: minutes after midnight by the clocks of a zone; from after to is over midnight. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
  readonly zone: Zone;
}

/** A channel's wish to be told. */
export interface Subscription {
  readonly platform: string;
  readonly place: Place;
  readonly subject: Subject;
  readonly mode: Mode;
  readonly side: Side;
  /** Minutes before the start at which a reminder comes. */
  readonly reminders: readonly number[];
  /** Who is called when it goes live and by the last reminder. */
  readonly mention: Mention | undefined;
  readonly numbers: NumbersRhythm;
  /** Whether each question of a viewer is told while it is live: the moderators' channel. */
  readonly questions: boolean;
  /** When nothing that can wait is told. */
  readonly quietHours?: QuietHours | undefined;
  /** Who asked for it, and is told when it cannot be kept. */
  readonly owner: string;
  /** Why nothing is sent any more; subscribing anew is what ends it. */
  readonly paused: string | undefined;
}

/** A week, a day and a quarter of an hour before the start. */
export const defaultReminders: readonly number[] = [7 * 24 * 60, 24 * 60, 15];

/** Who planned a webcast, and is told privately what only concerns them. */
export interface Organizer {
  readonly platform: string;
  readonly tenant: string;
  readonly person: string;
}

/** What commands remember of who follows what. */
export interface FollowStore {
  /** Adds the subscription, or replaces the one of the same channel and subject; what was paused goes on. */
  subscribe(subscription: Subscription, now: Instant): Promise<void>;
  /** Ends a channel's subscription; false when there was none. */
  unsubscribe(platform: string, place: Place, subject: Subject): Promise<boolean>;
  /** A channel's subscriptions, oldest first. */
  subscriptions(platform: string, place: Place): Promise<readonly Subscription[]>;
  /** Makes the webcast due to be looked at now, and its cards due to be shown anew after that; watches it from now on. */
  nudge(webcast: EntryId, now: Instant, organizer?: Organizer): Promise<void>;
  /** Marks that this channel is being told of a broadcast, by the command that opens it. */
  markAnnounced(platform: string, place: Place, webcast: EntryId, now: Instant): Promise<void>;
  /** Remembers the message that told a channel of the broadcast, to be closed after it. */
  saveAnnouncement(platform: string, webcast: EntryId, message: MessageRef, now: Instant): Promise<void>;
}

/** The platform's key of a subject: a webcast's id, "*", or "#" and a tag. */
export function keyOf(subject: Subject): string {
  switch (subject.kind) {
    case 'webcast':
      return subject.webcast;
    case 'all':
      return '*';
    case 'tag':
      return `#${subject.tag}`;
    default: {
      const never: never = subject;
      return never;
    }
  }
}

/** Whether a webcast falls under what a channel follows. */
export function covers(subject: Subject, { id, tags, adminTags }: Pick<Webcast, 'id' | 'tags' | 'adminTags'>): boolean {
  switch (subject.kind) {
    case 'webcast':
      return subject.webcast === id;
    case 'all':
      return true;
    case 'tag':
      return [...tags, ...adminTags].some((tag) => tag.toLowerCase() === subject.tag);
    default: {
      const never: never = subject;
      return never;
    }
  }
}

/** The subscriptions that count in each channel: its own word on a webcast comes before a tag's, and that before all. */
export function mostSpecific(subscriptions: readonly Subscription[]): readonly Subscription[] {
  const rank = { webcast: 0, tag: 1, all: 2 } as const;
  const best = new Map<string, Subscription>();
  for (const one of subscriptions) {
    const key = JSON.stringify([one.platform, one.place.tenant, one.place.channel]);
    const known = best.get(key);
    if (!known || rank[one.subject.kind] < rank[known.subject.kind]) best.set(key, one);
  }
  return [...best.values()];
}

/** Which of a channel's own subscriptions counts for a webcast; undefined when it does not follow it, or is paused. */
export const ruleFor = (
  own: readonly Subscription[],
  webcast: Parameters<typeof covers>[1],
): Subscription | undefined =>
  mostSpecific(own.filter(({ subject, paused }) => paused === undefined && covers(subject, webcast)))[0];

/** The longest time before the start at which a channel can be reminded, in minutes. */
export const longestReminder = 30 * 24 * 60;
