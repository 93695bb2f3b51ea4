import type { BroadcastCourse, Sample, WhyLacking } from './broadcast.js';
import type { HealthAnswer } from './health.js';
import type { MarkRecord } from './marks.js';
import type { MessageRef, Place } from './ports.js';
import type { Change, KnownQuestion, QuestionId } from './questions.js';
import type { Organizer, Subscription } from './subscription.js';
import type { Audience, EntryId, Feed, Instant, Recording, Webcast, WebcastNote } from './webcast.js';

/** What commands may ask of the room that keeps cards true. */
export interface LiveRoom {
  /** Says that something about the webcast has changed: it is looked at now, and its cards follow. */
  changed(webcast: EntryId, organizer?: Organizer): Promise<void>;
  /** Says that a channel has begun to follow webcasts that it does not name: it gets cards of those that are on air. */
  followed(subscription: Subscription): Promise<void>;
  /** Says that the command itself tells this channel of the broadcast that it is about to open. */
  announcing(webcast: EntryId, platform: string, place: Place): Promise<void>;
  /** Says that the webcast is deleted: it is not looked at any more, its cards say so, and nothing more is told of it. */
  deleted(webcast: Webcast): Promise<void>;
}

/** What a look at one of many webcasts saw; what was not asked for, or not answered, is undefined. */
export interface Glance {
  readonly webcast: Webcast;
  readonly main: Feed | undefined;
  readonly backup: Feed | undefined;
  readonly audience: Audience | undefined;
  /** Without their sizes. */
  readonly recordings: readonly Recording[] | undefined;
  readonly health?: HealthAnswer | undefined;
}

/** What a look asks beside what a list tells. */
export interface GlanceMore {
  readonly paths: boolean;
  readonly recordings: boolean;
}

/** What looks at many webcasts ask of Kaltura. */
export interface Asking {
  /** Those of which it is asked what Kaltura says of the picture on both paths: that is asked along with the list. */
  readonly health: ReadonlySet<EntryId>;
  /** What else is asked when the list has told how a webcast stands. */
  more(webcast: Webcast): GlanceMore;
}

/** A webcast that is due, claimed by one replica until its lease ends. */
export interface DueWebcast {
  readonly webcast: EntryId;
  /** What was kept of it last, as JSON; undefined before the first look. */
  readonly known: string | undefined;
  readonly organizer: Organizer | undefined;
  /** Counts the nudges; handed back with the look, so that none that came meanwhile is lost. */
  readonly nudges: number;
  /** A nudge came since the last look. */
  readonly nudged: boolean;
  /** When it was due; handed back with the look, so that what hastened it meanwhile is not lost. */
  readonly dueAt: Instant;
}

/** Whom a notice goes to: a channel, its card or the card's thread there, or one person alone. */
export type Recipient =
  | { readonly kind: 'channel'; readonly platform: string; readonly place: Place }
  | { readonly kind: 'thread'; readonly platform: string; readonly place: Place }
  | { readonly kind: 'card'; readonly platform: string; readonly place: Place }
  | { readonly kind: 'person'; readonly platform: string; readonly tenant: string; readonly person: string };

/** A message to be sent once; the same key again is the same notice. */
export interface Notice {
  readonly key: string;
  readonly webcast: EntryId;
  readonly to: Recipient;
  /** What is to be said, as JSON; it is put into words when it is sent. */
  readonly body: string;
  readonly due: Instant;
  /**
   * What becomes of the one that is there already under this key: left out, it stays as it is; one that was dropped goes
   * on; or, sent before or not, it is due now.
   */
  readonly again?: 'if dropped' | 'now';
}

/** What one look at a webcast comes to; written in one transaction with all others of its round. */
export interface Look {
  readonly webcast: EntryId;
  readonly nudges: number;
  readonly dueAt: Instant;
  readonly known: string;
  /** When to look again; undefined is never. */
  readonly due: Instant | undefined;
  /** Its cards have to be shown anew. */
  readonly changed: boolean;
  /** Its cards go before those of others: there is news that people wait for. */
  readonly urgent: boolean;
  /** Channels that get a card of it, unless they have one. */
  readonly cards: readonly { readonly platform: string; readonly place: Place }[];
  readonly notices: readonly Notice[];
  /** The course of its broadcast, when that is to be remembered anew. */
  readonly broadcast?: BroadcastCourse | undefined;
  /** Its recording has become ready: marks that waited for it are due now. */
  readonly recorded?: boolean;
}

/** A card that does not show what it should, claimed by one replica until its lease ends. */
export interface DueCard {
  readonly webcast: EntryId;
  readonly platform: string;
  readonly place: Place;
  /** Undefined while it was never posted. */
  readonly message: string | undefined;
  readonly revision: number;
  readonly announcedAt: Instant | undefined;
  readonly announcement: string | undefined;
  /** A command has said, at announcedAt, that it tells this channel itself, and has not done so yet. */
  readonly promised: boolean;
  /** How many revisions it lags behind. */
  readonly behind: number;
  readonly known: string | undefined;
  readonly note: WebcastNote | undefined;
  /** What its channel follows, oldest first. */
  readonly subscriptions: readonly Subscription[];
  readonly attempts: number;
  /** The claim before this one was cut off, so that what it was to do may have happened. */
  readonly unsure: boolean;
}

