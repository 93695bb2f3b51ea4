import type { Event } from '../core/events.js';
import type { DueWebcast, Glance, GlanceMore, LiveStore, Look } from '../core/live.js';
import type { Clock, Kaltura, Log, Store } from '../core/ports.js';
import { type EntryId, type Instant, instant, type Phase, type Webcast, type WebcastNote } from '../core/webcast.js';
import { figuresOf } from './figures.js';
import { courseOf, fewLosses, type Known, readKnown, recentLosses, runs } from './known.js';
import { opennessOf } from './openness.js';
import type { Outage } from './outage.js';
import { mayRemind, remindersOf } from './remind.js';
import { isCountedOn, nextLook, pathsAge, rhythm } from './rhythm.js';
import { faceOf } from './stand.js';
import { step } from './step.js';
import { type About, nameOf, tellEvents } from './tell.js';

const second = 1000;
const minute = 60 * second;
/** The most webcasts of one round, the most looks written in one transaction, and how long a round may take. */
const most = 500;
const together = 100;
const lease = minute;
/** A call of Kaltura takes a hundred: one that is not full takes along what is due soon. */
const fill = { together, ahead: 2 * second };
/** How old what Kaltura says of a picture may be: on air, every third look asks. */
const healthAge = 14 * second;
/** How long the picture of a stream that flaps has to be gone before cards show it. */
const flap = 30 * second;
/** How long Kaltura may be silent before cards say that they do not know. */
const silence = 3 * minute;

export interface WatchParts {
  readonly store: LiveStore & Pick<Store, 'notes' | 'cards'>;
  readonly kaltura: Pick<Kaltura, 'watch'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
  readonly outage: Outage;
  /** A number from 0 to 1. */
  random(): number;
}

/** The loop's one act: looks at what is due and writes what follows. */
export interface Watch {
  /** Gives how many webcasts were looked at; when Kaltura does not answer they are given back. */
  round(): Promise<number>;
  /** How many one round takes; when it took as many, more may be due. */
  readonly most: number;
}

interface Kept {
  readonly due: DueWebcast;
  readonly known: Known | undefined;
}

/** A look that is not written yet, with what it found; the log tells it when it is. */
interface Taken {
  readonly look: Look;
  readonly phase: Phase | undefined;
  readonly events: readonly Event[];
}

export function createWatch(parts: WatchParts): Watch {
  const { store, kaltura, clock, log, owner, outage } = parts;

  /** What a round that the database ended has left claimed. */
  let left: readonly EntryId[] = [];

  async function round(): Promise<number> {
    if (outage.isResting()) return 0;
    if (left.length > 0) await store.postpone(owner, left, clock.now());
    left = [];
    // One call finds out whether Kaltura answers again.
    const limit = outage.since === undefined ? most : together;
    const claimed = await store.claimWebcasts({ owner, now: clock.now(), lease, limit }, fill);
    if (claimed.length === 0) return 0;
    const ids = claimed.map(({ webcast }) => webcast);
    left = ids;
    const kept = new Map(claimed.map((due) => [due.webcast, { due, known: readKnown(due.known) }]));
    // Before Kaltura is asked: what the bot did until now is in the answer, so that an end is not taken back.
    const notes = new Map((await store.notes(ids)).map((note) => [note.id, note]));
    const now = clock.now();
    let glances: readonly Glance[];
    try {
      const old = withOldPaths([...kept.values()], now);
      glances = await kaltura.watch(ids, {
        health: withOldHealth([...kept.values()], now),
        more: (webcast) => askMore(webcast, kept.get(webcast.id)?.known, old),
      });
    } catch (error) {
      await giveBack([...kept.values()], notes, outage.failed(error));
      left = [];
      return 0;
    }
    outage.answered();
    const seen = new Map(glances.map((glance) => [glance.webcast.id, glance]));
    const all = [...kept.values()];
    for (let from = 0; from < all.length; from += together) {
      const taken = await Promise.all(
        all
          .slice(from, from + together)
          .map((one) => lookAt(one, seen.get(one.due.webcast), notes.get(one.due.webcast))),
      );
      await store.recordLooks(
        owner,
        taken.map(({ look }) => look),
        clock.now(),
      );
      for (const { look, phase, events } of taken)
        for (const { kind } of events) log.info({ webcast: look.webcast, event: kind, phase }, 'A webcast moved on');
    }
    left = [];
    return claimed.length;
  }

  async function giveBack(kept: readonly Kept[], notes: ReadonlyMap<string, WebcastNote>, due: Instant): Promise<void> {
    const now = clock.now();
    const silent = kept.flatMap((one) => missLook(one, notes.get(one.due.webcast), due, now) ?? []);
    await store.recordLooks(owner, silent, now);
    await store.postpone(
      owner,
      kept.map((one) => one.due.webcast),
      due,
    );
  }

  async function lookAt(kept: Kept, glance: Glance | undefined, note: WebcastNote | undefined): Promise<Taken> {
    const { due, known: before } = kept;
    const { webcast, nudges, dueAt, organizer } = due;
    const now = clock.now();
    const nothing = { webcast, nudges, dueAt, urgent: false, cards: [], notices: [] };
    const took = step(before, { ...glance, webcast: glance?.webcast, note }, now);
    // Kaltura does not have it, and never had it while it was watched.
    if (!took) {
      const look = { ...nothing, known: 'null', changed: false, due: instant(now + 5 * minute) };
      return { look, phase: undefined, events: [] };
    }
    const { known, events } = took;
    const reminding = mayRemind(note, now) && !runs(known.broadcast) && known.missing === 0;
    const tags = [...known.webcast.tags, ...known.webcast.adminTags];
    // What is new to a running broadcast came with a nudge: a subscription, or a change of one.
    const joining = due.nudged && runs(known.broadcast);
    const subscribers = events.length > 0 || reminding || joining ? await store.subscribers(webcast, tags) : [];
    const planned = await whoWasTold(webcast, events);
    const about = { known, note, subscribers, organizer, planned, now };
    const told = tellEvents(events, about);
    const reminders =
      reminding && subscribers.length > 0
        ? remindersOf(note, subscribers, await store.reminded(webcast), before?.seenAt, now)
        : [];
    const opening = reminding ? opennessOf(before, about) : [];
    const face = before && isBrief(known, now) ? before.face : faceOf(known, note);
    const moved = due.nudged || face !== before?.face;
    const speaksAgain = before?.silentSince !== undefined;
    const look: Look = {
      webcast,
      nudges,
      dueAt,
      known: JSON.stringify({ ...known, face, silentSince: undefined, forCrew: speaksAgain && !moved }),
      due: isFirstWithout(glance?.recordings, known, before)
        ? instant(now + second)
        : nextLook(known, note, now, parts.random),
      changed: moved || speaksAgain,
      urgent: events.some(({ kind }) => kind === 'went live'),
      cards: told.cards,
      notices: [...told.notices, ...reminders, ...opening, ...figuresOf(events, about, due.nudged)],
      broadcast: known.broadcast && (events.length > 0 || joining) ? courseOf(known.broadcast) : undefined,
      recorded: events.some(({ kind }) => kind === 'recording ready'),
    };
    return { look, phase: known.phase, events };
  }

  /** The channels that know of the plan until now; asked for only when it has changed. */
  async function whoWasTold(webcast: EntryId, events: readonly Event[]): Promise<About['planned']> {
    if (!events.some(({ kind }) => kind === 'moved')) return { byCard: new Set(), byReminder: new Set() };
    const [cards, reminders] = await Promise.all([store.cards(webcast), store.reminded(webcast)]);
    const byCard = cards.map(({ platform, ref }) =>
      nameOf({ kind: 'channel', platform, place: { ...ref, direct: false } }),
    );
    const byReminder = reminders.map(({ key }) => key.slice(key.indexOf('[')));
    return { byCard: new Set(byCard), byReminder: new Set(byReminder) };
  }

  return { round, most };
}

