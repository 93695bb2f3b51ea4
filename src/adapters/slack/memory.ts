import type { Clock } from '../../core/ports.js';

/** Answers that are kept for a while. */
export interface Memory<T> {
  /** Gives the answer that is kept, or asks; callers at the same time share one question, and a failure is not kept. */
  get(key: string, ask: () => Promise<T>): Promise<T>;
  forget(key: string): void;
}

/** Keeps answers for a lifetime in milliseconds, at most so many: those that were not used for the longest time go first. */
export function createMemory<T>(clock: Clock, lifetime: number, most: number): Memory<T> {
  const kept = new Map<string, { readonly until: number; readonly answer: Promise<T> }>();
  return {
    get(key, ask) {
      const found = kept.get(key);
      if (found && found.until > clock.now()) {
        // A map keeps the order in which its keys came.
        kept.delete(key);
        kept.set(key, found);
        return found.answer;
      }
      const answer = ask();
      kept.delete(key);
      kept.set(key, { until: clock.now() + lifetime, answer });
      answer.catch(() => {
        if (kept.get(key)?.answer === answer) kept.delete(key);
      });
      const oldest = kept.keys().next();
      if (kept.size > most && !oldest.done) kept.delete(oldest.value);
      return answer;
    },
    forget: (key) => void kept.delete(key),
  };
}
