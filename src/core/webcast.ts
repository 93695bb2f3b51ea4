import { z } from 'zod';
import type { HealthAnswer } from './health.js';
import type { Secret } from './secret.js';

/** Milliseconds since 1970, UTC. */
export type Instant = number & { readonly brand: 'Instant' };

/** An IANA time zone name such as Europe/Berlin. */
export type Zone = string & { readonly brand: 'Zone' };

/** Reads an IANA time zone's name; undefined when there is no such zone. */
export function readZone(name: string): Zone | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone as Zone;
  } catch {
    return undefined;
  }
}

/** The id of a Kaltura entry such as 1_ab12cd34. */
export type EntryId = string & { readonly brand: 'EntryId' };

/** Names a moment given in milliseconds since 1970. */
export const instant = (milliseconds: number): Instant => milliseconds as Instant;

/** Reads a Kaltura entry id: a data centre digit, an underscore and eight or more letters or digits. */
export const entryIdSchema = z
  .string()
  .regex(/^\d_[a-z0-9]{6,20}$/)
  .transform((id) => id as EntryId);

/** Whether a word has the shape of a Kaltura entry id. */
export const isEntryId = (word: string): word is EntryId => entryIdSchema.safeParse(word).success;

export const recordingModes = ['per-session', 'append', 'off'] as const;
/** One recording for each broadcast, one that grows with each, or none. */
export type RecordingMode = (typeof recordingModes)[number];

/** What an account makes of the encoder's picture, as its live conversion profiles say. */
export interface LiveProfile {
  readonly id: number;
  readonly name: string;
  readonly systemName: string;
  readonly isDefault: boolean;
}

/** What a v7 player can be built with that matters to a webcast. */
export type PlayerPlugin = 'live' | 'qna';

/** The live conversion profile that is meant by id, name or system name, whatever their case. */
export function findProfile({ profiles }: Pick<Account, 'profiles'>, wanted: string): LiveProfile | undefined {
  const sought = wanted.trim().toLowerCase();
  return profiles.find(({ id, name, systemName }) =>
    [String(id), systemName.toLowerCase(), name.trim().toLowerCase()].includes(sought),
  );
}

/** A player of the account that can be embedded. */
export interface Player {
  readonly id: number;
  readonly name: string;
  readonly generation: 'v7' | 'v2';
  readonly plugins: readonly PlayerPlugin[];
}

/** A category of the account by its full name, such as "Events>Town halls". */
export interface Category {
  readonly id: number;
  readonly name: string;
}

/** What became of putting a webcast into a category. */
export type CategoryOutcome =
  | { readonly name: string; readonly kind: 'in' | 'waiting' | 'unknown' }
  | { readonly name: string; readonly kind: 'refused'; readonly why: string }
  /** It was to be taken out of it, and is not. */
  | { readonly name: string; readonly kind: 'kept'; readonly why: string };

/** The categories that a webcast is put into, and those that it is taken out of. */
export interface CategoryChange {
  readonly into: readonly Category[];
  readonly outOf: readonly Category[];
}

/** Webcasts with their categories. */
export interface Categorized {
  readonly found: readonly Webcast[];
  /** Of those that were looked at, unless Kaltura does not tell; a category that the bot may not see goes by its id. */
  readonly categories: ReadonlyMap<EntryId, readonly Category[] | 'not told'>;
  /** What the account has under each of the names that were asked about. */
  readonly meant: readonly (Category | undefined)[];
}

/** What the Kaltura account can do, as far as forms and commands need to know. */
export interface Account {
  readonly partnerId: number;
  readonly profiles: readonly LiveProfile[];
  readonly players: readonly Player[];
  /** By their full names in order; empty when the session may not list them. */
  readonly categories: readonly Category[];
  /** Whether pushPublishEnabled (multicast) is kept by the server; without the feature it drops the flag silently. */
  readonly multicast: boolean;
}

/** All that is decided about a webcast before Kaltura makes it. */
export interface WebcastPlan {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly start: Instant;
  readonly end: Instant;
  readonly zone: Zone;
  /** The https address of an HLS or DASH stream of one's own; undefined when an encoder sends to Kaltura. */
  readonly stream?: string | undefined;
  readonly dvr: boolean;
  readonly dvrWindow: number;
  readonly recording: RecordingMode;
  readonly preview: boolean;
  readonly profile: string | undefined;
  readonly multicast: boolean;
  readonly copyEntitlement: boolean;
  readonly hideRecording: boolean;
  readonly archive: boolean;
  /** Ids or full names of the categories that it is put into. */
  readonly categories?: readonly string[] | undefined;
}

/** What can be changed of a webcast in Kaltura once it is made. */
interface WebcastSettings {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly adminTags: readonly string[];
  readonly dvr: boolean;
  readonly dvrWindow: number;
  readonly recording: RecordingMode;
  readonly preview: boolean;
  readonly profileId: number;
  readonly multicast: boolean;
  readonly copyEntitlement: boolean;
  readonly hideRecording: boolean;
  readonly archive: boolean;
}