/** How long a command may take to tell a channel by its own message before the channel is told without it, in milliseconds. */
export const commandPatience = 2 * 60_000;

/** How far a claimed card has come; what is left out stays as it is. */
export interface CardOutcome {
  /** A new message stands for the card. */
  readonly message?: string;
  readonly announcedAt?: Instant;
  /** The message that told of the broadcast; undefined as a value forgets it. */
  readonly announcement?: string | undefined;
  /** The revision that is shown now. */
  readonly shown?: number;
  /** The news is out, or there is none for this channel: its card goes behind those whose channels still wait. */
  readonly told?: true;
  /** Gives the claim back; with a moment it is taken up again only then. */
  readonly release?: { readonly retryAt: Instant | undefined; readonly failed: boolean };
}

/** A notice that is due, claimed by one replica until its lease ends. */
export interface DueNotice extends Omit<Notice, 'again'> {
  /** The message that stands for it since it was sent first. */
  readonly message: MessageRef | undefined;
  readonly attempts: number;
  readonly unsure: boolean;
}

/** What became of a claimed notice. */
export type NoticeOutcome =
  | { readonly kind: 'sent' }
  /** It is said, as this message, and is edited when it is made due again; due is when it was due this time. */
  | { readonly kind: 'resting'; readonly message: MessageRef; readonly due: Instant }
  /** It stands as this message, or on the card, and is to be edited then; due is when it was due this time. */
  | { readonly kind: 'standing'; readonly message?: MessageRef; readonly due: Instant; readonly next: Instant }
  | { readonly kind: 'dropped'; readonly reason: string }
  | { readonly kind: 'again'; readonly at: Instant; readonly failed: boolean };

/** Claims are the bearer's until the lease has passed. */
export interface Claim {
  readonly owner: string;
  readonly now: Instant;
  /** Milliseconds. */
  readonly lease: number;
  readonly limit: number;
}

/** How claims are rounded up. */
interface Fill {
  /** To a multiple of this. */
  readonly together: number;
  /** With what is due within so many milliseconds. */
  readonly ahead: number;
}

/** One workspace of a platform that has something to be sent. */
export interface Lane {
  readonly platform: string;
  readonly tenant: string;
}

/** A webcast whose moderators are told of questions. */
export interface Moderated {
  readonly webcast: EntryId;
  /** When its broadcast began. */
  readonly began: Instant;
  readonly known: string | undefined;
}

/** What listening to viewers came to; written in one transaction. */
export interface Listening {
  /** Up to when nothing was missed, for each webcast that was asked about. */
  readonly until: ReadonlyMap<EntryId, Instant>;
  readonly questions: readonly KnownQuestion[];
  readonly changes: readonly Change[];
  readonly notices: readonly Notice[];
}

/** A mark whose turn to become a chapter has come, after so many tries that failed. */
export interface DueMark extends MarkRecord {
  readonly attempts: number;
}

