import type { Clock } from '../../core/ports.js';

/** What work gives, wrapped, when it is done within that many milliseconds; undefined when it goes on without us. */
export async function within<T>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  const enough = new AbortController();
  const late = clock.wait(milliseconds, enough.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    enough.abort();
  }
}
