import { BotError } from '../core/errors.js';
import {
  type EventData,
  type EventDesk,
  type EventPart,
  type EventPlan,
  eventParts,
  type PartState,
  type Speaker,
} from '../core/eventdata.js';
import type { Clock, Log } from '../core/ports.js';
import type { EntryId } from '../core/webcast.js';
import type { AccountBook } from './account.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { isAbsent, KalturaError } from './client/error.js';
import { toBotError } from './errors.js';
import { type EventLook, lookAtEvent, lookAtMetadata, nothingYet, standingOf } from './eventlook.js';
import { deleteSchedule, eventOf } from './eventquestions.js';
import { timesIn } from './eventtimes.js';
import { type Step, stepOfMetadata, stepOfSchedule } from './eventwrite.js';
import { eventElements, speakersIn, webcastElements, withSpeakers } from './eventxml.js';

const isTimeless = ({ start, end }: EventPlan): boolean => start === undefined && end === undefined;

interface EventDeskParts {
  readonly connection: Connection;
  readonly book: AccountBook;
  readonly clock: Clock;
  readonly log: Log;
}

/** Milliseconds before each look for what may have been written; the schedule's search index is some seconds late. */
const looks = [500, 1500, 3000];

const stands = (changed: boolean): PartState => ({ kind: 'stands', changed });
const open = (why: string, remedy: string): PartState => ({ kind: 'open', why, remedy });

const refused = (error: KalturaError): PartState => {
  const said = toBotError(error);
  return open(said.message, said.hint);
};

const unclear = open(
  'Kaltura gave no good answer, and it has not been found since.',
  'Repair looks for it first, so that nothing is doubled.',
);

/** What is in doubt of a part: nothing, what others have written meanwhile, or whether the write has happened. */
type Doubt = 'none' | 'outdated' | 'may be written';

/** Somebody else has written since the look. */
const overtaken = new Set([
  'METADATA_ALREADY_EXISTS',
  'INVALID_METADATA_VERSION',
  'METADATA_NOT_FOUND',
  'INVALID_OBJECT_ID',
]);
/** What was known of the account's profiles is of yesterday, unless a look has just shown them. */
const ofYesterday = new Set(['METADATA_PROFILE_NOT_FOUND', 'INVALID_METADATA_DATA']);

/** Whether another look may settle an error. */
function doubtAfter(error: KalturaError, attempt: number): Doubt | undefined {
  if (error.unclear) return 'may be written';
  return overtaken.has(error.code) || (attempt === 0 && ofYesterday.has(error.code)) ? 'outdated' : undefined;
}

function stateAfter(error: KalturaError): PartState {
  if (isAbsent(error)) return { kind: 'absent' };
  return error.unclear ? unclear : refused(error);
}

