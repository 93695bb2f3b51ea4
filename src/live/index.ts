import type { CalendarLink } from '../core/calendar.js';
import type { LiveRoom, LiveStore } from '../core/live.js';
import type { Clock, Kaltura, Log, NewId, Platform, Store } from '../core/ports.js';
import { covers } from '../core/subscription.js';
import { type EntryId, instant } from '../core/webcast.js';
import { type Bell, createBell } from './bell.js';
import { createChapters } from './chapters.js';
import { createDiscovery } from './discovery.js';
import { sightOf } from './figures.js';
import { goneFrom, readKnown } from './known.js';
import { createListener } from './listen.js';
import { createOutage } from './outage.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createPace } from './pace.js';
import { createPrune } from './prune.js';
import { createSampler } from './sampler.js';
import { createScreen } from './screen.js';
import { createSetback } from './setback.js';
import { step } from './step.js';
import { createWatch } from './watch.js';

/** How long the loops rest when nothing is due, in milliseconds; a nudge ends the rest. */
const rest = 1000;
const restAfterFailure = 5000;
/** How long word from outside is gathered before a look, in milliseconds: what changes an entry is told in several pieces. */
const gathering = 1000;
/** How long a stop waits for messages that are under way, in milliseconds; what takes longer is sent again as one that was cut off. */
const grace = 3000;

export interface LiveParts {
  readonly store: Store & LiveStore;
  /** The same for what nobody waits for, where it makes a difference. */
  readonly unasked?: Store & LiveStore;
  readonly kaltura: Kaltura;
  /** The platforms by name, as far as they run. */
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
  /** Left out where the bot has no public address. */
  readonly calendarLink?: CalendarLink | undefined;
  /** A number from 0 to 1. */
  random(): number;
}

/** The room that keeps cards true. */
export interface Live extends LiveRoom {
  /** Takes over what an earlier run left, and begins to look and to send. */
  start(): Promise<void>;
  /** Ends all loops; resolves when what was under way is settled. */
  stop(): Promise<void>;
  /** Takes word from outside that something happened to these entries: those that are watched are looked at soon. */
  heard(entries: readonly EntryId[]): Promise<void>;
  /** Looks and sends until nothing is due at this moment; what the loops do by themselves, at a caller's bidding. */
  settle(): Promise<void>;
  readonly repeated: Outbox['repeated'];
  /** Whether the last round of every loop went well: it does not while the database is away. */
  ready(): boolean;
}

export function createLive(parts: LiveParts): Live {
  const { store, kaltura, platforms, clock, log, newId, calendarLink } = parts;
  const unasked = parts.unasked ?? store;
  const stopping = new AbortController();
  const { signal } = stopping;
  const owner = newId();
  const random = () => parts.random();
  const lookBell = createBell(clock);
  const sendBell = createBell(clock);
  const sampleBell = createBell(clock);
  const listenBell = createBell(clock);
  const chapterBell = createBell(clock);
  const outage = createOutage({ clock, log, random });
  const watch = createWatch({ store: unasked, kaltura, clock, log, owner, outage, random });
  const discovery = createDiscovery({ store: unasked, kaltura, clock, outage });
  const sampler = createSampler({ store: unasked, kaltura, clock, log });
  const listener = createListener({ store: unasked, kaltura, clock, log });
  const chapters = createChapters({ store: unasked, kaltura, clock, log });
  const setback = createSetback({ store: unasked, clock, log });
  const prune = createPrune({ store: unasked, clock, log });
  const screen = createScreen(kaltura, outage, calendarLink);
  const pace = createPace(clock);
  const outbox = createOutbox({ store: unasked, kaltura, screen, platforms, pace, clock, log, owner, signal });
  const loops: Promise<void>[] = [];
  const failing = new Set<string>();

  /** Does one thing again and again; the first of several failures is told, and each next try comes after a rest. */
  async function loop(name: string, bell: Bell, act: () => Promise<unknown>): Promise<void> {
    const sleeper = bell.addSleeper();
    while (!signal.aborted) {
      let pause = rest;
      try {
        await act();
        if (failing.delete(name)) log.info({ loop: name }, 'The rounds go on');
      } catch (error) {
        pause = restAfterFailure;
        if (!signal.aborted && !failing.has(name))
          log.error({ err: error, loop: name }, 'A round failed, it is tried until one goes well');
        failing.add(name);
      }
      await sleeper.rest(pause, signal);
    }
  }

  async function keepOrder(): Promise<void> {
    await setback.round();
    await prune.round();
    await discovery.round();
  }

  async function lookAndSend(): Promise<void> {
    while ((await watch.round()) > 0 || (await outbox.round()) > 0) await outbox.idle();
  }

  return {
    async changed(webcast, organizer) {
      await store.nudge(webcast, clock.now(), organizer);
      outage.wake();
      lookBell.ring();
    },

    async followed(subscription) {
      const { platform, place, subject } = subscription;
      for (const { webcast } of await store.running()) {
        const known = readKnown(await store.known(webcast));
        if (!known || !covers(subject, known.webcast)) continue;
        await store.addCard(webcast, platform, place, clock.now());
        // Its figures begin with the next look.
        if (sightOf(subscription) !== undefined) await store.nudge(webcast, clock.now());
      }
      lookBell.ring();
      sendBell.ring();
    },

    async announcing(webcast, platform, place) {
      await store.markAnnounced(platform, place, webcast, clock.now());
    },

    async deleted(webcast) {
      const now = clock.now();
      const last =
        readKnown(await store.known(webcast.id)) ?? step(undefined, { webcast, note: undefined }, now)?.known;
      if (last) await store.retire(webcast.id, JSON.stringify(goneFrom(last, now)), now);
      sendBell.ring();
    },

    async heard(entries) {
      await store.hasten(entries, instant(clock.now() + gathering), clock.now());
    },

    async start() {
      await unasked.recover();
      await setback.start();
      loops.push(
        loop('watch', lookBell, async () => {
          await keepOrder();
          for (let looked = watch.most; looked === watch.most && !signal.aborted; ) {
            looked = await watch.round();
            if (looked > 0) sendBell.ring();
          }
        }),
        loop('send', sendBell, () => outbox.round()),
        // Apart from the looks, so that reports that fail or hang do not hinder them.
        loop('sample', sampleBell, () => sampler.round()),
        loop('listen', listenBell, () => listener.round()),
        loop('chapters', chapterBell, async () => {
          if ((await chapters.round()) > 0) lookBell.ring();
        }),
      );
    },

    async stop() {
      stopping.abort();
      for (const bell of [lookBell, sendBell, sampleBell, listenBell, chapterBell]) bell.ring();
      const settled = new AbortController();
      const idle = Promise.all(loops)
        .then(() => outbox.idle())
        .then(() => outbox.answered())
        .finally(() => settled.abort());
      await Promise.race([idle, clock.wait(grace, settled.signal).catch(() => idle)]);
    },

    async settle() {
      await keepOrder();
      await listener.round();
      await lookAndSend();
      if (await sampler.round()) await lookAndSend();
      if ((await chapters.round()) > 0) await lookAndSend();
      await outbox.answered();
    },

    repeated: outbox.repeated,
    ready: () => failing.size === 0,
  };
}
