import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { LiveAudience, Measured, Reports } from '../../../src/core/numbers.js';
import type { Subscription } from '../../../src/core/subscription.js';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import { createSampler } from '../../../src/live/sampler.js';
import { channel, openRig, type Rig, silent } from '../../rig/index.js';
import { type Shown, wordsOf } from '../../rig/recorder.js';
import { follow as followIn, openShow, passIn, place } from './days.js';

const minute = 60_000;
let rig: Rig;
let viewers = 100;
let asked = 0;
let failing: (() => Promise<never>) | undefined;

/** Counts as many viewers as the test says. */
const counting: Partial<Reports> = {
  async audienceNow(webcasts): Promise<Measured<ReadonlyMap<EntryId, LiveAudience>>> {
    asked += 1;
    if (failing) return failing();
    const audience = { at: instant(rig.clock.now() - 30_000), viewers, engaged: undefined };
    return { kind: 'measured', value: new Map(webcasts.map((id) => [id, audience])) };
  },
};

beforeEach(async () => {
  viewers = 100;
  asked = 0;
  failing = undefined;
  rig = await openRig({ kaltura: { recordingReadyAfter: 60 }, reports: counting });
});
afterEach(() => rig.stop());

const pass = (milliseconds: number) => passIn(rig, 30_000, milliseconds);

const follow = (facts: Partial<Subscription> = {}) => followIn(rig, facts);

async function end(id: EntryId): Promise<readonly Shown[]> {
  await rig.gateway.end(id);
  const shown = await pass(30_000);
  await rig.encoder.stop(id);
  return shown;
}

const inC2 = (shown: readonly Shown[]) => shown.filter((one) => one.channel === 'C2');
const snapshots = (shown: readonly Shown[]) =>
  inC2(shown).filter(({ view }) => view.summary.startsWith('Viewers: Q3 Town Hall'));
const hows = (shown: readonly Shown[]) => shown.map(({ how }) => how);
const words = (shown: Shown | undefined) => (shown ? wordsOf(shown.view) : '');

describe('a snapshot', () => {
  it('is one message in the thread of the card, edited in place, and final at the end', async () => {
    await follow({ numbers: 5 });
    const id = await openShow(rig);
    const first = snapshots(await pass(2 * minute));
    expect(hows(first)).toEqual(['thread']);
    expect(words(first[0])).toContain('Viewers now: 100');
    viewers = 250;
    expect(snapshots(await pass(4 * minute))).toEqual([]);
    const [edit, ...more] = snapshots(await pass(minute));
    expect(more).toEqual([]);
    expect(edit).toMatchObject({ how: 'update', message: first[0]?.message });
    expect(words(edit)).toMatch(/Viewers now: 250\nPeak: 250 at 2026-11-22T12:0\d/);
    viewers = 40;
    await pass(2 * minute);
    const last = snapshots(await end(id));
    expect(last).toMatchObject([{ how: 'update', message: first[0]?.message }]);
    expect(words(last[0])).toMatch(/Peak: 250/);
    expect(words(last[0])).toMatch(/Was live: .* on air\n/);
    expect(words(last[0])).toContain('; final.');
    expect(words(last[0])).not.toContain('Viewers now');
    expect(snapshots(await pass(20 * minute))).toEqual([]);
  });

  it('is a message of its own in flat mode, and posted once at the end when that is asked for', async () => {
    await follow({ mode: 'flat', numbers: 'end' });
    const id = await openShow(rig);
    expect(snapshots(await pass(10 * minute))).toEqual([]);
    expect(hows(snapshots(await end(id)))).toEqual(['post']);
    expect(snapshots(await pass(20 * minute))).toEqual([]);
  });

  it('is on the card alone in quiet mode', async () => {
    await follow({ mode: 'quiet', numbers: 2 });
    await openShow(rig);
    const shown = inC2(await pass(4 * minute));
    expect(new Set(hows(shown))).toEqual(new Set(['update']));
    expect(shown.length).toBeLessThanOrEqual(2);
    expect(words(shown.at(-1))).toMatch(/Viewers: 100 \(.*\), peak 100/);
  });

  it('does not come to a channel that did not ask for it', async () => {
    await follow();
    await openShow(rig);
    expect(inC2(await pass(10 * minute))).toEqual([]);
  });

  it('comes to a channel that asks for it in the middle, and ends where it is switched off', async () => {
    const id = await openShow(rig);
    await pass(5 * minute);
    const there = { place: place('C2') };
    await rig.say(`subscribe ${id} --numbers 10m`, there);
    const first = snapshots(await pass(30_000));
    expect(hows(first)).toEqual(['thread']);
    await rig.say(`subscribe ${id} --numbers off`, there);
    const stopped = snapshots(await pass(30_000));
    expect(stopped).toMatchObject([{ how: 'update', message: first[0]?.message }]);
    expect(words(stopped[0])).toContain('not followed any further here');
    expect(snapshots(await pass(20 * minute))).toEqual([]);
  });

  it('follows a new rhythm at once', async () => {
    await follow({ numbers: 60 });
    await openShow(rig);
    await pass(3 * minute);
    await follow({ numbers: 1 });
    expect(snapshots(await pass(30_000))).toHaveLength(1);
    expect(snapshots(await pass(4 * minute))).toHaveLength(4);
  });

  it('stays one when the stream flaps, however often', async () => {
    await follow({ numbers: 1 });
    const id = await openShow(rig);
    await pass(2 * minute);
    for (let drops = 0; drops < 10; drops++) {
      await rig.encoder.drop(id);
      await pass(minute);
      await rig.encoder.start(id);
      await pass(30_000);
      await rig.gateway.goLive(id);
      await pass(30_000);
    }
    await end(id);
    const all = snapshots(rig.platform.shown);
    expect(all.filter(({ how }) => how !== 'update')).toHaveLength(1);
    expect(words(all.at(-1))).toContain('Interruptions: 10');
  });

  it('that somebody deleted is not posted again', async () => {
    await follow({ numbers: 1 });
    await openShow(rig);
    const [first] = snapshots(await pass(2 * minute));
    rig.platform.remove(first?.message ?? '');
    expect(snapshots(await pass(5 * minute))).toEqual([]);
  });

  it('waits for the card that it belongs under, and not for ever', async () => {
    const id = await openShow(rig);
    await follow({ numbers: 5 });
    await end(id);
    await pass(8 * minute);
    expect(snapshots(rig.platform.shown)).toEqual([]);
    const now = instant(rig.clock.now() + minute);
    const lane = { platform: 'terminal', tenant: channel.tenant };
    const left = await rig.store.claimNotices(lane, { owner: 'test', now, lease: minute, limit: 100 });
    expect(left.filter(({ key }) => key.includes('C2'))).toEqual([]);
  });

  it('takes its turn with everything else that goes out', async () => {
    const allowance = { channel: { perMinute: 60, burst: 60 }, tenant: { perMinute: 60, burst: 60 } };
    const none = { channel: { perMinute: 0.001, burst: 0 }, tenant: { perMinute: 0.001, burst: 0 } };
    await follow({ numbers: 1 });
    await openShow(rig);
    expect(hows(snapshots(await pass(2 * minute)))).toEqual(['thread']);
    Object.assign(rig.platform, { allowances: { post: allowance, update: none } });
    expect(snapshots(await pass(5 * minute))).toEqual([]);
    Object.assign(rig.platform, { allowances: undefined });
  });

  it('says so once when the account has no real-time reports, which are asked for once an hour', async () => {
    await rig.stop();
    rig = await openRig({
      reports: {
        audienceNow: async () => {
          asked += 1;
          return { kind: 'lacking', why: 'not in the account' };
        },
      },
    });
    await follow({ numbers: 5 });
    await openShow(rig);
    const [only, ...more] = snapshots(await pass(50 * minute));
    expect(more).toEqual([]);
    expect(words(only)).toContain('This Kaltura account has no real-time reports');
    expect(asked).toBe(1);
    await pass(15 * minute);
    expect(asked).toBe(2);
  });
});

