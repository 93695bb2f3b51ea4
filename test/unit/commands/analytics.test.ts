import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Zone } from '../../../src/core/webcast.js';
import { ann, channel, openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

const minute = 60_000;
const day = 24 * 60 * minute;

/** Takes a webcast live and lets so many minutes pass. */
async function goLive(id: string, minutes: number): Promise<void> {
  await rig.encoder.start(id);
  await rig.say(`golive ${id} --yes`);
  rig.clock.advance(minutes * minute);
}

async function end(id: string): Promise<void> {
  await rig.say(`end ${id} --yes`);
  await rig.encoder.stop(id);
}

const factOf = (words: string, label: string): string =>
  words
    .split('\n')
    .find((line) => line.startsWith(`${label}: `))
    ?.slice(label.length + 2) ?? '';

describe('analytics', () => {
  it('says that there is nothing before the first broadcast', async () => {
    expect(await rig.read(`analytics ${await rig.plan()}`)).toContain('It has not been on air yet');
  });

  it('tells while it is live how many watch, the peak, totals, devices, countries, and where each comes from', async () => {
    const id = await rig.plan();
    await goLive(id, 10);
    const words = await rig.read(`analytics ${id}`);
    expect(words).toContain('Figures of Q3 Town Hall: live now');
    expect(Number(factOf(words, 'Viewers now'))).toBeGreaterThan(20);
    expect(factOf(words, 'Peak')).toMatch(/^\d+ at 2026-/);
    expect(factOf(words, 'Unique viewers')).toMatch(/^\d+$/);
    expect(factOf(words, 'Engagement')).toMatch(/^\d\d % of the live minutes$/);
    expect(words).toContain('Device | Plays | Minutes\nComputer');
    expect(words).toContain('Country | Plays | Minutes\nUnited States');
    expect(words).toMatch(/2 others \| \d/);
    expect(words).toMatch(/Viewers now: Kaltura's real-time reports, the ten seconds up to .*, 3\d s old\./);
    expect(words).toContain('Views and minutes lag by hours; look again tomorrow');
  });

  it('follows the viewers who come, and tells of no viewers now after the end', async () => {
    const id = await rig.plan();
    await goLive(id, 1);
    const early = Number(factOf(await rig.read(`analytics ${id}`), 'Viewers now'));
    rig.clock.advance(5 * minute);
    const late = Number(factOf(await rig.read(`analytics ${id}`), 'Viewers now'));
    expect(late).toBeGreaterThan(early);
    await end(id);
    const after = await rig.read(`analytics ${id}`);
    expect(after).toContain('Figures of Q3 Town Hall: its last broadcast');
    expect(after).not.toContain('Viewers now');
    expect(after).toContain('Peak: ');
  });

  it('gives the last broadcast when live is asked for and it is not', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    await end(id);
    expect(await rig.read(`analytics ${id} --period live`)).toContain(
      'It is not live now; these are the figures of its last broadcast.',
    );
  });

  it('shows the last broadcast, not the one before it', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    await end(id);
    rig.clock.advance(2 * 60 * minute);
    const began = rig.clock.now();
    await goLive(id, 7);
    const ended = rig.clock.now();
    await end(id);
    const iso = (at: number) => new Date(at).toISOString();
    expect(await rig.read(`analytics ${id}`)).toContain(`counted from ${iso(began)} to ${iso(ended)}`);
  });

  it('counts whole days of the zone of whoever asks', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    const tokyo = { ...ann, zone: 'Asia/Tokyo' as Zone };
    const [shown] = await rig.say(`analytics ${id} --period 2026-11-22`, { person: tokyo });
    // The day began in Tokyo at 15:00 of the day before in UTC.
    expect(JSON.stringify(shown?.view)).toContain(String(Date.UTC(2026, 10, 21, 15)));
  });

  it('refuses periods that make no sense, with an example', async () => {
    const id = await rig.plan();
    const ask = async (period: string) => rig.read(`analytics ${id} --period "${period}"`);
    expect(await ask('whenever')).toContain('I do not understand "whenever" as a day.');
    expect(await ask('2026-11-07..2026-11-01')).toContain('ends before it begins');
    expect(await ask('2027-11-07')).toContain('has not begun yet');
    expect(await ask('2026-02-31')).toContain('I do not understand "2026-02-31"');
    expect(await ask('900d')).toContain('more than a year');
  });

  it('says which reports the account lacks, and shows what there is', async () => {
    const id = await rig.plan();
    await goLive(id, 10);
    await rig.control('features', { features: ['WITHOUT_REALTIME_REPORTS'] });
    const words = await rig.read(`analytics ${id}`);
    expect(words).toContain("no access to Kaltura's real-time reports");
    expect(words).toContain('Unique viewers: ');
    expect(words).not.toContain('Viewers now:');
    await rig.control('features', { features: ['WITHOUT_WEBCAST_REPORTS'] });
    const other = await rig.read(`analytics ${id}`);
    expect(other).toContain("no access to Kaltura's webcast reports");
    expect(other).toContain('Viewers now: ');
    expect(other).not.toContain('Unique viewers');
  });

  it('says that nobody was counted, in place of zeros', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    await end(id);
    const words = await rig.read(`analytics ${id} --period yesterday`);
    expect(words).toContain('Kaltura has counted nobody in this time.');
    expect(words).not.toMatch(/: 0\b/);
  });

  it('tells that Kaltura has forgotten the curve of an old broadcast that nobody watched over', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    await end(id);
    rig.clock.advance(9 * day);
    const words = await rig.read(`analytics ${id}`);
    expect(words).toContain('Kaltura keeps its real-time reports for a week');
    expect(words).toMatch(/counted from .*Z\.$/m);
  });

  it('names no viewer, whatever the period', async () => {
    const id = await rig.plan();
    await goLive(id, 10);
    for (const period of ['live', '7d', 'today'])
      expect(await rig.read(`analytics ${id} --period ${period}`)).not.toMatch(/viewer\.\d|Viewer \d/);
  });

  it('goes to the channel when shared, and to nobody else otherwise', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    expect((await rig.say(`analytics ${id}`)).map(({ how }) => how)).toEqual(['whisper']);
    expect((await rig.say(`analytics ${id} --share`, { place: channel })).map(({ how }) => how)).toEqual(['post']);
  });

  it('takes four round trips while live, three after, three for days; all but the first at once where it can', async () => {
    const id = await rig.plan();
    await goLive(id, 5);
    expect(await rig.roundTrips(() => rig.say(`analytics ${id}`))).toHaveLength(4);
    await end(id);
    expect(await rig.roundTrips(() => rig.say(`analytics ${id}`))).toHaveLength(3);
    expect(await rig.roundTrips(() => rig.say(`analytics ${id} --period 7d`))).toHaveLength(3);
  });

  it('shows the curve and the peak that the bot sampled, when the account has none any more', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    await rig.say(`golive ${id} --yes`);
    for (let passed = 0; passed < 5; passed += 1) {
      rig.clock.advance(minute);
      await rig.live.settle();
    }
    await rig.control('features', { features: ['WITHOUT_REALTIME_REPORTS'] });
    const words = await rig.read(`analytics ${id}`);
    expect(Number(/Peak: (\d+) at/.exec(words)?.[1])).toBeGreaterThan(20);
    expect(words).toContain('Viewers over time');
    expect(words).toContain('Curve and peak: sampled by the bot while it was live');
  });
});
