import { BotError } from '../core/errors.js';
import type { Claim, DueCard, DueNotice, Lane } from '../core/live.js';
import type { Place, Platform } from '../core/ports.js';
import { type Instant, instant } from '../core/webcast.js';
import { pausedNotice } from '../show/notice.js';
import { createCardSender } from './cards.js';
import { createNoticeSender } from './notices.js';
import { persistOutcomes } from './outcomes.js';
import type { Method } from './pace.js';
import type { OutboxParts, Sending } from './sending.js';

/** How long after one message the next one goes out, in milliseconds: about what one costs, and far less than platforms ask. */
const breath = 3;
/** How many messages of a workspace may be under way: so many at most can be doubled when the program is killed. */
const inFlight = 4;
/** Longer than the slowest platform call with its repeats, in milliseconds. */
const lease = 60_000;
/**
 * A wait for the pace that is shorter than this is waited for, otherwise the claim is given back. When the whole workspace
 * takes fewer posts than was assumed, giving them all back and taking them up again would cost more than it brings.
 */
const shortWait = { usual: 2000, ofAllPosts: 5000 };

/** Raised when the pace asks for more patience than a claim has. */
class NotYet extends Error {
  readonly at: Instant;
  /** It is an edit, and no edit of the workspace may go out before. */
  readonly allEdits: boolean;

  constructor(at: Instant, allEdits: boolean) {
    super('The pace asks to wait.');
    this.name = 'NotYet';
    this.at = at;
    this.allEdits = allEdits;
  }
}

/** Brings cards up to date and notices to their readers: what is due, by several workspaces at once. */
export interface Outbox {
  /** Starts the work on every workspace in which something is due; gives how many are at work. */
  round(): Promise<number>;
  /** Resolves when no workspace is at work. */
  idle(): Promise<void>;
  /** Resolves when Kaltura is not asked for the figures of a message. */
  answered(): Promise<void>;
  /** Messages that went out a second time because it was not known whether they had. */
  readonly repeated: () => number;
}