/** Opens the desk where event data of webcasts is read and written. */
export function createEventDesk({ connection, book, clock, log }: EventDeskParts): EventDesk {
  const look = (id: EntryId) => lookAtEvent(connection, book, id);

  function stepFor(part: EventPart, id: EntryId, seen: EventLook, plan: EventPlan): Step {
    switch (part) {
      case 'studio':
        return stepOfMetadata(id, seen, part, webcastElements);
      case 'portal':
        // A portal has nothing to show of a webcast without a time; an account may even require one.
        if (isTimeless(plan) && standingOf(seen, part).row === undefined && seen.profiles.portal !== undefined)
          return { kind: 'unplanned' };
        return stepOfMetadata(id, seen, part, (standing) => eventElements(standing, plan));
      case 'schedule':
        return stepOfSchedule(id, seen, plan);
      default: {
        const never: never = part;
        return never;
      }
    }
  }

  /** Writes what these parts lack, in one round trip; a part that Kaltura did not take stands with its error. */
  async function write(id: EntryId, plan: EventPlan, seen: EventLook, pending: ReadonlyMap<EventPart, Doubt>) {
    const states = new Map<EventPart, PartState | KalturaError>();
    const writes: { readonly part: EventPart; readonly question: Question<unknown> }[] = [];
    for (const [part, doubt] of pending) {
      const step = stepFor(part, id, seen, plan);
      // A second event would stay in the schedule for good, so one that may have been added is only looked for.
      if (step.kind === 'write' && !(part === 'schedule' && doubt === 'may be written')) {
        writes.push({ part, question: step.question });
      } else states.set(part, settle(step, doubt));
    }
    if (writes.length === 0) return states;
    const answers = await connection.askAll(
      writes.map(({ question }) => question),
      { repeatable: false },
    );
    for (const [index, { part }] of writes.entries()) {
      const answer = answers[index];
      const failed = answer instanceof KalturaError;
      if (failed) log.info({ webcast: id, part, code: answer.code }, 'event data was not written');
      states.set(part, failed ? answer : stands(true));
    }
    return states;
  }

  /** Learns of the plan from the first look, and writes what differs from it then. */
  async function keep(id: EntryId, given: EventPlan, fresh: boolean, learn: (seen: EventLook) => EventPlan) {
    let plan = given;
    const data: Record<EventPart, PartState> = { studio: unclear, portal: unclear, schedule: unclear };
    let pending = new Map<EventPart, Doubt>(eventParts.map((part) => [part, 'none']));
    const profiles = book.eventProfiles();
    try {
      let seen = fresh && profiles !== undefined ? nothingYet(profiles) : await look(id);
      plan = learn(seen);
      for (let attempt = 0; ; attempt++) {
        const next = new Map<EventPart, Doubt>();
        for (const [part, state] of await write(id, plan, seen, pending)) {
          data[part] = state instanceof KalturaError ? stateAfter(state) : state;
          const doubt = state instanceof KalturaError ? doubtAfter(state, attempt) : undefined;
          if (doubt !== undefined) next.set(part, doubt);
          else if (state === unclear) next.set(part, 'may be written');
        }
        const pause = looks[attempt];
        if (next.size === 0 || pause === undefined) return { data, plan };
        pending = next;
        if ([...pending.values()].includes('may be written')) await clock.wait(pause);
        seen = await look(id);
      }
    } catch (error) {
      if (!(error instanceof KalturaError)) throw error;
      log.warn({ webcast: id, code: error.code }, 'event data could not be looked at');
      const state = stateAfter(error);
      // What was in doubt stays so: nobody has seen it.
      for (const [part, doubt] of pending) data[part] = doubt === 'none' ? state : unclear;
      return { data, plan };
    }
  }

  const keepInStep = async (id: EntryId, plan: EventPlan, fresh = false): Promise<EventData> =>
    (await keep(id, plan, fresh, () => plan)).data;

  const takeOver = (id: EntryId, plan: EventPlan) =>
    keep(id, plan, false, (seen) => (isTimeless(plan) ? { ...plan, ...timesIn(id, seen, clock.now()) } : plan));

  async function withdraw(id: EntryId): Promise<PartState> {
    try {
      const { schedule } = await look(id);
      if (schedule === undefined) return { kind: 'absent' };
      const event = eventOf(id, schedule);
      if (event !== undefined) await connection.ask(deleteSchedule(event.id), { repeatable: true });
      return stands(event !== undefined);
    } catch (error) {
      if (!(error instanceof KalturaError)) throw error;
      // Deleted by an attempt whose answer was lost.
      if (error.code === 'INVALID_OBJECT_ID') return stands(true);
      return isAbsent(error) ? { kind: 'absent' } : refused(error);
    }
  }

  async function changeLineUp(
    id: EntryId,
    plan: EventPlan,
    change: (speakers: readonly Speaker[]) => readonly Speaker[],
  ): Promise<readonly Speaker[]> {
    for (let attempt = 0; ; attempt++) {
      const seen = await lookAtMetadata(connection, book, id);
      const before = speakersIn(standingOf(seen, 'portal').elements);
      const after = change(before);
      const step = stepOfMetadata(id, seen, 'portal', (standing) => withSpeakers(eventElements(standing, plan), after));
      if (step.kind === 'absent') throw noLineUp();
      const blocked = step.kind === 'lacks' ? settle(step, 'none') : undefined;
      if (blocked?.kind === 'open') throw new BotError('refused', blocked.why, blocked.remedy);
      if (step.kind !== 'write') return after;
      try {
        await connection.ask(step.question, { repeatable: false });
        return after;
      } catch (error) {
        const doubt = error instanceof KalturaError ? doubtAfter(error, attempt) : undefined;
        const pause = looks[attempt];
        if (doubt === undefined || pause === undefined) throw error;
        if (doubt === 'may be written') await clock.wait(pause);
      }
    }
  }

  return {
    keepInStep,
    takeOver,
    withdraw,
    changeLineUp,
    async lineUp(id) {
      const seen = await lookAtMetadata(connection, book, id);
      if (seen.profiles.portal === undefined) return { kind: 'lacking' };
      return { kind: 'found', speakers: speakersIn(standingOf(seen, 'portal').elements) };
    },
  };
}

/** How a part stands that nothing is written for; one that was in doubt has been written by the lost call. */
function settle(step: Step, doubt: Doubt): PartState {
  switch (step.kind) {
    case 'stands':
      return stands(doubt === 'may be written');
    case 'absent':
    case 'unplanned':
      return { kind: step.kind };
    case 'lacks':
      return open(
        `The account's profile ${step.profile} wants ${step.fields.map((name) => `"${name}"`).join(' and ')}, which only its people can fill in.`,
        'An administrator of Kaltura fills it in for this webcast or makes it optional in the profile; then repair it.',
      );
    case 'write':
      return unclear;
    default: {
      const never: never = step;
      return never;
    }
  }
}

const noLineUp = (): BotError =>
  new BotError(
    'refused',
    'This Kaltura account has no place for a line-up (the metadata profile KMS_EVENTS3).',
    'An administrator of Kaltura adds it with the events or webcasting module.',
  );
