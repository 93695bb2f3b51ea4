import { describe, expect, it } from '@jest/globals';
import { createErrands } from '../../../src/live/errands.js';
import { createTestClock } from '../../rig/clock.js';

describe('an errand', () => {
  it('is under way until it is done, and asks once however many want to know', async () => {
    let asked = 0;
    const errands = createErrands<number>(createTestClock());
    const ask = async () => {
      asked += 1;
      return 7;
    };
    expect(errands.send('a', ask)).toEqual({ kind: 'under way' });
    expect(errands.send('a', ask)).toEqual({ kind: 'under way' });
    await errands.idle();
    expect(errands.send('a', ask)).toEqual({ kind: 'done', value: 7 });
    expect(asked).toBe(1);
  });

  it('tells a failure once, and asks anew after that', async () => {
    const errands = createErrands<number>(createTestClock());
    const fail = () => Promise.reject(new Error('away'));
    errands.send('a', fail);
    await errands.idle();
    expect(errands.send('a', fail)).toEqual({ kind: 'failed', error: new Error('away') });
    expect(errands.send('a', async () => 1)).toEqual({ kind: 'under way' });
    await errands.idle();
    expect(errands.send('a', fail)).toEqual({ kind: 'done', value: 1 });
  });

  it('is forgotten when it is old, or when that is asked for', async () => {
    const clock = createTestClock();
    const errands = createErrands<number>(clock);
    for (const key of ['a', 'b']) errands.send(key, async () => 1);
    await errands.idle();
    errands.forget('a');
    expect(errands.send('a', async () => 2)).toEqual({ kind: 'under way' });
    clock.advance(121_000);
    expect(errands.send('b', async () => 2)).toEqual({ kind: 'under way' });
    await errands.idle();
  });
});
