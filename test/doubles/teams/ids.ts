import { createHash } from 'node:crypto';
import type { Clock } from './platform.js';

export interface Ids {
  /** The next GUID of a purpose: the same in every run. */
  guid(purpose: string): string;
  /** The next message id: milliseconds since the epoch, never twice. */
  message(): string;
  /** The next text id, such as `29:1synthetic-0001`. */
  next(prefix: string): string;
}

/** Counts ids per double, so that tests see the same ids in every run under the same clock. */
export function createIds(clock: Clock): Ids {
  const counters = new Map<string, number>();
  let lastMessage = 0;
  const count = (key: string): number => {
    const value = (counters.get(key) ?? 0) + 1;
    counters.set(key, value);
    return value;
  };
  return {
    guid(purpose) {
      const hex = createHash('sha256')
        .update(`${purpose} ${count(purpose)}`)
        .digest('hex');
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
    },
    message() {
      lastMessage = Math.max(lastMessage + 1, Math.floor(clock.now()));
      return String(lastMessage);
    },
    next: (prefix) => `${prefix}${String(count(prefix)).padStart(4, '0')}`,
  };
}
