import { describe, expect, it } from '@jest/globals';
import { optionalLine, type Params } from '../../../src/core/params.js';
import { parseLine } from '../../../src/core/parse.js';
import { readPeople, sayPeople, writePerson } from '../../../src/core/people.js';

const id = '33333333-3333-4333-8333-333333333333';
const member = (one: string) => ({ kind: 'member', id: one });
const user = (one: string) => ({ kind: 'user', user: one });

describe('people in a line', () => {
  it.each([
    ['<@U0123ABCD|@ann>', [member('U0123ABCD')], undefined],
    ['<@U0123ABCD> Q3 Town Hall', [member('U0123ABCD')], 'Q3 Town Hall'],
    [
      `<@${id}|Megan Bowen>, <@29:x_y-z|O'Neil (Ext)> and me`,
      [member(id), member('29:x_y-z'), { kind: 'me' }],
      undefined,
    ],
    ['ann@example.com bob@example.com', [user('ann@example.com'), user('bob@example.com')], undefined],
    ['U0123ABCD @U0456EFGH', [member('U0123ABCD'), member('U0456EFGH')], undefined],
    [`@${id}`, [member(id)], undefined],
    ['UPDATES Weekly', [], 'UPDATES Weekly'],
    ['me Talk with <@U1|Bob>', [{ kind: 'me' }], 'Talk with Bob'],
    ['', [], undefined],
  ])('of %j', (words, people, rest) => {
    expect(readPeople(words)).toEqual({ people, rest, unclear: [] });
  });

  it('that no platform has told the id of are unclear', () => {
    expect(readPeople('@ann @bob Town').unclear).toEqual(['@ann', '@bob']);
  });

  it('stand in it as who they are, whatever they are called', () => {
    const written = writePerson('29:x', 'Eve <@U1|Ann> "x"');
    expect(readPeople(written)).toMatchObject({ people: [member('29:x')], rest: undefined });
    expect(sayPeople(`Talk with ${written}!`)).toBe('Talk with Eve  @U1 Ann  "x"!');
    expect(sayPeople('<@U1>')).toBe('@U1');
  });

  it('are told by name to whatever does not take people, and by id to what does', () => {
    const words = { label: 'Words', hint: '', max: 100 };
    const params: Params = {
      title: optionalLine(words),
      who: optionalLine({ ...words, people: true }),
    };
    const line = `plan Talk with <@${id}|Megan Bowen> --who=<@U1|Ann Smith> `;
    expect(parseLine(line, new Map([['plan', params]]))).toMatchObject({
      values: { title: 'Talk with Megan Bowen', who: '<@U1|Ann Smith>' },
      problems: [],
    });
  });

  it('do not swallow a line that only looks like it', () => {
    const params: Params = { title: optionalLine({ label: 'Title', hint: '', max: 100 }) };
    expect(parseLine('plan a <@ b --title=c', new Map([['plan', params]]))).toMatchObject({
      problems: [expect.any(String)],
    });
    expect(parseLine('plan 1 <@ 2', new Map([['plan', params]]))).toMatchObject({ values: { title: '1 <@ 2' } });
  });
});
