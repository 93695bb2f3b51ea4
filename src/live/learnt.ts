import type { Allowance, Clock } from '../core/ports.js';
import { type Instant, instant } from '../core/webcast.js';

/** How long it takes at most until as much is allowed again as was assumed, in milliseconds. */
const recovery = 3_600_000;
/** The least part of what was assumed; below it Retry-After alone says when to go on. */
const least = 1 / 32;

/** What platforms allow in truth where they do not tell it: half of what was refused, and slowly more again. */
export interface Learnt {
  /** What a key may be given now. */
  allowanceOf(key: string, assumed: Allowance): Allowance;
  /** Halves what a key is given from a moment on. */
  lower(key: string, from: Instant): void;
  /** Drops what has grown back whole. */
  forgetRecovered(): void;
}

/** Additive increase and multiplicative decrease, as networks find out what they carry. */
export function createLearnt(clock: Clock): Learnt {
  const lowered = new Map<string, { readonly share: number; readonly from: Instant }>();

  function shareOf(key: string, now: Instant): number {
    const known = lowered.get(key);
    if (!known) return 1;
    return Math.min(1, known.share + Math.max(0, now - known.from) / recovery);
  }

  return {
    allowanceOf(key, assumed) {
      const share = shareOf(key, clock.now());
      if (share === 1) return assumed;
      return { perMinute: assumed.perMinute * share, burst: Math.max(1, assumed.burst * share) };
    },
    lower(key, from) {
      lowered.set(key, { share: Math.max(least, shareOf(key, clock.now()) / 2), from });
    },
    forgetRecovered() {
      const now = instant(clock.now());
      for (const key of lowered.keys()) if (shareOf(key, now) === 1) lowered.delete(key);
    },
  };
}
