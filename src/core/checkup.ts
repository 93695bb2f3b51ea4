import type { Instant } from './webcast.js';

/** What was found of one thing that the product stands on. */
export interface Check {
  readonly label: string;
  /** lacking: all works but what the words name; broken: little works until it is mended. */
  readonly state: 'ok' | 'lacking' | 'broken';
  readonly text: string;
}

/** What Kaltura answered to one question of the checkup: something, or why not. */
export type Finding<T> =
  | { readonly kind: 'found'; readonly value: T }
  | { readonly kind: 'refused'; readonly code: string };

/** What a checkup of the account found; one round trip. */
export interface AccountCheckup {
  readonly session: Finding<{ readonly admin: boolean; readonly user: string }>;
  /** The server's own time, to the second, and when it was asked. */
  readonly clock: Finding<{ readonly theirs: Instant; readonly ours: Instant }>;
  readonly webcasts: Finding<number>;
  readonly permissions: Finding<readonly string[]>;
  readonly liveProfiles: Finding<number>;
  readonly players: Finding<{ readonly v7: number; readonly v2: number }>;
  /** The system names of the metadata profiles that the account has, of those that webcasts use. */
  readonly metadata: Finding<readonly string[]>;
  readonly schedule: Finding<number>;
  readonly reports: Finding<boolean>;
  readonly realTime: Finding<boolean>;
  readonly health: Finding<number>;
  readonly studio: Finding<number>;
}
