import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EntryId } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';
import { passIn } from './days.js';

const minute = 60_000;
let rig: Rig;
beforeEach(async () => {
  rig = await openRig({ kaltura: { recordingReadyAfter: 60 } });
});
afterEach(() => rig.stop());

const pass = (milliseconds: number) => passIn(rig, 10_000, milliseconds);

async function goLive(id: EntryId): Promise<void> {
  await rig.encoder.start(id);
  await pass(minute);
  await rig.say(`golive ${id} --yes`);
  await rig.live.settle();
}

async function end(id: EntryId): Promise<void> {
  await rig.say(`end ${id} --yes`);
  await rig.encoder.stop(id);
  await rig.live.settle();
}

const cuePoint = z.object({ entryId: z.string(), title: z.string(), startTime: z.number(), subType: z.number() });

async function chapters(entries: readonly EntryId[]): Promise<readonly z.output<typeof cuePoint>[]> {
  const { objects } = await rig.raw('cuepoint_cuepoint', 'list', {
    filter: { objectType: 'KalturaCuePointFilter', entryIdIn: entries.join(','), orderBy: '+startTime' },
  });
  return objects.map((one) => cuePoint.parse(one));
}

const parts = async (id: EntryId) => (await rig.gateway.recordings(id)).map((part) => part.id);
const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000);

describe('a mark', () => {
  it('becomes a chapter of the recording at its time into the show', async () => {
    const id = await rig.plan();
    await goLive(id);
    await pass(5 * minute);
    await rig.say(`mark "CFO numbers" --webcast ${id}`);
    await pass(5 * minute);
    await end(id);
    await pass(3 * minute);
    const [only] = await parts(id);
    expect(await chapters([only as EntryId])).toEqual([
      { entryId: only, title: 'CFO numbers', startTime: expect.any(Number), subType: 2 },
    ]);
    const [chapter] = await chapters([only as EntryId]);
    expect(Math.abs(seconds(chapter?.startTime ?? 0) - 300)).toBeLessThanOrEqual(2);
    const [shown] = await rig.say(`recording ${id}`);
    expect(shown && wordsOf(shown.view)).toMatch(/- 5:0\d CFO numbers/);
    expect(JSON.stringify(shown?.view)).toMatch(new RegExp(`entry_id=${only}&kalturaStartTime=30\\d`));
    expect(await rig.read(`report ${id}`)).toContain('CFO numbers');
  });

  it('after a drop lies where the second part has it, and one in the drop where that part begins', async () => {
    const id = await rig.plan();
    await goLive(id);
    await pass(4 * minute);
    await rig.say(`mark Welcome --webcast ${id}`);
    await pass(minute);
    await rig.encoder.drop(id);
    await pass(2 * minute);
    await rig.say(`mark "Still dark" --webcast ${id}`);
    await pass(3 * minute);
    await goLive(id);
    await pass(6 * minute);
    await rig.say(`mark Questions --webcast ${id}`);
    await pass(minute);
    await end(id);
    await pass(3 * minute);
    const [first, second, ...more] = await parts(id);
    expect(more).toEqual([]);
    expect(await chapters([first as EntryId])).toMatchObject([{ title: 'Welcome', startTime: expect.any(Number) }]);
    const [dark, questions] = await chapters([second as EntryId]);
    expect(dark).toMatchObject({ title: 'Still dark', startTime: 0 });
    expect(questions?.title).toBe('Questions');
    expect(Math.abs(seconds(questions?.startTime ?? 0) - 360)).toBeLessThanOrEqual(12);
  });

  it('after a drop that was short leaves out the time without a picture', async () => {
    const id = await rig.plan();
    await goLive(id);
    await pass(3 * minute);
    await rig.encoder.drop(id);
    await pass(minute);
    await goLive(id);
    await pass(2 * minute);
    await rig.say(`mark Questions --webcast ${id}`);
    await pass(minute);
    await end(id);
    await pass(3 * minute);
    const [only, ...more] = await parts(id);
    expect(more).toEqual([]);
    const [chapter] = await chapters([only as EntryId]);
    expect(Math.abs(seconds(chapter?.startTime ?? 0) - 300)).toBeLessThanOrEqual(15);
  });

  it('is made a chapter once, also when a crash hid that it was made', async () => {
    const id = await rig.plan();
    await goLive(id);
    await pass(minute);
    await rig.say(`mark "CFO numbers" --webcast ${id}`);
    await pass(minute);
    await end(id);
    await pass(3 * minute);
    const [mark] = await rig.store.marks(id, 1);
    expect(mark?.chapter).toBeDefined();
    if (mark) await rig.store.postponeMarks([{ ...mark, chapter: undefined }], rig.clock.now(), false);
    await pass(minute);
    expect(await chapters(await parts(id))).toHaveLength(1);
    expect((await rig.store.marks(id, 1))[0]?.chapter).toEqual(mark?.chapter);
  });

  it('is tried again when Kaltura fails, and not asked for in between', async () => {
    const id = await rig.plan();
    await goLive(id);
    await pass(minute);
    await rig.say(`mark "CFO numbers" --webcast ${id}`);
    await rig.control('faults', { kind: 'http', on: 'cuepoint_cuepoint.add', times: 3, status: 502 });
    await end(id);
    await pass(3 * minute);
    await pass(3 * minute);
    expect(await chapters(await parts(id))).toHaveLength(1);
    const idle = await rig.roundTrips(() => pass(2 * minute));
    expect(idle.flat()).not.toContain('cuepoint_cuepoint.add');
  });

  it('stands on the card after the show, with the way to it', async () => {
    const id = await rig.plan();
    await goLive(id);
    await pass(minute);
    await rig.say(`mark "CFO *numbers* <!channel>" --webcast ${id}`);
    await pass(minute);
    await end(id);
    await pass(3 * minute);
    const card = rig.platform.shown.findLast(({ view }) => view.summary.includes('the recording is ready'));
    expect(card && wordsOf(card.view)).toContain('CFO *numbers* <!channel>');
    expect(JSON.stringify(card?.view)).toContain('kalturaStartTime=60');
  });
});