/** What the room that keeps cards true remembers; several replicas may use it at once. */
export interface LiveStore {
  /**
   * The webcasts that are due, as many as fit; calls that are not full are filled with those that are due soon, so that
   * webcasts come to be looked at together.
   */
  claimWebcasts(claim: Claim, fill?: Fill): Promise<readonly DueWebcast[]>;
  /** Writes looks with all that follows from them in one transaction; those whose claim was lost meanwhile are left out. */
  recordLooks(owner: string, looks: readonly Look[], now: Instant): Promise<void>;
  /** Gives a channel a card of a webcast, unless it has one. */
  addCard(webcast: EntryId, platform: string, place: Place, now: Instant): Promise<void>;
  /** Gives claimed webcasts back, to be looked at then. */
  postpone(owner: string, webcasts: readonly EntryId[], due: Instant): Promise<void>;
  /**
   * Makes those of the entries that are watched due at that moment, unless they are due sooner; strangers do not begin to be
   * watched. One that is being looked at now is due again at that moment.
   */
  hasten(webcasts: readonly EntryId[], due: Instant, now: Instant): Promise<void>;
  /** The workspaces in which a card or a notice is due. */
  lanes(platforms: readonly string[], now: Instant): Promise<readonly Lane[]>;
  claimCards(lane: Lane, claim: Claim): Promise<readonly DueCard[]>;
  /** Puts off the cards of a workspace that are due and only to be edited, so that what is new goes out meanwhile. */
  restEdits(lane: Lane, now: Instant, until: Instant): Promise<void>;
  settleCard(owner: string, card: DueCard, outcome: CardOutcome): Promise<void>;
  claimNotices(lane: Lane, claim: Claim): Promise<readonly DueNotice[]>;
  settleNotice(owner: string, key: string, outcome: NoticeOutcome): Promise<void>;
  /** What the last look kept of a webcast, as JSON. */
  known(webcast: EntryId): Promise<string | undefined>;
  /** The message of a channel's card; undefined while it has none. */
  cardMessage(platform: string, place: Place, webcast: EntryId): Promise<string | undefined>;
  /** The subscriptions, not paused, that a webcast with these tags falls under; several of one channel are all given. */
  subscribers(webcast: EntryId, tags: readonly string[]): Promise<readonly Subscription[]>;
  /** Whether any channel follows webcasts that it does not name. */
  followsAny(): Promise<boolean>;
  /** Those of the webcasts that are not watched yet. */
  unwatched(webcasts: readonly EntryId[]): Promise<readonly EntryId[]>;
  /** Stops everything that goes to a channel, with the reason; gives the subscriptions that were stopped by it. */
  pauseChannel(platform: string, place: Place, reason: string): Promise<readonly Subscription[]>;
  /** The starts that a channel was reminded of: each with its lead in minutes. */
  reminded(webcast: EntryId): Promise<readonly { readonly key: string; readonly body: string }[]>;
  /** Makes a channel's card due to be shown anew; nothing happens where it has none, or lags behind already. */
  touchCard(platform: string, place: Place, webcast: EntryId): Promise<void>;
  /** Takes the turn to sample all audiences, so that one replica does; false when it is not due before the moment `next`. */
  takeSampling(now: Instant, next: Instant): Promise<boolean>;
  /** Remembers why there is nothing to sample, and when to ask again. */
  restSampling(why: WhyLacking, next: Instant): Promise<void>;
  /** The broadcasts that run and that somebody cares for: a channel with its card, or an organizer. */
  running(): Promise<readonly { readonly webcast: EntryId; readonly number: number }[]>;
  /** Adds samples to their broadcasts, and to the peak of each; older ones of the same moment are not doubled. */
  saveSamples(samples: readonly Sample[]): Promise<void>;
  /**
   * Ends what goes on about a webcast that is gone, with what is known of it last: it is not watched, its cards are due
   * to be shown anew, its subscriptions, bindings and waiting notices go, and searches find it no more.
   */
  retire(webcast: EntryId, known: string, now: Instant): Promise<void>;
  /** The webcasts that are live, or were a moment ago, when there is any channel of moderators. */
  moderated(endedSince: Instant): Promise<readonly Moderated[]>;
  /** Takes the turn to ask for the questions of webcasts; gives up to when those were heard that are due before `next`. */
  takeListening(
    webcasts: readonly Pick<Moderated, 'webcast' | 'began'>[],
    now: Instant,
    next: Instant,
  ): Promise<ReadonlyMap<EntryId, Instant>>;
  /** The open questions of webcasts. */
  openQuestions(webcasts: readonly EntryId[]): Promise<readonly QuestionId[]>;
  /** How many questions were told one by one since a moment. */
  toldSince(webcast: EntryId, since: Instant): Promise<number>;
  /** Those of the questions that were not heard before. */
  unheard(questions: readonly QuestionId[]): Promise<ReadonlySet<QuestionId>>;
  saveListening(listening: Listening, now: Instant): Promise<void>;
  /** Forgets what was asked before the moment, and how far webcasts were heard that were not asked about since. */
  forgetQuestions(before: Instant): Promise<void>;
  /** How many came in the crowd of a minute, and how many of them are open. */
  crowd(webcast: EntryId, since: Instant): Promise<{ readonly asked: number; readonly open: number }>;
  /** Takes the marks of broadcasts that ended, as far as they are due, and makes them due again at the moment `next`. */
  claimMarks(now: Instant, next: Instant): Promise<readonly DueMark[]>;
  /** Writes down where marks became chapters, or that they will not. */
  settleMarks(marks: readonly MarkRecord[]): Promise<void>;
  /** Makes marks due at a moment; those that failed count it. */
  postponeMarks(marks: readonly MarkRecord[], due: Instant, failed: boolean): Promise<void>;
  /** Takes over what an earlier process left claimed; only where no other process can be at work. */
  recover(): Promise<void>;
  /** After the clock was set back: makes due now what is due later than reach milliseconds from now, and shortens leases. */
  pullIn(now: Instant, reach: number): Promise<void>;
  /** Forgets notices that were sent or dropped and were due before the moment, at most limit; gives how many. */
  forgetNotices(before: Instant, limit: number): Promise<number>;
  /** The webcasts that are not looked at any more, by id, from the one after; each with what was known of it last. */
  finished(
    after: EntryId | undefined,
    limit: number,
  ): Promise<readonly { readonly webcast: EntryId; readonly known: string | undefined }[]>;
  /** Forgets what was known of those of the webcasts that are not looked at any more. */
  forgetWebcasts(webcasts: readonly EntryId[]): Promise<void>;
}