describe('the card of those who run the show', () => {
  it('says how many watch, and is edited for it no more than every five minutes', async () => {
    const id = await openShow(rig);
    const edits = (await pass(16 * minute)).filter((one) => one.channel === 'C1' && one.how === 'update');
    expect(edits.length).toBeGreaterThanOrEqual(2);
    expect(edits.length).toBeLessThanOrEqual(4);
    expect(words(edits.at(-1))).toMatch(/Viewers: 100 \(/);
    const after = (await end(id)).filter((one) => one.channel === 'C1' && one.how === 'update');
    expect(after.map((one) => wordsOf(one.view)).join()).toMatch(/Peak: 100 viewers \(/);
  });
});

describe('sampling', () => {
  it('asks once a minute for all webcasts that are live', async () => {
    await openShow(rig);
    const before = asked;
    for (let looks = 0; looks < 60; looks++) {
      rig.clock.advance(10_000);
      await rig.live.settle();
    }
    expect(asked - before).toBe(10);
  });

  it('asks nothing while nobody is live', async () => {
    await rig.plan();
    await pass(5 * minute);
    expect(asked).toBe(0);
  });

  it('is done by one of several replicas', async () => {
    await openShow(rig);
    const { store, clock } = rig;
    const kaltura = { reportsUnasked: { ...rig.gateway.reportsUnasked, ...counting } };
    const replicas = [1, 2, 3].map(() => createSampler({ store, kaltura, clock, log: silent }));
    const before = asked;
    for (let rounds = 0; rounds < 30; rounds++) {
      rig.clock.advance(10_000);
      await Promise.all(replicas.map((one) => one.round()));
    }
    expect(asked - before).toBeLessThanOrEqual(5);
    expect(asked - before).toBeGreaterThanOrEqual(4);
  });

  it('that fails is logged and done again, and everything else goes on', async () => {
    await follow({ numbers: 1 });
    failing = () => Promise.reject(new BotError('unavailable', 'Kaltura is away.', ''));
    const id = await openShow(rig);
    await pass(3 * minute);
    await rig.encoder.drop(id);
    const shown = await pass(minute);
    expect(shown.map(({ view }) => view.summary)).toContain('Q3 Town Hall: Interrupted: no picture arrives');
    failing = undefined;
    expect(snapshots(await pass(2 * minute)).length).toBeGreaterThan(0);
  });

  it('that hangs delays no look and no card', async () => {
    const id = await openShow(rig);
    await pass(minute);
    let release = () => {};
    const reached = new Promise<void>((resolve) => {
      failing = () => {
        resolve();
        return new Promise((_resolve, reject) => {
          release = () => reject(new BotError('unavailable', 'Kaltura did not answer.', ''));
        });
      };
    });
    rig.clock.advance(minute);
    const hanging = rig.live.settle();
    await reached;
    await rig.encoder.drop(id);
    const from = rig.platform.shown.length;
    for (let looks = 0; looks < 3; looks++) {
      rig.clock.advance(6000);
      await rig.live.settle();
    }
    expect(rig.platform.shown.slice(from).map(({ view }) => view.summary)).toContain(
      'Q3 Town Hall: Interrupted: no picture arrives',
    );
    release();
    await hanging;
  });
});
