import type { Allowance, Allowances, Clock, Place } from '../core/ports.js';
import { instant } from '../core/webcast.js';
import { createLearnt } from './learnt.js';

/** What a message costs: a post or an edit. */
export type Method = keyof Allowances;

interface Bucket {
  tokens: number;
  at: number;
}

/** How many buckets are kept before those that are full again are forgotten. */
const most = 10_000;
/** Two channels refused within so many milliseconds were not refused for what each of them had alone. */
const together = 60_000;

/** Spreads messages over time as the platforms' limits ask, for each channel and each workspace by itself. */
export interface Pace {
  /** Takes the right to one call; gives 0, or the milliseconds after which to ask again. */
  take(platform: string, place: Place, method: Method, allowances: Allowances | undefined): number;
  /** Milliseconds until the whole workspace may make such a call again, whatever its channels may. */
  restOfWorkspace(platform: string, place: Place, method: Method, allowances: Allowances | undefined): number;
  /** Lets the calls of this key alone rest. */
  hold(platform: string, place: Place, method: Method, milliseconds: number): void;
  /**
   * Takes to heart that the platform refused a call which the pace had let through, and asked to wait. The channel rests
   * so long; when another one was refused just before, the limit is the workspace's, and the whole of it does.
   */
  refused(platform: string, place: Place, method: Method, milliseconds: number): void;
}

/** Token buckets by the given clock; what people type does not pass through here. */
export function createPace(clock: Clock): Pace {
  const buckets = new Map<string, Bucket>();
  const held = new Map<string, { readonly from: number; readonly until: number }>();
  const refusals = new Map<string, { readonly channel: string; readonly at: number }>();
  const learnt = createLearnt(clock);
  const tenantKey = (platform: string, { tenant }: Place, method: Method) => JSON.stringify([platform, tenant, method]);
  const channelKey = (platform: string, { tenant, channel }: Place, method: Method) =>
    JSON.stringify([platform, tenant, channel, method]);

  function fill(key: string, { perMinute, burst }: Allowance): Bucket {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: burst, at: now };
    // A clock that was set back gives nothing, and takes nothing either.
    const passed = Math.max(0, now - bucket.at);
    bucket.tokens = Math.min(burst, bucket.tokens + (passed * perMinute) / 60_000);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket;
  }

  /** How long a key has to rest still, in milliseconds; a clock that was set back ends the rest. */
  function restOf(key: string): number {
    const { from, until } = held.get(key) ?? { from: 0, until: 0 };
    const now = clock.now();
    return now < from ? 0 : until - now;
  }

  /** How long until the bucket has a whole token; sums of fractions of one may miss it by a hair. */
  const waitFor = ({ tokens }: Bucket, { perMinute }: Allowance): number =>
    Math.max(0, Math.ceil((1 - tokens) * (60_000 / perMinute) - 1e-6));

  function forgetRested(): void {
    if (buckets.size <= most) return;
    const now = clock.now();
    for (const [key, { at }] of buckets) if (now - at > 120_000) buckets.delete(key);
    for (const [key, { until }] of held) if (until <= now) held.delete(key);
    for (const [key, { at }] of refusals) if (now - at > together) refusals.delete(key);
    learnt.forgetRecovered();
  }

  /** The bucket of a key as it is now, with what it is given. */
  function open(key: string, assumed: Allowance) {
    const limit = learnt.allowanceOf(key, assumed);
    return { bucket: fill(key, limit), limit };
  }

  /** Lets a key rest, and gives it less from then on; what was under way when it was told to rest teaches nothing new. */
  function learn(key: string, milliseconds: number): void {
    const before = restOf(key);
    const rest = Math.max(before, milliseconds);
    const until = instant(clock.now() + rest);
    rests(key, rest);
    // One call is what the platform has promised to take then.
    buckets.set(key, { tokens: 1, at: until });
    if (before <= 0) learnt.lower(key, until);
  }

  function rests(key: string, milliseconds: number): void {
    const from = clock.now();
    held.set(key, { from, until: from + milliseconds });
  }

  return {
    take(platform, place, method, allowances) {
      const own = channelKey(platform, place, method);
      const whole = tenantKey(platform, place, method);
      const rest = Math.max(restOf(own), restOf(whole));
      if (rest > 0) return rest;
      if (!allowances) return 0;
      forgetRested();
      const { channel, tenant } = allowances[method];
      const pairs = [open(own, channel), open(whole, tenant)];
      const wait = Math.max(...pairs.map(({ bucket, limit }) => waitFor(bucket, limit)));
      if (wait > 0) return wait;
      for (const { bucket } of pairs) bucket.tokens -= 1;
      return 0;
    },
    restOfWorkspace(platform, place, method, allowances) {
      const whole = tenantKey(platform, place, method);
      const rest = restOf(whole);
      if (rest > 0 || !allowances) return Math.max(0, rest);
      const { bucket, limit } = open(whole, allowances[method].tenant);
      return waitFor(bucket, limit);
    },
    hold(platform, place, method, milliseconds) {
      rests(channelKey(platform, place, method), milliseconds);
    },
    refused(platform, place, method, milliseconds) {
      const own = channelKey(platform, place, method);
      const whole = tenantKey(platform, place, method);
      const now = clock.now();
      const before = refusals.get(whole);
      const other = before !== undefined && before.channel !== place.channel && Math.abs(now - before.at) <= together;
      refusals.set(whole, { channel: place.channel, at: now });
      if (!other) return learn(own, milliseconds);
      rests(own, milliseconds);
      learn(whole, milliseconds);
    },
  };
}
