import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import * as params from '../../../src/core/params.js';

const words = { label: 'Field', hint: '' };
const read = <T>(param: params.Param<T>, raw: unknown): T | string => {
  const checked = param.schema.safeParse(raw);
  return checked.success ? checked.data : (checked.error.issues[0]?.message ?? '');
};

describe('a line of text', () => {
  const name = params.line({ ...words, max: 10 });

  it('folds white space', () => expect(read(name, '  a \n b  ')).toBe('a b'));
  it('must be there', () => expect(read(name, '   ')).toBe('Field is empty.'));
  it('says how long it is when it is too long, counting what people see as one', () => {
    expect(read(name, 'x'.repeat(11))).toBe('Field is 11 characters long; the limit is 10.');
    expect(read(name, '😀'.repeat(10))).toBe('😀'.repeat(10));
  });
  it('refuses invisible control characters', () => {
    expect(read(name, 'a\u0007b')).toBe('Field holds an invisible control character. Type it again by hand.');
  });
  it.each(['<!channel>', '<at>x</at>', '**b**', '<b>x</b>', 'שלום', '“q”'])('keeps %s as data', (text) => {
    expect(read(name, text)).toBe(text);
  });
});

describe('a number', () => {
  const minutes = params.number({ ...words, min: 1, max: 1440, unit: 'minutes', default: 60 });

  it('has a default', () => expect(read(minutes, undefined)).toBe(60));
  it('reads the edges', () => expect([read(minutes, '1'), read(minutes, '1440')]).toEqual([1, 1440]));
  it.each(['0', '1441', '-5', '30.7', '1e3', 'abc', '99999999999', '٣'])('refuses %s in one sentence', (raw) => {
    expect(read(minutes, raw)).toBe('Field takes a whole number of minutes from 1 to 1440.');
  });
});

describe('a switch', () => {
  const dvr = params.toggle({ ...words, default: true });

  it.each([
    [undefined, true],
    ['off', false],
    ['No', false],
    ['YES', true],
    [false, false],
  ])('reads %s as %s', (raw, on) => {
    expect(read(dvr, raw)).toBe(on);
  });
  it('refuses other words', () => expect(read(dvr, 'perhaps')).toBe('Field takes on or off.'));
});

describe('a choice', () => {
  const mode = params.choice({
    ...words,
    choices: [
      { value: 'off', label: 'No recording' },
      { value: 'append', label: 'Append' },
    ],
    default: 'append',
  });

  it('reads a value or its label', () =>
    expect([read(mode, 'OFF'), read(mode, 'no recording')]).toEqual(['off', 'off']));
  it('names the values it takes', () => expect(read(mode, 'never')).toBe('Field takes one of: off, append.'));
});

describe('a duration', () => {
  const length = params.duration({ ...words, max: 1440 });

  it.each([
    ['90', 90],
    ['90m', 90],
    ['1h', 60],
    ['1h30', 90],
    ['1.5h', 90],
    ['1,5 h', 90],
    ['2 hours', 120],
    ['1 h 5 min', 65],
  ])('reads %s as %i minutes', (raw, minutes) => expect(read(length, raw)).toBe(minutes));
  it.each(['0', '25h', '-1', 'long', '1441', 'h'])('refuses %s', (raw) => {
    expect(read(length, raw)).toBe('Field takes minutes or hours, such as 90 or 1h30, up to 24 hours.');
  });
});

describe('a time zone', () => {
  const zone = params.zone(words);

  it('reads an IANA name', () => expect(read(zone, 'Europe/Berlin')).toBe('Europe/Berlin'));
  it('refuses a name that is none', () => expect(read(zone, 'Mars/Olympus')).toContain('"Mars/Olympus" is none'));
});

describe('any parameter', () => {
  const all: readonly params.Param<unknown>[] = [
    params.line({ ...words, max: 10 }),
    params.optionalLine({ ...words, max: 10 }),
    params.paragraph({ ...words, max: 10 }),
    params.number({ ...words, min: 1, max: 5, unit: 'things', default: 2 }),
    params.toggle({ ...words, default: false }),
    params.listed(words),
    params.requiredWhen(words),
    params.optionalWhen(words),
    params.zone(words),
    params.duration({ ...words, max: 60 }),
    params.webcast(words),
  ];

  it('answers every raw value with a value or a sentence, never with an exception', () => {
    const raw = fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.constant(undefined),
      fc.integer(),
      fc.constant(null),
      fc.array(fc.string()),
    );
    for (const param of all) {
      fc.assert(
        fc.property(raw, (value) => {
          const checked = param.schema.safeParse(value);
          if (!checked.success) expect(checked.error.issues[0]?.message).not.toBe('');
        }),
      );
    }
  });
});
