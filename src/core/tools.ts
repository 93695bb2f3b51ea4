import type { Secret } from './secret.js';
import type { EntryId, Instant } from './webcast.js';

/** For whom one of Kaltura's own tools is opened, and how long. */
export interface ToolUse {
  readonly webcast: EntryId;
  /** The person's Kaltura user. */
  readonly user: string;
  /** By a producer's right over every webcast, or by the user's own named rights on this one. */
  readonly by: 'producer' | 'presenter';
  readonly minutes: number;
  /** When the show is planned, for the tool's own display. */
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
}

/** Where the desktop studio is downloaded, as far as Kaltura says. */
export interface StudioDownloads {
  readonly mac: string | undefined;
  readonly windows: string | undefined;
}

/** Ways into Kaltura's own tools; each mints a session of the person, narrow to the webcast. All raise BotError. */
export interface Tools {
  /** Whether sessions of people can be made at all. */
  readonly forPeople: boolean;
  /** The address that opens the desktop studio by its URL scheme; two round trips. */
  studio(use: ToolUse): Promise<{ readonly launch: Secret; readonly downloads: StudioDownloads }>;
  /** A session that plays the webcast before it goes live, and can do nothing else; two round trips. */
  preview(use: Pick<ToolUse, 'webcast' | 'user' | 'minutes'>): Promise<Secret>;
  /** The address of the moderator view; one round trip. */
  moderator(use: ToolUse): Promise<Secret>;
}

/**
 * What a viewer's session is good for, as Kaltura writes privileges: this one webcast and its recording, and nothing
 * beside playing. The id may stand for one, as a reference to an earlier answer does.
 */
export const viewerPrivileges = (webcast: string): string => `sview:${webcast},setrole:PLAYBACK_BASE_ROLE`;
