import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BotError } from '../../../src/core/errors.js';
import type { Attendee, Measured, Numbers, Reports } from '../../../src/core/numbers.js';
import { filesOf } from '../../../src/core/view.js';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import { channel, openRig, type Rig } from '../../rig/index.js';
import { type Shown, wordsOf } from '../../rig/recorder.js';
import { follow as followIn, openShow, passIn } from './days.js';

const minute = 60_000;
const hour = 60 * minute;
let rig: Rig;
let minutes = 0;
let count: () => Promise<Measured<Numbers>>;
const asked: string[] = [];

const numbers = (): Numbers => ({
  span: { from: instant(0), until: instant(1) },
  plays: 1500,
  viewers: 1200,
  minutes,
  liveMinutes: minutes,
  engagement: undefined,
  buffering: undefined,
  devices: [],
  places: [],
});
const secretive: Attendee = { user: 'ann@example.com', name: 'Ann Onymous', plays: 2, minutes: 44, liveMinutes: 44 };

const answers: Reports = {
  async audienceNow(webcasts) {
    const audience = { at: instant(rig.clock.now() - 30_000), viewers: 500, engaged: undefined };
    return { kind: 'measured', value: new Map(webcasts.map((id) => [id, audience])) };
  },
  async viewersOverTime() {
    asked.push('curve');
    return { kind: 'lacking', why: 'nothing yet' };
  },
  async numbers() {
    asked.push('numbers');
    return count();
  },
  async engagementOverTime() {
    return { kind: 'lacking', why: 'nothing yet' };
  },
  async attendance() {
    asked.push('attendance');
    return { kind: 'measured', value: [secretive] };
  },
  async questionsAsked() {
    asked.push('questions');
    return { kind: 'measured', value: { asked: 12, open: 3 } };
  },
};

async function open(reports: Partial<Reports> = {}): Promise<void> {
  rig = await openRig({ kaltura: { recordingReadyAfter: 60 }, reports: { ...answers, ...reports } });
}
beforeEach(async () => {
  minutes = 9000;
  count = async () =>
    minutes === 0 ? { kind: 'lacking', why: 'nothing yet' } : { kind: 'measured', value: numbers() };
  asked.length = 0;
  await open();
});
afterEach(() => rig.stop());

const pass = (milliseconds: number) => passIn(rig, 30_000, milliseconds);

async function end(id: EntryId): Promise<void> {
  await rig.gateway.end(id);
  await pass(30_000);
  await rig.encoder.stop(id);
}

const reports = (shown: readonly Shown[]) => shown.filter(({ view }) => view.summary === 'Report: Q3 Town Hall');
const words = (shown: Shown | undefined) => (shown ? wordsOf(shown.view) : '');

