import { BotError } from '../core/errors.js';
import { type CardOutcome, commandPatience, type DueCard } from '../core/live.js';
import { callTo, type Mention } from '../core/mention.js';
import type { MessageRef, Platform } from '../core/ports.js';
import { ruleFor, type Subscription } from '../core/subscription.js';
import type { PublicNode, View } from '../core/view.js';
import { type Instant, instant, type WebcastNote } from '../core/webcast.js';
import { announcementOf, cardOf, type Stand } from '../show/card.js';
import { toldOf } from '../show/marks.js';
import { callAt } from '../time/quiet.js';
import { createDrawn } from './drawn.js';
import { sightOf } from './figures.js';
import { type Known, runs } from './known.js';
import type { Sending } from './sending.js';
import type { Screen } from './stand.js';

/** How long a card waits for the first look at its webcast, in milliseconds. */
const untilLooked = 5000;

/** Makes the sender of cards: posts or edits one until it shows what is known now, and tells its channel of a broadcast once. */
export function createCardSender(sending: Sending): (platform: Platform, card: DueCard) => Promise<void> {
  const { store, clock, owner } = sending;
  const drawnOf = createDrawn();

  return async (platform, card) => {
    const { note } = card;
    const screen = await sending.screen();
    const drawn = drawnOf(card, screen);
    if (!drawn) {
      const retryAt = instant(clock.now() + untilLooked);
      return store.settleCard(owner, card, { release: { retryAt, failed: false } });
    }
    const { known } = drawn;
    const subscription = ruleFor(card.subscriptions, known.webcast);
    const side = subscription?.side ?? 'crew';
    const done = { shown: card.revision, release: { retryAt: undefined, failed: false } };
    // It was to be told, and has unsubscribed since.
    if (card.message === undefined && subscription === undefined) return store.settleCard(owner, card, done);
    if (known.forCrew && side !== 'crew' && card.message !== undefined && card.behind === 1)
      return store.settleCard(owner, card, done);
    const bare = subscription && showsViewers(subscription) ? await withViewers(drawn.stand, known) : drawn.stand;
    const stand = await withMarks(bare, known, screen);
    const lapses = promiseLapses(card, clock.now());
    const news = lapses === undefined && isNews(card, known, subscription, clock.now());
    const mention = callAt(subscription, clock.now());
    const seen = `${side} ${JSON.stringify([stand.viewers, stand.marks])}`;
    const view = drawn.view(seen, () => cardOf(stand, side));
    const toldTo = (called: Mention | undefined) =>
      drawn.view(`announcement ${side} ${JSON.stringify(called)}`, () => announcementOf(stand, side, called));
    let outcome: CardOutcome;
    if (card.message === undefined) {
      const first = () => drawn.view(`news ${seen} ${JSON.stringify(mention)}`, () => withNews(view, stand, mention));
      outcome = await postCard(platform, card, news ? first() : view, news);
    } else if (news) {
      // The card follows when no channel waits for the news any more: an edit calls nobody, and may have to wait its turn.
      return announce(platform, card, toldTo(mention));
    } else {
      outcome = await edit(platform, card, view);
    }
    if (card.announcement !== undefined && isOver(known, note)) {
      if (outcome.message !== undefined) await store.settleCard(owner, card, outcome);
      await close(platform, card, card.announcement, toldTo(undefined));
    }
    // Should the command be cut off, the channel is told without it.
    const waits = lapses !== undefined && runs(known.broadcast) && subscription !== undefined;
    // What was posted is written with the claim's end: one write for each message, since each waits for the disk.
    await store.settleCard(owner, card, {
      ...outcome,
      ...(waits ? { release: { retryAt: lapses, failed: false } } : done),
    });
  };

  /** What was marked during a broadcast that is over. */
  async function withMarks(stand: Stand, { webcast, broadcast }: Known, screen: Screen): Promise<Stand> {
    if (broadcast?.ended === undefined) return stand;
    return { ...stand, marks: toldOf(await store.marks(webcast.id, broadcast.number), screen) };
  }

  async function withViewers(stand: Stand, { webcast, broadcast }: Known): Promise<Stand> {
    const record = broadcast && (await store.broadcast(webcast.id, broadcast.number));
    return record ? { ...stand, viewers: { now: record.points.at(-1), peak: record.peak } } : stand;
  }

  async function postCard(platform: Platform, card: DueCard, view: View, news: boolean): Promise<CardOutcome> {
    const { message } = await post(platform, card, view);
    return { message, ...(news ? { announcedAt: clock.now() } : {}) };
  }

  async function announce(platform: Platform, card: DueCard, view: View): Promise<void> {
    const { message } = await post(platform, card, view);
    await store.settleCard(owner, card, {
      announcedAt: clock.now(),
      announcement: message,
      told: true,
      release: { retryAt: undefined, failed: false },
    });
  }

  function post(platform: Platform, { place }: DueCard, view: View): Promise<MessageRef> {
    return sending.paced(platform, place, 'post', (bulk) => bulk.post(place, view));
  }

  /** Edits a message; false when it is gone. */
  async function update(platform: Platform, { place }: DueCard, message: string, view: View): Promise<boolean> {
    const ref = { tenant: place.tenant, channel: place.channel, message };
    try {
      await sending.paced(platform, place, 'update', (bulk) => bulk.update(ref, view));
      return true;
    } catch (error) {
      if (error instanceof BotError && error.code === 'not_found') return false;
      throw error;
    }
  }

  /** Edits the card; one that somebody deleted is posted again. */
  async function edit(platform: Platform, card: DueCard, view: View): Promise<CardOutcome> {
    if (await update(platform, card, card.message ?? '', view)) return {};
    return await postCard(platform, card, view, false);
  }

  /** Turns the message that told of the broadcast into what became of it. */
  async function close(platform: Platform, card: DueCard, message: string, view: View): Promise<void> {
    await update(platform, card, message, view);
    await store.settleCard(owner, card, { announcement: undefined });
  }
}

