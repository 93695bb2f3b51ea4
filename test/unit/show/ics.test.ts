import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Edition } from '../../../src/core/calendar.js';
import { entryIdSchema, instant } from '../../../src/core/webcast.js';
import { type About, writeCalendar } from '../../../src/show/ics.js';

const at = (iso: string) => instant(Date.parse(iso));
const addresses = { service: 'https://kaltura.test', content: 'https://cdn.test', partnerId: 101 };
const about: About = { addresses, watch: undefined, gone: undefined };
const edition = (facts: Partial<Edition['note']> = {}, sequence = 3): Edition => ({
  note: {
    id: entryIdSchema.parse('1_ab12cd34'),
    name: 'Q3 Town Hall',
    start: at('2026-11-23T14:00:00Z'),
    end: at('2026-11-23T15:30:00Z'),
    zone: undefined,
    liveSince: undefined,
    endedAt: undefined,
    ...facts,
  },
  sequence,
  changedAt: at('2026-11-22T12:00:00.900Z'),
});
const write = (facts: Partial<Edition['note']> = {}, more: Partial<About> = {}): string =>
  writeCalendar(edition(facts), { ...about, ...more })?.text ?? '';

/** Reads it as RFC 5545 says: unfolds, and takes back what was escaped. */
const read = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .replace(/\r\n /g, '')
      .split('\r\n')
      .map((line): [string, string] => {
        const colon = line.indexOf(':');
        const value = line.slice(colon + 1);
        return [line.slice(0, colon), value.replace(/\\(.)/g, (_, sign) => (/n/i.test(sign) ? '\n' : sign))];
      }),
  );

describe('a calendar file', () => {
  it('holds these lines', () => {
    const watch = 'https://cdn.test/p/101/embedPlaykitJs/uiconf_id/7?iframeembed=true&entry_id=1_ab12cd34';
    expect(write({}, { watch }).split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//kaltura-webcast-bot//Webcast//EN',
      'METHOD:PUBLISH',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:1_ab12cd34@101.kaltura-webcast-bot',
      'SEQUENCE:3',
      'DTSTAMP:20261122T120000Z',
      'LAST-MODIFIED:20261122T120000Z',
      'DTSTART:20261123T140000Z',
      'DTEND:20261123T153000Z',
      'SUMMARY:Q3 Town Hall',
      'DESCRIPTION:A Kaltura webcast. Watch it here: https://cdn.test/p/101/embedP',
      ' laykitJs/uiconf_id/7?iframeembed=true&entry_id=1_ab12cd34',
      'URL:https://cdn.test/p/101/embedPlaykitJs/uiconf_id/7?iframeembed=true&entr',
      ' y_id=1_ab12cd34',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  it('of a webcast that is gone cancels it, as a change of its own', () => {
    const file = read(write({}, { gone: at('2026-11-22T18:00:00Z') }));
    expect(file.get('STATUS')).toBe('CANCELLED');
    expect(file.get('SEQUENCE')).toBe('4');
    expect(file.get('DTSTAMP')).toBe('20261122T180000Z');
  });

  it('has no end where none is planned, and is none without a start', () => {
    expect(write({ end: undefined })).not.toContain('DTEND');
    expect(writeCalendar(edition({ start: undefined }), about)).toBeUndefined();
  });

  it('escapes what has a meaning in it', () => {
    expect(write({ name: 'Q3; a, b \\ c: d\nnext' })).toContain('SUMMARY:Q3\\; a\\, b \\\\ c: d\\nnext\r\n');
  });

  it('breaks lines after 75 octets, the space that begins the next one counted', () => {
    const lines = write({ name: 'x'.repeat(67 + 74 + 1) }).split('\r\n');
    const from = lines.findIndex((line) => line.startsWith('SUMMARY'));
    expect(lines.slice(from, from + 3)).toEqual([`SUMMARY:${'x'.repeat(67)}`, ` ${'x'.repeat(74)}`, ' x']);
  });

  it('breaks no character in two', () => {
    const lines = write({ name: `${'ß'.repeat(40)}${'🎥'.repeat(30)}` }).split('\r\n');
    const from = lines.findIndex((line) => line.startsWith('SUMMARY'));
    expect(lines.slice(from, from + 4)).toEqual([
      `SUMMARY:${'ß'.repeat(33)}`,
      ` ${'ß'.repeat(7)}${'🎥'.repeat(15)}`,
      ` ${'🎥'.repeat(15)}`,
      'DESCRIPTION:A Kaltura webcast.',
    ]);
  });

  it.each([
    ['a line of its own', 'Hall\r\nATTENDEE:mailto:eve@example.com'],
    ['an end and another event', 'Hall\nEND:VEVENT\nBEGIN:VEVENT'],
    ['a line by another sign', 'Hall\u2028ATTENDEE:x\u0085ATTENDEE:y\u000bATTENDEE:z\u001cATTENDEE:w'],
  ])('lets no name put in %s', (_what, name) => {
    const lines = write({ name }).split(/[\p{Cc}\p{Zl}\p{Zp}]+/u);
    expect(lines.filter((line) => line.startsWith('ATTENDEE'))).toEqual([]);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
  });

  it('reads back as it was written, in lines of 75 octets, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }), (name) => {
        const text = write({ name });
        for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
        expect(Buffer.from(text).toString()).toBe(text);
        expect(read(text).get('SUMMARY')).toBe(
          name.replace(/\r\n?|[\n\v\f\u0085\u2028\u2029]/g, '\n').replace(/(?!\n)\p{Cc}/gu, ' '),
        );
      }),
    );
  });
});
