import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { jobFor, lineOf, type Rig, startRig, whomOf } from './rig.js';

describe('what people write', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  it('is answered in the personal chat', async () => {
    await rig.alex.says('help');
    const card = await rig.shown(rig.alex, 'personal');
    expect(rig.alex.reads(card)).toContain('Done.');
    expect(rig.inbounds.map(lineOf)).toEqual(['help']);
    expect(rig.inbounds[0]).toMatchObject({
      place: { tenant: rig.tenant.id, direct: true },
      person: { id: rig.alex.aadObjectId, zone: 'Europe/Berlin' },
    });
  });

  it('R17 is answered privately in a group chat, to the one who wrote it', async () => {
    await rig.alex.says('@Webcast help', { in: 'Rehearsal' });
    const card = await rig.shown(rig.alex, 'Rehearsal');
    expect(card.targetedFor).toBe(rig.alex.id);
    expect(rig.megan.sees('Rehearsal').filter(({ author }) => author === 'bot')).toEqual([]);
  });

  it('is posted in the thread where it was asked', async () => {
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => {
      const ref = await platform.post(inbound.place, say('Hello'));
      await platform.update(ref, say('Hello again'));
    };
    const delivery = await rig.alex.says('@Webcast status', { in: 'Webcasts' });
    await rig.double.until('the edit', () => rig.double.calls('put').length === 1);
    const card = await rig.shown(rig.megan, 'Webcasts');
    expect(card.threadRoot).toBe(delivery.activity.id);
    expect(rig.megan.reads(card)).toContain('Hello again');
  });

  it('is run once however often it is delivered', async () => {
    const delivery = await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal');
    await rig.double.redeliver(delivery);
    await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal', 2);
    expect(rig.inbounds).toHaveLength(2);
  });

  it('shows its errors to the one who asked', async () => {
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => platform.whisper(whomOf(inbound), say('No such webcast'));
    await rig.alex.says('@Webcast status', { in: 'Webcasts' });
    const card = await rig.shown(rig.alex, 'Webcasts');
    expect(card.targetedFor).toBe(rig.alex.id);
  });
});
