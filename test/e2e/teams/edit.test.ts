import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Dialog } from '../../doubles/teams/index.js';
import { dialogOf } from './dialog.js';
import { type Rig, startRig } from './rig.js';

describe('the form of edit', () => {
  let rig: Rig;
  let id: string;
  const alex = () => rig.person();

  beforeAll(async () => {
    rig = await startRig({ channels: ['Webcasts', 'Planning'] });
    ({ id } = await rig.plan('Webcasts', 'Town hall'));
  });

  afterAll(async () => rig.stop());

  async function open(line: string, place = 'Webcasts'): Promise<Dialog> {
    const offer = await rig.answered(place, () => alex().says(`@Webcast ${line}`, { in: place }));
    return dialogOf(await alex().presses(offer, 'Open the form'));
  }

  it("holds what the channel's webcast is", async () => {
    const dialog = await open('edit');
    expect(dialog.title).toBe('Edit a webcast');
    expect(alex().holds(dialog)).toMatchObject({
      name: 'Town hall',
      preview: 'true',
      dvr: 'true',
      dvrWindow: '60',
      recording: 'per-session',
    });
    await alex().closes(dialog);
  });

  it('sends what was changed in it and nothing else', async () => {
    const dialog = await open(`edit ${id}`);
    alex().fills(dialog, { name: 'Grand **hall**', dvr: false });
    await alex().submits(dialog);
    const answer = await rig.saying('Webcasts', 'is changed');
    const words = rig.words(answer);
    expect(words).toContain('DVR');
    expect(words).not.toContain('Recording');
    expect(words).not.toContain('Start');
    expect(await rig.kaltura.entries('Grand **hall**')).toEqual([id]);
  });

  it('comes back with what was filled in when a field is wrong', async () => {
    const dialog = await open(`edit ${id}`);
    alex().fills(dialog, { name: '\u0007', description: 'Kept' });
    const again = dialogOf(await alex().submits(dialog));
    expect(alex().reads(again).join('\n')).toContain('control character');
    expect(alex().holds(again)).toMatchObject({ description: 'Kept' });
    alex().fills(again, { name: 'Town hall' });
    await alex().submits(again);
    await rig.saying('Webcasts', 'Town hall is changed');
  });

  it('asks for the webcast where the channel has none, and then shows that one', async () => {
    const choosing = await open('edit', 'Planning');
    expect(Object.keys(alex().holds(choosing))).not.toContain('name');
    alex().fills(choosing, { webcast: id });
    const dialog = dialogOf(await alex().submits(choosing));
    expect(alex().holds(dialog)).toMatchObject({ name: 'Town hall' });
    await alex().closes(dialog);
  });
});
