import type { Span } from '../../core/numbers.js';
import { type Instant, instant, type Webcast, type WebcastNote } from '../../core/webcast.js';

const day = 24 * 3_600_000;

/**
 * From when to when the broadcast was on air that is or was the last: as the bot remembers it, else as Kaltura does, which
 * forgets when viewers were let in. Undefined when it never was.
 */
export function lastBroadcast(
  about: { readonly webcast: Webcast; readonly note: WebcastNote | undefined },
  isLive: boolean,
  now: Instant,
): Span | undefined {
  const { webcast, note } = about;
  const ended = note?.endedAt ?? webcast.lastEnded;
  const until = isLive ? now : ended;
  if (until === undefined) return undefined;
  const remembered = note?.liveSince !== undefined && note.liveSince < until ? note.liveSince : undefined;
  const known = remembered ?? (isLive ? webcast.connectedSince : undefined) ?? webcast.firstShown;
  if (known === undefined || known >= until) return undefined;
  return { from: instant(Math.max(known, until - day)), until };
}
