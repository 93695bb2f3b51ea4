import { describe, expect, it } from '@jest/globals';
import { instant, type WebcastNote } from '../../../src/core/webcast.js';
import type { Bench } from './describe.js';
import { entry, note } from './samples.js';

const ids = (notes: readonly WebcastNote[]) => notes.map(({ id }) => Number(id.replace('1_webcast', '')));

export function describeNotes({ store }: Bench): void {
  const save = async (...notes: readonly WebcastNote[]) => {
    for (const each of notes) await store().saveNote(each, instant(0));
  };

  describe('a note', () => {
    it('comes back as it was saved', async () => {
      const full = note(1, { start: instant(1_800_000_000_123), liveSince: instant(2), endedAt: instant(3) });
      const bare = note(2, { start: undefined, end: undefined, zone: undefined });
      await save(full, bare);
      expect(await store().notes([entry(1), entry(2)])).toEqual([full, bare]);
    });

    it('is replaced as a whole by the next one of the same webcast', async () => {
      await save(note(1, { liveSince: instant(5) }), note(1, { name: 'Renamed', zone: undefined }));
      expect(await store().notes([entry(1)])).toEqual([note(1, { name: 'Renamed', zone: undefined })]);
    });

    it('comes in the order it was asked for, once, and not at all when there is none', async () => {
      await save(note(1), note(2), note(3));
      const asked = [entry(3), entry(1), entry(9), entry(3)];
      expect(ids(await store().notes(asked))).toEqual([3, 1]);
      expect(await store().notes([])).toEqual([]);
    });

    it.each([
      ['emoji and right-to-left', '🎥 אירוע ‏עברי'],
      ['quotes and SQL', `Robert'); drop table notes; --"\\`],
      ['several lines', 'one\ntwo\r\nthree'],
      ['four thousand signs', 'ß'.repeat(4000)],
      ['nothing', ''],
    ])('keeps a name of %s', async (_what, name) => {
      await save(note(1, { name }));
      expect(await store().notes([entry(1)])).toEqual([note(1, { name })]);
    });

    it('leaves out U+0000, which PostgreSQL cannot hold', async () => {
      await save(note(1, { name: 'Town\0 Hall' }));
      expect(await store().notes([entry(1)])).toEqual([note(1, { name: 'Town Hall' })]);
    });
  });

  describe('the count of changes of a plan', () => {
    const edition = async () => {
      const found = await store().edition(entry(1));
      return found && [found.sequence, found.changedAt];
    };

    it('begins at nothing, and is of no webcast that is not remembered', async () => {
      expect(await edition()).toBeUndefined();
      await store().saveNote(note(1), instant(10));
      expect(await edition()).toEqual([0, 10]);
      expect((await store().edition(entry(1)))?.note).toEqual(note(1));
    });

    it.each([
      ['another name', { name: 'Renamed' }],
      ['another start', { start: instant(5) }],
      ['another end', { end: instant(5) }],
      ['no start', { start: undefined }],
      ['no end', { end: undefined }],
    ])('rises by one with %s, and again with the way back', async (_what, facts) => {
      await store().saveNote(note(1), instant(10));
      await store().saveNote(note(1, facts), instant(20));
      expect(await edition()).toEqual([1, 20]);
      await store().saveNote(note(1, facts), instant(30));
      expect(await edition()).toEqual([1, 20]);
      await store().saveNote(note(1), instant(40));
      expect(await edition()).toEqual([2, 40]);
    });

    it.each([
      ['that it is live', { liveSince: instant(15) }],
      ['that it ended', { endedAt: instant(15) }],
      ['another zone', { zone: undefined }],
    ])('stays with %s', async (_what, facts) => {
      await store().saveNote(note(1), instant(10));
      await store().saveNote(note(1, facts), instant(20));
      expect(await edition()).toEqual([0, 10]);
    });

    it('counts each of many changes at once', async () => {
      await store().saveNote(note(1), instant(10));
      const starts = Array.from({ length: 20 }, (_, n) => instant(50_000 + n));
      await Promise.all(starts.map((start) => store().saveNote(note(1, { start }), instant(20))));
      expect(await edition()).toEqual([20, 20]);
    });
  });

  describe('a search in the notes', () => {
    it.each([
      ['TOWN', 'Q3 Town Hall'],
      ['hall q3', 'Q3 Town Hall'],
      ['  own  ', 'Q3 Town Hall'],
      ['ÄRZTE', 'Treffen der ärzte'],
      ['встреча', 'ВСТРЕЧА'],
      ['ﬁlm', 'FILM'],
      ['100%', 'Q4: 100% remote'],
      ['a_b', 'A_B test'],
      ['c:\\new', 'C:\\new'],
      ['', 'anything'],
    ])('for %j finds %j', async (words, name) => {
      await save(note(1, { name }), note(2, { name: 'Unlike' }));
      expect(ids(await store().findNotes(words))).toContain(1);
    });

    it.each([
      ['100%', '1000 remote'],
      ['a_b', 'acb'],
      ['town hall', 'Town Square'],
      ['\\', 'Town Hall'],
      ["' or 1=1 --", 'Town Hall'],
      ['town\0x', 'Town Hall'],
    ])('for %j does not find %j', async (words, name) => {
      await save(note(1, { name }));
      expect(await store().findNotes(words)).toEqual([]);
    });

    it('gives the latest start first and those without one last, at most twenty', async () => {
      await save(note(50, { start: undefined }), ...Array.from({ length: 25 }, (_, n) => note(n)));
      const found = ids(await store().findNotes('webcast'));
      expect(found).toEqual(Array.from({ length: 20 }, (_, n) => 24 - n));
      await save(note(50, { name: 'Undated', start: undefined }), note(51, { name: 'Undated' }));
      expect(ids(await store().findNotes('undated'))).toEqual([51, 50]);
    });
  });

  describe('what is upcoming', () => {
    const since = instant(10_000);
    const past = { start: instant(8000), end: instant(9000) };
    const future = { start: instant(11_000), end: instant(12_000) };
    const through = async (facts: Partial<WebcastNote>) => {
      await save(note(1, facts));
      return (await store().upcoming(since, 10)).length === 1;
    };

    it.each([
      ['a show to come', future, true],
      ['a show that ends at that moment', { ...past, end: since }, true],
      ['a show whose time is over', past, false],
      ['a show that overruns on air', { ...past, liveSince: instant(8000) }, true],
      ['a show ended early', { start: instant(8000), end: instant(12_000), endedAt: instant(9500) }, false],
      ['a show ended after the moment', { ...past, liveSince: instant(8000), endedAt: instant(10_001) }, true],
      ['a show that was rehearsed and ended before its start', { ...future, endedAt: instant(9500) }, true],
      ['a show without a plan', { start: undefined, end: undefined }, true],
      ['a show without a plan that ended', { start: undefined, end: undefined, endedAt: instant(9500) }, false],
    ])('holds or leaves out %s', async (_what, facts, expected) => {
      expect(await through(facts)).toBe(expected);
    });

    it('comes soonest first, those without a start last, and no more than asked for', async () => {
      await save(note(4, { start: undefined, end: undefined }), note(3), note(1), note(2));
      expect(ids(await store().upcoming(instant(0), 10))).toEqual([1, 2, 3, 4]);
      expect(ids(await store().upcoming(instant(0), 2))).toEqual([1, 2]);
    });
  });
}
