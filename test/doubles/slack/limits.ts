import type { Clock } from './platform.js';

export type Tier = 't1' | 't2' | 't3' | 't4' | 't5';

/** Calls per minute of each tier, per method and workspace; t5 is "special", held at a workspace-wide ceiling. */
const PER_MINUTE: Record<Tier, number> = { t1: 1, t2: 20, t3: 50, t4: 100, t5: 600 };
/** chat.postMessage: about one a second and channel, short bursts allowed. */
const POST_PER_SECOND = 1;
const POST_BURST = 5;
/** Slack promises "1+" for tier 1; an app that connects anew after a restart must get through. */
const LEAST_BURST = 3;

/** How strictly posts are counted in a whole workspace: so many a minute, and so many at once after a rest. */
export interface PostLimit {
  readonly perMinute: number;
  readonly burst: number;
}

export interface Limits {
  /** Takes one call out of its buckets; returns whole seconds to wait when one of them is empty. */
  take(teamId: string, method: string, tier: Tier | null, channel: string | undefined): number | undefined;
}

interface Bucket {
  tokens: number;
  at: number;
}

/** Keeps token buckets by the given clock: per method and workspace, and per channel for chat.postMessage. */
export function createLimits(clock: Clock, posts: PostLimit = { perMinute: 600, burst: 600 }): Limits {
  const buckets = new Map<string, Bucket>();

  function wait(key: string, capacity: number, perSecond: number): number {
    const now = clock.now();
    const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
    bucket.tokens = Math.min(capacity, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    buckets.set(key, bucket);
    return bucket.tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
  }

  function spend(key: string): void {
    const bucket = buckets.get(key);
    if (bucket !== undefined) bucket.tokens -= 1;
  }

  return {
    take(teamId, method, tier, channel) {
      if (tier === null) return undefined;
      const perMinute = PER_MINUTE[tier];
      const limit = method === 'chat.postMessage' ? posts : { perMinute, burst: Math.max(perMinute, LEAST_BURST) };
      const keys = [{ key: `${teamId} ${method}`, capacity: limit.burst, perSecond: limit.perMinute / 60 }];
      if (method === 'chat.postMessage' && channel !== undefined) {
        keys.push({ key: `${teamId} ${method} ${channel}`, capacity: POST_BURST, perSecond: POST_PER_SECOND });
      }
      const seconds = Math.max(...keys.map(({ key, capacity, perSecond }) => wait(key, capacity, perSecond)));
      if (seconds > 0) return seconds;
      for (const { key } of keys) spend(key);
      return undefined;
    },
  };
}
