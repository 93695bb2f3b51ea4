import { createHash } from 'node:crypto';

export interface Ids {
  /** The next id of a kind, such as U0000000001: the same in every run. */
  next(prefix: string): string;
  /** The next hexadecimal secret: the same in every run. */
  secret(purpose: string, length: number): string;
}

/** Counts ids per double, so that tests see the same ids in every run. */
export function createIds(): Ids {
  const counters = new Map<string, number>();
  const count = (key: string): number => {
    const value = (counters.get(key) ?? 0) + 1;
    counters.set(key, value);
    return value;
  };
  return {
    next: (prefix) => `${prefix}${String(count(prefix)).padStart(10, '0')}`,
    secret: (purpose, length) =>
      createHash('sha256')
        .update(`${purpose} ${count(purpose)}`)
        .digest('hex')
        .slice(0, length),
  };
}
