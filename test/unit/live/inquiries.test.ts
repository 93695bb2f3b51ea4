import { describe, expect, it } from '@jest/globals';
import { createInquiries } from '../../../src/live/inquiries.js';
import { createTestClock } from '../../rig/clock.js';

describe('an inquiry', () => {
  it('is under way until it is done, and asks once however many want to know', async () => {
    let asked = 0;
    const inquiries = createInquiries<number>(createTestClock());
    const ask = async () => {
      asked += 1;
      return 7;
    };
    expect(inquiries.send('a', ask)).toEqual({ kind: 'under way' });
    expect(inquiries.send('a', ask)).toEqual({ kind: 'under way' });
    await inquiries.idle();
    expect(inquiries.send('a', ask)).toEqual({ kind: 'done', value: 7 });
    expect(asked).toBe(1);
  });

  it('tells a failure once, and asks anew after that', async () => {
    const inquiries = createInquiries<number>(createTestClock());
    const fail = () => Promise.reject(new Error('away'));
    inquiries.send('a', fail);
    await inquiries.idle();
    expect(inquiries.send('a', fail)).toEqual({ kind: 'failed', error: new Error('away') });
    expect(inquiries.send('a', async () => 1)).toEqual({ kind: 'under way' });
    await inquiries.idle();
    expect(inquiries.send('a', fail)).toEqual({ kind: 'done', value: 1 });
  });

  it('is forgotten when it is old, or when that is asked for', async () => {
    const clock = createTestClock();
    const inquiries = createInquiries<number>(clock);
    for (const key of ['a', 'b']) inquiries.send(key, async () => 1);
    await inquiries.idle();
    inquiries.forget('a');
    expect(inquiries.send('a', async () => 2)).toEqual({ kind: 'under way' });
    clock.advance(121_000);
    expect(inquiries.send('b', async () => 2)).toEqual({ kind: 'under way' });
    await inquiries.idle();
  });
});
