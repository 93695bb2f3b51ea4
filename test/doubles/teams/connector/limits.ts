import type { Clock } from '../platform.js';

export type LimitedOperation = 'send' | 'create' | 'members';

/** Calls allowed per number of seconds, for one bot in one conversation. */
const WINDOWS: Record<LimitedOperation, readonly (readonly [calls: number, seconds: number])[]> = {
  send: [
    [7, 1],
    [8, 2],
    [60, 30],
    [1_800, 3_600],
  ],
  create: [
    [7, 1],
    [8, 2],
    [60, 30],
    [1_800, 3_600],
  ],
  members: [
    [14, 1],
    [120, 30],
  ],
};
/** Calls of one app in one tenant. */
const PER_TENANT = [[30, 1]] as const;

export interface Limits {
  /** Counts one call; returns whole seconds to wait when a window is full. */
  take(tenantId: string, conversation: string, operation: LimitedOperation): number | undefined;
}

/** Keeps sliding windows by the given clock. */
export function createLimits(clock: Clock): Limits {
  const calls = new Map<string, number[]>();

  function wait(times: number[], windows: readonly (readonly [number, number])[]): number {
    const now = clock.now();
    const waits = windows.map(([most, seconds]) => {
      const inside = times.filter((time) => time > now - seconds * 1000);
      const oldest = inside.at(-most);
      return inside.length < most || oldest === undefined ? 0 : oldest + seconds * 1000 - now;
    });
    return Math.max(...waits);
  }

  const timesOf = (key: string): number[] => {
    const times = (calls.get(key) ?? []).filter((time) => time > clock.now() - 3_600_000);
    calls.set(key, times);
    return times;
  };

  return {
    take(tenantId, conversation, operation) {
      const tenant = timesOf(tenantId);
      const place = timesOf(`${tenantId} ${conversation} ${operation}`);
      const milliseconds = Math.max(wait(tenant, PER_TENANT), wait(place, WINDOWS[operation]));
      if (milliseconds > 0) return Math.max(1, Math.ceil(milliseconds / 1000));
      tenant.push(clock.now());
      place.push(clock.now());
      return undefined;
    },
  };
}
