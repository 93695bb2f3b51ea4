import type { Clock } from '../core/ports.js';

/** One that rests until there is something to do. */
interface Sleeper {
  /** Resolves after that many milliseconds, or as soon as the bell has rung since the last rest, or the signal aborts. */
  rest(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Ends the rest of all sleepers; a ring while one is at work ends its next rest at once. */
export interface Bell {
  ring(): void;
  addSleeper(): Sleeper;
}

export function createBell(clock: Clock): Bell {
  const sleepers = new Set<() => void>();
  return {
    ring() {
      for (const wake of sleepers) wake();
    },
    addSleeper() {
      let rung = false;
      let resting: AbortController | undefined;
      sleepers.add(() => {
        rung = true;
        resting?.abort();
      });
      return {
        async rest(milliseconds, signal) {
          const own = new AbortController();
          resting = own;
          try {
            if (!rung && !signal.aborted) await clock.wait(milliseconds, own.signal);
          } catch (error) {
            if (!own.signal.aborted) throw error;
          } finally {
            resting = undefined;
            rung = false;
          }
        },
      };
    },
  };
}
