import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';

/** How a webcast reaches its viewers, as the crew sees to it in Teams. */
describe('the way to the viewers', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig({ channels: ['Webcasts'] });
    await rig.plan('Webcasts', 'Town hall');
  });

  afterAll(async () => rig.stop());

  const ask = async (line: string) =>
    rig.words(await rig.answered('Webcasts', () => rig.person().says(`@Webcast ${line}`, { in: 'Webcasts' })));

  it('is a React component', async () => {
    expect(await ask('embed --as react')).toContain('export function Webcast()');
  });

  it('is a session from a server of theirs when it is protected', async () => {
    expect(await ask('embed --protected')).toContain('KALTURA_USER_SECRET');
  });

  it('is tried as they would go it', async () => {
    expect(await ask('access')).toContain('Everybody with the link can open it.');
  });
});
