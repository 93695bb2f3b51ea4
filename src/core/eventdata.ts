import type { EntryId, WebcastNote } from './webcast.js';

/** Somebody of the public line-up, as portals show them; a text that is not known is empty. */
export interface Speaker {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly bio: string;
  /** An http or https address. */
  readonly link: string;
  /** An https address, or what a portal has put there. */
  readonly picture: string;
}

/** What event data tells of a webcast. */
export type EventPlan = Pick<WebcastNote, 'name' | 'start' | 'end' | 'zone'>;

export const eventParts = ['studio', 'portal', 'schedule'] as const;
/** Metadata by which the studio knows a webcast; times and speakers in portals; the event in Kaltura's schedule. */
export type EventPart = (typeof eventParts)[number];

/** How one part stands. */
export type PartState =
  /** As it should be; changed when this was written just now. */
  | { readonly kind: 'stands'; readonly changed: boolean }
  /** The account has no such thing, or lets the bot not use it. */
  | { readonly kind: 'absent' }
  /** There is nothing to write: no start and end are known. */
  | { readonly kind: 'unplanned' }
  /** It should stand and does not: why, and what to do. */
  | { readonly kind: 'open'; readonly why: string; readonly remedy: string };

export type EventData = Readonly<Record<EventPart, PartState>>;

/** The line-up of a webcast; lacking where the account has no place for one. */
export type LineUp = { readonly kind: 'found'; readonly speakers: readonly Speaker[] } | { readonly kind: 'lacking' };

/** What Kaltura's own tools know of a webcast beside the entry: metadata and its schedule. */
export interface EventDesk {
  /**
   * Makes metadata and schedule say what the plan says, and gives how each part stands; what others wrote there is kept.
   * One round trip for a webcast that was made just now (fresh), else one to look and one to write what differs; a lost
   * answer or another's write costs a further look. Never raises for what Kaltura refuses.
   */
  keepInStep(id: EntryId, plan: EventPlan, fresh?: boolean): Promise<EventData>;
  /**
   * The same for a webcast that was made elsewhere: a plan without times gets those that stand there and are not past.
   * Gives the plan with them.
   */
  takeOver(id: EntryId, plan: EventPlan): Promise<{ readonly data: EventData; readonly plan: EventPlan }>;
  /** Deletes the schedule's event of a webcast that is gone; two round trips. Metadata goes with the webcast itself. */
  withdraw(id: EntryId): Promise<PartState>;
  /** One round trip. */
  lineUp(id: EntryId): Promise<LineUp>;
  /**
   * Changes the line-up and gives it as it is then: one round trip to look and one to write. The change is asked again
   * when somebody else wrote meanwhile; BotError refused where the account has no line-up.
   */
  changeLineUp(
    id: EntryId,
    plan: EventPlan,
    change: (speakers: readonly Speaker[]) => readonly Speaker[],
  ): Promise<readonly Speaker[]>;
}
