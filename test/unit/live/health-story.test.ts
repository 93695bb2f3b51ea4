import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { type Shown, wordsOf } from '../../rig/recorder.js';

const minute = 60_000;
let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

/** Lets time pass in steps as short as the looks are apart; gives what was shown meanwhile. */
async function pass(milliseconds: number): Promise<readonly Shown[]> {
  const from = rig.platform.shown.length;
  for (let passed = 0; passed < milliseconds; passed += 5000) {
    rig.clock.advance(5000);
    await rig.live.settle();
  }
  return rig.platform.shown.slice(from);
}

const send = (change: object) => rig.control('encoders', { entryId: id, ...change });
const told = (shown: readonly Shown[]) => shown.map(({ how, view }) => `${how} ${view.summary}`);
const lamp = (shown: readonly Shown[]) =>
  shown.filter(({ how }) => how === 'update').map(({ view }) => /Encoder \(.*/.exec(wordsOf(view))?.[0]);

async function goOnAir(): Promise<void> {
  id = await rig.plan();
  await rig.encoder.start(id);
  await pass(15_000);
  await rig.say(`golive ${id} --yes`);
  await pass(minute);
}

describe('a picture that turns bad', () => {
  it('is told the crew once with advice, on its path, and shown by the lamp', async () => {
    await goOnAir();
    await send({ audio: false });
    const shown = await pass(2 * minute);
    expect(told(shown)).toEqual(['update Q3 Town Hall: Live', 'thread The picture suffers: Q3 Town Hall']);
    expect(lamp(shown)).toEqual(['Encoder (bad): picture arrives, no sound']);
    expect(wordsOf(shown[1]?.view ?? { summary: '', nodes: [] })).toContain('Main: No sound arrives. Check microphone');
    expect(told(await pass(10 * minute))).toEqual([]);
  });
});
