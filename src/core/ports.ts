import type { Access } from './access.js';
import type { BroadcastStore } from './broadcast.js';
import type { Edition } from './calendar.js';
import type { Chart } from './chart.js';
import type { AccountCheckup, Check } from './checkup.js';
import type { Crew, CrewStore } from './crew.js';
import type { EventDesk } from './eventdata.js';
import type { Form } from './form.js';
import type { Library } from './library.js';
import type { Asking, Glance } from './live.js';
import type { MarkStore } from './marks.js';
import type { Mention } from './mention.js';
import type { Reports } from './numbers.js';
import type { QuestionStore, Questions } from './questions.js';
import type { Secret } from './secret.js';
import type { FollowStore } from './subscription.js';
import type { Tools } from './tools.js';
import type { PrivateView, View } from './view.js';
import type {
  Account,
  Audience,
  Categorized,
  CategoryChange,
  CategoryOutcome,
  EntryId,
  Ingest,
  Instant,
  Player,
  Recording,
  Sighting,
  Webcast,
  WebcastChanges,
  WebcastNote,
  WebcastPlan,
  Zone,
} from './webcast.js';

/** Time as the product sees it; tests own it. */
export interface Clock {
  now(): Instant;
  /** Resolves after that many milliseconds of this clock, or rejects when the signal aborts. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** Unguessable names; tests own them. */
export type NewId = () => string;

/** Where something was said: a channel, group or direct chat of one tenant. */
export interface Place {
  readonly tenant: string;
  readonly channel: string;
  /** A direct chat with one person, where everything is private already. */
  readonly direct: boolean;
}

/** Who said it; the zone is known where the platform sends it along. */
export interface Person {
  readonly id: string;
  readonly zone: Zone | undefined;
  /** Comes from outside of the tenant: a guest may look, and change nothing. */
  readonly guest?: boolean;
}

/** What a platform can tell about a person when asked. */
export interface Profile {
  readonly name: string;
  readonly email: string | undefined;
  readonly zone: Zone | undefined;
}

/** A posted message that can be edited later. */
export interface MessageRef {
  readonly tenant: string;
  readonly channel: string;
  readonly message: string;
}

/** Whom a private answer goes to: the person, in the place where it was asked. */
export interface Whom {
  readonly place: Place;
  readonly person: Person;
  /** The platform's own way back to this delivery (such as a response_url); only its adapter reads it. */
  readonly wayBack: string | undefined;
}

/** So many calls a minute, and so many at once after a rest. */
export interface Allowance {
  readonly perMinute: number;
  readonly burst: number;
}

/** The limits of posts and edits, in one channel and in a whole workspace. */
export interface Allowances {
  readonly post: { readonly channel: Allowance; readonly tenant: Allowance };
  readonly update: { readonly channel: Allowance; readonly tenant: Allowance };
}

/** One chat platform; everything else of it stays inside its folder. */
export interface Platform {
  readonly name: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  /**
   * Posts a new message, or a reply in the thread of another one where the platform has threads; a place that cannot be
   * posted to raises BotError cannot_post with the words to type.
   */
  post(place: Place, view: View, thread?: MessageRef): Promise<MessageRef>;
  update(message: MessageRef, view: View): Promise<void>;
  /**
   * The same two for messages that nobody waits for; left out where they are the very same. What the platform refuses for
   * its rate is not tried again there, and raises BotError busy with the wait that was asked for.
   */
  readonly bulk?: Pick<Platform, 'post' | 'update'>;
  /** Shows a view to one person alone. */
  whisper(whom: Whom, view: PrivateView): Promise<void>;
  /**
   * Tells one person something that they have not asked for, in a direct chat, which is opened from a place nearby where
   * the platform needs one; gives the message, without files, for edits.
   */
  tell(tenant: string, person: string, view: PrivateView, near?: Place): Promise<MessageRef>;
  /** How fast the platform lets messages go out; left out where there is no limit. */
  readonly allowances?: Allowances;
  /** What a message of the bot can call here beside one person; left out where that is nothing. */
  readonly calls?: readonly Mention['kind'][];
  profile(tenant: string, person: string): Promise<Profile>;
  /** What the platform lets the bot do in a workspace; left out where there is nothing to be checked. */
  checkup?(tenant: string): Promise<readonly Check[]>;
  /** The platform's groups that a person belongs to, out of those asked for. */
  groupsOf(tenant: string, person: string, groups: readonly string[]): Promise<readonly string[]>;
}

/** Which webcasts a question is about. */
export type Which =
  | { readonly by: 'id'; readonly id: EntryId }
  | { readonly by: 'ids'; readonly ids: readonly EntryId[] }
  | { readonly by: 'words'; readonly words: string };

/** One page of the account's webcasts, newest first. */
export interface WebcastPage {
  readonly webcasts: readonly Webcast[];
  readonly total: number;
}

/** Kaltura in our verbs; each says how many round trips it takes. All raise BotError. */
export interface Kaltura {
  /** The account's facts; one round trip, then kept for minutes. */
  account(): Promise<Account>;
  /** The account's facts as far as they are known already; no round trip. */
  knownAccount(): Account | undefined;
  /** Makes the webcast once for each key; one round trip, two when lookFirst. An unclear outcome is looked up before it is an error. */
  create(plan: WebcastPlan, key: string, lookFirst: boolean): Promise<Webcast>;
  /**
   * Changes these settings and nothing else, and gives the webcast as it is then; one round trip, two where recording
   * options change. Repeated until it has an answer: the same values again change nothing.
   */
  update(id: EntryId, changes: WebcastChanges): Promise<Webcast>;
  /**
   * Puts the webcast into these categories, by id or full name, and out of all others; one round trip, two when it is
   * taken out of some. A name that is not known leaves it in what it was.
   */
  setCategories(id: EntryId, wanted: readonly string[]): Promise<readonly CategoryOutcome[]>;
  /**
   * The webcasts in question with their categories, unless they are sought by words, and what the account has under these
   * names; one round trip.
   */
  findWithCategories(which: Which, names: readonly string[]): Promise<Categorized>;
  /**
   * Changes the categories of a webcast and gives what became of each; one round trip, two where it goes from one into
   * another: it leaves none before it is in all of the others.
   */
  changeCategories(id: EntryId, change: CategoryChange): Promise<readonly CategoryOutcome[]>;
  /** Deletes the webcast, not its recordings; one round trip. One that is gone already is as good. */
  delete(id: EntryId): Promise<void>;
  /** The webcasts in question, at most 20; one round trip. An id that is no webcast gives an empty list. */
  find(which: Which): Promise<readonly Webcast[]>;
  /** The webcasts in question and what arrives for the first of them, or for each when they are named by ids; one round trip. */
  sight(which: Which): Promise<{ readonly found: readonly Webcast[]; readonly sightings: readonly Sighting[] }>;
  /** The webcasts in question and where their encoders send to, as far as they have an address; one round trip. */
  ingest(which: Which): Promise<{ readonly found: readonly Webcast[]; readonly ingests: ReadonlyMap<EntryId, Ingest> }>;
  /** Changes the stream password and gives the new addresses; one round trip. */
  renewIngest(id: EntryId): Promise<Ingest>;
  /** Opens the webcast to viewers and starts the recording; one round trip. */
  goLive(id: EntryId): Promise<void>;
  /** Closes the webcast to viewers and stops the recording; one round trip. */
  end(id: EntryId): Promise<void>;
  /** What an ordinary viewer gets now; one round trip. */
  audience(id: EntryId): Promise<Audience>;
  /** Whether viewers could open the webcast, tried as they would; one round trip. */
  access(id: EntryId): Promise<Access>;
  /** The same, for what nobody asked for: before a show. */
  accessUnasked(id: EntryId): Promise<Access>;
  /** The webcasts in question, and whether viewers could open them, as far as it was tried in the one round trip. */
  findWithAccess(
    which: Which,
  ): Promise<{ readonly found: readonly Webcast[]; readonly access: ReadonlyMap<EntryId, Access> }>;
  /** The webcasts in question and the account's players; one round trip. */
  withPlayers(which: Which): Promise<{ readonly found: readonly Webcast[]; readonly players: readonly Player[] }>;
  /** The recordings of a webcast, oldest first, hidden ones included; one round trip. */
  recordings(id: EntryId): Promise<readonly Recording[]>;
  /** An address that downloads the best file of a recording; one round trip. */
  download(recording: EntryId): Promise<Secret>;
  /** A page of webcasts, newest first, optionally by words; one round trip. */
  page(words: string | undefined, page: number, size: number): Promise<WebcastPage>;
  /** Looks at many webcasts: a round trip for each hundred, and for each hundred of those of which more is asked. */
  watch(ids: readonly EntryId[], asking: Asking): Promise<readonly Glance[]>;
  /** The account's newest webcasts, for those who follow what they do not name; one round trip. */
  discover(size: number): Promise<readonly Webcast[]>;
  /** The account's players, for what nobody asked for; one round trip, then kept for minutes. */
  players(): Promise<readonly Player[]>;
  /** Asks for one of everything that the product uses; one round trip. */
  checkup(): Promise<AccountCheckup>;
  /** What viewers ask, and words to them. */
  readonly questions: Questions;
  /** What can be done with recordings. */
  readonly library: Library;
  /** Metadata and schedule of webcasts, with their line-ups. */
  readonly eventData: EventDesk;
  /** Ways into Kaltura's own tools. */
  readonly tools: Tools;
  /** Who may do what by name. */
  readonly crew: Crew;
  /** The account's figures, for those who ask for them. */
  readonly reports: Reports;
  /** The same figures, for what nobody asked for: snapshots while a webcast is live and the report after it. */
  readonly reportsUnasked: Reports;
  /** Where people and pages reach the account. */
  readonly addresses: Addresses;
}

/** Where the account is reached: the API and, for players and pages, the content host; https addresses without a final slash. */
export interface Addresses {
  readonly service: string;
  readonly content: string;
  readonly partnerId: number;
}

/** A creation that was begun, so that it is never begun twice. */
export interface Creation {
  readonly key: string;
  readonly entry: EntryId | undefined;
}

/** One line of the audit. */
export interface Act {
  readonly at: Instant;
  readonly platform: string;
  readonly tenant: string;
  readonly channel: string;
  readonly person: string;
  readonly command: string;
  readonly webcast: EntryId | undefined;
  readonly outcome: string;
}

/** What the product remembers; every write is durable when its promise resolves. */
export interface Store extends FollowStore, BroadcastStore, QuestionStore, CrewStore, MarkStore {
  /** Claims a delivery; false when it was claimed before. Claims are forgotten after a day. */
  claimDelivery(key: string, now: Instant): Promise<boolean>;
  /** Claims something that may happen once only; false when it has happened. */
  claimOnce(key: string, now: Instant): Promise<boolean>;
  /** Begins a creation, or returns the one begun before under this key. */
  beginCreation(key: string, now: Instant): Promise<{ readonly begun: boolean; readonly creation: Creation }>;
  finishCreation(key: string, entry: EntryId): Promise<void>;
  /** Adds or replaces what is remembered of a webcast. */
  saveNote(note: WebcastNote, now: Instant): Promise<void>;
  notes(ids: readonly EntryId[]): Promise<readonly WebcastNote[]>;
  /** What is remembered of a webcast, with the count of changes of its name, start and end. */
  edition(id: EntryId): Promise<Edition | undefined>;
  /** The notes whose name holds these words, upcoming first, at most 20. */
  findNotes(words: string): Promise<readonly WebcastNote[]>;
  /** Notes of shows that have not ended before the moment, soonest first, at most limit. */
  upcoming(since: Instant, limit: number): Promise<readonly WebcastNote[]>;
  /** Ties a webcast to a channel of a platform. */
  bind(platform: string, place: Place, webcast: EntryId, now: Instant): Promise<void>;
  /** The webcasts tied to a channel, newest first. */
  bound(platform: string, place: Place): Promise<readonly EntryId[]>;
  /** Remembers the one card of a webcast in a channel, which it tells of the broadcast when announced. */
  saveCard(platform: string, webcast: EntryId, card: MessageRef, now: Instant, announced?: boolean): Promise<void>;
  cards(webcast: EntryId): Promise<readonly { readonly platform: string; readonly ref: MessageRef }[]>;
  audit(act: Act): Promise<void>;
  close(): Promise<void>;
}

/** The workspaces that installed the app of a platform, each with what the platform gave for it: tokens, sealed at rest. */
export interface Installations {
  get(platform: string, tenant: string): Promise<Secret | undefined>;
  save(platform: string, tenant: string, payload: Secret, now: Instant): Promise<void>;
  delete(platform: string, tenant: string): Promise<void>;
}

/** The way back into one conversation, as its platform last told it. */
export interface Reference {
  readonly tenant: string;
  /** The conversation without any thread. */
  readonly conversation: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly serviceUrl: string;
  /** The bot's own id in it. */
  readonly bot: string;
  /** Of a personal conversation: with whom. */
  readonly person: string | undefined;
  readonly zone: Zone | undefined;
  /** Open, or why nothing may be sent there any more. */
  readonly state: 'open' | 'removed' | 'blocked';
}

/** The ways back into the conversations of one platform. */
export interface References {
  /** Adds a reference or replaces what is known of it. */
  save(reference: Reference, now: Instant): Promise<void>;
  find(tenant: string, conversation: string): Promise<Reference | undefined>;
  /** The personal conversation with a person, the one seen last when there are several. */
  findPersonal(tenant: string, person: string): Promise<Reference | undefined>;
  /** Remembers that nothing can be sent there any more; nothing happens when the conversation is unknown. */
  close(tenant: string, conversation: string, state: 'removed' | 'blocked'): Promise<void>;
  /** Claims the one welcome of a known conversation; false when it was claimed before. */
  claimWelcome(tenant: string, conversation: string, now: Instant): Promise<boolean>;
}

/** A file that one person was offered, for platforms that take its bytes only when the person wants them. */
export interface FileOffer {
  /** Unguessable. */
  readonly id: string;
  readonly tenant: string;
  readonly person: string;
  readonly name: string;
  readonly text: string;
}

/** The files on offer on one platform, sealed at rest; they are kept for a day. */
export interface FileOffers {
  save(offer: FileOffer, now: Instant): Promise<void>;
  /** Finds what this person was offered; undefined when it is gone, or was offered to somebody else. */
  find(id: string, tenant: string, person: string, now: Instant): Promise<FileOffer | undefined>;
  delete(id: string): Promise<void>;
}

/** Draws a curve of at least one point as a PNG, for platforms that show one by a picture. */
export type DrawChart = (chart: Chart) => Promise<Uint8Array<ArrayBuffer>>;

/** Writes what happened for those who run the bot; never a secret. */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** A form on its way: at once, and complete when the account has answered. */
export interface OpenedForm {
  readonly form: Form;
  /** Takes the platform's name. */
  readonly complete: ((platform: string) => Promise<Form>) | undefined;
}
