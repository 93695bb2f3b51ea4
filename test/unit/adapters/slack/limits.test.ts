import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from '../../../../src/adapters/slack/limits.js';
import { bold, escapeText, mrkdwn, packLines, readTyped, unescapeText } from '../../../../src/adapters/slack/mrkdwn.js';
import { render } from '../../../../src/adapters/slack/render.js';
import { clip } from '../../../../src/core/clip.js';
import type { Piece, PrivateNode } from '../../../../src/core/view.js';
import { instant } from '../../../../src/core/webcast.js';
import { findBlockIssues } from '../../../doubles/slack/blocks/index.js';
import { judgeTexts } from '../../../doubles/slack/blocks/text.js';

const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '<!channel>',
    '<@U0WEBCAST1>',
    '&lt;b&gt;',
    '*bold*',
    '```',
    '<https://a.example|b>',
    '😀'.repeat(60),
  ),
  fc.constantFrom('x'.repeat(3500), '<'.repeat(2500), '|'),
);
const piece: fc.Arbitrary<Piece> = fc.oneof(
  words,
  fc.record({ bold: words }),
  fc.record({ code: words }),
  fc.record({ link: words, url: fc.oneof(fc.webUrl(), words) }),
  fc.record({ time: fc.integer({ min: 0, max: 4e12 }).map(instant) }),
  fc.record({ person: words }),
);
const text = fc.oneof(words, fc.array(piece, { maxLength: 6 }));
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 14 });
const node: fc.Arbitrary<PrivateNode> = fc.oneof(
  fc.record({ kind: fc.constant('title' as const), text: words }),
  fc.record({ kind: fc.constant('text' as const), text, style: fc.constantFrom('plain' as const, 'quiet' as const) }),
  fc.record({ kind: fc.constant('facts' as const), facts: few(fc.record({ label: words, value: text })) }),
  fc.record({ kind: fc.constant('list' as const), items: few(text) }),
  fc.record({ kind: fc.constant('code' as const), code: words }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(words, { minLength: 1, maxLength: 25 }),
    rows: few(few(words)),
  }),
  fc.record({ kind: fc.constant('links' as const), links: few(fc.record({ label: words, url: fc.webUrl() })) }),
  fc.record({ kind: fc.constant('buttons' as const), buttons: few(fc.record({ label: words, line: words })) }),
  fc.record({
    kind: fc.constant('pick' as const),
    label: words,
    line: fc.constant('status {}'),
    choices: few(fc.record({ value: words, label: words })),
  }),
  fc.constant({ kind: 'divider' as const }),
);

describe("Slack's limits", () => {
  it('hold for whatever a message is made of', () => {
    fc.assert(
      fc.property(words, fc.array(node, { maxLength: 60 }), (summary, nodes) => {
        const message = render({ summary, nodes });
        expect(findBlockIssues(message.blocks)).toEqual([]);
        expect(judgeTexts(message.blocks, '').faults).toEqual([]);
        expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(12_000);
        expect(message.blocks.length).toBeLessThanOrEqual(45);
        expect(message.text.length).toBeLessThanOrEqual(4000);
      }),
      { numRuns: 150 },
    );
  });

  it('shorten by whole code points, and only what is too long', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('😀😀😀', 5)).toBe('😀😀…');
    expect(clip('😀😀😀', 4)).toBe('😀…');
  });

  it('leave plain text readable and no entity or broadcast in it', () => {
    expect(plainText('R&D', 75).text).toBe('R&D');
    expect(plainText('<!here> &amp;', 75).text).toBe('<\u2060!here> &\u2060amp;');
    expect(plainText('  ', 75).text).toBe('–');
  });
});

describe('mrkdwn', () => {
  it('escapes and reads back any text', () => {
    fc.assert(fc.property(fc.string(), (typed) => expect(unescapeText(escapeText(typed))).toBe(typed)));
  });

  it.each([
    ['present add <@U0123ABCD|ann> <#C0123|events>', 'present add <@U0123ABCD|@ann> #events'],
    ['present add <@W0123ABCD>', 'present add <@W0123ABCD>'],
    ['create R&amp;D --stream <https://a.test/x?a=1&amp;b=2|a.test>', 'create R&D --stream https://a.test/x?a=1&b=2'],
    ['present add <mailto:ann@example.com|ann@example.com>', 'present add ann@example.com'],
    ['create a &lt; b &lt;@U1&gt;', 'create a < b <@U1>'],
  ])('reads what Slack makes of a typed line: %s', (sent, line) => {
    expect(readTyped(sent)).toBe(line);
  });

  it('never cuts an escape in two', () => {
    expect(mrkdwn('<<<<<<', 10)).toBe('&lt;&lt;…');
  });

  it('leaves a link out whole when it does not fit', () => {
    expect(mrkdwn(['See ', { link: 'the very long words', url: 'https://example.com/' }], 20)).toBe('See …');
  });

  it('makes words bold and leaves the spaces around them outside', () => {
    expect(bold(' Q3 ')).toBe(' *Q3* ');
    expect(bold('')).toBe('');
  });

  it('packs lines into as few texts as they fit in', () => {
    expect(packLines(['aaa', 'bbb', 'ccc'], 7)).toEqual(['aaa\nbbb', 'ccc']);
  });
});