describe('the report of a broadcast', () => {
  it('comes once, some minutes after the end, to the thread of the crew and to the organizer alone with the list', async () => {
    const id = await openShow(rig);
    await pass(10 * minute);
    await end(id);
    expect(reports(await pass(4 * minute))).toEqual([]);
    const shown = reports(await pass(2 * minute));
    expect(shown.map(({ how, channel: where, person }) => [how, where ?? person]).sort()).toEqual([
      ['tell', 'U1'],
      ['thread', channel.channel],
    ]);
    expect(reports(await pass(hour))).toEqual([]);
  });

  it('tells totals, the peak, interruptions and questions, and how old they are', async () => {
    const id = await openShow(rig);
    await pass(5 * minute);
    await rig.encoder.drop(id);
    await pass(minute);
    await rig.encoder.start(id);
    await pass(30_000);
    await rig.gateway.goLive(id);
    await pass(5 * minute);
    await end(id);
    const crew = words(reports(await pass(6 * minute)).find(({ how }) => how === 'thread'));
    expect(crew).toMatch(/On air: .* to .*, 1\d min on air/);
    expect(crew).toContain('Unique viewers: 1,200');
    expect(crew).toContain('Peak: 500 at once');
    expect(crew).toMatch(/Interruptions: 1, .* without a picture/);
    expect(crew).toContain('Questions: 12 asked, 3 still open');
    expect(crew).toContain('Recording: ready');
    expect(crew).toMatch(/no picture for .*: 500 viewers before, 500 after/);
    expect(crew).toContain('this is brought up to date at 2026-11-23T12:');
  });

  it('names nobody but to the organizer', async () => {
    const id = await openShow(rig);
    await pass(5 * minute);
    await end(id);
    const shown = reports(await pass(6 * minute));
    const toOrganizer = shown.find(({ how }) => how === 'tell');
    const [file] = toOrganizer ? filesOf(toOrganizer.view) : [];
    expect(file).toMatchObject({ name: 'attendance-Q3-Town-Hall-2026-11-22.csv', type: 'text/csv' });
    expect(file?.text).toContain('ann@example.com,Ann Onymous,2,44,44\r\n');
    const others = rig.platform.shown.filter((one) => one !== toOrganizer);
    expect(JSON.stringify(others)).not.toContain('ann@example.com');
  });

  it('is edited the next day with the final figures, in every place, and then no more', async () => {
    minutes = 0;
    const id = await openShow(rig);
    await pass(5 * minute);
    await end(id);
    const first = reports(await pass(6 * minute));
    expect(words(first[0])).toContain('Totals: not reported yet');
    minutes = 12_000;
    rig.clock.advance(24 * hour);
    const finals = reports(await pass(minute));
    expect(finals.map(({ how, message }) => [how, message]).sort()).toEqual(
      first.map(({ message }) => ['update', message]).sort(),
    );
    for (const one of finals) {
      expect(words(one)).toContain('Watched: 12,000 min (200 h)');
      expect(words(one)).toContain('These are the final figures.');
    }
    const toOrganizer = first.find(({ how }) => how === 'tell');
    expect(words(toOrganizer)).toContain('It may still grow until 2026-11-23T12:');
    const [again, crew] = [true, false].map((own) =>
      finals.find((one) => (one.message === toOrganizer?.message) === own),
    );
    expect(words(again)).toContain(`[Final list] report ${id}`);
    expect(words(crew)).not.toContain('Attendance');
    rig.clock.advance(24 * hour);
    expect(reports(await pass(minute))).toEqual([]);
  });

  it('asks Kaltura once for all channels', async () => {
    await followIn(rig, { mode: 'flat', side: 'crew' });
    const id = await openShow(rig);
    await pass(5 * minute);
    await end(id);
    expect(reports(await pass(6 * minute))).toHaveLength(3);
    expect([...asked].sort()).toEqual(['attendance', 'curve', 'numbers', 'questions']);
  });

  it('of a stream that flaps is one', async () => {
    const id = await openShow(rig);
    for (let drops = 0; drops < 10; drops++) {
      await rig.encoder.drop(id);
      await pass(minute);
      await rig.encoder.start(id);
      await pass(30_000);
      await rig.gateway.goLive(id);
      await pass(30_000);
    }
    await end(id);
    await pass(hour);
    expect(reports(rig.platform.shown).filter(({ how }) => how === 'thread')).toHaveLength(1);
  });

  it('says what is not reported when Kaltura keeps failing', async () => {
    await rig.stop();
    const away = () => Promise.reject(new BotError('unavailable', 'Away.', ''));
    await open({ numbers: away, questionsAsked: away, viewersOverTime: away, attendance: away });
    const id = await openShow(rig);
    await pass(5 * minute);
    await end(id);
    expect(reports(await pass(8 * minute))).toEqual([]);
    const shown = reports(await pass(10 * minute));
    expect(shown).toHaveLength(2);
    for (const one of shown) {
      expect(words(one)).toContain('Totals: not reported: Kaltura took too long to answer');
      expect(words(one)).toContain('Peak: 500 at once');
    }
    expect(words(shown.find(({ how }) => how === 'tell'))).toContain('Attendance: not reported');
  });

  it('keeps nobody waiting while Kaltura counts', async () => {
    const id = await openShow(rig);
    await pass(minute);
    await end(id);
    await pass(4 * minute);
    let answer = () => {};
    const reached = new Promise<void>((counting) => {
      count = () => {
        counting();
        return new Promise((resolve) => {
          answer = () => resolve({ kind: 'measured', value: numbers() });
        });
      };
    });
    rig.clock.advance(minute);
    const settling = [rig.live.settle()];
    await reached;
    await rig.encoder.start(id);
    rig.clock.advance(minute);
    const from = rig.platform.shown.length;
    settling.push(rig.live.settle());
    const isEdited = () => rig.platform.shown.slice(from).some(({ view }) => view.summary.includes('Preview'));
    for (let turns = 0; !isEdited() && turns < 10_000; turns++) await new Promise((resolve) => setImmediate(resolve));
    expect(isEdited()).toBe(true);
    expect(reports(rig.platform.shown)).toEqual([]);
    answer();
    await Promise.all(settling);
    expect(reports(await pass(minute)).length).toBe(2);
  });
});

describe('the command report', () => {
  it('gives the same to whoever asks, with the list as a file', async () => {
    const id = await openShow(rig);
    await pass(5 * minute);
    await end(id);
    await pass(6 * minute);
    const shown = await rig.say('report');
    expect(shown).toMatchObject([{ how: 'whisper', view: { summary: 'Report: Q3 Town Hall' } }]);
    expect(words(shown[0])).toContain('ask again after');
    expect(words(shown[0])).toMatch(/Attendance: \d+ lines/);
  });

  it('says that there is none before a broadcast', async () => {
    await rig.plan();
    expect(words((await rig.say('report'))[0])).toContain('There is no report of Q3 Town Hall.');
  });
});
