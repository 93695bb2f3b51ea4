import { z } from 'zod';
import type { Measured } from './numbers.js';
import { type EntryId, type Instant, instant } from './webcast.js';

/** The id of what a viewer asked, such as 1_ab12cd34. */
export const questionIdSchema = z
  .string()
  .regex(/^\d_[a-z0-9]{8}$/)
  .brand<'QuestionId'>();
export type QuestionId = z.output<typeof questionIdSchema>;

/** How long an answer and an announcement may be, in characters: what a form of every platform takes. */
export const longest = { answer: 3000, announcement: 500 } as const;

/** What was said to a question; by is a Kaltura user, or the name of who answered here. */
export interface GivenAnswer {
  readonly text: string;
  readonly by: string | undefined;
  readonly at: Instant;
  /** Whether all viewers may read it, or the asker alone. */
  readonly toAll: boolean;
}

/** What a viewer asked, and what became of it. */
export interface Question {
  readonly id: QuestionId;
  readonly webcast: EntryId;
  readonly text: string;
  /** The asker's Kaltura user; undefined for somebody who did not sign in. */
  readonly asker: string | undefined;
  readonly at: Instant;
  readonly state: 'open' | 'answered' | 'dismissed';
  /** Undefined while there is none, and of one answered by word of mouth; of a dismissed one, who did it, without words. */
  readonly answer: GivenAnswer | undefined;
}

const answerSchema = z.object({
  text: z.string(),
  by: z
    .string()
    .optional()
    .transform((by) => by),
  at: z.number().transform(instant),
  toAll: z.boolean(),
});

/** Reads an answer that was kept as JSON. */
export const readAnswer = (kept: string | null): GivenAnswer | undefined =>
  kept === null ? undefined : answerSchema.parse(JSON.parse(kept));

/** What became of a question that was known as open. */
export type Change = Pick<Question, 'id' | 'state' | 'answer'>;

/** What was said since a moment, and up to when nothing was missed. */
export interface Heard {
  readonly questions: readonly Question[];
  readonly changes: readonly Change[];
  readonly until: Instant;
}

/** Who speaks: a Kaltura user, or undefined for the bot itself. */
export type Speaker = string | undefined;

/** What came of a try to settle a question. */
export type Settlement =
  | { readonly kind: 'settled'; readonly question: Question; readonly as: 'person' | 'bot' }
  /** Somebody else was sooner. */
  | { readonly kind: 'settled before'; readonly question: Question };

/** Questions of viewers, and words to them; all raise BotError. */
export interface Questions {
  /** All questions of a webcast, oldest first; a round trip for each 500 things said. */
  all(webcast: EntryId, since: Instant | undefined): Promise<Measured<readonly Question[]>>;
  /** What is new since then in up to a hundred webcasts, and what became of those known as open; one round trip. */
  hear(webcasts: readonly EntryId[], since: Instant, open: readonly QuestionId[]): Promise<Measured<Heard>>;
  /** One question, or undefined where there is none; one round trip. */
  find(id: QuestionId): Promise<Question | undefined>;
  /** Answers a question once; four round trips, three where the bot speaks for itself. */
  answer(id: QuestionId, text: string, toAll: boolean, by: Speaker): Promise<Settlement>;
  /** Takes a question from the list of open ones; two round trips. */
  dismiss(id: QuestionId): Promise<Settlement>;
  /** Tells all viewers, once for each key; up to three round trips. */
  announce(
    webcast: EntryId,
    text: string,
    key: string,
    by: Speaker,
  ): Promise<{ readonly id: QuestionId; readonly as: 'person' | 'bot' }>;
  /** Takes an announcement back; false when it is none; two round trips. */
  withdraw(id: QuestionId): Promise<boolean>;
}

/** What commands remember of questions that channels were told of. */
export interface QuestionStore {
  /** The question as it is remembered; undefined for one that no channel was told of. */
  question(id: QuestionId): Promise<KnownQuestion | undefined>;
  /** Remembers what became of a question, and makes the messages that tell of it due to say so. */
  settleQuestion(change: Change, now: Instant): Promise<void>;
}

/** A question as it is remembered. */
export interface KnownQuestion extends Question {
  /** The minute in which so many came that one message tells of them all; undefined where a message tells of it alone. */
  readonly crowd: Instant | undefined;
}
