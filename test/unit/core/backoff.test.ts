import { describe, expect, it } from '@jest/globals';
import { createBackoff } from '../../../src/core/backoff.js';
import { createTestClock } from '../../rig/clock.js';

class Throttled extends Error {
  readonly wait: number;

  constructor(wait: number) {
    super('Slow down');
    this.wait = wait;
  }
}

function begin() {
  const clock = createTestClock();
  const waitAskedBy = (error: unknown) => (error instanceof Throttled ? error.wait : undefined);
  const { signal } = new AbortController();
  const backoff = createBackoff({ platform: 'Chat', waitAskedBy, clock, signal });
  /** A call that is refused with these waits, one after the other, before it goes through. */
  const refusedFor = (...waits: number[]) => {
    let calls = 0;
    return async () => {
      const wait = waits[calls];
      calls += 1;
      if (wait !== undefined) throw new Throttled(wait);
      return calls;
    };
  };
  return { clock, backoff, refusedFor };
}

describe('backing off', () => {
  it('waits as long as it was asked to and calls once more', async () => {
    const { clock, backoff, refusedFor } = begin();
    const before = clock.now();
    expect(await backoff.run('post', refusedFor(2000))).toBe(2);
    expect(clock.now() - before).toBe(2000);
  });

  it('says after how many milliseconds the platform takes the same again, when that is long', async () => {
    const { backoff, refusedFor } = begin();
    await expect(backoff.run('post', refusedFor(30_000))).rejects.toMatchObject({
      code: 'busy',
      message: 'Chat takes no more messages here for a moment.',
      hint: 'Try again in 30 s.',
      retryAfter: 30_000,
    });
  });

  it('says the second wait when it was refused twice', async () => {
    const { backoff, refusedFor } = begin();
    await expect(backoff.run('post', refusedFor(1000, 4000))).rejects.toMatchObject({ code: 'busy', retryAfter: 4000 });
  });

  it('makes no call of a key that rests, and lets the others through', async () => {
    const { clock, backoff, refusedFor } = begin();
    await expect(backoff.run('post', refusedFor(30_000))).rejects.toMatchObject({ code: 'busy' });
    clock.advance(10_000);
    const calls: string[] = [];
    await expect(backoff.run('post', async () => calls.push('post'))).rejects.toMatchObject({ retryAfter: 20_000 });
    await backoff.run('edit', async () => calls.push('edit'));
    expect(calls).toEqual(['edit']);
  });

  it('leaves other errors as they are', async () => {
    const { backoff } = begin();
    const other = new TypeError('other');
    await expect(backoff.run('post', () => Promise.reject(other))).rejects.toBe(other);
  });
});