/** Whether a channel's card says how many watch: the crew's does, and that of a channel that wants figures on it. */
const showsViewers = (subscription: Subscription): boolean =>
  sightOf(subscription)?.where === 'card' || subscription.side === 'crew';

/** Whether this channel still has to be told that the broadcast began. */
function isNews(card: DueCard, known: Known, subscription: Subscription | undefined, now: Instant): boolean {
  if (!subscription || !runs(known.broadcast) || known.announceAfter === undefined) return false;
  if (subscription.mode === 'quiet' && card.message !== undefined) return false;
  const { announcedAt, promised } = card;
  if (announcedAt === undefined || promised || announcedAt < known.announceAfter) return true;
  // Told in what is now the future, and of a show that began in the past: the clock was set back between two shows.
  return announcedAt - now > commandPatience && known.broadcast.began <= now;
}

/** Until when a command may keep its promise to tell the channel; undefined when it has, or has not come to it. */
function promiseLapses({ promised, announcedAt }: DueCard, now: Instant): Instant | undefined {
  if (!promised || announcedAt === undefined) return undefined;
  const left = announcedAt + commandPatience - now;
  return left > 0 && left <= commandPatience ? instant(now + left) : undefined;
}

/** Whether the broadcast is over, and nobody has begun another since that the next look will see. */
function isOver({ broadcast }: Known, note: WebcastNote | undefined): boolean {
  if (broadcast?.ended === undefined) return false;
  const { liveSince, endedAt } = note ?? {};
  return liveSince === undefined || endedAt !== undefined || liveSince <= broadcast.ended;
}

/** A first card that is the news itself. */
function withNews(view: View, { webcast }: Stand, mention: Mention | undefined): View {
  const call: PublicNode[] = mention === undefined ? [] : [{ kind: 'text', text: [callTo(mention)] }];
  return { summary: `Live now: ${webcast.name}`, nodes: [...view.nodes.slice(0, 1), ...call, ...view.nodes.slice(1)] };
}
