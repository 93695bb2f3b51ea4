// The day on which the story of the pictures plays, so that they differ only where the program does.
import { createHash } from 'node:crypto';

export const zone = 'Europe/Berlin';

const start = Date.parse('2026-12-03T14:20:00+01:00');

/** A clock that begins on that day and runs on with the real one; skip moves it forward, in milliseconds. */
export function createStoryClock() {
  let ahead = start - Date.now();
  return {
    now: () => Date.now() + ahead,
    wait: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, milliseconds);
        const abort = () => {
          clearTimeout(timer);
          reject(signal.reason);
        };
        if (signal?.aborted) abort();
        signal?.addEventListener('abort', abort, { once: true });
      }),
    skip(milliseconds) {
      ahead += milliseconds;
    },
    /** Moves it forward to an hour of that day, such as 15:00 or 15:45:30. */
    reach(hour) {
      const at = Date.parse(`2026-12-03T${hour}+01:00`);
      if (at < Date.now() + ahead) throw new Error(`The story is past ${hour} already.`);
      ahead = at - Date.now();
    },
  };
}

/** Chance that gives the same bytes each time, so that ids stay the same from one run to the next. */
export function createStoryChance() {
  let drawn = 0;
  return {
    bytes(size) {
      let bytes = Buffer.alloc(0);
      while (bytes.length < size) {
        const more = createHash('sha256').update(`story ${drawn++}`).digest();
        bytes = Buffer.concat([bytes, more]);
      }
      return bytes.subarray(0, size);
    },
  };
}
