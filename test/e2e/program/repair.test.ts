import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

describe('a webcast that Kaltura has made by half', () => {
  let rig: Rig;
  let id: string;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: ['events'] });
  });

  afterAll(async () => rig.stop());

  it('is planned all the same, and the planner alone is told what is missing', async () => {
    await rig.fault({ kind: 'blocked', on: 'metadata_metadata.add' });
    const told = await rig.whispered('events', async () => {
      ({ id } = await rig.plan('events', 'Half <made>'));
    });
    expect(wordsOf(told)).toContain('Half <made> is planned');
    expect(wordsOf(told)).toContain('Studio data');
    const done = await rig.whispered('events', () => ada().clicks(told, 'Repair'));
    expect(wordsOf(done)).toContain('is complete in Kaltura again');
    expect(wordsOf(await rig.ask(`/webcast repair ${id}`, 'events'))).toContain('needs no repair');
  });

  it('gets its speakers by typed lines, and loses one by a button', async () => {
    const added = await rig.ask('/webcast speaker add "Ada & <Lovelace>" --title Analyst', 'events');
    expect(wordsOf(added)).toContain('is in the line-up');
    const removed = await rig.whispered('events', () => ada().clicks(added, 'Remove Ada & <Lovelace>'));
    expect(wordsOf(removed)).toContain('Nobody is in the line-up.');
  });
});
