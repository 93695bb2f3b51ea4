import type { DueNotice, NoticeOutcome } from '../core/live.js';
import type { Clock, Platform } from '../core/ports.js';
import type { WebcastNote } from '../core/webcast.js';
import type { Known } from './known.js';

/** How long an answer is kept, in milliseconds: long enough for all channels of one message. */
const kept = 2 * 60_000;

/** What became of an inquiry so far. */
export type Inquiry<T> =
  | { readonly kind: 'under way' }
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Questions that may take long, so that whoever needs the answer does something else meanwhile and comes again. */
export interface Inquiries<T> {
  /** Sends somebody to ask, once for each key within two minutes; a failure is told once, and the next call asks anew. */
  send(key: string, ask: () => Promise<T>): Inquiry<T>;
  /** Forgets the answer. */
  forget(key: string): void;
  /** Resolves when nobody is under way. */
  idle(): Promise<void>;
}

/** Sends what is told of a broadcast once Kaltura has answered; until then the notice comes again. */
export interface InquirySender {
  send(
    platform: Platform,
    notice: DueNotice,
    number: number,
    known: Known,
    note: WebcastNote | undefined,
  ): Promise<NoticeOutcome>;
  /** Resolves when nothing is asked of Kaltura. */
  idle(): Promise<void>;
}

export function createInquiries<T>(clock: Clock): Inquiries<T> {
  const known = new Map<string, { at: number; state: Inquiry<T> }>();
  const underWay = new Set<Promise<void>>();

  async function go(key: string, ask: () => Promise<T>): Promise<void> {
    const settle = (state: Inquiry<T>) => void known.set(key, { at: clock.now(), state });
    try {
      settle({ kind: 'done', value: await ask() });
    } catch (error) {
      settle({ kind: 'failed', error });
    }
  }

  return {
    send(key, ask) {
      const now = clock.now();
      for (const [old, { at, state }] of known)
        if (state.kind !== 'under way' && Math.abs(now - at) > kept) known.delete(old);
      const found = known.get(key);
      if (found?.state.kind === 'failed') known.delete(key);
      if (found !== undefined) return found.state;
      known.set(key, { at: now, state: { kind: 'under way' } });
      const going = go(key, ask).finally(() => underWay.delete(going));
      underWay.add(going);
      return { kind: 'under way' };
    },
    forget(key) {
      known.delete(key);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
