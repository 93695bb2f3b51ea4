import type { Command, Context, Reading, Reply, Role } from './command.js';
import { roles } from './command.js';
import { BotError, type FieldIssue } from './errors.js';
import { type Form, type FormFacts, layForm } from './form.js';
import { flagOf, type Params, type RawValues } from './params.js';
import { parseLine } from './parse.js';
import type {
  Clock,
  Kaltura,
  Log,
  MessageRef,
  NewId,
  OpenedForm,
  Person,
  Place,
  Platform,
  Store,
  Whom,
} from './ports.js';
import { type Choice, type PublicNode, say, type View } from './view.js';
import type { EntryId } from './webcast.js';

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
  /** Finds the platform a card stands on, when it is running. */
  platform(name: string): Platform | undefined;
}

/** The way of every request through the product: prepare is not async, so nothing slow comes before the platform's acknowledgement. */
export interface Dispatch {
  prepare(inbound: Inbound): Prepared;
  /** Runs a job and delivers its replies; never rejects, whatever happens is told to the person. */
  run(job: Job, platform: Platform): Promise<void>;
  /** What a person may choose from while typing into a field, at most 100. */
  suggest(place: Place, platform: string, control: 'webcast' | 'zone', typed: string): Promise<readonly Choice[]>;
  /** Refuses new runs, aborts waits and resolves when the running ones have ended. */
  stop(): Promise<void>;
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { store, clock, log } = parts;
  const commands = new Map(parts.commands.map((command) => [command.name, command]));
  const tables = new Map<string, Params>(parts.commands.map((command) => [command.name, command.params]));
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  function prepare(inbound: Inbound): Prepared {
    const { said } = inbound;
    if (said.kind === 'form') return prepareForm(inbound, said.command, said.key, said.values);
    const parsed = parseLine(said.line, tables);
    switch (parsed.kind) {
      case 'empty':
        return prepareLine(inbound, 'help', {}, []);
      case 'unknown': {
        const hint = parsed.meant ? `Did you mean ${parsed.meant}?` : 'Type help to see what there is.';
        return { kind: 'answer', view: say(`I do not know the command "${parsed.word.slice(0, 60)}".`, hint) };
      }
      case 'line':
        return prepareLine(inbound, parsed.command, parsed.values, parsed.problems);
      default: {
        const never: never = parsed;
        return never;
      }
    }
  }

  function prepareLine(inbound: Inbound, name: string, values: RawValues, problems: readonly string[]): Prepared {
    const command = known(name);
    const moment = { now: clock.now(), zone: inbound.person.zone };
    if (problems.length > 0) return { kind: 'answer', view: refusal(command, problems) };
    const reading = command.read(values, moment);
    if (reading.kind !== 'wrong')
      return { kind: 'run', job: { command, inbound, values, requestKey: inbound.deliveryId } };
    if (reading.onlyMissing && command.form) return { kind: 'form', opened: openForm(command, parts.newId(), values) };
    return {
      kind: 'answer',
      view: refusal(
        command,
        reading.issues.map((issue) => sentence(command, issue)),
      ),
    };
  }

  function prepareForm(inbound: Inbound, name: string, key: string, values: RawValues): Prepared {
    const command = known(name);
    const reading = command.read(values, { now: clock.now(), zone: inbound.person.zone });
    if (reading.kind !== 'wrong') return { kind: 'run', job: { command, inbound, values, requestKey: `form:${key}` } };
    const form = openForm(command, key, values).form;
    return { kind: 'issues', issues: reading.issues, form: { ...form, issues: reading.issues } };
  }

  function openForm(command: Command, key: string, values: RawValues): OpenedForm {
    const { form } = command;
    if (!form) throw new BotError('bug', `${command.name} has no form.`, 'Type its options instead.');
    const lay = (facts: FormFacts) => layForm({ ...command, form }, key, values, facts);
    const account = parts.kaltura.knownAccount();
    if (account) return { form: lay(form.facts(account)), complete: undefined };
    return {
      form: lay(form.facts(undefined)),
      complete: async () => {
        try {
          return lay(form.facts(await parts.kaltura.account()));
        } catch (error) {
          const told = tell(error, 'reading the account for a form');
          return lay({ ...form.facts(undefined), note: `${told.message} ${told.hint}` });
        }
      },
    };
  }

