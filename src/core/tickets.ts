import { z } from 'zod';
import type { Secret } from './secret.js';
import { entryIdSchema, type Instant } from './webcast.js';

const about = {
  webcast: entryIdSchema,
  user: z.string(),
  name: z.string(),
  /** By what right: a presenter's ends when somebody takes it away, however long the link is good. */
  by: z.enum(['producer', 'presenter']).default('producer'),
};

/** What the button behind a one-time link does. */
export const errandSchema = z.discriminatedUnion('kind', [
  /** Opens the studio as this Kaltura user. */
  z.object({ kind: z.literal('studio'), ...about }),
  /** Opens the moderator view as this Kaltura user. */
  z.object({ kind: z.literal('moderator'), ...about }),
  /** Plays what the encoder sends, before viewers get it, in this player; live says that it has the live plugin. */
  z.object({ kind: z.literal('preview'), ...about, player: z.int(), live: z.boolean() }),
]);

export type Errand = z.output<typeof errandSchema>;

/** A one-time link before it is used: what it does, for whom it was made, and until when. */
export interface Ticket {
  readonly errand: Errand;
  readonly holder: { readonly platform: string; readonly tenant: string; readonly person: string };
  readonly expires: Instant;
}

/** Makes one-time links. */
export interface TicketOffice {
  /** Where links lead; undefined without a public address, so that none can be made. */
  publicUrl(): string | undefined;
  /** An https address whose button works once, for so many minutes; raises BotError misconfigured without a public address. */
  issue(errand: Errand, holder: Ticket['holder'], minutes: number): Promise<Secret>;
}

/** What remembers one-time links, by a digest of their token. */
export interface TicketStore {
  saveTicket(digest: string, ticket: Ticket, now: Instant): Promise<void>;
  findTicket(digest: string): Promise<{ readonly ticket: Ticket; readonly used: boolean } | undefined>;
  /** Uses it up; false when somebody was sooner. */
  useTicket(digest: string, now: Instant): Promise<boolean>;
  /** Makes it good again, when what it was used for has failed. */
  returnTicket(digest: string): Promise<void>;
}
