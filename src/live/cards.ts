import { BotError } from '../core/errors.js';
import type { DueCard } from '../core/live.js';
import type { MessageRef, Platform } from '../core/ports.js';
import type { Subscription } from '../core/subscription.js';
import type { PublicNode, View } from '../core/view.js';
import { instant } from '../core/webcast.js';
import { announcementOf, cardOf, type Stand } from '../show/card.js';
import { sightOf } from './figures.js';
import { type Known, readKnown, runs } from './known.js';
import type { Sending } from './outbox.js';
import { standOfKnown } from './stand.js';
import { findSubscription } from './subscribed.js';

/** How long a card waits for the first look at its webcast, in milliseconds. */
const untilLooked = 5000;

/** Makes the sender of cards: posts or edits one until it shows what is known now, and tells its channel of a broadcast once. */
export function createCardSender(sending: Sending): (platform: Platform, card: DueCard) => Promise<void> {
  const { store, clock, owner, kaltura } = sending;

  return async (platform, card) => {
    const known = readKnown(card.known);
    if (!known) {
      const retryAt = instant(clock.now() + untilLooked);
      return store.settleCard(owner, card, { release: { retryAt, failed: false } });
    }
    const [note] = await store.notes([card.webcast]);
    const subscription = await findSubscription(store, platform.name, card.place, known.webcast);
    const side = subscription?.side ?? 'crew';
    const { broadcast } = known;
    const marks = broadcast?.ended === undefined ? [] : await store.marks(card.webcast, broadcast.number);
    const screen = { addresses: kaltura.addresses, players: await kaltura.players() };
    const bare = standOfKnown(known, note, screen, marks);
    const stand = subscription && showsViewers(subscription) ? await withViewers(bare, known) : bare;
    const news = isNews(card, known, subscription);
    if (card.message === undefined) {
      await postCard(
        platform,
        card,
        news ? withNews(cardOf(stand, side), stand, subscription?.mention) : cardOf(stand, side),
        news,
      );
    } else {
      // The news goes first: an edit calls nobody, and may have to wait for its turn.
      if (news) await announce(platform, card, announcementOf(stand, side, subscription?.mention));
      await edit(platform, card, cardOf(stand, side));
    }
    if (card.announcement !== undefined && isOver(card, known)) {
      await close(platform, card, card.announcement, announcementOf(stand, side));
    }
    await store.settleCard(owner, card, { shown: card.revision, release: { retryAt: undefined, failed: false } });
  };

  async function withViewers(stand: Stand, { webcast, broadcast }: Known): Promise<Stand> {
    const record = broadcast && (await store.broadcast(webcast.id, broadcast.number));
    return record ? { ...stand, viewers: { now: record.points.at(-1), peak: record.peak } } : stand;
  }

  async function postCard(platform: Platform, card: DueCard, view: View, news: boolean): Promise<void> {
    await sending.pass(platform, card.place, 'post');
    const { message } = await platform.post(card.place, view);
    await store.settleCard(owner, card, { message, ...(news ? { announcedAt: clock.now() } : {}) });
  }

  async function announce(platform: Platform, card: DueCard, view: View): Promise<void> {
    await sending.pass(platform, card.place, 'post');
    const { message } = await platform.post(card.place, view);
    await store.settleCard(owner, card, { announcedAt: clock.now(), announcement: message });
  }

  /** Edits the card; one that somebody deleted is posted again. */
  async function edit(platform: Platform, card: DueCard, view: View): Promise<void> {
    await sending.pass(platform, card.place, 'update');
    if (await update(platform, refOf(card, card.message ?? ''), view)) return;
    await postCard(platform, card, view, false);
  }

  /** Turns the message that told of the broadcast into what became of it. */
  async function close(platform: Platform, card: DueCard, message: string, view: View): Promise<void> {
    await sending.pass(platform, card.place, 'update');
    await update(platform, refOf(card, message), view);
    await store.settleCard(owner, card, { announcement: undefined });
  }
}

const refOf = ({ place }: DueCard, message: string): MessageRef => ({
  tenant: place.tenant,
  channel: place.channel,
  message,
});

/** Edits a message; false when it is gone. */
async function update(platform: Platform, ref: MessageRef, view: View): Promise<boolean> {
  try {
    await platform.update(ref, view);
    return true;
  } catch (error) {
    if (error instanceof BotError && error.code === 'not_found') return false;
    throw error;
  }
}

/** Whether a channel's card says how many watch: the crew's does, and that of a channel that wants figures on it. */
const showsViewers = (subscription: Subscription): boolean =>
  sightOf(subscription)?.where === 'card' || subscription.side === 'crew';

/** Whether this channel still has to be told that the broadcast began. */
function isNews(card: DueCard, known: Known, subscription: Subscription | undefined): boolean {
  if (!subscription || !runs(known.broadcast) || known.announceAfter === undefined) return false;
  if (subscription.mode === 'quiet' && card.message !== undefined) return false;
  return card.announcedAt === undefined || card.announcedAt < known.announceAfter;
}

/** Whether the broadcast that this channel was told of is over. */
const isOver = ({ announcedAt }: DueCard, { broadcast }: Known): boolean =>
  broadcast?.ended !== undefined && announcedAt !== undefined && announcedAt <= broadcast.ended;

/** A first card that is the news itself. */
function withNews(view: View, { webcast }: Stand, mention: string | undefined): View {
  const call: PublicNode[] = mention === undefined ? [] : [{ kind: 'text', text: [{ person: mention }] }];
  return { summary: `Live now: ${webcast.name}`, nodes: [...view.nodes.slice(0, 1), ...call, ...view.nodes.slice(1)] };
}
