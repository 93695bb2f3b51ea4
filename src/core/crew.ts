import type { Which } from './ports.js';
import type { EntryId, Instant, Webcast } from './webcast.js';

/** A person as one chat platform knows them. */
export interface ChatPerson {
  readonly platform: string;
  readonly tenant: string;
  readonly person: string;
}

/** Somebody who presents a webcast: a Kaltura user with named rights, and who that is in chat, if anybody. */
export interface Presenter {
  readonly webcast: EntryId;
  readonly user: string;
  readonly chat: ChatPerson | undefined;
}

/** What the bot remembers of people: who presents what, and whose Kaltura user is not told by their e-mail address. */
export interface CrewStore {
  savePresenter(presenter: Presenter, now: Instant): Promise<void>;
  /** In the order in which they were added. */
  presenters(webcast: EntryId): Promise<readonly Presenter[]>;
  /** Forgets everybody who presents the webcast as this Kaltura user. */
  removePresenter(webcast: EntryId, user: string): Promise<void>;
  /** Says which Kaltura user a person is, on the word of an admin. */
  linkAccount(who: ChatPerson, user: string, admin: string, now: Instant): Promise<void>;
  unlinkAccount(who: ChatPerson): Promise<void>;
  linkedUser(who: ChatPerson): Promise<string | undefined>;
}

/** The Kaltura users that were asked for and are there, by the id that was asked, with the id as Kaltura writes it. */
export type KnownUsers = ReadonlyMap<string, string>;

/** People at Kaltura's side. All raise BotError. */
export interface Crew {
  /** Which of these users there are; one round trip. Naming one that is not there would make it. */
  users(ids: readonly string[]): Promise<KnownUsers>;
  /** The webcasts in question, who may edit them by name, and which of these users there are; one round trip. */
  find(
    which: Which,
    ids: readonly string[],
  ): Promise<{
    readonly found: readonly Webcast[];
    readonly editors: ReadonlyMap<EntryId, readonly string[]>;
    readonly users: KnownUsers;
  }>;
  /** Adds and removes named rights and gives who has them then; two round trips, one when nothing is to be changed. */
  name(
    webcast: EntryId,
    change: { readonly add: readonly string[]; readonly remove: readonly string[] },
  ): Promise<readonly string[]>;
}

/** Whether two ids are the same Kaltura user, which does not tell capitals from small letters. */
export const sameUser = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