/** Whether a picture is missing once more in a stream that flaps, and for too short a time to show it. */
function isBrief({ broadcast, webcast }: Known, now: Instant): boolean {
  const gap = broadcast?.gap;
  if (!gap || webcast.feed === 'picture') return false;
  return recentLosses(broadcast, now) >= fewLosses && gap.lasted < flap;
}

/** Whether this look found out that a recording is waited for, and came too early to ask for it. */
const isFirstWithout = (asked: Glance['recordings'], { phase, webcast }: Known, before: Known | undefined): boolean =>
  asked === undefined && phase === 'recording' && before?.phase !== 'recording' && webcast.feed === 'none';

/** What follows when Kaltura has been silent for long: the crew's card says that it is not known how things stand. */
function missLook({ due, known }: Kept, note: WebcastNote | undefined, next: Instant, now: Instant): Look | undefined {
  if (!known || known.silentSince !== undefined) return undefined;
  if (now - known.seenAt < silence || !isCountedOn(known, note, now)) return undefined;
  const { webcast, nudges, nudged, dueAt } = due;
  return {
    webcast,
    nudges,
    dueAt,
    known: JSON.stringify({ ...known, silentSince: known.seenAt, forCrew: !nudged }),
    due: next,
    changed: true,
    urgent: false,
    cards: [],
    notices: [],
  };
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

/** The webcasts that an encoder sends, as far as is known, and of whose picture Kaltura was last asked too long ago. */
function withOldHealth(all: readonly Kept[], now: Instant): ReadonlySet<EntryId> {
  const isOld = ({ known }: Kept) =>
    known !== undefined &&
    known.webcast.source !== 'own' &&
    (known.webcast.feed === 'picture' || known.webcast.feed === 'connecting') &&
    (known.health === undefined || Math.abs(now - known.health.at) >= healthAge);
  return new Set(all.filter(isOld).map(({ due }) => due.webcast));
}

/** What a look asks beside the list: what viewers get when it may just have gone live, and both paths now and then. */
function askMore(webcast: Webcast, known: Known | undefined, old: ReadonlySet<EntryId>): GlanceMore {
  const picture = webcast.feed === 'picture';
  const onAir = runs(known?.broadcast) && known?.broadcast.gap === undefined;
  const opening = picture && webcast.open && !onAir;
  const over = webcast.feed === 'none' && webcast.recording !== 'off';
  const wanted = known === undefined ? webcast.lastEnded !== undefined : known.phase === 'recording';
  // Of a stream that Kaltura does not make, the list tells nothing.
  const own = webcast.source === 'own';
  return {
    paths: own || opening || (picture && (known?.detailedAt === undefined || old.has(webcast.id))),
    recordings: over && wanted,
  };
}
