import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { line, optionalLine, type Params, toggle, webcast } from '../../../src/core/params.js';
import { parseLine, splitWords, writeLine } from '../../../src/core/parse.js';

const table: Params = {
  name: line({ label: 'Name', hint: '', max: 256 }),
  start: line({ label: 'Start', hint: '', max: 100 }),
  dvrWindow: line({ label: 'DVR window', hint: '', max: 10 }),
  dvr: toggle({ label: 'DVR', hint: '', default: true }),
};
const commands = new Map<string, Params>([
  ['create', table],
  ['golive', {}],
  [
    'move',
    { webcast: webcast(), when: optionalLine({ label: 'When', hint: '', max: 100, loose: 'behind the first' }) },
  ],
  ['announce', { text: line({ label: 'Text', hint: '', max: 200 }), webcast: webcast({ loose: 'an id before' }) }],
  ['help', {}],
]);
const parse = (text: string) => parseLine(text, commands);

describe('splitting a typed line into words', () => {
  it.each([
    ['create "Q3 Town Hall"', ['create', 'Q3 Town Hall']],
    ['create “Q3 Town Hall”', ['create', 'Q3 Town Hall']],
    ['create „Jahresversammlung“', ['create', 'Jahresversammlung']],
    ['create «Assemblée générale»', ['create', 'Assemblée générale']],
    ["create ‘Q3’ --start='tomorrow 15:00'", ['create', 'Q3', '--start=tomorrow 15:00']],
    ["create Ann's show", ['create', "Ann's", 'show']],
    ['create ""', ['create', '']],
    ['create "never closed', ['create', 'never closed']],
    ['  \t\n ', []],
  ])('reads %j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });
});

describe('reading a line', () => {
  it('gives loose words to the first parameter and options to theirs', () => {
    expect(parse('/webcast create Q3 Town Hall --start "tomorrow 15:00" --no-dvr')).toEqual({
      kind: 'line',
      command: 'create',
      values: { name: 'Q3 Town Hall', start: 'tomorrow 15:00', dvr: false },
      problems: [],
    });
  });

  it('takes the long dash that a phone makes of two hyphens', () => {
    expect(parse('create X —start now')).toMatchObject({ values: { name: 'X', start: 'now' }, problems: [] });
  });

  it('keeps a word after a switch for the name, unless it says on or off', () => {
    expect(parse('create --dvr Hall')).toMatchObject({ values: { dvr: true, name: 'Hall' } });
    expect(parse('create Hall --dvr off')).toMatchObject({ values: { dvr: 'off', name: 'Hall' } });
  });

  it('does not make a name of words that stand apart', () => {
    expect(parse('create Hall --dvr maybe not')).toMatchObject({
      problems: ['"maybe not" is not expected behind an option: "Hall" was said before.'],
    });
    expect(parse('create Town --dvr --start now Hall')).toMatchObject({
      problems: ['"Hall" is not expected behind an option: "Town" was said before.'],
    });
  });

  it('asks whether a misspelt command was meant', () => {
    expect(parse('golvie 1_ab12cd34')).toEqual({ kind: 'unknown', word: 'golvie', meant: 'golive' });
    expect(parse('weather')).toEqual({ kind: 'unknown', word: 'weather', meant: undefined });
  });

  it('refuses a misspelt option with the one that was meant, and never guesses', () => {
    expect(parse('create X --dvr-windw 30')).toMatchObject({
      problems: ['There is no option --dvr-windw. Did you mean --dvr-window?'],
    });
    expect(parse('create X --strat now')).toMatchObject({
      problems: ['There is no option --strat. Did you mean --start?'],
    });
  });

  it('says that an option is given twice or lacks its value', () => {
    expect(parse('create X --start a --start b --dvr-window')).toMatchObject({
      problems: ['--start is given twice.', '--dvr-window needs a value.'],
    });
  });

  it.each([
    ['move "Q3 Town Hall" friday 15:00', { webcast: 'Q3 Town Hall', when: 'friday 15:00' }],
    ['move friday', { webcast: 'friday' }],
    ['move Town Hall --when friday', { webcast: 'Town Hall', when: 'friday' }],
  ])('gives the words behind the first one to whom they belong: %s', (text, values) => {
    expect(parse(text)).toEqual({ kind: 'line', command: text.split(' ')[0], values, problems: [] });
  });

  it.each([
    ['announce 1_AB12cd34 We go on.', { webcast: '1_AB12cd34', text: 'We go on.' }],
    ['announce 1_ab12cd34', { webcast: '1_ab12cd34' }],
    ['announce We go on.', { text: 'We go on.' }],
    ['announce "1_ab12cd34 is next"', { text: '1_ab12cd34 is next' }],
    ['announce 1_ab12cd34 is next --webcast 1_ef56gh78', { text: '1_ab12cd34 is next', webcast: '1_ef56gh78' }],
  ])('takes an id before the words where one can stand there: %s', (text, values) => {
    expect(parse(text)).toEqual({ kind: 'line', command: 'announce', values, problems: [] });
  });

  it('says what is not expected where a command takes nothing', () => {
    expect(parse('golive please now')).toMatchObject({ problems: ['"please now" is not expected here.'] });
  });

  it('never throws, whatever is typed', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parse(text)));
    fc.assert(fc.property(fc.string(), (text) => void parse(`create ${text}`)));
  });

  it('reads back every line that it writes', () => {
    const word = fc
      .string({ minLength: 1 })
      .filter((text) => !/["“”„«»]/.test(text) && text.trim() === text && text !== '');
    fc.assert(
      fc.property(word, word, fc.boolean(), (name, start, dvr) => {
        expect(parse(writeLine('create', name, { start, dvr }))).toEqual({
          kind: 'line',
          command: 'create',
          values: { name, start, dvr },
          problems: [],
        });
      }),
    );
  });
});
