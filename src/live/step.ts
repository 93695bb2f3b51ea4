import type { Event } from '../core/events.js';
import type { HealthAnswer, HealthChange } from '../core/health.js';
import {
  type Audience,
  type Feed,
  type Instant,
  instant,
  isInterrupted,
  type Phase,
  type Recording,
  type Webcast,
  type WebcastNote,
} from '../core/webcast.js';
import { carryBlind, carryOn } from './broadcast.js';
import { type Judgement, judge } from './health.js';
import { type Broadcast, isGone, type Known, onAir, runs } from './known.js';
import { warnOf } from './warnings.js';

const minute = 60_000;
const hour = 60 * minute;
/** A broadcast that ended longer than this before the planned start was a rehearsal: the show is still to come. */
const early = 30 * minute;
/** How long a recording may still grow after the end before it is called too short. */
const growing = 15 * minute;
/** After this the organizer is told that the recording is late, and after that it is no longer waited for. */
const late = hour;
export const gaveUp = 24 * hour;

/** What one look brought; webcast is undefined when Kaltura did not have it. */
export interface Seen {
  readonly webcast: Webcast | undefined;
  readonly main?: Feed | undefined;
  readonly backup?: Feed | undefined;
  readonly audience?: Audience | undefined;
  /** Undefined when they were not asked for. */
  readonly recordings?: readonly Recording[] | undefined;
  /** Undefined when it was not asked for. */
  readonly health?: HealthAnswer | undefined;
  readonly note: WebcastNote | undefined;
}

export interface Step {
  readonly known: Known;
  readonly events: readonly Event[];
}

/** Decides from what was known and what a look saw where a webcast stands now and what happened; pure. */
export function step(known: Known | undefined, seen: Seen, now: Instant): Step | undefined {
  const { webcast, note } = seen;
  if (!webcast) return known && miss(known, now);
  const { seenAt: lookedAt, webcast: before } = known ?? {};
  const picture = { webcast, audience: seen.audience, note, lookedAt, connectedBefore: before?.connectedSince, now };
  const { broadcast, events } = carryOn(known?.broadcast, picture);
  const asked = seen.main !== undefined;
  const sent = webcast.feed !== 'none';
  const next: Known = {
    phase: 'scheduled',
    seenAt: now,
    webcast,
    main: asked ? seen.main : sent ? known?.main : undefined,
    backup: asked ? seen.backup : sent ? known?.backup : undefined,
    detailedAt: asked ? now : sent ? known?.detailedAt : undefined,
    broadcast,
    recordings: [...(seen.recordings ?? (runs(broadcast) ? [] : (known?.recordings ?? [])))],
    told: known?.told ?? [],
    missing: 0,
    face: known?.face ?? '',
    announceAfter: announceAfter(known?.broadcast, broadcast, known?.announceAfter),
    plan: { start: note?.start, end: note?.end },
  };
  const { health, changes } = judgeSeen(known, seen.health, next, now);
  const stood = { ...next, health, phase: phaseNow(next, note, now) };
  const warned = warnOf(stood, note, asked, now);
  const recorded = tellRecording({ ...stood, told: warned.told }, now);
  return {
    known: { ...stood, told: recorded.told.slice(-50) },
    events: [...events, ...warned.events, ...toldOf(changes), ...recorded.events, ...moves(known?.plan, stood, now)],
  };
}

/** What is known of a webcast that Kaltura did not have in this look: it stays what it was until it is given up. */
function miss(known: Known, now: Instant): Step {
  const next = { ...known, missing: known.missing + 1, seenAt: now };
  const { broadcast, events } = carryBlind(known.broadcast, known.seenAt, isGone(next));
  const phase = events.some(({ kind }) => kind === 'ended') ? 'ended' : known.phase;
  return { known: { ...next, broadcast, phase }, events };
}

const toldOf = (changes: readonly HealthChange[]): readonly Event[] =>
  changes.length === 0 ? [] : [{ kind: 'health changed', changes: [...changes] }];

/** What a look makes of the health of a picture; without a picture, only what was told is kept. */
function judgeSeen(
  before: Known | undefined,
  answer: HealthAnswer | undefined,
  { webcast, main, backup }: Known,
  now: Instant,
): { readonly health: Judgement | undefined; readonly changes: readonly HealthChange[] } {
  const connected = webcast.connectedSince;
  const kept = before?.health;
  const goesOn = webcast.feed === 'picture' && connected === before?.webcast.connectedSince;
  const health = goesOn ? kept : kept && { at: kept.at, told: kept.told };
  if (webcast.feed !== 'picture' || answer === undefined) return { health, changes: [] };
  if (answer === 'no answer') return { health: { told: [], ...health, at: now }, changes: [] };
  if (answer === 'not reported') return { health: { told: health?.told ?? [], at: now }, changes: [] };
  const { judgement, changes } = judge(health, { health: answer, feeds: { main, backup }, connected }, now);
  return { health: judgement, changes };
}

