import { describe, expect, it } from '@jest/globals';
import {
  findMarkdownHabits,
  findMrkdwnFaults,
  findPlainTextFaults,
  judgeTexts,
} from '../../../doubles/slack/blocks/text.js';

describe('mrkdwn', () => {
  it.each([
    'plain words',
    '*bold* _it_ `code`',
    'a &lt; b &amp;&amp; c &gt; d',
    '<https://example.com/?a=1&b=2|label>',
    '<mailto:ada@example.com|Ada>',
    '<@U123ABC> in <#C123ABC|live>',
    '<!subteam^S123ABC>',
    '<!date^1800000000^{date_short_pretty} {time}|15 Jan 2027, 08:00 UTC>',
    '<!date^1800000000^{date}^https://example.com/|15 Jan>',
    '> a quote\n> of two lines',
    '😀 مرحبا',
  ])('has no fault in %s', (text) => {
    expect(findMrkdwnFaults(text)).toEqual([]);
  });

  it.each([
    ['Q&A', 'unescaped &'],
    ['a < b', 'unescaped <'],
    ['a > b', 'unescaped >'],
    ['<b>bold</b>', 'unescaped <'],
    ['&nbsp;', 'unescaped &'],
    ['<!channel> hello', 'broadcast mention <!channel>'],
    ['<!here|here>', 'broadcast mention'],
    ['<!everyone>', 'broadcast mention'],
    ['<!date^1800000000^{date}>', 'date without fallback'],
    ['<javascript:alert(1)|x>', 'unescaped <'],
  ])('finds the fault in %s', (text, fault) => {
    expect(findMrkdwnFaults(text).join('\n')).toContain(fault);
  });

  it('notices Markdown', () => {
    expect(findMarkdownHabits('**bold** and [text](https://example.com)')).toHaveLength(2);
    expect(findMarkdownHabits('*bold* and <https://example.com|text>')).toEqual([]);
  });
});

describe('plain text', () => {
  it.each(['a < b & c', '*stars*', 'https://example.com'])('has no fault in %s', (text) => {
    expect(findPlainTextFaults(text)).toEqual([]);
  });

  it.each(['Q&amp;A', '<@U123ABC>', '<!date^1800000000^{date}|x>'])('finds the fault in %s', (text) => {
    expect(findPlainTextFaults(text)).toHaveLength(1);
  });
});

describe('walking a payload', () => {
  it('points at the text objects', () => {
    const blocks = [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: 'a < b' },
        accessory: { text: { type: 'plain_text', text: '&lt;' } },
      },
      { type: 'rich_text', elements: [{ elements: [{ type: 'broadcast', range: 'here' }] }] },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: ':tada:' } }] },
    ];
    const { faults, habits } = judgeTexts(blocks, '/blocks');
    expect(faults).toEqual([
      expect.stringContaining('[/blocks/0/text]'),
      expect.stringContaining('[/blocks/0/accessory/text]'),
      expect.stringContaining('broadcast mention in rich text'),
    ]);
    expect(habits).toEqual([expect.stringContaining('button of emoji only')]);
  });
});
