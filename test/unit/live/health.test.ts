import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Finding, Health, HealthChange, Severity } from '../../../src/core/health.js';
import { type Feed, instant } from '../../../src/core/webcast.js';
import { type Judgement, judge, judgementSchema } from '../../../src/live/health.js';

const second = 1000;
const minute = 60 * second;
const none = { report: undefined, figures: undefined };
const noSound: Finding = { code: 102, severity: 3 };
const noVideo: Finding = { code: 103, severity: 4 };
const seldomKeys: Finding = { code: 107, severity: 2 };

/** Looks one after another at a path whose reports are always of this moment. */
function createCourse(path: 'main' | 'backup' = 'main') {
  let judgement: Judgement | undefined;
  let now = instant(1_800_000_000_000);
  const told: { at: number; change: HealthChange }[] = [];
  return {
    told,
    get verdict() {
      return judgement?.[path]?.verdict;
    },
    get judgement() {
      return judgement;
    },
    look(findings: readonly Finding[] | 'nothing', pause = 15 * second, feed: Feed = 'picture') {
      now = instant(now + pause);
      const report = findings === 'nothing' ? undefined : { at: now, findings };
      const health: Health = { main: none, backup: none, [path]: { report, figures: undefined } };
      const took = judge(judgement, { health, feeds: { [path]: feed }, connected: undefined }, now);
      judgement = took.judgement;
      told.push(...took.changes.map((change) => ({ at: now, change })));
      return took.changes.map(({ verdict, findings: reasons }) => [verdict, ...reasons.map(({ code }) => code)]);
    },
  };
}

describe('the verdict on a path', () => {
  it('turns bad when two looks in a row say so, and is told with the reason', () => {
    const course = createCourse();
    course.look([]);
    expect(course.look([noSound])).toEqual([]);
    expect(course.verdict).toBe('good');
    expect(course.look([noSound])).toEqual([['bad', 102]]);
    expect(course.verdict).toBe('bad');
  });

  it('is not told again while it stays', () => {
    const course = createCourse();
    for (let look = 0; look < 80; look += 1) course.look([noSound]);
    expect(course.told).toHaveLength(1);
  });

  it('does not believe a single bad look', () => {
    const course = createCourse();
    for (const findings of [[], [noSound], [], [noSound], []]) course.look(findings);
    expect(course.verdict).toBe('good');
    expect(course.told).toEqual([]);
  });

  it('turns fair without a word to people', () => {
    const course = createCourse();
    for (const findings of [[], [seldomKeys], [seldomKeys]]) course.look(findings);
    expect(course.verdict).toBe('fair');
    expect(course.told).toEqual([]);
  });

  it('goes back to good after a quiet minute, and tells those who were told of the trouble', () => {
    const course = createCourse();
    for (const findings of [[noSound], [noSound], [], [], []]) course.look(findings);
    expect(course.look([])).toEqual([]);
    expect(course.look([])).toEqual([['good']]);
    expect(course.verdict).toBe('good');
  });

  it('begins the quiet minute anew when it is interrupted', () => {
    const course = createCourse();
    for (const findings of [[noSound], [noSound], [], [], [], [noSound], [], [], []]) course.look(findings);
    expect(course.verdict).toBe('bad');
  });

  it('tells what comes on top of trouble that stands, a minute after the last news at the soonest', () => {
    const course = createCourse();
    for (const findings of [[noSound], [noSound], [noVideo, noSound], [noVideo, noSound]]) course.look(findings);
    expect(course.look([noVideo, noSound])).toEqual([]);
    expect(course.look([noVideo, noSound])).toEqual([['bad', 103]]);
  });

  it('says several findings in one change', () => {
    const course = createCourse();
    course.look([noVideo, noSound]);
    expect(course.look([noVideo, noSound])).toEqual([['bad', 103, 102]]);
  });

  it('tells the same code again only after it was away for five minutes', () => {
    const course = createCourse();
    for (const findings of [[noSound], [noSound], [], [], [], [], []]) course.look(findings);
    course.look([noSound]);
    expect(course.look([noSound])).toEqual([]);
    expect(course.verdict).toBe('bad');
    for (let look = 0; look < 21; look += 1) course.look([]);
    course.look([noSound]);
    expect(course.look([noSound])).toEqual([['bad', 102]]);
  });

  it('is unknown again, silently, when Kaltura falls silent or the picture is gone', () => {
    const silent = createCourse();
    for (const findings of [[noSound], [noSound]]) silent.look(findings);
    for (let look = 0; look < 5; look += 1) silent.look('nothing');
    expect(silent.verdict).toBe('unknown');
    const gone = createCourse('backup');
    for (const findings of [[noSound], [noSound]]) gone.look(findings);
    expect(gone.look([], 5000, 'none')).toEqual([]);
    expect(gone.verdict).toBeUndefined();
    expect(silent.told).toHaveLength(1);
  });

  it('leaves it to the paths to tell that only the backup arrives', () => {
    const course = createCourse('backup');
    const backupOnly: Finding = { code: 109, severity: 4 };
    for (let look = 0; look < 4; look += 1) course.look([backupOnly]);
    expect(course.told).toEqual([]);
    expect(course.verdict).toBe('bad');
  });

  it('does not count a report that is old, or of the connection before', () => {
    const now = instant(1_800_000_000_000);
    const judged = (at: number, connected: number) => {
      const bad = { report: { at: instant(at), findings: [noSound] }, figures: undefined };
      const picture = { health: { main: bad, backup: none }, feeds: {}, connected: instant(connected) };
      return judge(undefined, picture, now).judgement.main?.last;
    };
    expect(judged(now - 30 * second, now - minute)).toBe('bad');
    expect(judged(now - 61 * second, now - 5 * minute)).toBe('unknown');
    expect(judged(now - 30 * second, now - 20 * second)).toBe('unknown');
  });
});

