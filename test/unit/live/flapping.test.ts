import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { follow, pass, place, told } from './days.js';

/** Drops and returns thirty times within ten minutes, as a bad line does. */
describe('a stream that flaps', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.stop());

  it('is announced once, tells its crew a few times, and edits each card about once for each drop', async () => {
    await follow(rig, { place: place('town') });
    await follow(rig, { place: place('crew'), side: 'crew' });
    const id = await rig.plan('--duration 60 --no-preview');
    await rig.encoder.start(id);
    await pass(rig, 20);
    const from = rig.platform.shown.length;
    for (let drops = 0; drops < 30; drops++) {
      await rig.encoder.drop(id);
      await pass(rig, 11);
      await rig.encoder.start(id);
      await pass(rig, 9);
    }
    await pass(rig, 60);
    const all = told(rig.platform.shown);
    expect(all.filter((line) => line.startsWith('post') && line.includes('town'))).toHaveLength(1);
    const meanwhile = told(rig.platform.shown.slice(from));
    const edits = (where: string) => meanwhile.filter((line) => line.startsWith(`update ${where}`)).length;
    process.stdout.write(
      `30 drops in 10 minutes: ${edits('town')} edits of a card, ${meanwhile.filter((line) => line.startsWith('thread crew')).length} replies to the crew\n`,
    );
    expect(meanwhile.filter((line) => line.startsWith('post'))).toEqual([]);
    expect(edits('town')).toBeLessThanOrEqual(36);
    expect(meanwhile.filter((line) => line.startsWith('thread crew')).length).toBeLessThanOrEqual(8);
    expect(rig.platform.shown.findLast((one) => one.channel === 'town')?.view.summary).toBe('Q3 Town Hall: Live');
  }, 60_000);
});

describe('a picture that goes', () => {
  let rig: Rig;
  let id: EntryId;
  beforeEach(async () => {
    rig = await openRig();
    await follow(rig, { place: place('crew'), side: 'crew' });
    id = await rig.plan('--duration 240 --no-preview');
    await rig.encoder.start(id);
    await pass(rig, 20);
  });
  afterEach(() => rig.stop());

  const card = () => rig.platform.shown.findLast(({ how }) => how !== 'thread');
  const lamps = () => JSON.stringify(card()?.view.nodes.find(({ kind }) => kind === 'lamps'));
  async function losePicture(seconds: number): Promise<readonly string[]> {
    await rig.encoder.drop(id);
    const shown = await pass(rig, seconds);
    await rig.encoder.start(id);
    return told([...shown, ...(await pass(rig, 15))]).filter((line) => line.includes(' crew '));
  }

  it('is on the lamps at the first look, and called a drop by the second', async () => {
    await rig.encoder.drop(id);
    await pass(rig, 5);
    expect(lamps()).toContain('do not see it');
    expect(card()?.view.summary).toBe('Q3 Town Hall: Live');
    await pass(rig, 5);
    expect(card()?.view.summary).toBe('Q3 Town Hall: Interrupted: no picture arrives');
  });

  it('and is back by the next look three times is a stream that flaps: the lamps wait for what lasts', async () => {
    for (let times = 0; times < 3; times++) expect(await losePicture(5)).toHaveLength(2);
    expect(await losePicture(5)).toEqual([]);
  });

  it('is told to the crew at once again when the stream has been steady for ten minutes', async () => {
    const losses = async () => (await losePicture(20)).filter((line) => line.startsWith('thread crew'));
    for (let times = 0; times < 3; times++) expect(await losses()).toHaveLength(2);
    expect(await losses()).toEqual([]);
    await pass(rig, 10 * 60);
    expect(await losses()).toHaveLength(2);
  }, 60_000);
});
