import { describe, expect, it } from '@jest/globals';
import { readLine, strangersIn } from '../../../../src/adapters/teams/mentions.js';

const bot = '28:22222222-2222-4222-8222-222222222222';
const mention = (text: string, id = bot) => ({
  type: 'mention',
  text,
  mentioned: { id, name: text.replace(/<[^>]+>/g, '') },
});
const whole = mention('<at>Webcast Bot</at>');

describe('the line of a message', () => {
  it.each([
    ['<at>Webcast Bot</at> create Town hall', [whole], 'create Town hall'],
    ['<at>Webcast Bot</at>&nbsp;create\r\n', [whole], 'create'],
    ['create <at>Webcast Bot</at>', [whole], 'create'],
    ['<at>Webcast</at> <at>Bot</at> create', [mention('<at>Webcast</at>'), mention('<at>Bot</at>')], 'create'],
    ['<at>Webcast Bot</at> <at>Webcast Bot</at> create', [whole, whole], 'create'],
    ['/webcast create x', [], 'create x'],
    ['webcast create x', [], 'create x'],
    ['/create x', [], 'create x'],
    ['create x', [], 'create x'],
    ['<at>Webcast Bot</at> /webcast create x', [whole], 'create x'],
    ['', [], ''],
    ['<at>Webcast Bot</at>', [whole], ''],
    ['webcast', [], ''],
    ['create “Town hall” –start "in 10 minutes"', [], 'create “Town hall” –start "in 10 minutes"'],
    ['create A &amp; B &lt;at&gt;x&lt;/at&gt; &amp;lt;', [], 'create A & B <at>x</at> &lt;'],
    ['cre\u0000ate\u200b x', [], 'create x'],
    ['create \u{1F468}\u200d\u{1F469}', [], 'create \u{1F468}\u200d\u{1F469}'],
    ['create webcast', [], 'create webcast'],
  ])('of %j is %j', (text, entities, line) => {
    expect(readLine(text, entities, [bot]).line).toBe(line);
  });

  it('keeps other people as who they are', () => {
    const megan = mention('<at>Megan Bowen</at>', '29:megan');
    const said = readLine('<at>Webcast Bot</at> assign <at>Megan Bowen</at>', [whole, megan], [bot]);
    expect(said).toEqual({ line: 'assign <@29:megan|Megan Bowen>', toBot: true });
  });

  it("names them by the directory's id where it is known", () => {
    const megan = mention('<at>Megan Bowen</at>', '29:megan');
    const directory = '33333333-3333-4333-8333-333333333333';
    expect(strangersIn([whole, megan], [bot])).toEqual(['29:megan']);
    expect(readLine('add <at>Megan Bowen</at>', [megan], [bot], () => directory).line).toBe(
      `add <@${directory}|Megan Bowen>`,
    );
    const told = { ...megan, mentioned: { ...megan.mentioned, aadObjectId: directory } };
    expect(strangersIn([told], [bot])).toEqual([]);
    expect(readLine('add <at>Megan Bowen</at>', [told], [bot]).line).toBe(`add <@${directory}|Megan Bowen>`);
  });
});
