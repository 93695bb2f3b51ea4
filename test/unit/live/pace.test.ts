import { describe, expect, it } from '@jest/globals';
import type { Allowances, Place } from '../../../src/core/ports.js';
import { createPace } from '../../../src/live/pace.js';
import { createTestClock } from '../../rig/clock.js';

const allowances: Allowances = {
  post: { channel: { perMinute: 60, burst: 2 }, tenant: { perMinute: 120, burst: 3 } },
  update: { channel: { perMinute: 60, burst: 1 }, tenant: { perMinute: 60, burst: 1 } },
};
const place = (channel: string, tenant = 'T1'): Place => ({ tenant, channel, direct: false });

describe('the pace of messages', () => {
  it('lets a burst through, and then says how long to wait', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = () => pace.take('slack', place('C1'), 'post', allowances);
    expect([post(), post()]).toEqual([0, 0]);
    expect(post()).toBe(1000);
    clock.advance(999);
    expect(post()).toBe(1);
    clock.advance(1);
    expect(post()).toBe(0);
  });

  it('counts a workspace as a whole beside its channels', () => {
    const pace = createPace(createTestClock());
    const post = (channel: string, tenant?: string) => pace.take('slack', place(channel, tenant), 'post', allowances);
    expect([post('C1'), post('C2'), post('C3'), post('C4')]).toEqual([0, 0, 0, 500]);
    expect(post('C1', 'T2')).toBe(0);
  });

  it('takes nothing from a bucket while another one is empty', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = (channel: string) => pace.take('slack', place(channel), 'post', allowances);
    post('C1');
    post('C1');
    for (let tries = 0; tries < 5; tries++) expect(post('C1')).toBeGreaterThan(0);
    expect(post('C2')).toBe(0);
  });

  it('keeps posts and edits apart', () => {
    const pace = createPace(createTestClock());
    expect(pace.take('slack', place('C1'), 'update', allowances)).toBe(0);
    expect(pace.take('slack', place('C1'), 'update', allowances)).toBe(1000);
    expect(pace.take('slack', place('C1'), 'post', allowances)).toBe(0);
  });

  it('rests a key as long as the platform asked, and no other key', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    pace.hold('slack', place('C1'), 'post', 30_000);
    expect(pace.take('slack', place('C1'), 'post', undefined)).toBe(30_000);
    expect(pace.take('slack', place('C1'), 'update', undefined)).toBe(0);
    expect(pace.take('slack', place('C2'), 'post', undefined)).toBe(0);
    clock.advance(30_000);
    expect(pace.take('slack', place('C1'), 'post', undefined)).toBe(0);
  });

  it('takes the refusal of one channel for its own limit: it rests, and is given half from then on', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = (channel: string) => pace.take('slack', place(channel), 'post', allowances);
    expect(post('C1')).toBe(0);
    pace.refused('slack', place('C1'), 'post', 5000);
    expect(post('C1')).toBe(5000);
    expect(post('C2')).toBe(0);
    clock.advance(5000);
    expect([post('C1'), post('C1')]).toEqual([0, 2000]);
  });

  it('takes the refusal of two channels for the limit of their workspace, which rests and is given half', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = (channel: string, tenant?: string) => pace.take('slack', place(channel, tenant), 'post', allowances);
    expect([post('C1'), post('C2')]).toEqual([0, 0]);
    pace.refused('slack', place('C1'), 'post', 4000);
    pace.refused('slack', place('C2'), 'post', 5000);
    expect(post('C3')).toBe(5000);
    expect(pace.restOfWorkspace('slack', place('C3'), 'post', allowances)).toBe(5000);
    expect(pace.take('slack', place('C3'), 'update', allowances)).toBe(0);
    expect(post('C3', 'T2')).toBe(0);
    clock.advance(5000);
    expect([post('C3'), post('C4')]).toEqual([0, 1000]);
  });

  it('learns once of calls that were under way together, and rests as long as the last of them says', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = (channel: string) => pace.take('slack', place(channel), 'post', allowances);
    for (const channel of ['C1', 'C2', 'C3', 'C4']) pace.refused('slack', place(channel), 'post', 5000);
    pace.refused('slack', place('C5'), 'post', 7000);
    expect(post('C6')).toBe(7000);
    clock.advance(7000);
    expect([post('C6'), post('C7')]).toEqual([0, 999]);
  });

  it('gives a workspace that refuses again and again ever less, and within an hour all of it again', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = (channel: string) => pace.take('slack', place(channel), 'post', allowances);
    const refuse = () => {
      for (const channel of ['C1', 'C2']) pace.refused('slack', place(channel), 'post', 1000);
      clock.advance(1000);
      return [post('C3'), post('C4')];
    };
    expect([refuse(), refuse(), refuse()]).toEqual([
      [0, 1000],
      [0, 2000],
      [0, 4000],
    ]);
    clock.advance(3_600_000);
    expect(['C5', 'C6', 'C7', 'C8'].map(post)).toEqual([0, 0, 0, 500]);
  });

  it('does not lay two refusals to the workspace that have a minute between them', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    pace.refused('slack', place('C1'), 'post', 1000);
    clock.advance(61_000);
    pace.refused('slack', place('C2'), 'post', 1000);
    expect(pace.take('slack', place('C3'), 'post', allowances)).toBe(0);
  });

  it('gives nothing for a clock that was set back, and goes on from there', () => {
    const clock = createTestClock();
    const pace = createPace(clock);
    const post = () => pace.take('slack', place('C1'), 'post', allowances);
    post();
    post();
    clock.advance(-3_600_000);
    expect(post()).toBe(1000);
    clock.advance(1000);
    expect(post()).toBe(0);
  });
});
