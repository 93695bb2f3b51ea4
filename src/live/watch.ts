import type { DueWebcast, Glance, GlanceMore, LiveStore, Look } from '../core/live.js';
import type { Clock, Kaltura, Log, Store } from '../core/ports.js';
import { type EntryId, type Instant, instant, type Webcast, type WebcastNote } from '../core/webcast.js';
import { figuresOf } from './figures.js';
import { courseOf, isGone, type Known, readKnown, runs } from './known.js';
import { mayRemind, remindersOf } from './remind.js';
import { nextLook } from './rhythm.js';
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
/** How old the state of both paths may be on air. */
const pathsAge = 30 * second;
/** How old what Kaltura says of a picture may be: on air, every third look asks. */
const healthAge = 14 * second;
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
      glances = await kaltura.watch(ids, (webcast) => askMore(webcast, kept.get(webcast.id)?.known, now));
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
    const reminding = mayRemind(note, now) && !runs(known.broadcast) && !isGone(known);
    const tags = [...known.webcast.tags, ...known.webcast.adminTags];
    // What is new to a running broadcast came with a nudge: a subscription, or a change of one.
    const joining = due.nudged && runs(known.broadcast);
    const subscribers = events.length > 0 || reminding || joining ? await store.subscribers(webcast, tags) : [];
    const about = { known, note, subscribers, organizer, now };
    const told = tellEvents(events, about);
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
      notices: [...told.notices, ...reminders, ...figuresOf(events, about, due.nudged)],
      broadcast: known.broadcast && (events.length > 0 || joining) ? courseOf(known.broadcast) : undefined,
    };
  }

  return { round, most };
}

/** What a look asks beside the list: what viewers get when it may just have gone live, and both paths now and then. */
function askMore(webcast: Webcast, known: Known | undefined, now: Instant): GlanceMore {
  const picture = webcast.feed === 'picture';
  const onAir = runs(known?.broadcast) && known?.broadcast.gap === undefined;
  const opening = picture && webcast.open && !onAir;
  const old = known?.detailedAt === undefined || Math.abs(now - known.detailedAt) >= pathsAge;
  const health = picture && (known?.health === undefined || Math.abs(now - known.health.at) >= healthAge);
  const over = webcast.feed === 'none' && webcast.recording !== 'off';
  const wanted = known === undefined ? webcast.lastEnded !== undefined : known.phase === 'recording';
  // Of a stream that Kaltura does not make, the list tells nothing.
  const own = webcast.source === 'own';
  return { paths: own || opening || (picture && old), recordings: over && wanted, health };
}
