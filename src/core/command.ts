import { z } from 'zod';
import type { CalendarLink } from './calendar.js';
import type { Check } from './checkup.js';
import type { FieldIssue } from './errors.js';
import type { FormFacts } from './form.js';
import type { Mention } from './mention.js';
import type { Params, RawValues, Values } from './params.js';
import type { Clock, Kaltura, Log, MessageRef, NewId, Person, Place, Profile, Store } from './ports.js';
import type { Secret } from './secret.js';
import type { Organizer, Subscription } from './subscription.js';
import type { Errand } from './tickets.js';
import type { PrivateView, View } from './view.js';
import type { Account, EntryId, Instant, Webcast, Zone } from './webcast.js';

export const roles = ['viewer', 'producer', 'admin'] as const;
/** What a person may do; each role may do what the ones before it may. */
export type Role = (typeof roles)[number];

/** What a command answers with. */
export type Reply =
  /** Names the webcast where it is a thing of value that is handed out, for the audit. */
  | { readonly to: 'me'; readonly view: PrivateView; readonly webcast?: EntryId }
  /** A message in the channel; it takes the place of this run's progress message, when there is one. */
  | { readonly to: 'channel'; readonly view: View }
  /** The message that tells this channel of a broadcast; like channel, and closed when the broadcast is over. */
  | { readonly to: 'announcement'; readonly webcast: EntryId; readonly view: View }
  /** The webcast's card: posted here unless it stands here already; wherever else it stands, it follows by itself. */
  | { readonly to: 'card'; readonly webcast: EntryId; readonly view: View }
  /** The webcast's cards: the one here is edited at once, the others follow; none is posted. */
  | { readonly to: 'cards'; readonly webcast: EntryId; readonly view: View };

/** What a running command may use. */
export interface Context {
  readonly kaltura: Kaltura;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
  readonly platform: string;
  readonly place: Place;
  readonly person: Person;
  /** Names this delivery or this opening of a form: the same one twice is one request. */
  readonly requestKey: string;
  /** Shows how far the run has come, by one message in the channel that is edited from then on. */
  progress(view: View): Promise<void>;
  /** Does work that may not run twice at once under this key; raises BotError busy when it is being done already. */
  alone<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Posts a message in the channel now; raises BotError cannot_post with the words to type. */
  post(view: View): Promise<MessageRef>;
  readonly live: {
    /** Says that something about the webcast has changed: it is looked at now, and its cards follow. */
    changed(webcast: EntryId, organizer?: Organizer): Promise<void>;
    /** Says that a channel follows what it does not name: it gets cards of what is on air. */
    followed(subscription: Subscription): Promise<void>;
    /** Says that this run tells the channel of the broadcast that it is about to open. */
    announcing(webcast: EntryId): Promise<void>;
    /** Says that the webcast is deleted: its cards say so, and nothing more is told of it. */
    deleted(webcast: Webcast): Promise<void>;
  };
  /** What the platform tells of the person who asks, or of another one: name, e-mail address, zone. */
  profile(person?: string): Promise<Profile>;
  /** Whether the person who asks holds a role, or one above it; for commands that decide by more than the role. */
  holds(role: Role): Promise<boolean>;
  /** Tells another person something in a direct chat; raises BotError when they cannot be reached. */
  tell(person: string, view: PrivateView): Promise<void>;
  /**
   * A private link whose button works once, for so many minutes, made for the person who asks unless another one is
   * named; raises BotError without a public address.
   */
  ticket(errand: Errand, minutes: number, person?: string): Promise<Secret>;
  /** Where the bot is reached from outside, if it is. */
  readonly publicUrl: string | undefined;
  /** The sentence that says who holds a role. */
  whoCan(role: Role): string;
  /** What the platform lets the bot do here; undefined where there is nothing to be checked. */
  readonly checkChat: (() => Promise<readonly Check[]>) | undefined;
  /** Where the calendar file of a webcast is; undefined where the bot has no public address. */
  readonly calendarLink: CalendarLink | undefined;
  /** What messages can call on this platform. */
  readonly calls: readonly Mention['kind'][];
  /** Aborted when the program stops. */
  readonly signal: AbortSignal;
}

/** When and in which zone a command's words are to be understood. */
export interface Moment {
  readonly now: Instant;
  readonly zone: Zone | undefined;
}