  async function run(job: Job, platform: Platform): Promise<void> {
    if (stopping.signal.aborted) {
      await whisperError(
        platform,
        job,
        new BotError('unavailable', 'The bot is restarting.', 'Try again in a minute.'),
      );
      return;
    }
    const work = perform(job, platform);
    running.add(work);
    await work.finally(() => running.delete(work));
  }

  async function perform(job: Job, platform: Platform): Promise<void> {
    const delivery = createDelivery(job, platform);
    let outcome = 'done';
    let replies: readonly Reply[] = [];
    try {
      if (!(await store.claimDelivery(`${platform.name}:${job.inbound.place.tenant}:${job.requestKey}`, clock.now())))
        return;
      await mayRun(job, platform);
      const reading = await readWithZone(job, platform);
      switch (reading.kind) {
        case 'wrong':
          await platform.whisper(
            delivery.whom,
            refusal(
              job.command,
              reading.issues.map((issue) => sentence(job.command, issue)),
            ),
          );
          return;
        case 'zone needed':
          throw new BotError('bug', 'The zone is still unknown.', 'Add --zone, such as --zone=Europe/Berlin.');
        case 'ready':
          break;
        default: {
          const never: never = reading;
          throw never;
        }
      }
      replies = await reading.run(delivery.context);
      for (const reply of replies) await delivery.deliver(reply);
    } catch (error) {
      outcome = error instanceof BotError ? error.code : 'bug';
      await delivery.fail(error);
    }
    await audit(job, platform, replies, outcome);
  }

  async function readWithZone(job: Job, platform: Platform): Promise<Reading> {
    const { person, place } = job.inbound;
    const now = clock.now();
    const reading = job.command.read(job.values, { now, zone: person.zone });
    if (reading.kind !== 'zone needed') return reading;
    const profile = await platform.profile(place.tenant, person.id);
    if (!profile.zone) {
      throw new BotError('invalid', 'I do not know your time zone.', 'Add --zone, such as --zone=Europe/Berlin.');
    }
    return job.command.read(job.values, { now, zone: profile.zone });
  }

  async function mayRun(job: Job, platform: Platform): Promise<void> {
    if (job.command.role === 'viewer') return;
    const role = await parts.policy.roleOf(platform, job.inbound.place, job.inbound.person);
    if (roles.indexOf(role) >= roles.indexOf(job.command.role)) return;
    throw new BotError('forbidden', `You may not use ${job.command.name}.`, parts.policy.whoCan(job.command.role));
  }

  function createDelivery(job: Job, platform: Platform) {
    const { place, person, wayBack } = job.inbound;
    const whom: Whom = { place, person, wayBack };
    let progressed: MessageRef | undefined;
    const context: Context = {
      kaltura: parts.kaltura,
      store,
      clock,
      log,
      newId: parts.newId,
      platform: platform.name,
      place,
      person,
      requestKey: job.requestKey,
      signal: stopping.signal,
      async progress(view) {
        if (progressed) await platform.update(progressed, view);
        else progressed = await platform.post(place, view);
      },
    };

    async function deliver(reply: Reply): Promise<void> {
      switch (reply.to) {
        case 'me':
          return platform.whisper(whom, reply.view);
        case 'channel': {
          if (!progressed) return postOrWhisper(reply.view);
          const message = progressed;
          progressed = undefined;
          return platform.update(message, reply.view);
        }
        case 'card':
          return showCard(reply.webcast, reply.view, true);
        case 'cards':
          return showCard(reply.webcast, reply.view, false);
        default: {
          const never: never = reply;
          return never;
        }
      }
    }

    async function postOrWhisper(view: View): Promise<void> {
      try {
        await platform.post(place, view);
      } catch (error) {
        if (!(error instanceof BotError) || error.code !== 'cannot_post') throw error;
        await platform.whisper(whom, noted(view, error));
      }
    }

    async function showCard(webcast: EntryId, view: View, here: boolean): Promise<void> {
      const cards = await store.cards(webcast);
      const stands = cards.some(
        (card) =>
          card.platform === platform.name && card.ref.channel === place.channel && card.ref.tenant === place.tenant,
      );
      for (const card of cards) {
        try {
          await parts.platform(card.platform)?.update(card.ref, view);
        } catch (error) {
          log.warn({ err: error, webcast, platform: card.platform }, 'A card could not be edited');
        }
      }
      if (!here || stands) return;
      try {
        await store.saveCard(platform.name, webcast, await platform.post(place, view), clock.now());
      } catch (error) {
        if (!(error instanceof BotError) || error.code !== 'cannot_post') throw error;
        await platform.whisper(whom, noted(view, error));
      }
    }

    async function fail(error: unknown): Promise<void> {
      const told = tell(error, job.command.name);
      const view = say(told.message, told.hint);
      try {
        if (progressed) await platform.update(progressed, view);
        else await platform.whisper(whom, view);
      } catch (second) {
        log.error({ err: second, command: job.command.name }, 'An error could not be told to the person');
      }
    }

    return { whom, context, deliver, fail };
  }