export type WebcastChanges = Partial<WebcastSettings>;

/** The tags without which analytics does not know a webcast. */
export const webcastTags: readonly string[] = ['kms-webcast-event', 'vpaas-webcast'];

/** A Kaltura live stream entry in our words. */
export interface Webcast {
  readonly id: EntryId;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly adminTags: readonly string[];
  /** Kaltura's own ingest, or an HLS/DASH address of the customer's. */
  readonly source: 'kaltura' | 'own';
  readonly dvr: boolean;
  /** Minutes; undefined when Kaltura keeps none. */
  readonly dvrWindow: number | undefined;
  readonly recording: RecordingMode;
  /** explicitLive: viewers wait until somebody goes live. */
  readonly preview: boolean;
  readonly profileId: number | undefined;
  readonly multicast: boolean;
  readonly copyEntitlement: boolean;
  readonly hideRecording: boolean;
  readonly archive: boolean;
  /** What arrives at Kaltura from any encoder. */
  readonly feed: Feed;
  /** viewMode: true when viewers would get the picture that arrives. */
  readonly open: boolean;
  readonly recordingNow: 'stopped' | 'paused' | 'running' | 'off';
  /** When the encoder connected, while one is connected. */
  readonly connectedSince: Instant | undefined;
  readonly lastEnded: Instant | undefined;
  /** When viewers first got a picture; Kaltura's broadcastTime. */
  readonly firstShown: Instant | undefined;
  readonly recordedEntryId: EntryId | undefined;
  readonly redirectEntryId: EntryId | undefined;
  readonly createdAt: Instant;
}

/** One encoder feed: nothing, connecting (authenticated or packaging), a picture that can be played, or an error. */
export type Feed = 'none' | 'connecting' | 'picture' | 'error';

/** What an ordinary viewer gets; Kaltura's broadcastStatus. */
export type Audience = 'nothing' | 'preview' | 'live';

/** A webcast together with what arrives on each path, how it looks, and what viewers get, all seen in one call. */
export interface Sighting {
  readonly webcast: Webcast;
  readonly main: Feed;
  readonly backup: Feed;
  readonly audience: Audience;
  readonly health: HealthAnswer;
}

/** Where one path of an encoder sends to; each address holds the stream's password. */
export interface IngestPath {
  readonly rtmps: Secret | undefined;
  readonly rtmp: Secret | undefined;
  readonly srt: Secret | undefined;
  readonly srtStreamId: Secret | undefined;
  readonly rtsp: Secret | undefined;
}

/** What an encoder needs to send to a webcast. */
export interface Ingest {
  readonly streamName: string;
  readonly main: IngestPath;
  readonly backup: IngestPath;
}

/** One recorded part of a webcast. */
export interface Recording {
  readonly id: EntryId;
  readonly name: string;
  readonly state: 'waiting' | 'processing' | 'ready' | 'failed';
  readonly createdAt: Instant;
  /** Seconds; 0 while Kaltura does not know. */
  readonly duration: number;
  /** Bytes of the best file that can be downloaded; undefined until there is one. */
  readonly size: number | undefined;
}

export const phases = [
  'scheduled',
  'connecting',
  'preview',
  'live',
  'interrupted',
  'ended',
  'recording',
  'recorded',
] as const;
/** Where a webcast stands, as people say it; recording is when its recording is made after the end. */
export type Phase = (typeof phases)[number];

/** What the bot itself remembers of a webcast: its plan and what was done with it. */
export interface WebcastNote {
  readonly id: EntryId;
  readonly name: string;
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  readonly zone: Zone | undefined;
  /** When somebody went live through the bot, until somebody ended it. */
  readonly liveSince: Instant | undefined;
  readonly endedAt: Instant | undefined;
}

/** How long after a lost picture a show that nobody ended still counts as interrupted, in milliseconds. */
const interruption = 30 * 60_000;

/** Whether a show that went live, and that nobody ended, lost its picture a short while ago. */
export const isInterrupted = (webcast: Webcast, note: WebcastNote | undefined, now: Instant): boolean =>
  note?.liveSince !== undefined &&
  note.endedAt === undefined &&
  webcast.lastEnded !== undefined &&
  now - webcast.lastEnded < interruption;

/** Decides the phase from what Kaltura shows and what the bot remembers; pure. */
export function phaseOf(webcast: Webcast, note: WebcastNote | undefined, now: Instant): Phase {
  switch (webcast.feed) {
    case 'picture':
      return webcast.open ? 'live' : 'preview';
    case 'connecting':
      return 'connecting';
    case 'none':
    case 'error':
      if (isInterrupted(webcast, note, now)) return 'interrupted';
      return webcast.lastEnded === undefined ? 'scheduled' : 'ended';
    default: {
      const never: never = webcast.feed;
      return never;
    }
  }
}