/** A plan that was told and is another now, while the show is to come. */
function moves(before: Known['plan'], { plan, broadcast }: Known, now: Instant): readonly Event[] {
  if (before?.start === undefined || plan?.start === undefined || runs(broadcast)) return [];
  const { start, end } = plan;
  if ((start === before.start && end === before.end) || start <= now) return [];
  return [{ kind: 'moved', before: before.start, start, end }];
}

function phaseNow(known: Known, note: WebcastNote | undefined, now: Instant): Phase {
  const { webcast, broadcast } = known;
  if (runs(broadcast)) {
    if (broadcast.gap === undefined || broadcast.gap.looks < 2) return 'live';
    return webcast.feed === 'picture' && !webcast.open ? 'preview' : 'interrupted';
  }
  const over = broadcast?.ended ?? webcast.lastEnded;
  const sameConnection = broadcast !== undefined && webcast.connectedSince === broadcast.connected;
  switch (webcast.feed) {
    case 'picture':
      return sameConnection ? afterShow(known, now) : 'preview';
    case 'connecting':
      return sameConnection ? afterShow(known, now) : 'connecting';
    case 'none':
    case 'error': {
      if (over === undefined) return 'scheduled';
      // It went live here and lost its picture before any look saw it on air.
      if ((note?.liveSince ?? 0) > (broadcast?.ended ?? 0) && isInterrupted(webcast, note, now)) return 'interrupted';
      const toCome = note?.start !== undefined && note.start > now && over < note.start - early;
      return toCome ? 'scheduled' : afterShow(known, now);
    }
    default: {
      const never: never = webcast.feed;
      return never;
    }
  }
}

function afterShow(known: Known, now: Instant): Phase {
  const { webcast, broadcast } = known;
  if (webcast.recording === 'off') return 'ended';
  const parts = partsOf(known);
  if (parts.length > 0 && parts.every(isSettled)) {
    if (!parts.some(({ state }) => state === 'ready')) return 'ended';
    if (broadcast === undefined || shortBy(known) === 0 || now - endOf(known, now) > growing) return 'recorded';
  }
  return now - endOf(known, now) > gaveUp ? 'ended' : 'recording';
}

const isSettled = ({ state }: Recording): boolean => state === 'ready' || state === 'failed';
const endOf = ({ broadcast, webcast }: Known, now: Instant): Instant => broadcast?.ended ?? webcast.lastEnded ?? now;

/** The recordings of the last broadcast; an appended one is of all of them. */
export function partsOf({ webcast, broadcast, recordings }: Pick<Known, 'webcast' | 'broadcast' | 'recordings'>) {
  if (broadcast === undefined || webcast.recording === 'append') return recordings;
  // Kaltura makes the entry when the encoder connects, which may be long before it goes live.
  const from = Math.min(broadcast.began, broadcast.firstConnected ?? broadcast.connected ?? broadcast.began) - minute;
  return recordings.filter(({ createdAt }) => createdAt >= from);
}

const secondsOf = (parts: readonly Recording[]): number => parts.reduce((sum, { duration }) => sum + duration, 0);

/** Seconds that the parts lack of the time on air; a tenth, or ten seconds, is no lack. */
function shortBy(known: Known): number {
  const { broadcast } = known;
  if (broadcast === undefined) return 0;
  const aired = onAir(broadcast, known.seenAt) / 1000;
  const lack = aired - secondsOf(partsOf(known));
  return lack > Math.max(10, aired / 10) ? Math.round(lack) : 0;
}

function tellRecording(known: Known, now: Instant): { told: string[]; events: readonly Event[] } {
  const { broadcast, phase, told } = known;
  if (broadcast?.ended === undefined) return { told, events: [] };
  const tell = (key: string, event: Event) => ({ told: [...told, key], events: [event] });
  const ready = `recorded:${broadcast.number}`;
  if (phase === 'recorded' && !told.includes(ready)) {
    const parts = partsOf(known).filter(({ state }) => state === 'ready');
    return tell(ready, {
      kind: 'recording ready',
      parts: parts.length,
      seconds: secondsOf(parts),
      short: shortBy(known),
    });
  }
  const slow = `late:${broadcast.number}`;
  if (phase === 'recording' && now - broadcast.ended > late && !told.includes(slow))
    return tell(slow, { kind: 'recording late', since: broadcast.ended });
  return { told, events: [] };
}

/** From when on a message tells of the broadcast that runs: after the one before ended, and not long before it began. */
function announceAfter(
  last: Broadcast | undefined,
  broadcast: Broadcast | undefined,
  before: Instant | undefined,
): Instant | undefined {
  if (!runs(broadcast)) return undefined;
  if (last?.number === broadcast.number) return before;
  const soon = broadcast.began - 5 * minute;
  // A clock that was set back meanwhile puts the end before after the beginning.
  return instant(Math.max(soon, Math.min(last?.ended ?? soon, broadcast.began)));
}
