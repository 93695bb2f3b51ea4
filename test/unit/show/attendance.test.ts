import { describe, expect, it } from '@jest/globals';
import type { Attendee } from '../../../src/core/numbers.js';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { attendanceFile, writeAttendance } from '../../../src/show/attendance.js';

const attendee = (facts: Partial<Attendee> = {}): Attendee => ({
  user: 'ann',
  name: 'Ann',
  plays: 1,
  minutes: 2,
  liveMinutes: 2,
  ...facts,
});
const midnight = instant(Date.parse('2026-11-22T23:30:00Z'));

describe('an attendance list', () => {
  it('is CSV as RFC 4180 has it: a heading, lines that end with CR LF, quotes where they are needed', () => {
    expect(writeAttendance([attendee({ name: 'Ann "the, one"\nand only' })])).toBe(
      'User,Name,Plays,Minutes,Live minutes\r\nann,"Ann ""the, one""\nand only",1,2,2\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('takes the sting out of %j', (name) => {
    const line = writeAttendance([attendee({ name, user: name })])
      .split('\r\n')
      .slice(1)
      .join('\r\n');
    expect(line.startsWith(`'${name}`) || line.startsWith(`"'${name}`)).toBe(true);
    expect(line).toContain(`'${name}`);
    expect(line).not.toMatch(/,"?[=+\-@\t\r＝]/);
  });

  it('says who did not sign in', () => {
    expect(writeAttendance([attendee({ user: undefined, name: '' })])).toContain('\r\nnot signed in,,1,2,2\r\n');
  });
});

describe('its file', () => {
  it('begins with a byte order mark, so that Excel reads its letters', () => {
    const { text } = attendanceFile('Hall', midnight, undefined, [attendee({ name: 'Zoë' })]);
    expect(text.startsWith('\uFEFFUser,')).toBe(true);
    expect(text).toContain('Zoë');
  });

  it.each([
    ['Q3 Town Hall', 'attendance-Q3-Town-Hall-2026-11-22.csv'],
    ['../../etc/passwd', 'attendance-etc-passwd-2026-11-22.csv'],
    ['日本語 セミナー', 'attendance-日本語-セミナー-2026-11-22.csv'],
    ['!!!', 'attendance-webcast-2026-11-22.csv'],
    ['a'.repeat(300), `attendance-${'a'.repeat(60)}-2026-11-22.csv`],
  ])('of %s is called so that every system takes the name', (name, expected) => {
    expect(attendanceFile(name, midnight, undefined, []).name).toBe(expected);
  });

  it('carries the day of the place where the show was planned', () => {
    expect(attendanceFile('Hall', midnight, 'Asia/Tokyo' as Zone, []).name).toBe('attendance-Hall-2026-11-23.csv');
  });
});
