import { z } from 'zod';
import { changeSchema } from './health.js';
import { mentionSchema } from './mention.js';
import { questionIdSchema } from './questions.js';
import { instant } from './webcast.js';

const at = z.number().transform(instant);
/** Reminders that an earlier version wrote down name a person by the id alone. */
const mention = z.union([z.string().transform((id) => ({ kind: 'person' as const, id })), mentionSchema]);

/** What can happen to a webcast between two looks, and be told; lengths are milliseconds unless they say otherwise. */
export const eventSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('went live'), number: z.number() }),
  /** The picture is gone, seen twice. */
  z.object({ kind: z.literal('lost'), since: at }),
  /** Viewers get the picture again, after so long without. */
  z.object({ kind: z.literal('returned'), dark: z.number() }),
  /** The picture is back after a drop, but Kaltura has put it to preview: somebody has to go live again. */
  z.object({ kind: z.literal('returned to preview') }),
  z.object({ kind: z.literal('ended'), onAir: z.number() }),
  /** Seconds of all parts; short are those that they lack of the time on air. */
  z.object({ kind: z.literal('recording ready'), parts: z.number(), seconds: z.number(), short: z.number() }),
  z.object({ kind: z.literal('recording late'), since: at }),
  z.object({ kind: z.literal('open outside its time') }),
  z.object({ kind: z.literal('backup only') }),
  /** A picture that arrives has become bad, bad in another way, or good again. */
  z.object({ kind: z.literal('health changed'), changes: z.array(changeSchema) }),
  z.object({ kind: z.literal('no encoder'), start: at }),
  /** The start comes near; lead is how many minutes before it this is told. */
  z.object({ kind: z.literal('reminder'), start: at, lead: z.number(), mention: mention.optional() }),
  /** The plan was changed; before is the start that was told until now. */
  z.object({ kind: z.literal('moved'), before: at, start: at, end: at.optional() }),
]);

export type Event = z.output<typeof eventSchema>;

/** What is settled when its turn comes: figures while it is live, the report, what viewers ask, and whether they get in. */
const standingSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), number: z.number() }),
  z.object({ kind: z.literal('report'), number: z.number() }),
  z.object({ kind: z.literal('question'), question: questionIdSchema }),
  /** More questions than can be told one by one came within the minute that begins then. */
  z.object({ kind: z.literal('crowd of questions'), since: at }),
  /** What was asked in the broadcast, and what of it stayed open. */
  z.object({ kind: z.literal('questions left'), number: z.number() }),
  /** Before a start, whether viewers could open the webcast: Kaltura is asked first, and told is only that nobody could. */
  z.object({ kind: z.literal('openness'), start: at }),
]);

export type Standing = z.output<typeof standingSchema>;

/** What a notice says. */
export const noticeBodySchema = z.union([eventSchema, standingSchema]);

const standing: ReadonlySet<string> = new Set(standingSchema.options.map(({ shape }) => shape.kind.value));

/** Whether a notice stands and is edited, rather than being said once. */
export const isStanding = (body: Event | Standing): body is Standing => standing.has(body.kind);
