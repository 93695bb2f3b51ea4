import type { CalendarLink } from './calendar.js';
import type { Command, Role } from './command.js';
import type { FieldIssue } from './errors.js';
import type { Form } from './form.js';
import type { LiveRoom } from './live.js';
import type { RawValues } from './params.js';
import type { Clock, Kaltura, Log, NewId, OpenedForm, Person, Place, Platform, Store } from './ports.js';
import type { TicketOffice } from './tickets.js';
import type { View } from './view.js';

/** What a platform received, checked and in our words. */
export interface Inbound {
  readonly place: Place;
  readonly person: Person;
  /** The same delivery twice has the same id. */
  readonly deliveryId: string;
  readonly wayBack: string | undefined;
  readonly said:
    | { readonly kind: 'line'; readonly line: string }
    | { readonly kind: 'form'; readonly command: string; readonly key: string; readonly values: RawValues };
}

/** A command that is understood and waits to be run. */
export interface Job {
  readonly command: Command;
  readonly inbound: Inbound;
  readonly values: RawValues;
  readonly requestKey: string;
}

/** What can be said before anything slow has happened. */
export type Prepared =
  | { readonly kind: 'answer'; readonly view: View }
  | { readonly kind: 'form'; readonly opened: OpenedForm }
  /** A submitted form goes back with these sentences on its fields. */
  | { readonly kind: 'issues'; readonly issues: readonly FieldIssue[]; readonly form: Form }
  | { readonly kind: 'run'; readonly job: Job };

/** Who holds which role; raises BotError when a platform cannot say. */
export interface Policy {
  roleOf(platform: Platform, place: Place, person: Person): Promise<Role>;
  /** The sentence that says who can, for a refusal. */
  whoCan(role: Role): string;
}

export interface DispatchParts {
  readonly commands: readonly Command[];
  readonly kaltura: Kaltura;
  readonly store: Store;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly policy: Policy;
  readonly live: LiveRoom;
  readonly tickets: TicketOffice;
  /** Left out where the bot has no public address. */
  readonly calendarLink?: CalendarLink | undefined;
}
