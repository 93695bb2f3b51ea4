import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Allowances } from '../../../src/core/ports.js';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { pass, place, told, uncounted } from './days.js';

/** As Slack counts: many posts a minute, few edits. */
const allowances: Allowances = {
  post: { channel: { perMinute: 30, burst: 1 }, tenant: { perMinute: 585, burst: 6 } },
  update: { channel: { perMinute: 20, burst: 4 }, tenant: { perMinute: 24, burst: 6 } },
};
const towns = Array.from({ length: 24 }, (_, index) => place(`C${index + 10}`));

describe('going live in a workspace where many channels have a card', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig({ reports: uncounted });
    id = await rig.plan('--duration 60');
    for (const town of towns) {
      await rig.say(`subscribe ${id} --remind off`, { place: town });
    }
    await rig.encoder.start(id);
    await pass(rig, 20);
    Object.assign(rig.platform, { allowances });
    await rig.gateway.goLive(id);
  });
  afterEach(() => rig.stop());

  it('is told to all of them before any card waits for the pace of edits, and each card is edited once', async () => {
    const from = rig.platform.shown.length;
    const shown = () => rig.platform.shown.slice(from).map(({ how }) => how);
    await pass(rig, 15);
    expect(shown().filter((how) => how === 'post')).toHaveLength(25);
    expect(shown().slice(0, 25)).not.toContain('update');
    await pass(rig, 60);
    const edited = told(rig.platform.shown.slice(from)).filter((line) => line.startsWith('update'));
    expect(edited).toHaveLength(25);
    expect(new Set(edited).size).toBe(25);
  });
});
