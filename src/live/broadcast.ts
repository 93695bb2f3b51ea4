import type { Event } from '../core/events.js';
import type { Audience, Instant, Webcast, WebcastNote } from '../core/webcast.js';
import { instant } from '../core/webcast.js';
import { type Broadcast, fewLosses, onAir, runs } from './known.js';

const minute = 60_000;
/** A show without a picture is over after this time when its planned end has passed, and otherwise after the longer one. */
const patience = { afterPlannedEnd: 2 * minute, otherwise: 30 * minute };
/** The most that one look adds to a gap: what passed while nobody looked, or when the clock jumped, was not watched. */
const longestLook = 2 * minute;

/** How many gaps of a broadcast are remembered one by one. */
const mostGaps = 20;

/** What a look saw, as far as it decides over a broadcast. */
export interface Picture {
  readonly webcast: Webcast;
  readonly audience: Audience | undefined;
  readonly note: WebcastNote | undefined;
  /** When the look before this one was. */
  readonly lookedAt: Instant | undefined;
  /** When the encoder had connected that the look before this one saw. */
  readonly connectedBefore: Instant | undefined;
  readonly now: Instant;
}

export interface Course {
  readonly broadcast: Broadcast | undefined;
  readonly events: readonly Event[];
}

/** Whether viewers get the picture; whoever was asked what viewers get knows best. */
const isShown = ({ webcast, audience }: Picture): boolean =>
  webcast.feed === 'picture' && webcast.open && (audience === undefined || audience === 'live');

/** Carries a broadcast on by one look: it begins, drops, returns or ends. */
export function carryOn(broadcast: Broadcast | undefined, picture: Picture): Course {
  if (!runs(broadcast)) return isShown(picture) ? begin(broadcast, picture) : makeUp(broadcast, picture);
  if (isShown(picture)) return show(broadcast, picture);
  return picture.webcast.feed === 'picture' ? hide(broadcast, picture) : miss(broadcast, picture);
}

function begin(last: Broadcast | undefined, { webcast, note, now }: Picture): Course {
  const { liveSince, endedAt } = note ?? {};
  const since = liveSince !== undefined && endedAt === undefined && liveSince > (last?.ended ?? 0) ? liveSince : now;
  const broadcast = following(last, instant(Math.min(since, now)), webcast.connectedSince);
  return { broadcast, events: [{ kind: 'went live', number: broadcast.number }] };
}

const following = (last: Broadcast | undefined, began: Instant, connected: Instant | undefined): Broadcast => ({
  number: (last?.number ?? 0) + 1,
  began,
  connected,
  firstConnected: connected,
  drops: 0,
  dark: 0,
  gaps: [],
  flickers: [],
});

/** A show that began and ended through the bot with no look in between: it was short, or Kaltura did not answer. */
function makeUp(last: Broadcast | undefined, { webcast, note, lookedAt, connectedBefore }: Picture): Course {
  const { liveSince, endedAt } = note ?? {};
  const none = { broadcast: last, events: [] };
  if (liveSince === undefined || endedAt === undefined || lookedAt === undefined) return none;
  // What ended long before the last look was told of already, or is of a time that nothing is known of.
  if (endedAt < lookedAt - minute || liveSince > endedAt || liveSince <= (last?.ended ?? 0)) return none;
  return end(following(last, liveSince, webcast.connectedSince ?? connectedBefore), endedAt);
}

function show(broadcast: Broadcast, { webcast, now }: Picture): Course {
  const { gap } = broadcast;
  const again = { ...broadcast, connected: webcast.connectedSince, gap: undefined };
  if (gap === undefined) return { broadcast: again, events: [] };
  // One look without a picture was on the lamps, and is no drop that anybody was told of.
  if (gap.looks < 2)
    return { broadcast: { ...again, flickers: [...broadcast.flickers, now].slice(-fewLosses) }, events: [] };
  const dark = Math.max(0, now - gap.since);
  const gaps = [...broadcast.gaps, { from: gap.since, until: instant(gap.since + dark) }].slice(-mostGaps);
  return {
    broadcast: { ...again, drops: broadcast.drops + 1, dark: broadcast.dark + dark, gaps },
    events: [{ kind: 'returned', dark }],
  };
}

/** A picture that viewers do not get: the producer ended the show, or it dropped and Kaltura put it back to preview. */
function hide(broadcast: Broadcast, picture: Picture): Course {
  const { webcast, now } = picture;
  if (webcast.open) return { broadcast, events: [] };
  const reconnected = webcast.connectedSince !== broadcast.connected;
  if (broadcast.gap === undefined && !reconnected) return end(broadcast, now);
  if (wasEnded(broadcast, picture)) return end(broadcast, picture.note?.endedAt ?? now);
  const waited = widen(broadcast, picture);
  if (waited.gap.lasted >= patience.otherwise) return end(waited, waited.gap.since);
  const gap = { ...waited.gap, looks: Math.max(2, waited.gap.looks) };
  const events: Event[] = reconnected ? [{ kind: 'returned to preview' }] : [];
  return { broadcast: { ...waited, gap, connected: webcast.connectedSince }, events };
}

function miss(broadcast: Broadcast, picture: Picture): Course {
  const { note, now } = picture;
  if (wasEnded(broadcast, picture)) return end(broadcast, note?.endedAt ?? now);
  const waited = widen(broadcast, picture);
  const { gap } = waited;
  const over = note?.end !== undefined && now >= note.end ? patience.afterPlannedEnd : patience.otherwise;
  if (gap.looks >= 2 && gap.lasted >= over) return end(waited, gap.since);
  return { broadcast: waited, events: gap.looks === 2 ? [{ kind: 'lost', since: gap.since }] : [] };
}

const wasEnded = ({ began }: Broadcast, { note }: Picture): boolean =>
  note?.endedAt !== undefined && note.endedAt >= began;

/** Opens the gap, or adds this look to it. */
function widen(broadcast: Broadcast, { webcast, lookedAt, now }: Picture) {
  const { gap, began } = broadcast;
  const { lastEnded } = webcast;
  const told = lastEnded !== undefined && lastEnded >= began && lastEnded <= now ? lastEnded : now;
  const passed = gap === undefined ? 0 : Math.min(Math.max(0, now - (lookedAt ?? now)), longestLook);
  const since = gap?.since ?? told;
  return { ...broadcast, gap: { since, lasted: (gap?.lasted ?? 0) + passed, looks: (gap?.looks ?? 0) + 1 } };
}

/** Carries a broadcast on by a look in which Kaltura did not have its webcast; gone says that it is not looked for any more. */
export function carryBlind(broadcast: Broadcast | undefined, lookedAt: Instant, gone: boolean): Course {
  if (!runs(broadcast)) return { broadcast, events: [] };
  const gap = broadcast.gap ?? { since: lookedAt, lasted: 0, looks: 1 };
  return gone ? end({ ...broadcast, gap }, gap.since) : { broadcast: { ...broadcast, gap }, events: [] };
}

function end(broadcast: Broadcast, at: Instant): Course {
  const ended = instant(Math.max(at, broadcast.began));
  const over = {
    ...broadcast,
    gap: undefined,
    ended: broadcast.gap ? instant(Math.min(ended, broadcast.gap.since)) : ended,
  };
  return { broadcast: over, events: [{ kind: 'ended', onAir: onAir(over, ended) }] };
}
