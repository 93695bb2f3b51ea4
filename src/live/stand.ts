import { createHash } from 'node:crypto';
import type { CalendarLink } from '../core/calendar.js';
import { paths } from '../core/health.js';
import type { WebcastNote } from '../core/webcast.js';
import type { Ailment, Stand } from '../show/card.js';
import type { PlayersAt } from '../show/marks.js';
import { watchLink } from '../show/player.js';
import { ailmentOf } from './health.js';
import { isGone, type Known, onAir } from './known.js';
import { partsOf } from './step.js';

/** Where the account's players are reached, and calendar files. */
export interface Screen extends PlayersAt {
  readonly calendarLink?: CalendarLink | undefined;
}

/** What a card shows of what is known. */
export function standOfKnown(known: Known, note: WebcastNote | undefined, screen: Screen): Stand {
  const { webcast, phase, main, backup, broadcast, silentSince } = known;
  const links = linksOf(known, screen);
  const ailments = ailmentsOf(known);
  const calendar = screen.calendarLink?.(webcast.id);
  const gone = isGone(known);
  if (!broadcast) return { webcast, note, phase, main, backup, ailments, calendar, links, silentSince, gone };
  const lost = broadcast.gap !== undefined && broadcast.gap.looks >= 2 && broadcast.ended === undefined;
  return {
    webcast,
    note,
    phase,
    main,
    backup,
    ailments,
    calendar,
    links,
    silentSince,
    gone,
    show: {
      began: broadcast.began,
      ended: broadcast.ended,
      onAir: onAir(broadcast, known.seenAt),
      lostAt: lost ? broadcast.gap?.since : undefined,
      drops: broadcast.drops,
    },
  };
}

/** What is wrong with the picture that arrives on each path, worst first. */
function ailmentsOf({ webcast, main, backup, health }: Known): readonly Ailment[] {
  if (webcast.feed !== 'picture') return [];
  const feeds = { main, backup };
  return paths
    .flatMap((path): Ailment[] => {
      const ailment = ailmentOf(health?.[path]);
      return ailment && (feeds[path] ?? 'picture') === 'picture' ? [{ path, ...ailment }] : [];
    })
    .sort((one, other) => Number(other.verdict === 'bad') - Number(one.verdict === 'bad'));
}

/** The live picture while there is one, and the parts of the recording when they are ready. */
function linksOf(known: Known, { addresses, players }: Screen): NonNullable<Stand['links']> {
  const player = players.find(({ generation }) => generation === 'v7');
  if (!player) return [];
  const { phase, webcast } = known;
  if (phase === 'live') return [{ label: 'Watch', url: watchLink(addresses, player.id, webcast.id) }];
  if (phase !== 'recorded') return [];
  const ready = partsOf(known).filter(({ state }) => state === 'ready');
  return ready.map(({ id }, index) => ({
    label: ready.length === 1 ? 'Watch the recording' : `Watch part ${index + 1} of ${ready.length}`,
    url: watchLink(addresses, player.id, id),
  }));
}

/** A short name of all that cards show of a webcast: when it differs, they have to be shown anew. */
export function faceOf(known: Known, note: WebcastNote | undefined): string {
  const { webcast, phase, main, backup, broadcast } = known;
  const { name, description, open, feed, recordingNow, preview } = webcast;
  const show = broadcast && [
    broadcast.number,
    broadcast.began,
    broadcast.ended,
    broadcast.drops,
    (broadcast.gap?.looks ?? 0) >= 2,
  ];
  const plan = note && [note.start, note.end, note.endedAt !== undefined];
  const parts = phase === 'recorded' ? partsOf(known).map(({ id, state }) => [id, state]) : [];
  const ailments = ailmentsOf(known).map(({ path, verdict, code }) => [path, verdict, code]);
  const shown = [
    phase,
    name,
    description,
    open,
    feed,
    recordingNow,
    preview,
    main,
    backup,
    show,
    plan,
    parts,
    ailments,
    ...(isGone(known) ? ['gone'] : []),
  ];
  return createHash('sha256').update(JSON.stringify(shown)).digest('base64url').slice(0, 16);
}
