import { BotError } from '../core/errors.js';
import type { DueNotice, NoticeOutcome, Recipient } from '../core/live.js';
import type { MessageRef, Platform } from '../core/ports.js';
import type { PrivateView, View } from '../core/view.js';
import { instant } from '../core/webcast.js';
import type { Sending } from './sending.js';

/** How often a reply looks for the card that it belongs under, and how long it waits between, in milliseconds. */
const patience = 12;
const pause = 5000;

/** What bringing a message came to: where it stands, or why it does not. */
export type Brought =
  | { readonly kind: 'brought'; readonly message: MessageRef }
  | Exclude<NoticeOutcome, { kind: 'sent' | 'resting' | 'standing' }>;

/** Posts messages where they belong, and edits those that stand there already; each waits for its turn. */
export interface Bringer {
  /** A new message in a channel or under its card. */
  post(
    platform: Platform,
    notice: DueNotice,
    to: Exclude<Recipient, { kind: 'person' | 'card' }>,
    view: View,
  ): Promise<Brought>;
  /** A new message to one person. */
  tell(platform: Platform, to: Extract<Recipient, { kind: 'person' }>, view: PrivateView): Promise<Brought>;
  /** The same message again with what is true now; one that somebody deleted stays deleted. */
  edit(platform: Platform, message: MessageRef, to: Recipient, view: View): Promise<Brought>;
}

export function createBringer({ store, clock, paced }: Sending): Bringer {
  return {
    async post(platform, notice, to, view) {
      const { place } = to;
      if (to.kind === 'channel') {
        const message = await paced(platform, place, 'post', (bulk) => bulk.post(place, view));
        return { kind: 'brought', message };
      }
      const card = await store.cardMessage(to.platform, place, notice.webcast);
      if (card === undefined && notice.attempts < patience)
        return { kind: 'again', at: instant(clock.now() + pause), failed: true };
      if (card === undefined) return { kind: 'dropped', reason: 'the channel has no card' };
      const under = { tenant: place.tenant, channel: place.channel, message: card };
      const message = await paced(platform, place, 'post', (bulk) => bulk.post(place, view, under));
      return { kind: 'brought', message };
    },

    async tell(platform, to, view) {
      return { kind: 'brought', message: await platform.tell(to.tenant, to.person, view) };
    },

    async edit(platform, message, to, view) {
      try {
        if (to.kind === 'person') await platform.update(message, view);
        else await paced(platform, to.place, 'update', (bulk) => bulk.update(message, view));
        return { kind: 'brought', message };
      } catch (error) {
        if (!(error instanceof BotError) || error.code !== 'not_found') throw error;
        return { kind: 'dropped', reason: 'somebody deleted the message' };
      }
    },
  };
}
