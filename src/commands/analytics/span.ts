import type { BroadcastRecord } from '../../core/broadcast.js';
import type { Span } from '../../core/numbers.js';
import { type Instant, instant, type Webcast, type WebcastNote } from '../../core/webcast.js';

const day = 24 * 3_600_000;

/** What is remembered of the broadcast that is or was the last. */
interface About {
  readonly webcast: Webcast;
  readonly note: WebcastNote | undefined;
  readonly record: BroadcastRecord | undefined;
}

/** The broadcast that is or was the last, with what the bot sampled of it itself, if it did. */
export interface LastBroadcast {
  readonly span: Span;
  readonly record: BroadcastRecord | undefined;
}

/**
 * From when to when the last broadcast was on air: as it was watched, else as commands opened and closed it, else as
 * Kaltura remembers it, which forgets when viewers were let in. Undefined when it never was.
 */
export function lastBroadcast(about: About, isLive: boolean, now: Instant): LastBroadcast | undefined {
  const { webcast, note, record } = about;
  const until = isLive ? now : (note?.endedAt ?? webcast.lastEnded);
  const watched = record && spanOf(record, note, isLive, until);
  if (watched) return { span: watched, record };
  if (until === undefined) return undefined;
  const opened = note?.liveSince !== undefined && note.liveSince < until ? note.liveSince : undefined;
  const known = opened ?? (isLive ? webcast.connectedSince : undefined) ?? webcast.firstShown;
  if (known === undefined || known >= until) return undefined;
  return { span: { from: instant(Math.max(known, until - day)), until }, record: undefined };
}

/** The span of a watched broadcast; undefined when another one has begun that no look has seen yet. */
function spanOf(
  record: BroadcastRecord,
  note: WebcastNote | undefined,
  isLive: boolean,
  until: Instant | undefined,
): Span | undefined {
  const { began, ended } = record;
  const isPast = ended !== undefined && (isLive || (note?.liveSince ?? 0) > ended);
  const end = isLive ? until : (ended ?? until);
  return isPast || end === undefined || end <= began ? undefined : { from: began, until: end };
}
