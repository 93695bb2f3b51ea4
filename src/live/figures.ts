import type { Event, Standing } from '../core/events.js';
import type { Notice, Recipient } from '../core/live.js';
import { mostSpecific, type Subscription } from '../core/subscription.js';
import { type Instant, instant } from '../core/webcast.js';
import { type Known, runs } from './known.js';
import { type About, nameOf } from './tell.js';

const minute = 60_000;
/** When the first figures of a broadcast are there to be shown, and how long Kaltura gathers after the end. */
const firstFigures = 2 * minute;
const gathering = 5 * minute;
/** How long after the end the last questions and answers are waited for. */
const lastWords = minute;
/** How often the card of those who run the show says how many watch, in minutes, when they asked for nothing else. */
const crewCards = 5;

/** Where and how often a channel sees figures while it is live; undefined where it does not. */
export interface Sight {
  readonly where: 'card' | 'thread' | 'channel';
  /** In minutes, or at the end. */
  readonly every: number | 'end';
}

/** What a channel's subscription asks for. */
export function sightOf({ mode, side, numbers }: Subscription): Sight | undefined {
  if (numbers === 'off') return side === 'crew' ? { where: 'card', every: crewCards } : undefined;
  switch (mode) {
    case 'quiet':
      return { where: 'card', every: numbers };
    case 'normal':
      return { where: 'thread', every: numbers };
    case 'flat':
      return { where: 'channel', every: numbers };
    default: {
      const never: never = mode;
      return never;
    }
  }
}

/**
 * The messages that stand beside a broadcast, as one look makes them due: snapshots while it runs, for channels that are
 * new to it too, and at its end; then the report for those who run it. Who watches only is told of the end, not of figures.
 */
export function figuresOf(events: readonly Event[], about: About, nudged: boolean): Notice[] {
  const { known, now, organizer } = about;
  const { broadcast } = known;
  if (broadcast === undefined) return [];
  const subscribers = mostSpecific(about.subscribers);
  const { number, began } = broadcast;
  if (runs(broadcast)) {
    if (!nudged && !events.some(({ kind }) => kind === 'went live')) return [];
    const due = instant(Math.max(now, began + firstFigures));
    return subscribers.flatMap((one) => {
      const sight = sightOf(one);
      if (sight === undefined || sight.every === 'end') return [];
      return [standing({ kind: 'snapshot', number }, toChannel(one, sight.where), known, due, 'if dropped')];
    });
  }
  if (!events.some(({ kind }) => kind === 'ended')) return [];
  const snapshots = subscribers.flatMap((one) => {
    const sight = sightOf(one);
    if (sight === undefined || sight.where === 'card') return [];
    return [standing({ kind: 'snapshot', number }, toChannel(one, sight.where), known, now, 'now')];
  });
  const due = instant(now + gathering);
  const handOver = instant(now + lastWords);
  const crew = subscribers.filter(({ side, mode }) => side === 'crew' && mode !== 'quiet');
  const report = { kind: 'report', number } as const;
  const left = { kind: 'questions left', number } as const;
  const moderators = subscribers.filter(({ questions }) => questions);
  const whereTo = (mode: Subscription['mode']) => (mode === 'flat' ? 'channel' : 'thread');
  return [
    ...snapshots,
    ...crew.map((one) => standing(report, toChannel(one, whereTo(one.mode)), known, due)),
    ...(organizer ? [standing(report, { kind: 'person', ...organizer }, known, due)] : []),
    ...moderators.map((one) => standing(left, toChannel(one, whereTo(one.mode)), known, handOver)),
    ...(organizer ? [standing(left, { kind: 'person', ...organizer }, known, handOver)] : []),
  ];
}

const toChannel = ({ platform, place }: Subscription, kind: Sight['where']): Recipient => ({ kind, platform, place });

function standing(
  body: Extract<Standing, { number: number }>,
  to: Recipient,
  known: Known,
  due: Instant,
  again?: Notice['again'],
): Notice {
  const webcast = known.webcast.id;
  const key = `${body.kind}:${webcast}:${body.number}:${nameOf(to)}`;
  return { key, webcast, to, body: JSON.stringify(body), due, ...(again === undefined ? {} : { again }) };
}
