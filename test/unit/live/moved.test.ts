import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Subscription } from '../../../src/core/subscription.js';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { type Shown, wordsOf } from '../../rig/recorder.js';
import { follow as followIn, passIn, place } from './days.js';

const minute = 60_000;
const hour = 60 * minute;
let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig({ calendarLink: (webcast) => `https://bot.test/calendar/${webcast}.ics` });
  const shown = await rig.say('create "Q3 Town Hall" --start "2026-11-22 18:00" --zone UTC');
  id = /\b\d_[a-z0-9]{8}\b/.exec(JSON.stringify(shown))?.[0] as EntryId;
  await rig.live.settle();
});
afterEach(() => rig.stop());

const follow = (name: string, facts: Partial<Subscription> = {}) =>
  followIn(rig, { place: place(name), reminders: [60], ...facts });
const pass = (milliseconds: number, step = 5 * minute) => passIn(rig, step, milliseconds);
/** Changes the plan as a command does, and gives what was shown because of it. */
async function change(start: string, end: string): Promise<readonly Shown[]> {
  const from = rig.platform.shown.length;
  const [note] = await rig.store.notes([id]);
  if (!note) throw new Error('There is no note.');
  const at = (clock: string) => instant(Date.parse(`2026-11-22T${clock}:00Z`));
  await rig.store.saveNote({ ...note, start: at(start), end: at(end) }, rig.clock.now());
  await rig.live.changed(id);
  await rig.live.settle();
  return rig.platform.shown.slice(from);
}
const told = (shown: readonly Shown[]) =>
  shown.map(({ how, view, channel: where }) => `${where} ${how} ${view.summary}`);

describe('a webcast that is moved', () => {
  it('is shown on its card, and told once in the thread of it, with both times and the calendar', async () => {
    const shown = await change('19:00', '20:00');
    expect(told(shown).sort()).toEqual(['C1 thread Moved: Q3 Town Hall', 'C1 update Q3 Town Hall: Scheduled']);
    const notice = shown.find(({ how }) => how === 'thread');
    expect(notice && wordsOf(notice.view)).toBe(
      [
        'Moved: Q3 Town Hall',
        'It starts at 2026-11-22T19:00:00.000Z, not at 2026-11-22T18:00:00.000Z, and ends at 2026-11-22T20:00:00.000Z.',
        `Add to calendar: https://bot.test/calendar/${id}.ics`,
        `[Status] status ${id}`,
      ].join('\n'),
    );
    const from = rig.platform.shown.length;
    await pass(30 * minute);
    expect(told(rig.platform.shown.slice(from))).toEqual([]);
  });

  it('there, back and there again is told each time', async () => {
    for (const [start, end] of [
      ['19:00', '20:00'],
      ['18:00', '19:00'],
      ['19:00', '20:00'],
    ] as const) {
      await pass(minute);
      expect(told(await change(start, end))).toContain('C1 thread Moved: Q3 Town Hall');
    }
  });

  it('at its end alone says that it starts as before', async () => {
    const notice = (await change('18:00', '21:00')).find(({ how }) => how === 'thread');
    expect(notice && wordsOf(notice.view)).toContain('It starts at 2026-11-22T18:00:00.000Z as before, and ends at');
  });

  it('is told as the mode of each channel says', async () => {
    for (const [name, mode] of [
      ['C2', 'quiet'],
      ['C3', 'flat'],
    ] as const) {
      await rig.say(`subscribe ${id} --mode ${mode}`, { place: place(name) });
    }
    await pass(minute);
    const shown = told(await change('19:00', '20:00'));
    expect(shown.filter((line) => line.startsWith('C2')).sort()).toEqual(['C2 update Q3 Town Hall: Scheduled']);
    expect(shown.filter((line) => line.startsWith('C3')).sort()).toEqual([
      'C3 post Moved: Q3 Town Hall',
      'C3 update Q3 Town Hall: Scheduled',
    ]);
  });

  it('is told to those who were reminded of the old time, and not to those who knew of none', async () => {
    await follow('C2', { reminders: [5 * 60] });
    await follow('C3', { reminders: [15] });
    await pass(90 * minute);
    expect(told(rig.platform.shown)).toContain('C2 post Q3 Town Hall starts in 5 h');
    const shown = told(await change('20:00', '21:00'));
    expect(shown).toContain('C2 post Moved: Q3 Town Hall');
    expect(shown.filter((line) => line.startsWith('C3'))).toEqual([]);
  });

  it('while it is on air changes the card alone', async () => {
    await rig.encoder.start(id);
    await pass(15_000);
    await rig.say(`golive ${id} --yes`);
    await pass(6000);
    expect(told(await change('18:00', '21:00')).filter((line) => line.includes('Moved'))).toEqual([]);
  });

  it('again before the first notice is out is told once, with the last time', async () => {
    await rig.store.subscribe(
      { ...(await only()), quietHours: { from: 0, to: 13 * 60 + 30, zone: 'UTC' as never } },
      rig.clock.now(),
    );
    await change('19:00', '20:00');
    await pass(minute);
    await change('20:00', '21:00');
    const from = rig.platform.shown.length;
    await pass(2 * hour);
    const notices = rig.platform.shown.slice(from).filter(({ view }) => view.summary.startsWith('Moved'));
    expect(notices.map(({ view }) => wordsOf(view).split(',')[0])).toEqual([
      'Moved: Q3 Town Hall\nIt starts at 2026-11-22T20:00:00.000Z',
    ]);
  });

  const only = async (): Promise<Subscription> => {
    const [one] = await rig.store.subscriptions('terminal', channel);
    if (!one) throw new Error('The channel follows nothing.');
    return one;
  };
});

describe('the link to the calendar', () => {
  it('is on the card until the show begins, and in reminders', async () => {
    const link = `Add to calendar: https://bot.test/calendar/${id}.ics`;
    const [card] = rig.platform.shown;
    expect(card && wordsOf(card.view)).toContain(link);
    await pass(6 * hour);
    const reminder = rig.platform.shown.find(({ view }) => view.summary.includes('starts in 15 min'));
    expect(reminder && wordsOf(reminder.view)).toContain(link);
    await rig.encoder.start(id);
    await pass(15_000);
    await rig.say(`golive ${id} --yes`);
    await pass(6000);
    expect(wordsOf(rig.platform.shown.at(-1)?.view ?? { summary: '', nodes: [] })).not.toContain('calendar');
  });
});
