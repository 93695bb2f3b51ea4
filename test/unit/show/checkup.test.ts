import { describe, expect, it } from '@jest/globals';
import type { AccountCheckup } from '../../../src/core/checkup.js';
import { instant } from '../../../src/core/webcast.js';
import { accountChecks, checkupOf, clockCheck } from '../../../src/show/checkup.js';

const found = <T>(value: T) => ({ kind: 'found', value }) as const;
const refused = { kind: 'refused', code: 'SERVICE_FORBIDDEN' } as const;
const healthy: AccountCheckup = {
  session: found({ admin: true, user: '' }),
  clock: found({ theirs: instant(1_000_000), ours: instant(1_000_900) }),
  webcasts: found(3),
  permissions: found(['FEATURE_LIVE_STREAM_RECORD']),
  liveProfiles: found(2),
  players: found({ v7: 1, v2: 0 }),
  metadata: found(['KMS_KWEBCAST2', 'KMS_EVENTS3', 'Kaltura-QnA']),
  schedule: found(0),
  reports: found(true),
  realTime: found(true),
  health: found(0),
  studio: found(1),
};

describe('a checkup', () => {
  it('is well when everything was found', () => {
    expect(accountChecks(healthy).every(({ state }) => state === 'ok')).toBe(true);
  });

  it('says for each thing that is refused what works without it, and never calls it well', () => {
    const nothing: AccountCheckup = {
      ...healthy,
      session: refused,
      webcasts: refused,
      permissions: refused,
      liveProfiles: refused,
      players: refused,
      metadata: refused,
      schedule: refused,
      reports: refused,
      realTime: refused,
      health: refused,
      studio: refused,
    };
    const checks = accountChecks(nothing);
    expect(checks).toHaveLength(11);
    expect(checks.filter(({ state }) => state === 'ok')).toEqual([]);
    expect(checks.every(({ text }) => text.includes('SERVICE_FORBIDDEN'))).toBe(true);
  });

  it('names the metadata that is missing and what needs it', () => {
    const checks = accountChecks({ ...healthy, metadata: found(['KMS_EVENTS3']) });
    expect(checks.find(({ label }) => label === 'Event data')).toMatchObject({
      state: 'lacking',
      text: 'missing: KMS_KWEBCAST2 (the studio), Kaltura-QnA (questions)',
    });
  });

  it('finds a session broken that makes nothing', () => {
    const [session] = accountChecks({ ...healthy, session: found({ admin: false, user: 'x' }) });
    expect(session?.state).toBe('broken');
  });

  it('finds clocks that are half a minute apart broken', () => {
    expect(clockCheck(healthy).state).toBe('ok');
    const apart = { theirs: instant(0), ours: instant(31_000) };
    expect(clockCheck({ ...healthy, clock: found(apart) })).toMatchObject({ state: 'broken' });
  });

  it('puts the verdict first', () => {
    const checks = accountChecks({ ...healthy, reports: refused, webcasts: refused });
    expect(checkupOf([{ title: 'Kaltura', checks }]).summary).toBe('1 thing to mend');
  });
});
