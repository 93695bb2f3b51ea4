import { z } from 'zod';
import type { BroadcastCourse } from '../core/broadcast.js';
import { entryIdSchema, type Instant, instant, phases, recordingModes } from '../core/webcast.js';
import { judgementSchema } from './health.js';

const at = z.number().transform(instant);
const feed = z.enum(['none', 'connecting', 'picture', 'error']);
/** May be left out, and is then undefined by name. */
const maybe = <T>(schema: z.ZodType<T>) => schema.optional().transform((value) => value);

const webcastSchema = z.object({
  id: entryIdSchema,
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()).readonly(),
  adminTags: z.array(z.string()).readonly(),
  source: z.enum(['kaltura', 'own']),
  dvr: z.boolean(),
  dvrWindow: maybe(z.number()),
  recording: z.enum(recordingModes),
  preview: z.boolean(),
  profileId: maybe(z.number()),
  multicast: z.boolean(),
  copyEntitlement: z.boolean(),
  hideRecording: z.boolean(),
  archive: z.boolean(),
  feed,
  open: z.boolean(),
  recordingNow: z.enum(['stopped', 'paused', 'running', 'off']),
  connectedSince: maybe(at),
  lastEnded: maybe(at),
  firstShown: maybe(at),
  recordedEntryId: maybe(entryIdSchema),
  redirectEntryId: maybe(entryIdSchema),
  createdAt: at,
});

const recordingSchema = z.object({
  id: entryIdSchema,
  name: z.string(),
  state: z.enum(['waiting', 'processing', 'ready', 'failed']),
  createdAt: at,
  duration: z.number(),
  size: maybe(z.number()),
});

/** A broadcast: from the first moment that viewers get the picture until its end; drops and returns lie within it. */
const broadcastSchema = z.object({
  /** Counts the broadcasts of the webcast, from 1. */
  number: z.number(),
  began: at,
  /** When the encoder that sends it connected; another moment is another connection. */
  connected: at.optional(),
  /** When the encoder with which it began connected: its recording is as old as that, whatever dropped since. */
  firstConnected: at.optional(),
  drops: z.number(),
  /** Milliseconds without a picture, of the gaps that are over. */
  dark: z.number(),
  /** The gaps that are over, the last ones only of a stream that flaps. */
  gaps: z.array(z.object({ from: at, until: at })).default([]),
  /** When a picture was back that had been missing in one look alone, the last few times: that counts as no drop. */
  flickers: z.array(at).default([]),
  /** The gap that is open: when it began, how long it has been watched, and in how many looks it was seen. */
  gap: z.object({ since: at, lasted: z.number(), looks: z.number() }).optional(),
  ended: at.optional(),
});

/** What is kept of a watched webcast between two looks. */
const knownSchema = z.object({
  phase: z.enum(phases),
  seenAt: at,
  webcast: webcastSchema,
  main: feed.optional(),
  backup: feed.optional(),
  detailedAt: at.optional(),
  /** The broadcast that runs, or the last one. */
  broadcast: broadcastSchema.optional(),
  health: judgementSchema.optional(),
  recordings: z.array(recordingSchema),
  /** What was told once and is not told again. */
  told: z.array(z.string()),
  /** How many looks in a row did not find it in Kaltura. */
  missing: z.number(),
  /** A name of what cards show of it. */
  face: z.string(),
  /** While a broadcast runs: a message from then on tells of it. */
  announceAfter: maybe(at),
  /** The plan as it was told. */
  plan: z.object({ start: at.optional(), end: at.optional() }).optional(),
  /** While Kaltura has not answered for minutes: when it was seen last. */
  silentSince: at.optional(),
  /** What has changed last concerns the crew alone. */
  forCrew: z.boolean().optional(),
});

export type Broadcast = z.output<typeof broadcastSchema>;
export type Known = z.output<typeof knownSchema>;

/** Reads what an earlier look has kept; undefined for what cannot be read, so that the webcast is got to know anew. */
export function readKnown(text: string | undefined): Known | undefined {
  if (text === undefined) return undefined;
  return knownSchema.safeParse(JSON.parse(text)).data;
}

/** In how many looks one after the other Kaltura must not have a webcast to be gone. */
const goneAfter = 6;

/** Whether Kaltura has not had it in so many looks that it is not looked for any more. */
export const isGone = ({ missing }: Known): boolean => missing >= goneAfter;

/** What was known of a webcast that is known to be gone. */
export const goneFrom = (known: Known, now: Instant): Known => ({ ...known, missing: goneAfter, seenAt: now });

/** When the broadcast runs: it has begun and not ended. */
export const runs = (broadcast: Broadcast | undefined): broadcast is Broadcast & { readonly ended?: undefined } =>
  broadcast !== undefined && broadcast.ended === undefined;

/** So many losses of the picture within ten minutes make a stream that flaps. */
export const fewLosses = 3;
const lately = 10 * 60_000;

/** How often the picture went and came back within the last ten minutes, drop or flicker. */
export const recentLosses = ({ gaps, flickers }: Broadcast, now: Instant): number =>
  [...gaps.map(({ until }) => until), ...flickers].filter((back) => now - back < lately).length;

/** Milliseconds on air: from the beginning to the end, or now, without the gaps. */
export function onAir(broadcast: Broadcast, now: Instant): number {
  const until = broadcast.ended ?? broadcast.gap?.since ?? now;
  return Math.max(0, until - broadcast.began - broadcast.dark);
}

/** How a broadcast goes, as it is remembered. */
export const courseOf = ({ number, began, ended, gaps, drops, dark }: Broadcast): BroadcastCourse => ({
  number,
  began,
  ended,
  gaps,
  drops,
  dark,
});
