import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type EntryId, type Instant, instant } from '../../../src/core/webcast.js';
import { openRig, type Rig } from '../../rig/index.js';

/** Days pass here in hundreds of looks. */
jest.setTimeout(90_000);

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
let rig: Rig;
afterEach(() => rig.stop());

/** Lets time pass in steps of half a minute to ten, as the loops would, and gives when each reminder came. */
async function pass(milliseconds: number, step = 5 * minute): Promise<string[]> {
  const told: string[] = [];
  for (let left = milliseconds; left > 0; left -= step) {
    const from = rig.platform.shown.length;
    rig.clock.advance(Math.min(step, left));
    await rig.live.settle();
    for (const { view } of rig.platform.shown.slice(from))
      if (view.summary.includes('starts in'))
        told.push(`${new Date(rig.clock.now()).toISOString().slice(5, 16)} ${view.summary}`);
  }
  return told;
}

async function planAt(words: string, zone = 'Europe/Berlin'): Promise<EntryId> {
  const shown = await rig.say(`create "Q3 Town Hall" --start "${words}" --zone ${zone}`);
  const id = /\b\d_[a-z0-9]{8}\b/.exec(JSON.stringify(shown))?.[0];
  if (!id) throw new Error('Nothing was planned.');
  await rig.live.settle();
  return id as EntryId;
}

async function move(id: EntryId, by: number): Promise<void> {
  const [note] = await rig.store.notes([id]);
  if (!note?.start) throw new Error('It has no start.');
  const later = (at: Instant | undefined) => (at === undefined ? undefined : instant(at + by));
  await rig.store.saveNote({ ...note, start: later(note.start), end: later(note.end) }, rig.clock.now());
  await rig.live.changed(id);
  await rig.live.settle();
}

describe('reminders', () => {
  beforeEach(async () => {
    rig = await openRig();
  });

  it('come a day and a quarter of an hour before, each once, and not those that were past when it was planned', async () => {
    await planAt('2026-11-24 15:00');
    expect(await pass(2 * day + 3 * hour)).toEqual([
      '11-23T14:00 Q3 Town Hall starts in 1 day',
      '11-24T13:45 Q3 Town Hall starts in 15 min',
    ]);
  });

  it('move with the webcast', async () => {
    const id = await planAt('2026-11-22 18:00');
    await move(id, 2 * hour);
    expect(await pass(8 * hour)).toEqual(['11-22T18:45 Q3 Town Hall starts in 15 min']);
  });

  it('come once when it is moved a little after one was sent, and again when it is moved far', async () => {
    const id = await planAt('2026-11-24 15:00');
    expect(await pass(day + 3 * hour)).toHaveLength(1);
    await move(id, 3 * hour);
    expect(await pass(4 * hour)).toEqual([]);
    await move(id, 2 * day);
    expect(await pass(2 * day)).toEqual(['11-25T17:00 Q3 Town Hall starts in 1 day']);
  });

  it('do not come while it is on air', async () => {
    const id = await planAt('2026-11-22 14:00');
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    expect(await pass(2 * hour)).toEqual([]);
  });

  it('do not come where they were switched off', async () => {
    const id = await planAt('2026-11-22 14:00');
    await rig.say(`subscribe ${id} --remind off`);
    expect(await pass(2 * hour)).toEqual([]);
  });

  it('do not come to a channel that has just unsubscribed', async () => {
    const id = await planAt('2026-11-22 14:00');
    await pass(40 * minute);
    await rig.say(`unsubscribe ${id}`);
    expect(await pass(hour)).toEqual([]);
  });

  it('that a pause of the bot made late say how much time is left', async () => {
    await planAt('2026-11-22 14:00');
    await pass(40 * minute);
    expect(await pass(10 * minute, 10 * minute)).toEqual(['11-22T12:50 Q3 Town Hall starts in 10 min']);
  });
});

describe('a day before a start on the other side of a change of clocks', () => {
  it.each([
    ['spring forward', '2026-03-28T12:00:00Z', '2026-03-29 15:00', '03-28T13:00'],
    ['fall back', '2026-10-24T11:00:00Z', '2026-10-25 15:00', '10-24T14:00'],
  ])('(%s) is 24 hours before it', async (_edge, now, start, expected) => {
    rig = await openRig();
    rig.clock.advance(Date.parse(now) - rig.clock.now());
    await planAt(start);
    expect(await pass(5 * hour)).toEqual([`${expected} Q3 Town Hall starts in 1 day`]);
  });
});