/** A command's input after the checks that need more than one field or the time of day. */
export type Settled<S> =
  | { readonly kind: 'settled'; readonly input: S }
  | { readonly kind: 'refused'; readonly issues: readonly FieldIssue[] }
  /** The form is to open with what was said. One that was sent comes back with the issues; without any, the next one opens. */
  | { readonly kind: 'form wanted'; readonly issues: readonly FieldIssue[] }
  /** The words can only be understood in the person's zone, which has to be asked for. */
  | { readonly kind: 'zone needed' };

/** What may be asked while a form waits to be filled. */
export interface Asking extends Pick<Context, 'kaltura' | 'store' | 'clock' | 'platform' | 'place'> {}

/** What a form is opened with, and a word on it. */
export interface Prefill {
  readonly values: RawValues;
  readonly note?: string;
}

/** What a command says of its form beside its parameters. */
export interface CommandForm {
  readonly title: string;
  readonly submit: string;
  /** What the account and the values say about it; left out of a definition, it shows all parameters. */
  readonly facts: (account: Account | undefined, values?: RawValues) => FormFacts;
  /** Asks for what stands in the form when it opens: the form comes at once, and is filled when this has answered. */
  prefill?(values: RawValues, asking: Asking): Promise<Prefill>;
}

interface Definition<P extends Params, S> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly role: Role;
  /** Who may use it, where it decides by more than the role. */
  readonly who?: string;
  readonly params: P;
  /** The form that opens when something required is missing, or settle wants it. */
  readonly form?: Omit<CommandForm, 'facts'> & Partial<Pick<CommandForm, 'facts'>>;
  settle(values: Values<P>, moment: Moment): Settled<S>;
  /** An answer that needs nothing but the input, given within the acknowledgement itself. */
  answer?(input: S): View;
  run(input: S, context: Context): Promise<readonly Reply[]>;
}

/** A reading of raw values: ready to run, to be said in the form, wrong, or waiting for the person's zone. */
export type Reading =
  | {
      readonly kind: 'ready';
      readonly answer: (() => View) | undefined;
      run(context: Context): Promise<readonly Reply[]>;
    }
  | { readonly kind: 'wrong'; readonly issues: readonly FieldIssue[] }
  | { readonly kind: 'form wanted'; readonly issues: readonly FieldIssue[] }
  | { readonly kind: 'zone needed' };

/** A command of any input type, as dispatch, help and forms see it. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly role: Role;
  readonly who?: string | undefined;
  readonly params: Params;
  readonly form: CommandForm | undefined;
  read(raw: RawValues, moment: Moment): Reading;
}

const showAll = (): FormFacts => ({ choices: {}, without: [] });

/** Closes a typed definition into a command whose input type is its own affair. */
export function defineCommand<P extends Params, S>(definition: Definition<P, S>): Command {
  const shape = Object.fromEntries(Object.entries(definition.params).map(([name, param]) => [name, param.schema]));
  const table = z.object(shape);
  return {
    name: definition.name,
    summary: definition.summary,
    examples: definition.examples,
    role: definition.role,
    who: definition.who,
    params: definition.params,
    form: definition.form && { facts: showAll, ...definition.form },
    read(raw, moment) {
      const checked = table.safeParse(raw);
      if (!checked.success) return amiss(checked.error, definition.params, definition.form !== undefined, raw);
      // The table was built from these very parameters, so zod has checked each value against its own type.
      const settled = definition.settle(checked.data as Values<P>, moment);
      switch (settled.kind) {
        case 'settled': {
          const { answer } = definition;
          return {
            kind: 'ready',
            answer: answer ? () => answer(settled.input) : undefined,
            run: (context) => definition.run(settled.input, context),
          };
        }
        case 'refused':
          return { kind: 'wrong', issues: settled.issues };
        case 'form wanted':
        case 'zone needed':
          return settled;
        default: {
          const never: never = settled;
          return never;
        }
      }
    },
  };
}

/** What the table found: where nothing but required values is missing, the form asks for them. */
function amiss(error: z.ZodError, params: Params, hasForm: boolean, raw: RawValues): Reading {
  const issues = new Map<string, FieldIssue>();
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    if (!issues.has(field)) issues.set(field, { field, message: issue.message });
  }
  const missing = (field: string) =>
    params[field]?.required === true && (raw[field] === undefined || raw[field] === '');
  const wanted = hasForm && [...issues.keys()].every(missing);
  return { kind: wanted ? 'form wanted' : 'wrong', issues: [...issues.values()] };
}

/** A settle for commands whose fields need no further checks. */
export const asGiven = <V>(values: V): Settled<V> => ({ kind: 'settled', input: values });