const severity = fc.constantFrom<Severity>(0, 1, 2, 3, 4);
const anyFindings = (codes: readonly number[]) =>
  fc.uniqueArray(fc.record({ code: fc.constantFrom(...codes), severity }), { selector: ({ code }) => code });
const anyCourse = (codes: readonly number[]) =>
  fc.array(
    fc.record({
      findings: fc.oneof(
        { weight: 5, arbitrary: anyFindings(codes) },
        { weight: 1, arbitrary: fc.constant('nothing' as const) },
      ),
      pause: fc.integer({ min: 4, max: 40 }).map((seconds) => seconds * second),
      feed: fc.constantFrom<Feed>('picture', 'picture', 'picture', 'none'),
    }),
    { maxLength: 200 },
  );

/** The most that was told within any ten minutes. */
const mostInTenMinutes = (times: readonly number[]): number =>
  Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 10 * minute).length));

describe('whatever an encoder does', () => {
  it('one flapping fault is told at most four times in ten minutes, twice as trouble', () => {
    fc.assert(
      fc.property(anyCourse([102]), (looks) => {
        const course = createCourse();
        for (const { findings, pause, feed } of looks) course.look(findings, pause, feed);
        expect(mostInTenMinutes(course.told.map(({ at }) => at))).toBeLessThanOrEqual(4);
        const bad = course.told.filter(({ change }) => change.verdict === 'bad');
        expect(mostInTenMinutes(bad.map(({ at }) => at))).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('whatever it reports, there is bad news at most ten times in ten minutes, and what is kept stays small', () => {
    fc.assert(
      fc.property(anyCourse([102, 103, 104, 111, 119, 125, 200, 201, 202, 203, 204, 205]), (looks) => {
        const course = createCourse();
        for (const { findings, pause, feed } of looks) course.look(findings, pause, feed);
        const bad = course.told.filter(({ change }) => change.verdict === 'bad');
        expect(mostInTenMinutes(bad.map(({ at }) => at))).toBeLessThanOrEqual(10);
        expect(JSON.stringify(course.judgement ?? {}).length).toBeLessThan(8000);
      }),
    );
  });

  it('a code is told at most once in five minutes, and only as trouble', () => {
    fc.assert(
      fc.property(anyCourse([100, 102, 103, 119, 141]), (looks) => {
        const course = createCourse();
        const last = new Map<number, number>();
        for (const { findings, pause, feed } of looks) course.look(findings, pause, feed);
        for (const { at, change } of course.told) {
          if (change.verdict !== 'bad') continue;
          for (const { code, severity: weight } of change.findings) {
            expect(weight).toBeGreaterThanOrEqual(3);
            expect(at - (last.get(code) ?? -Infinity)).toBeGreaterThanOrEqual(5 * minute);
            last.set(code, at);
          }
        }
      }),
    );
  });

  it('a recovery is told only after trouble was', () => {
    fc.assert(
      fc.property(anyCourse([100, 102, 103]), (looks) => {
        const course = createCourse();
        for (const { findings, pause, feed } of looks) course.look(findings, pause, feed);
        let open = false;
        for (const { change } of course.told) {
          if (change.verdict !== 'bad') expect(open).toBe(true);
          open = change.verdict === 'bad';
        }
      }),
    );
  });

  it('what is kept survives being written down', () => {
    fc.assert(
      fc.property(anyCourse([100, 102]), (looks) => {
        const course = createCourse();
        for (const { findings, pause, feed } of looks) course.look(findings, pause, feed);
        if (course.judgement === undefined) return;
        expect(judgementSchema.parse(JSON.parse(JSON.stringify(course.judgement)))).toEqual(course.judgement);
      }),
    );
  });
});
