import type { EntryId, Instant } from './webcast.js';

/** Milliseconds that Kaltura's real-time reports reach back. */
export const realTimeReach = 7 * 24 * 3_600_000;

/** From when to when figures count. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** What an account answers when it is asked for figures: them, or why it has none. */
export type Measured<T> =
  | { readonly kind: 'measured'; readonly value: T }
  /** The account lacks the reports, or Kaltura has gathered nothing yet. */
  | { readonly kind: 'lacking'; readonly why: 'not in the account' | 'nothing yet' | 'took too long' };

/** Who watched a webcast within the last seconds; Kaltura's real-time reports lag by half a minute. */
export interface LiveAudience {
  readonly at: Instant;
  readonly viewers: number;
  /** A share from 0 to 1 of those who have it in front of them; undefined where it is not measured. */
  readonly engaged: number | undefined;
}

/** Viewers at a moment. */
export interface Point {
  readonly at: Instant;
  readonly value: number;
}

/** One line of a breakdown, such as a device or a country. */
export interface Share {
  readonly name: string;
  readonly plays: number;
  readonly minutes: number | undefined;
}

/** What Kaltura counted of a webcast and its recordings within a span; minutes lag by hours, so finals come the next day. */
export interface Numbers {
  readonly span: Span;
  readonly plays: number;
  readonly viewers: number;
  readonly minutes: number;
  readonly liveMinutes: number;
  /** A share from 0 to 1 of the live minutes in which viewers had it in front of them. */
  readonly engagement: number | undefined;
  /** Seconds of waiting for each minute that was watched live. */
  readonly buffering: number | undefined;
  readonly devices: readonly Share[];
  readonly places: readonly Share[];
}

/** One viewer's line of the attendance list; user is undefined for somebody who did not sign in. */
export interface Attendee {
  readonly user: string | undefined;
  readonly name: string;
  readonly plays: number;
  readonly minutes: number;
  readonly liveMinutes: number;
}

/** Kaltura's reports in our verbs; ids are the live entry and its recordings, of which Kaltura counts apart. */
export interface Reports {
  /** Who watches each of the webcasts now; one round trip for each hundred. */
  audienceNow(webcasts: readonly EntryId[]): Promise<Measured<ReadonlyMap<EntryId, LiveAudience>>>;
  /** Viewers over time while it was live, at most a week back; one round trip. */
  viewersOverTime(webcast: EntryId, span: Span): Promise<Measured<readonly Point[]>>;
  /** Totals with devices and places; one round trip. */
  numbers(ids: readonly EntryId[], span: Span): Promise<Measured<Numbers>>;
  /** The share of viewers, 0 to 1, that was engaged in each minute of the broadcast; one round trip. */
  engagementOverTime(webcast: EntryId, span: Span): Promise<Measured<readonly Point[]>>;
  /** Who watched, most minutes first, at most 12,000; a round trip for each 500. */
  attendance(ids: readonly EntryId[], span: Span): Promise<Measured<readonly Attendee[]>>;
  /** How many questions viewers asked within the span, and how many are open; one round trip for each 500 things said. */
  questionsAsked(webcast: EntryId, span: Span): Promise<Measured<{ readonly asked: number; readonly open: number }>>;
}
