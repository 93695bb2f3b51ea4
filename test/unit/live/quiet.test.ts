import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Place } from '../../../src/core/ports.js';
import { type EntryId, entryIdSchema, instant } from '../../../src/core/webcast.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { wordsOf } from '../../rig/recorder.js';

const minute = 60_000;
const hour = 60 * minute;
const other: Place = { ...channel, channel: 'C2' };
let rig: Rig;
beforeEach(async () => {
  rig = await openRig({ kaltura: { recordingReadyAfter: 60 } });
});
afterEach(() => rig.stop());

/** Plans a show while the clocks of Berlin show 13:00 on 22 November, and has the other channel follow it. */
async function plan(start: string, rule: string): Promise<EntryId> {
  const shown = await rig.say(`create "Q3 Town Hall" --start "${start}" --duration 60 --zone Europe/Berlin`);
  const id = entryIdSchema.parse(/\b\d_[a-z0-9]{8}\b/.exec(JSON.stringify(shown))?.[0]);
  await rig.say(`subscribe ${id} ${rule}`, { place: other });
  await rig.live.settle();
  return id;
}

/** Lets time pass until then, and gives what the other channel was sent and edited, each with the time in Berlin. */
async function until(iso: string, step = 5 * minute): Promise<string[]> {
  const told: string[] = [];
  while (rig.clock.now() < Date.parse(iso)) {
    const from = rig.platform.shown.length;
    rig.clock.advance(Math.min(step, Date.parse(iso) - rig.clock.now()));
    await rig.live.settle();
    const clock = new Date(rig.clock.now() + hour).toISOString().slice(11, 16);
    for (const { how, view, channel: where } of rig.platform.shown.slice(from))
      if (where === 'C2' && (how !== 'update' || view.summary.includes(': Live')))
        told.push(`${clock} ${how} ${view.summary}`);
  }
  return told;
}

/** Shortly after the plan is made, so that stories are short; nights differ from them by the reading of hours alone. */
const quiet = '--quiet-hours 13:30-15:00';

describe('in quiet hours', () => {
  it('a reminder waits until they are over, and says then how much time is left', async () => {
    await plan('2026-11-22 16:00', `--remind 2h ${quiet}`);
    expect(await until('2026-11-22T14:30Z')).toEqual(['15:00 post Q3 Town Hall starts in 1 h']);
  });

  it('a reminder is dropped when the show was to begin before they end', async () => {
    await plan('2026-11-22 14:30', `--remind 45m,15m ${quiet}`);
    expect(await until('2026-11-22T14:30Z')).toEqual([]);
  });

  it('a reminder is dropped when a later one says it better', async () => {
    await plan('2026-11-22 15:45', `--remind 2h,45m ${quiet}`);
    expect(await until('2026-11-22T14:30Z')).toEqual(['15:00 post Q3 Town Hall starts in 45 min']);
  });

  it('the last reminder of a show that begins soon after them comes when they end', async () => {
    await plan('2026-11-22 15:04', `--remind 15m ${quiet}`);
    expect(await until('2026-11-22T14:03Z')).toEqual(['15:00 post Q3 Town Hall starts in 4 min']);
  });

  it('going live is told at once and calls nobody; outside of them it calls', async () => {
    const id = await plan('2026-11-22 14:00', `--remind off --mention U0123ABCD ${quiet}`);
    const goLive = async (at: string) => {
      await until(at);
      await rig.encoder.start(id);
      await until(new Date(Date.parse(at) + minute).toISOString(), 15_000);
      await rig.say(`golive ${id} --yes`);
      return until(new Date(Date.parse(at) + 2 * minute).toISOString(), 20_000);
    };
    const called = () =>
      rig.platform.shown
        .filter(({ how, view }) => how === 'post' && view.summary === 'Live now: Q3 Town Hall')
        .filter(({ channel: where }) => where === 'C2')
        .map(({ view }) => wordsOf(view).includes('@U0123ABCD'));
    expect(await goLive('2026-11-22T13:00:00Z')).toContain('14:01 post Live now: Q3 Town Hall');
    expect(called()).toEqual([false]);
    await rig.gateway.end(id);
    await rig.encoder.stop(id);
    await goLive('2026-11-22T14:30:00Z');
    expect(called()).toEqual([false, true]);
  });

  it('the crew is told of trouble, and the end waits', async () => {
    const id = await plan('2026-11-22 13:45', `--crew --mode flat --remind off ${quiet}`);
    await until('2026-11-22T12:45Z');
    await rig.encoder.start(id);
    await until('2026-11-22T12:46Z', 15_000);
    await rig.gateway.goLive(id);
    await until('2026-11-22T12:47Z', 15_000);
    await rig.encoder.drop(id);
    expect(await until('2026-11-22T12:48Z', 15_000)).toContain('13:47 post No picture: Q3 Town Hall');
    expect(await until('2026-11-22T13:59:59Z')).toEqual([]);
    expect(await until('2026-11-22T14:00Z')).toContain('15:00 post Ended: Q3 Town Hall');
  });

  it('a move is shown on the card and told when they end', async () => {
    const id = await plan('2026-11-24 15:00', `--mode flat --remind off ${quiet}`);
    await until('2026-11-22T12:40Z');
    const [note] = await rig.store.notes([id]);
    if (!note?.start || !note.end) throw new Error('There is no plan.');
    const moved = { start: instant(note.start + hour), end: instant(note.end + hour) };
    await rig.store.saveNote({ ...note, ...moved }, rig.clock.now());
    await rig.live.changed(id);
    const from = rig.platform.shown.length;
    await rig.live.settle();
    expect(rig.platform.shown.slice(from).filter(({ channel: where }) => where === 'C2')).toMatchObject([
      { how: 'update' },
    ]);
    expect(await until('2026-11-22T14:05Z')).toEqual(['15:00 post Moved: Q3 Town Hall']);
  });

  it('that are switched off what waited is told at once', async () => {
    const id = await plan('2026-11-24 15:00', `--mode flat --remind off ${quiet}`);
    await until('2026-11-22T12:40Z');
    const [note] = await rig.store.notes([id]);
    if (!note?.start) throw new Error('There is no plan.');
    await rig.store.saveNote({ ...note, start: instant(note.start + hour) }, rig.clock.now());
    await rig.live.changed(id);
    expect(await until('2026-11-22T13:00Z')).not.toContainEqual(expect.stringContaining('Moved'));
    await rig.say(`subscribe ${id} --mode flat --remind off`, { place: other });
    expect(await until('2026-11-22T13:05Z')).toEqual(['14:05 post Moved: Q3 Town Hall']);
  });

  it('that were switched off nothing waits', async () => {
    await plan('2026-11-22 16:00', '--remind 2h --quiet-hours off');
    expect(await until('2026-11-22T14:30Z')).toEqual(['14:00 post Q3 Town Hall starts in 2 h']);
  });
});

describe('reminders', () => {
  it('call by the last of them alone', async () => {
    await plan('2026-11-22 15:30', '--remind 2h,1h,15m --mention S0123ABCD');
    await until('2026-11-22T14:30Z');
    const calls = rig.platform.shown
      .filter(({ channel: where, view }) => where === 'C2' && view.summary.includes('starts in'))
      .map(({ view }) => [view.summary.slice(-6), wordsOf(view).includes('@S0123ABCD')]);
    expect(calls).toEqual([
      ['in 2 h', false],
      ['in 1 h', false],
      ['15 min', true],
    ]);
  });
});
