import type { DueWebcast, Glance, GlanceMore, LiveStore, Look } from '../core/live.js';
import type { Clock, Kaltura, Log, Store } from '../core/ports.js';
import { type EntryId, type Instant, instant, type Webcast, type WebcastNote } from '../core/webcast.js';
import { type Known, readKnown, runs } from './known.js';
import { mayRemind, remindersOf } from './remind.js';
import { nextLook, pathsAge, rhythm } from './rhythm.js';
import { faceOf } from './stand.js';
import { step } from './step.js';
import { tellEvents } from './tell.js';

const second = 1000;
const minute = 60 * second;
/** The most webcasts of one round, the most looks written in one transaction, and how long a round may take. */
const most = 500;
const together = 100;
const lease = minute;
/** A call of Kaltura takes a hundred: one that is not full takes along what is due soon. */
const fill = { together, ahead: 2 * second };
/** How long a Kaltura that does not answer is left alone, at first and at most. */
const pauses = { first: 5 * second, longest: minute };

export interface WatchParts {
  readonly store: LiveStore & Pick<Store, 'notes'>;
  readonly kaltura: Pick<Kaltura, 'watch'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
  /** A number from 0 to 1. */
  random(): number;
}

/** The loop's one act: looks at what is due and writes what follows. */
export interface Watch {
  /** Gives how many webcasts were looked at; when Kaltura does not answer it is logged, and they are given back. */
  round(): Promise<number>;
  /** How many one round takes; when it took as many, more may be due. */
  readonly most: number;
}

interface Kept {
  readonly due: DueWebcast;
  readonly known: Known | undefined;
}

export function createWatch(parts: WatchParts): Watch {
  const { store, kaltura, clock, log, owner } = parts;
  let failures = 0;

  async function round(): Promise<number> {
    const claimed = await store.claimWebcasts({ owner, now: clock.now(), lease, limit: most }, fill);
    if (claimed.length === 0) return 0;
    const ids = claimed.map(({ webcast }) => webcast);
    const kept = new Map(claimed.map((due) => [due.webcast, { due, known: readKnown(due.known) }]));
    // Before Kaltura is asked: what the bot did until now is in the answer, so that an end is not taken back.
    const notes = new Map((await store.notes(ids)).map((note) => [note.id, note]));
    const now = clock.now();
    let glances: readonly Glance[];
    try {
      const old = withOldPaths([...kept.values()], now);
      glances = await kaltura.watch(ids, (webcast) => askMore(webcast, kept.get(webcast.id)?.known, old));
    } catch (error) {
      await giveBack(ids, error);
      return 0;
    }
    failures = 0;
    const seen = new Map(glances.map((glance) => [glance.webcast.id, glance]));
    const all = [...kept.values()];
    for (let from = 0; from < all.length; from += together) {
      const looks = await Promise.all(
        all
          .slice(from, from + together)
          .map((one) => lookAt(one, seen.get(one.due.webcast), notes.get(one.due.webcast))),
      );
      await store.recordLooks(owner, looks, clock.now());
    }
    return claimed.length;
  }

  async function giveBack(ids: readonly EntryId[], error: unknown): Promise<void> {
    const pause = Math.min(pauses.longest, pauses.first * 2 ** failures);
    failures += 1;
    log.warn({ err: error, webcasts: ids.length, pause }, 'Kaltura could not be looked at');
    await store.postpone(owner, ids, instant(clock.now() + Math.round(pause * (0.9 + parts.random() / 5))));
  }

  async function lookAt(kept: Kept, glance: Glance | undefined, note: WebcastNote | undefined): Promise<Look> {
    const { due, known: before } = kept;
    const { webcast, nudges, organizer } = due;
    const now = clock.now();
    const nothing = { webcast, nudges, urgent: false, cards: [], notices: [] };
    const took = step(before, { ...glance, webcast: glance?.webcast, note }, now);
    // Kaltura does not have it, and never had it while it was watched.
    if (!took) return { ...nothing, known: 'null', changed: false, due: instant(now + 5 * minute) };
    const { known, events } = took;
    for (const event of events) log.info({ webcast, event: event.kind, phase: known.phase }, 'A webcast moved on');
    const reminding = mayRemind(note, now) && !runs(known.broadcast);
    const tags = [...known.webcast.tags, ...known.webcast.adminTags];
    const subscribers = events.length > 0 || reminding ? await store.subscribers(webcast, tags) : [];
    const told = tellEvents(events, { known, note, subscribers, organizer, now });
    const reminders =
      reminding && subscribers.length > 0
        ? remindersOf(note, subscribers, await store.reminded(webcast), before?.seenAt, now)
        : [];
    const face = faceOf(known, note);
    return {
      webcast,
      nudges,
      known: JSON.stringify({ ...known, face }),
      due: nextLook(known, note, now, parts.random),
      changed: due.nudged || face !== before?.face,
      urgent: events.some(({ kind }) => kind === 'went live'),
      cards: told.cards,
      notices: [...told.notices, ...reminders],
    };
  }

  return { round, most };
}

/** The webcasts whose paths were last looked at too long ago; a call that is not full takes along those that come next. */
function withOldPaths(all: readonly Kept[], now: Instant): ReadonlySet<EntryId> {
  const ageOf = ({ known }: Kept) => (known?.detailedAt === undefined ? pathsAge : Math.abs(now - known.detailedAt));
  const byAge = all
    .filter(({ known }) => known?.webcast.feed !== 'none')
    .map((one) => ({ webcast: one.due.webcast, age: ageOf(one) }))
    .filter(({ age }) => age >= pathsAge - 2 * rhythm.onAir)
    .sort((one, other) => other.age - one.age);
  const old = byAge.filter(({ age }) => age >= pathsAge).length;
  return new Set(byAge.slice(0, Math.ceil(old / together) * together).map(({ webcast }) => webcast));
}

/** What a look asks beside the list: what viewers get when it may just have gone live, and both paths now and then. */
function askMore(webcast: Webcast, known: Known | undefined, old: ReadonlySet<EntryId>): GlanceMore {
  const picture = webcast.feed === 'picture';
  const onAir = runs(known?.broadcast) && known?.broadcast.gap === undefined;
  const opening = picture && webcast.open && !onAir;
  const over = webcast.feed === 'none' && webcast.recording !== 'off';
  const wanted = known === undefined ? webcast.lastEnded !== undefined : known.phase === 'recording';
  return {
    paths: opening || (picture && (known?.detailedAt === undefined || old.has(webcast.id))),
    recordings: over && wanted,
  };
}
