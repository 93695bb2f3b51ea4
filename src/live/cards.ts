import { BotError } from '../core/errors.js';
import type { CardOutcome, DueCard } from '../core/live.js';
import type { MessageRef, Platform } from '../core/ports.js';
import type { Subscription } from '../core/subscription.js';
import type { PublicNode, View } from '../core/view.js';
import { instant } from '../core/webcast.js';
import { announcementOf, cardOf, type Stand } from '../show/card.js';
import { createDrawn } from './drawn.js';
import { type Known, runs } from './known.js';
import type { Sending } from './outbox.js';
import { findSubscription } from './subscribed.js';

/** How long a card waits for the first look at its webcast, in milliseconds. */
const untilLooked = 5000;

/** Makes the sender of cards: posts or edits one until it shows what is known now, and tells its channel of a broadcast once. */
export function createCardSender(sending: Sending): (platform: Platform, card: DueCard) => Promise<void> {
  const { store, clock, owner, kaltura } = sending;
  const drawnOf = createDrawn();

  return async (platform, card) => {
    const [note] = await store.notes([card.webcast]);
    const drawn = drawnOf(card, note, { addresses: kaltura.addresses, players: await kaltura.players() });
    if (!drawn) {
      const retryAt = instant(clock.now() + untilLooked);
      return store.settleCard(owner, card, { release: { retryAt, failed: false } });
    }
    const { known, stand } = drawn;
    const subscription = await findSubscription(store, platform.name, card.place, known.webcast);
    const side = subscription?.side ?? 'crew';
    const mention = subscription?.mention;
    const news = isNews(card, known, subscription);
    const view = drawn.view(side, () => cardOf(stand, side));
    const toldTo = (person: string | undefined) =>
      drawn.view(`announcement ${side} ${person}`, () => announcementOf(stand, side, person));
    let outcome: CardOutcome;
    if (card.message === undefined) {
      const first = () => drawn.view(`news ${side} ${mention}`, () => withNews(view, stand, mention));
      outcome = await postCard(platform, card, news ? first() : view, news);
    } else {
      // The news goes first: an edit calls nobody, and may have to wait for its turn.
      if (news) await announce(platform, card, toldTo(mention));
      outcome = await edit(platform, card, view);
    }
    if (card.announcement !== undefined && isOver(card, known)) {
      if (outcome.message !== undefined) await store.settleCard(owner, card, outcome);
      await close(platform, card, card.announcement, toldTo(undefined));
    }
    // What was posted is written with the claim's end: one write for each message, since each waits for the disk.
    const release = { retryAt: undefined, failed: false };
    await store.settleCard(owner, card, { ...outcome, shown: card.revision, release });
  };

  async function postCard(platform: Platform, card: DueCard, view: View, news: boolean): Promise<CardOutcome> {
    await sending.pass(platform, card.place, 'post');
    const { message } = await platform.post(card.place, view);
    return { message, ...(news ? { announcedAt: clock.now() } : {}) };
  }

  async function announce(platform: Platform, card: DueCard, view: View): Promise<void> {
    await sending.pass(platform, card.place, 'post');
    const { message } = await platform.post(card.place, view);
    await store.settleCard(owner, card, { announcedAt: clock.now(), announcement: message });
  }

  /** Edits the card; one that somebody deleted is posted again. */
  async function edit(platform: Platform, card: DueCard, view: View): Promise<CardOutcome> {
    await sending.pass(platform, card.place, 'update');
    if (await update(platform, refOf(card, card.message ?? ''), view)) return {};
    return await postCard(platform, card, view, false);
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
