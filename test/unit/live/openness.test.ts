import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { systemClock } from '../../../src/clock.js';
import { type EntryId, entryIdSchema, instant } from '../../../src/core/webcast.js';
import { createLive, type Live } from '../../../src/live/index.js';
import { opennessOf } from '../../../src/live/openness.js';
import { openRig, type Rig, silent } from '../../rig/index.js';
import { type Shown, wordsOf } from '../../rig/recorder.js';
import { following } from '../../rig/subscription.js';
import { passIn } from './days.js';
import { createStory, minute, note, second, start } from './samples.js';

/** Half an hour passes here in many looks. */
jest.setTimeout(90_000);

const subscription = following({
  platform: 'terminal',
  place: { tenant: 'T1', channel: 'C2', direct: false },
  side: 'crew',
});

describe('whether viewers get in', () => {
  /** What a look brings, so long before the start, after another one. */
  const look = (before: number | undefined, now: number, planned = note()) => {
    const story = createStory(note());
    if (before !== undefined) story.look('off', -before * minute);
    const last = story.known;
    story.look('off', -now * minute);
    if (!story.known) throw new Error('nothing is known');
    return opennessOf(last, {
      known: story.known,
      note: planned,
      subscribers: [
        subscription,
        { ...subscription, side: 'audience', place: { ...subscription.place, channel: 'C3' } },
      ],
      organizer: undefined,
      planned: { byCard: new Set(), byReminder: new Set() },
      now: instant(start - now * minute),
    }).map(({ due, to }) => [(start - due) / minute, to.kind, 'place' in to ? to.place.channel : undefined]);
  };

  it('is tried for the crew, where nobody is the organizer, by the look that comes first in the last quarter of an hour', () => {
    expect(look(16, 15.1)).toEqual([]);
    expect(look(15.2, 14.9)).toEqual([[14.9, 'thread', 'C2']]);
    expect(look(14.9, 14.6)).toEqual([]);
    expect(look(40, 5)).toEqual([[5, 'thread', 'C2']]);
  });

  it('is tried two minutes after a plan that comes later than that, and not when the show begins before', () => {
    expect(look(undefined, 10)).toEqual([[8, 'thread', 'C2']]);
    expect(look(20, 10, note({ start: instant(start + minute) }))).toEqual([[8, 'thread', 'C2']]);
    expect(look(undefined, 2)).toEqual([]);
    expect(look(undefined, 10, note({ start: undefined, end: undefined }))).toEqual([]);
  });
});

describe('a quarter of an hour before the start', () => {
  let rig: Rig;
  let id: EntryId;
  const made = z.looseObject({ id: z.number() });

  beforeEach(async () => {
    rig = await openRig();
    const shown = await rig.say('create "Q3 Town Hall" --start "in 30 minutes"');
    id = entryIdSchema.parse(/\b\d_[a-z0-9]{8}\b/.exec(JSON.stringify(shown))?.[0]);
    await rig.live.settle();
  });
  afterEach(() => rig.stop());

  /** Puts the webcast under a rule that blocks everybody. */
  async function lockOut(): Promise<void> {
    const rules = [{ actions: [{ objectType: 'KalturaAccessControlBlockAction' }] }];
    const accessControlProfile = { name: 'Restricted', rules };
    const profile = made.parse(await rig.ask('accessControlProfile', 'add', { accessControlProfile }));
    await rig.ask('livestream', 'update', { entryId: id, liveStreamEntry: { accessControlId: profile.id } });
  }
  const warnings = (shown: readonly Shown[]) => shown.filter(({ view }) => view.summary.includes('locked out'));
  const pass = async (minutes: number) => warnings(await passIn(rig, 30 * second, minutes * minute));
  /** How often it was tried so far. */
  const trials = () =>
    rig.kaltura.requests
      .read()
      .requests.filter(
        ({ calls, clientTag }) => clientTag === 'webcast-watch/1' && calls.includes('baseentry.getplaybackcontext'),
      ).length;

  it('the organizer is told alone, once, that nobody could open it, why, and what to do', async () => {
    await lockOut();
    expect(await pass(14)).toEqual([]);
    expect(trials()).toBe(0);
    const [told, ...more] = await pass(3);
    expect(more).toEqual([]);
    expect(told).toMatchObject({ how: 'tell', person: 'U1' });
    const words = told ? wordsOf(told.view) : '';
    expect(words).toContain('Viewers are locked out: Q3 Town Hall');
    expect(words).toContain('Nobody could open it: an access control rule blocks it.');
    expect(words).toContain("Look at its access control profile in Kaltura's console.");
    expect(words).toContain(`[Try again] access ${id}`);
    expect(await pass(12)).toEqual([]);
    expect(trials()).toBe(1);
  });

  it('nothing is said while somebody could open it, and it is tried once', async () => {
    expect(await pass(29)).toEqual([]);
    expect(trials()).toBe(1);
  });

  it('of a show that moved is a quarter of an hour before its new start', async () => {
    await lockOut();
    await pass(10);
    await rig.say(`move ${id} --start "in 60 minutes"`);
    expect(await pass(44)).toEqual([]);
    expect(await pass(2)).toHaveLength(1);
    await rig.say(`move ${id} --start "in 40 minutes"`);
    expect(await pass(24)).toEqual([]);
    expect(await pass(2)).toHaveLength(1);
    expect(trials()).toBe(2);
  });

  it('nothing is said when Kaltura gives no answer on viewers', async () => {
    await lockOut();
    await rig.control('faults', { kind: 'blocked', on: 'baseentry.getplaybackcontext', times: 20 });
    expect(await pass(29)).toEqual([]);
  });

  it('it is tried again a little later when Kaltura cannot be reached', async () => {
    await lockOut();
    await pass(14);
    await rig.control('faults', { kind: 'http', on: 'baseentry.getplaybackcontext', times: 3 });
    expect(await pass(2)).toEqual([]);
    expect(await pass(3)).toHaveLength(1);
  });

  it('no look and no card waits for a Kaltura that does not answer', async () => {
    let answer: () => void = () => {};
    let asked = 0;
    const hanging = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const live: Live = createLive({
      store: rig.store,
      kaltura: {
        ...rig.gateway,
        async accessUnasked(webcast) {
          asked += 1;
          await hanging;
          return rig.gateway.access(webcast);
        },
      },
      platforms: new Map([[rig.platform.name, rig.platform]]),
      clock: rig.clock,
      log: silent,
      newId: () => 'another',
      random: () => 0.5,
    });
    /** Waits for a state while time stands still. */
    async function reach(state: () => boolean): Promise<void> {
      for (const until = Date.now() + 20_000; !state() && Date.now() < until; ) await systemClock.wait(20);
      expect(state()).toBe(true);
    }
    rig.clock.advance(15.5 * minute);
    const settling = [live.settle()];
    await reach(() => asked > 0);
    await rig.encoder.start(id);
    rig.clock.advance(20 * second);
    settling.push(live.settle());
    await reach(() => rig.platform.shown.some(({ view }) => view.summary.includes('Preview')));
    expect(asked).toBe(1);
    answer();
    await Promise.all(settling);
    await live.stop();
  });
});
