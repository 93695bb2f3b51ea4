import type { LiveRoom, LiveStore } from '../core/live.js';
import type { Clock, Kaltura, Log, NewId, Platform, Store } from '../core/ports.js';
import { type EntryId, instant } from '../core/webcast.js';
import { type Bell, createBell } from './bell.js';
import { createChapters } from './chapters.js';
import { createDiscovery } from './discovery.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createPace } from './pace.js';
import { createSampler } from './sampler.js';
import { createWatch } from './watch.js';

/** How long the loops rest when nothing is due, in milliseconds; a nudge ends the rest. */
const rest = 1000;
const restAfterFailure = 5000;
/** How long word from outside is gathered before a look, in milliseconds: what changes an entry is told in several pieces. */
const gathering = 1000;

export interface LiveParts {
  readonly store: Store & LiveStore;
  readonly kaltura: Kaltura;
  /** The platforms by name, as far as they run. */
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly clock: Clock;
  readonly log: Log;
  readonly newId: NewId;
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
}

export function createLive(parts: LiveParts): Live {
  const { store, kaltura, platforms, clock, log, newId } = parts;
  const stopping = new AbortController();
  const { signal } = stopping;
  const owner = newId();
  const random = () => parts.random();
  const lookBell = createBell(clock);
  const sendBell = createBell(clock);
  const sampleBell = createBell(clock);
  const chapterBell = createBell(clock);
  const watch = createWatch({ store, kaltura, clock, log, owner, random });
  const discovery = createDiscovery({ store, kaltura, clock, log });
  const sampler = createSampler({ store, kaltura, clock, log });
  const chapters = createChapters({ store, kaltura, clock, log });
  const outbox = createOutbox({ store, kaltura, platforms, pace: createPace(clock), clock, log, owner, signal });
  const loops: Promise<void>[] = [];

  /** Does one thing again and again; a failure is told once it happens, and the next try comes after a rest. */
  async function loop(name: string, bell: Bell, act: () => Promise<unknown>): Promise<void> {
    const sleeper = bell.addSleeper();
    while (!signal.aborted) {
      let pause = rest;
      try {
        await act();
      } catch (error) {
        pause = restAfterFailure;
        if (!signal.aborted) log.error({ err: error, loop: name }, 'A round failed, it is tried again');
      }
      await sleeper.rest(pause, signal);
    }
  }

  async function lookAndSend(): Promise<void> {
    while ((await watch.round()) > 0 || (await outbox.round()) > 0) await outbox.idle();
  }

  return {
    async changed(webcast, organizer) {
      await store.nudge(webcast, clock.now(), organizer);
      lookBell.ring();
    },

    async announcing(webcast, platform, place) {
      await store.markAnnounced(platform, place, webcast, clock.now());
    },

    async heard(entries) {
      await store.hasten(entries, instant(clock.now() + gathering), clock.now());
    },

    async start() {
      await store.recover();
      loops.push(
        loop('watch', lookBell, async () => {
          await discovery.round();
          for (let looked = watch.most; looked === watch.most && !signal.aborted; ) {
            looked = await watch.round();
            if (looked > 0) sendBell.ring();
          }
        }),
        loop('send', sendBell, () => outbox.round()),
        // Apart from the looks, so that reports that fail or hang do not hinder them.
        loop('sample', sampleBell, () => sampler.round()),
        loop('chapters', chapterBell, async () => {
          if ((await chapters.round()) > 0) lookBell.ring();
        }),
      );
    },

    async stop() {
      stopping.abort();
      for (const bell of [lookBell, sendBell, sampleBell, chapterBell]) bell.ring();
      await Promise.all(loops);
      await outbox.idle();
      await outbox.answered();
    },

    async settle() {
      await discovery.round();
      await lookAndSend();
      if (await sampler.round()) await lookAndSend();
      if ((await chapters.round()) > 0) await lookAndSend();
      await outbox.answered();
    },

    repeated: outbox.repeated,
  };
}