  function tell(error: unknown, doing: string): BotError {
    if (error instanceof BotError && error.code !== 'bug') {
      log.info({ err: error, doing }, 'A request was answered with an error');
      return error;
    }
    const reference = parts.newId().slice(0, 8);
    log.error({ err: error, doing, reference }, 'A request failed for a reason that is ours');
    return new BotError(
      'bug',
      'Something went wrong on our side.',
      `Nothing more is known here. Tell whoever runs the bot this reference: ${reference}.`,
      error,
    );
  }

  async function whisperError(platform: Platform, job: Job, error: BotError): Promise<void> {
    const { place, person, wayBack } = job.inbound;
    try {
      await platform.whisper({ place, person, wayBack }, say(error.message, error.hint));
    } catch (second) {
      log.error({ err: second }, 'An error could not be told to the person');
    }
  }

  async function audit(job: Job, platform: Platform, replies: readonly Reply[], outcome: string): Promise<void> {
    const webcast = replies.flatMap((reply) => ('webcast' in reply ? [reply.webcast] : []))[0];
    const { place, person } = job.inbound;
    try {
      await store.audit({
        at: clock.now(),
        platform: platform.name,
        tenant: place.tenant,
        channel: place.channel,
        person: person.id,
        command: job.command.name,
        webcast,
        outcome,
      });
    } catch (error) {
      log.error({ err: error, command: job.command.name }, 'The audit line could not be written');
    }
  }

  function known(name: string): Command {
    const command = commands.get(name);
    if (!command) throw new BotError('bug', `There is no command ${name}.`, 'Type help to see what there is.');
    return command;
  }

  async function suggest(
    place: Place,
    platform: string,
    control: 'webcast' | 'zone',
    typed: string,
  ): Promise<readonly Choice[]> {
    if (control === 'zone') return suggestZones(typed);
    const words = typed.trim();
    const notes = words
      ? await store.findNotes(words)
      : await store.notes((await store.bound(platform, place)).slice(0, 20));
    const seen = new Set<string>(notes.map((note) => note.id));
    const choices: Choice[] = notes.map((note) => ({ value: note.id, label: note.name, hint: note.id }));
    const page = await parts.kaltura.page(words || undefined, 1, 20);
    for (const webcast of page.webcasts) {
      if (!seen.has(webcast.id)) choices.push({ value: webcast.id, label: webcast.name, hint: webcast.id });
    }
    return choices.slice(0, 100);
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await Promise.allSettled([...running]);
  }

  return { prepare, run, suggest, stop };
}

const zoneNames = Intl.supportedValuesOf('timeZone');

function suggestZones(typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, '_');
  return zoneNames
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, 100)
    .map((name) => ({ value: name, label: name.replaceAll('_', ' ') }));
}

function sentence(command: Command, issue: FieldIssue): string {
  const param = command.params[issue.field];
  if (!param || param.hidden) return issue.message;
  return param.required && issue.message.includes(' needs words.')
    ? `${param.label} is missing (--${flagOf(issue.field)}).`
    : issue.message;
}

function refusal(command: Command, problems: readonly string[]): View {
  const nodes: PublicNode[] = [
    { kind: 'title', text: `That ${command.name} cannot be done as written.` },
    { kind: 'list', items: problems },
    { kind: 'text', style: 'quiet', text: ['Type ', { code: `help ${command.name}` }, ' to see all of its options.'] },
  ];
  return { summary: problems.join(' '), nodes };
}

function noted(view: View, error: BotError): View {
  return { summary: view.summary, nodes: [...view.nodes, { kind: 'text', text: `${error.message} ${error.hint}` }] };
}
