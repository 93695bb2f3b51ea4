import type { Command, Context } from './command.js';
import { BotError } from './errors.js';
import { type FormFacts, layForm } from './form.js';
import type { Params, RawValues } from './params.js';
import { parseLine } from './parse.js';
import { explain, perform } from './perform.js';
import type { OpenedForm, Place, Platform } from './ports.js';
import { refuse, refuseIssues } from './refusal.js';
import type { DispatchParts, Inbound, Job, Prepared } from './request.js';

import { suggest } from './suggest.js';
import { type Choice, say, type View } from './view.js';

/** The way of every request through the product: prepare is not async, so nothing slow comes before the platform's acknowledgement. */
export interface Dispatch {
  prepare(inbound: Inbound): Prepared;
  /** Runs a job and delivers its replies; never rejects, whatever happens is told to the person. */
  run(job: Job, platform: Platform): Promise<void>;
  /** What a person may choose from while typing into a field, at most 100. */
  suggest(place: Place, platform: string, control: 'webcast' | 'zone', typed: string): Promise<readonly Choice[]>;
  /** Aborts waits and resolves when the runs have ended; one whose platform does not answer is left after some seconds. */
  stop(): Promise<void>;
}

/** How long runs that were aborted may take to tell it to people, in milliseconds. */
const grace = 3000;

/** Wires the commands to the rooms that serve them. */
export function createDispatch(parts: DispatchParts): Dispatch {
  const { clock } = parts;
  const commands = new Map(parts.commands.map((command) => [command.name, command]));
  const tables = new Map<string, Params>(parts.commands.map((command) => [command.name, command.params]));
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const alone = createAlone();
  const unknownAnswers = new Map<string, View>();

  function prepare(inbound: Inbound): Prepared {
    const { said } = inbound;
    if (said.kind === 'form') return prepareForm(inbound, said.command, said.key, said.values);
    const parsed = parseLine(said.line, tables);
    switch (parsed.kind) {
      case 'empty':
        return prepareLine(inbound, 'help', {}, []);
      case 'unknown':
        return { kind: 'answer', view: answerUnknown(parsed.word.slice(0, 60), parsed.meant) };
      case 'line':
        return prepareLine(inbound, parsed.command, parsed.values, parsed.problems);
      default: {
        const never: never = parsed;
        return never;
      }
    }
  }

  /** The same slip gets the same view, so that platforms draw it once; a hundred of them are kept. */
  function answerUnknown(word: string, meant: string | undefined): View {
    const known = unknownAnswers.get(word);
    if (known) return known;
    const hint = meant ? `Did you mean ${meant}?` : 'Type /webcast help to see what there is.';
    const view = say(`I do not know the command "${word}".`, hint);
    if (unknownAnswers.size >= 100) unknownAnswers.clear();
    unknownAnswers.set(word, view);
    return view;
  }

  function prepareLine(inbound: Inbound, name: string, values: RawValues, problems: readonly string[]): Prepared {
    const command = known(name);
    if (problems.length > 0) return { kind: 'answer', view: refuse(command, problems) };
    const reading = command.read(values, { now: clock.now(), zone: inbound.person.zone });
    switch (reading.kind) {
      case 'ready':
        if (reading.answer) return { kind: 'answer', view: reading.answer() };
        return { kind: 'run', job: { command, inbound, values, requestKey: inbound.deliveryId } };
      case 'zone needed':
        return { kind: 'run', job: { command, inbound, values, requestKey: inbound.deliveryId } };
      case 'form wanted':
        return { kind: 'form', opened: openForm(command, parts.newId(), values, inbound.place) };
      case 'wrong':
        return { kind: 'answer', view: refuseIssues(command, reading.issues) };
      default: {
        const never: never = reading;
        return never;
      }
    }
  }

  function prepareForm(inbound: Inbound, name: string, key: string, values: RawValues): Prepared {
    const command = known(name);
    const reading = command.read(values, { now: clock.now(), zone: inbound.person.zone });
    switch (reading.kind) {
      case 'ready':
      case 'zone needed':
        return { kind: 'run', job: { command, inbound, values, requestKey: `form:${key}` } };
      case 'form wanted':
      case 'wrong': {
        if (reading.issues.length === 0)
          return { kind: 'form', opened: openForm(command, parts.newId(), values, inbound.place) };
        const { lay, facts } = formOf(command, key);
        const form = lay(values, facts(parts.kaltura.knownAccount(), values));
        return { kind: 'issues', issues: reading.issues, form: { ...form, issues: reading.issues } };
      }
      default: {
        const never: never = reading;
        return never;
      }
    }
  }

  function formOf(command: Command, key: string) {
    const { form } = command;
    if (!form) throw new BotError('bug', `${command.name} has no form.`, 'Type its options instead.');
    const lay = (values: RawValues, facts: FormFacts) => layForm({ ...command, form }, key, values, facts);
    return { ...form, lay };
  }

  function openForm(command: Command, key: string, values: RawValues, place: Place): OpenedForm {
    const { lay, facts, prefill } = formOf(command, key);
    const known = parts.kaltura.knownAccount();
    const form = lay(values, facts(known, values));
    if (known && !prefill) return { form, complete: undefined };
    const { kaltura, store } = parts;
    const complete = async (platform: string) => {
      try {
        const asked = prefill?.(values, { kaltura, store, clock, platform, place });
        const [account, filled] = await Promise.all([kaltura.account(), asked]);
        const standing = filled?.values ?? values;
        const note = filled?.note === undefined ? {} : { note: filled.note };
        return lay(standing, { ...facts(account, standing), ...note });
      } catch (error) {
        const told = explain(parts, error, 'asking Kaltura for a form');
        return lay(values, { ...facts(undefined, values), note: `${told.message} ${told.hint}` });
      }
    };
    return { form, complete };
  }

  async function run(job: Job, platform: Platform): Promise<void> {
    const work = perform(parts, alone, stopping.signal, job, platform);
    running.add(work);
    await work.finally(() => running.delete(work));
  }

  function known(name: string): Command {
    const command = commands.get(name);
    if (!command) throw new BotError('bug', `There is no command ${name}.`, 'Type /webcast help to see what there is.');
    return command;
  }

  async function stop(): Promise<void> {
    stopping.abort(new BotError('unavailable', 'The bot is restarting.', 'Ask for the status in a minute.'));
    const ended = new AbortController();
    const idle = Promise.allSettled([...running]).finally(() => ended.abort());
    await Promise.race([idle, clock.wait(grace, ended.signal).catch(() => idle)]);
  }

  return {
    prepare,
    run,
    suggest: (place, platform, control, typed) => suggest(parts, place, platform, control, typed),
    stop,
  };
}

function createAlone(): Context['alone'] {
  const busy = new Set<string>();
  return async (key, work) => {
    if (busy.has(key)) {
      throw new BotError('busy', 'Somebody is doing that right now.', 'Wait for the answer in the channel.');
    }
    busy.add(key);
    try {
      return await work();
    } finally {
      busy.delete(key);
    }
  };
}
