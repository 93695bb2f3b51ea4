import type { Event } from '../core/events.js';
import type { Look, Notice, Recipient } from '../core/live.js';
import { mostSpecific, type Organizer, type Subscription } from '../core/subscription.js';
import { type Instant, instant, type WebcastNote } from '../core/webcast.js';
import { fewLosses, type Known, recentLosses } from './known.js';

/** In a stream that flaps a loss is told only when it lasts so long, so that it does not fill a channel. */
const lasting = 60_000;

/** What is known where something is to be told. */
export interface About {
  readonly known: Known;
  readonly note: WebcastNote | undefined;
  readonly subscribers: readonly Subscription[];
  readonly organizer: Organizer | undefined;
  /** The channels that were told of the plan, by their names: those with a card, and those that were reminded. */
  readonly planned: { readonly byCard: ReadonlySet<string>; readonly byReminder: ReadonlySet<string> };
  readonly now: Instant;
}

/** Decides which channels get a card, and who is told what, once each. */
export function tellEvents(events: readonly Event[], about: About): Pick<Look, 'cards' | 'notices'> {
  const subscribers = mostSpecific(about.subscribers);
  const wentLive = events.some(({ kind }) => kind === 'went live');
  return {
    cards: wentLive ? subscribers.map(({ platform, place }) => ({ platform, place })) : [],
    notices: events.flatMap((event) => noticesOf(event, subscribers, about)),
  };
}

function noticesOf(event: Event, subscribers: readonly Subscription[], about: About): Notice[] {
  const { known, organizer, now } = about;
  const crew = subscribers.filter(({ side }) => side === 'crew');
  const losses = known.broadcast ? recentLosses(known.broadcast, now) : 0;
  switch (event.kind) {
    // The card announces it, and reminders are told by the clock.
    case 'went live':
    case 'reminder':
      return [];
    case 'lost':
      return toChannels(event, crew, about, losses >= fewLosses ? instant(now + lasting) : now);
    case 'returned':
      return losses > fewLosses && event.dark < lasting ? [] : toChannels(event, crew, about, now);
    case 'returned to preview':
      return toChannels(event, crew, about, now);
    case 'ended':
      // Whoever ended it through the bot was answered in their channel, and every card says it.
      return about.note?.endedAt !== undefined ? [] : toChannels(event, subscribers, about, now);
    case 'recording ready':
      return toChannels(event, subscribers, about, now);
    case 'health changed':
      // Whoever follows it as crew hears of it there; nobody else is to know.
      return crew.length > 0 ? toChannels(event, crew, about, now) : toOrganizer(event, about, now);
    case 'moved':
      return tellMove(event, subscribers, about);
    case 'recording late':
    case 'open outside its time':
    case 'backup only':
    case 'no encoder':
      return organizer ? toOrganizer(event, about, now) : toChannels(event, crew, about, now);
    default: {
      const never: never = event;
      return never;
    }
  }
}

const toOrganizer = (event: Event, about: About, due: Instant): Notice[] =>
  about.organizer ? [noticeTo({ kind: 'person', ...about.organizer }, event, about, due)] : [];

const toChannels = (event: Event, channels: readonly Subscription[], about: About, due: Instant): Notice[] =>
  channels.flatMap(placeFor).map((to) => noticeTo(to, event, about, due));

/** Where a channel is told, as its mode says: in the card's thread, as a message, or not at all. */
function placeFor({ mode, platform, place }: Subscription): Recipient[] {
  switch (mode) {
    case 'quiet':
      return [];
    case 'normal':
      return [{ kind: 'thread', platform, place }];
    case 'flat':
      return [{ kind: 'channel', platform, place }];
    default: {
      const never: never = mode;
      return never;
    }
  }
}

/** Who is told what only concerns those who run it: the organizer, or without one the crew. */
export function whoRunsIt({ organizer, subscribers }: Pick<About, 'organizer' | 'subscribers'>): readonly Recipient[] {
  if (organizer) return [{ kind: 'person', ...organizer }];
  return mostSpecific(subscribers)
    .filter(({ side }) => side === 'crew')
    .flatMap(placeFor);
}

/** To those who were told otherwise; a thread needs its card, so where reminders alone told it, a message does. */
function tellMove(event: Event, subscribers: readonly Subscription[], about: About): Notice[] {
  const { byCard, byReminder } = about.planned;
  const named = subscribers.map((one) => ({ one, name: nameOf({ kind: 'channel', ...one }) }));
  const withCard = named.filter(({ name }) => byCard.has(name)).map(({ one }) => one);
  const reminded = named.filter(({ one, name }) => one.mode !== 'quiet' && !byCard.has(name) && byReminder.has(name));
  return [
    ...toChannels(event, withCard, about, about.now),
    ...reminded.map(({ one: { platform, place } }) =>
      noticeTo({ kind: 'channel', platform, place }, event, about, about.now),
    ),
  ];
}

function noticeTo(to: Recipient, event: Event, { known }: About, due: Instant): Notice {
  const webcast = known.webcast.id;
  const number = known.broadcast?.number ?? 0;
  const key = `${event.kind}:${webcast}:${number}:${momentOf(event, known)}:${nameOf(to)}`;
  return { key, webcast, to, body: JSON.stringify(event), due };
}

/** The part of a notice's key that tells it from others of its kind in the same broadcast. */
function momentOf(event: Event, known: Known): string | number {
  switch (event.kind) {
    case 'lost':
      return event.since;
    case 'returned':
      return known.broadcast?.drops ?? 0;
    case 'returned to preview':
    case 'backup only':
      return known.webcast.connectedSince ?? known.seenAt;
    case 'health changed':
      return known.seenAt;
    case 'no encoder':
    case 'reminder':
      return event.start;
    // There and back again is told each time.
    case 'moved':
      return known.seenAt;
    case 'went live':
    case 'ended':
    case 'recording ready':
    case 'recording late':
    case 'open outside its time':
      return 0;
    default: {
      const never: never = event;
      return never;
    }
  }
}

/** A recipient as a part of keys. */
export const nameOf = (to: Recipient): string =>
  to.kind === 'person'
    ? JSON.stringify([to.platform, to.tenant, 'person', to.person])
    : JSON.stringify([to.platform, to.place.tenant, to.place.channel]);