export function createOutbox(parts: OutboxParts): Outbox {
  const { clock, log, owner, pace, platforms, signal } = parts;
  const store = persistOutcomes(parts.store, clock, signal);
  const lanes = new Map<string, Promise<void>>();
  let repeats = 0;
  let turn = Promise.resolve();

  /** Lets one message out after the other, so that what people type is served in between. */
  function nextTurn(): Promise<void> {
    turn = turn.then(() => new Promise((resolve) => setTimeout(resolve, breath)));
    return turn;
  }

  /** Waits for the right to one call, or raises NotYet. */
  async function pass({ name, allowances }: Platform, place: Place, method: Method): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const wait = pace.take(name, place, method, allowances);
      if (wait === 0) return await nextTurn();
      const whole = pace.restOfWorkspace(name, place, method, allowances);
      const short = method === 'post' && whole >= wait ? shortWait.ofAllPosts : shortWait.usual;
      if (wait > short) throw new NotYet(instant(clock.now() + wait), method === 'update' && whole > 0);
      await clock.wait(wait, signal);
    }
  }

  const sending: Sending = {
    ...parts,
    store,
    async paced(platform, place, method, call) {
      await pass(platform, place, method);
      try {
        return await call(platform.bulk ?? platform);
      } catch (error) {
        if (error instanceof BotError && error.code === 'busy') {
          const { retryAfter } = error;
          if (retryAfter === undefined) pace.hold(platform.name, place, method, restWhenBusy);
          else pace.refused(platform.name, place, method, retryAfter);
        }
        throw error;
      }
    },
  };
  const sendCard = createCardSender(sending);
  const notices = createNoticeSender(sending);

  async function work(lane: Lane): Promise<void> {
    const platform = platforms.get(lane.platform);
    if (!platform) return;
    while (!signal.aborted) {
      const claim = (limit: number): Claim => ({ owner, now: clock.now(), lease, limit });
      const cards = await store.claimCards(lane, claim(inFlight));
      const room = inFlight - cards.length;
      const due = room > 0 ? await claimNotices(lane, claim(room), cards) : [];
      if (cards.length + due.length === 0) return;
      for (const { unsure, webcast } of [...cards, ...due]) {
        if (!unsure) continue;
        repeats += 1;
        log.warn({ webcast, ...lane, repeats }, 'A message was cut off by a crash and is sent again');
      }
      await Promise.all([
        ...cards.map((card) => trySending(() => sendCard(platform, card), platform, card)),
        ...due.map((notice) => trySending(() => notices.send(platform, notice), platform, notice)),
      ]);
    }
  }

  /** Claims notices beside cards; when that fails, the cards are not left claimed for the length of a lease. */
  async function claimNotices(lane: Lane, claim: Claim, cards: readonly DueCard[]): Promise<readonly DueNotice[]> {
    try {
      return await store.claimNotices(lane, claim);
    } catch (error) {
      for (const card of cards) await release(card, clock.now(), false);
      throw error;
    }
  }

  /** Sends one claimed message; whatever goes wrong, the claim is settled. */
  async function trySending(send: () => Promise<void>, platform: Platform, item: DueCard | DueNotice): Promise<void> {
    try {
      await send();
    } catch (error) {
      await settle(error, platform, item);
    }
  }

  async function settle(error: unknown, platform: Platform, item: DueCard | DueNotice): Promise<void> {
    const { webcast } = item;
    const place = placeOf(item);
    if (error instanceof NotYet) return putOff(error, item);
    if (signal.aborted) {
      // The claim stays where nobody knows whether the message went out: whoever takes it up counts it.
      return isUnclear(error) ? undefined : release(item, clock.now(), false);
    }
    if (error instanceof BotError && error.code === 'cannot_post' && place) {
      log.warn(
        { err: error, webcast, platform: platform.name, ...place },
        'A channel cannot be posted to, it is paused',
      );
      return pauseChannel(platform, place, error);
    }
    const fate = fateOf(error, item.attempts);
    log.warn(
      { err: error, webcast, platform: platform.name, ...place, fate: fate.kind },
      'A message could not be sent',
    );
    if (fate.kind === 'again') {
      if (isUnclear(error)) repeats += 1;
      return release(item, instant(clock.now() + fate.after), fate.failed);
    }
    if ('revision' in item) {
      return store.settleCard(owner, item, { shown: item.revision, release: { retryAt: undefined, failed: false } });
    }
    return store.settleNotice(owner, item.key, { kind: 'dropped', reason: fate.reason });
  }

  /** What has to wait for its turn; where a whole workspace has, its other cards are not claimed to be told so one by one. */
  async function putOff({ at, allEdits }: NotYet, item: DueCard | DueNotice): Promise<void> {
    if (!allEdits || !('revision' in item)) return release(item, at, false);
    await store.settleCard(owner, item, { told: true, release: { retryAt: at, failed: false } });
    await store.restEdits({ platform: item.platform, tenant: item.place.tenant }, clock.now(), at);
  }

  function release(item: DueCard | DueNotice, at: Instant, failed: boolean): Promise<void> {
    if ('revision' in item) return store.settleCard(owner, item, { release: { retryAt: at, failed } });
    return store.settleNotice(owner, item.key, { kind: 'again', at, failed });
  }

  async function pauseChannel(platform: Platform, place: Place, error: BotError): Promise<void> {
    const paused = await store.pauseChannel(platform.name, place, `${error.message} ${error.hint}`);
    for (const person of new Set(paused.map((one) => one.owner))) {
      try {
        await platform.tell(place.tenant, person, pausedNotice(place.channel, `${error.message} ${error.hint}`));
      } catch (second) {
        log.warn({ err: second, platform: platform.name, ...place }, 'An owner could not be told of a paused channel');
      }
    }
  }

  return {
    async round() {
      for (const lane of await store.lanes([...platforms.keys()], clock.now())) {
        const key = JSON.stringify([lane.platform, lane.tenant]);
        if (lanes.has(key)) continue;
        const running = work(lane)
          .catch((error: unknown) => {
            if (!signal.aborted) log.error({ err: error, ...lane }, 'A workspace could not be served');
          })
          .finally(() => lanes.delete(key));
        lanes.set(key, running);
      }
      return lanes.size;
    },
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes.values());
    },
    answered: notices.idle,
    repeated: () => repeats,
  };
}

const isUnclear = (error: unknown): boolean => error instanceof BotError && error.code === 'outcome_unknown';

const placeOf = (item: DueCard | DueNotice): Place | undefined => {
  if ('revision' in item) return item.place;
  return item.to.kind === 'person' ? undefined : item.to.place;
};

/** How long to rest when a platform is asked too often and does not say how long, in milliseconds. */
const restWhenBusy = 30_000;
/** How long a platform that is out of order is left alone, in milliseconds. */
const outage = 300_000;

type Fate =
  | { readonly kind: 'again'; readonly after: number; readonly failed: boolean }
  | { readonly kind: 'given up'; readonly reason: string };

const again = (after: number, failed = true): Fate => ({ kind: 'again', after, failed });
const givenUp = (reason: string): Fate => ({ kind: 'given up', reason });

/** What becomes of a message that failed so often before. */
function fateOf(error: unknown, attempts: number): Fate {
  const backoff = Math.min(5000 * 2 ** attempts, 300_000);
  if (!(error instanceof BotError)) return attempts < 5 ? again(backoff) : givenUp(String(error));
  switch (error.code) {
    case 'busy':
      return again(error.retryAfter ?? restWhenBusy, false);
    case 'unavailable':
      return again(backoff);
    case 'misconfigured':
      return again(300_000);
    // It may have been posted: once more at once, since a lost message is worse than a doubled one. When that is unclear
    // too, the platform is out of order: the next tries wait until it may be well again.
    case 'outcome_unknown':
      if (attempts < 1) return again(backoff);
      return attempts < 4 ? again(outage) : givenUp(error.message);
    case 'cannot_post':
    case 'not_found':
    case 'invalid':
    case 'refused':
    case 'forbidden':
    case 'bug':
      return attempts < 2 ? again(backoff) : givenUp(error.message);
    default: {
      const never: never = error.code;
      return never;
    }
  }
}
