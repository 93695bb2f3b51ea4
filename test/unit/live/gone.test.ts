import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { follow, minute, pass, place, told, uncounted } from './days.js';

describe('a webcast that is deleted in Kaltura', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig({ reports: uncounted });
    id = await rig.plan('--duration 60');
    await follow(rig, { reminders: [2] });
  });
  afterEach(() => rig.stop());

  const passMinutes = async (minutes: number) => {
    const from = rig.platform.shown.length;
    for (let passed = 0; passed < minutes; passed++) {
      rig.clock.advance(minute);
      await rig.live.settle();
    }
    return rig.platform.shown.slice(from);
  };
  const card = (where: string) => {
    const shown = rig.platform.shown.findLast(({ how, channel }) => how === 'update' && channel === where);
    return shown ? wordsOf(shown.view) : '';
  };

  it('before its start says so on its card, which offers nothing any more, and reminds nobody', async () => {
    await pass(rig, 20);
    await rig.ask('liveStream', 'delete', { entryId: id });
    const shown = await passMinutes(30);
    expect(told(shown)).toEqual(['update C1 Q3 Town Hall: deleted']);
    expect(card('C1')).toContain('This webcast was deleted');
    expect(card('C1')).not.toContain('[');
  });

  it('while it was live ends when it was seen last, on its card and in its announcement', async () => {
    await follow(rig, { place: place('C2'), mode: 'flat' });
    await rig.encoder.start(id);
    await pass(rig, 20);
    await rig.gateway.goLive(id);
    await passMinutes(5);
    // Kaltura deletes none that is streaming.
    await rig.encoder.stop(id);
    await rig.ask('liveStream', 'delete', { entryId: id });
    const shown = await passMinutes(30);
    expect(told(shown).filter((line) => line.startsWith('post'))).toHaveLength(1);
    expect(told(shown)).toContain('update C2 Q3 Town Hall: deleted');
    expect(told(shown)).toContain('update C1 Was live: Q3 Town Hall');
    expect(card('C2')).toMatch(/Was live: .*4 min on air/);
    expect(await rig.store.running()).toEqual([]);
  });
});
