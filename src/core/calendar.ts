import type { EntryId, Instant, WebcastNote } from './webcast.js';

/** A webcast's plan with the count of its changes; the first plan is number 0. */
export interface Edition {
  readonly note: WebcastNote;
  /** How often the name, the start or the end was changed. */
  readonly sequence: number;
  /** When that was last. */
  readonly changedAt: Instant;
}

/** The address of a webcast's calendar file. */
export type CalendarLink = (webcast: EntryId) => string;

/** A webcast's calendar file; it is the same, byte for byte, until the plan changes. */
export interface CalendarFile {
  readonly name: string;
  readonly text: string;
  readonly changedAt: Instant;
}
