import { describe, expect, it } from '@jest/globals';
import { render } from '../../../../src/adapters/slack/render.js';
import { Secret } from '../../../../src/core/secret.js';
import type { PrivateNode } from '../../../../src/core/view.js';
import { instant } from '../../../../src/core/webcast.js';
import { findBlockIssues } from '../../../doubles/slack/blocks/index.js';
import { judgeTexts } from '../../../doubles/slack/blocks/text.js';

const at = instant(Date.UTC(2027, 0, 15, 9, 30));

/** Draws nodes, sees to it that Slack would take them, and gives the blocks. */
function draw(...nodes: PrivateNode[]) {
  const { blocks } = render({ summary: 'A message', nodes });
  expect(findBlockIssues(blocks)).toEqual([]);
  expect(judgeTexts(blocks, '').faults).toEqual([]);
  return blocks;
}

const written = (...nodes: PrivateNode[]): string => JSON.stringify(draw(...nodes));

describe('a message in Slack', () => {
  it('carries its summary as the fallback, escaped', () => {
    expect(render({ summary: 'R&D <!channel>', nodes: [] }).text).toBe('R&amp;D &lt;!channel&gt;');
  });

  it('shows its summary when there is nothing else to show', () => {
    expect(draw()).toEqual([{ type: 'section', text: { type: 'mrkdwn', verbatim: true, text: 'A message' } }]);
  });

  it('shortens the fallback to what an edit takes, without cutting an escape', () => {
    const { text } = render({ summary: '&'.repeat(5000), nodes: [] });
    expect(text.length).toBeLessThanOrEqual(4000);
    expect(text).toMatch(/^(&amp;)+…$/);
  });

  it('keeps all words of a title that is too long for a header', () => {
    const name = '&'.repeat(256);
    const drawn = written({ kind: 'title', text: `"${name}" is already live.` });
    expect(drawn).toContain(name.replaceAll('&', '&amp;'));
    expect(drawn).toContain('is already live.');
  });

  it('draws a title as a header', () => {
    expect(draw({ kind: 'title', text: 'Town hall' })).toEqual([
      { type: 'header', text: { type: 'plain_text', text: 'Town hall', emoji: true } },
    ]);
  });

  it('marks bold, code, links, people and times', () => {
    const text = [
      { bold: 'Q3' },
      ' ',
      { code: '1_abc' },
      ' ',
      { link: 'watch', url: 'https://example.com/?a=1&b=2' },
      ' ',
      { person: 'U0WEBCAST1' },
      ' ',
      { group: 'S0CREW123' },
      ' ',
      { time: at },
    ];
    expect(draw({ kind: 'text', text })).toEqual([
      {
        type: 'section',
        text: {
          type: 'mrkdwn',
          verbatim: true,
          text: '*Q3* `1_abc` <https://example.com/?a=1&amp;b=2|watch> <@U0WEBCAST1> <!subteam^S0CREW123> <!date^1800005400^{date_short_pretty} at {time}|2027-01-15 09:30 UTC>',
        },
      },
    ]);
  });

  it('calls a channel where it is told to, and nobody by an id that is none', () => {
    const text = [
      { everyone: 'here' },
      ' ',
      { everyone: 'channel' },
      ' ',
      { group: 'S1>x' },
      { person: '!channel' },
    ] as const;
    const { blocks } = render({ summary: 'Live now', nodes: [{ kind: 'text', text }] });
    expect(blocks).toMatchObject([{ text: { text: '<!here> <!channel> @S1&gt;x@!channel' } }]);
  });

  it.each(['<!channel>', '<!here|here>', '<@U0WEBCAST1>', '<!subteam^S123>'])(
    'keeps %s from a person as plain data',
    (words) => {
      const drawn = written(
        { kind: 'title', text: words },
        { kind: 'text', text: words },
        { kind: 'text', text: [{ bold: words }, { code: words }, { link: words, url: words }, { person: words }] },
        { kind: 'facts', facts: [{ label: words, value: words }] },
        { kind: 'list', items: [words] },
        { kind: 'lamps', lamps: [{ label: words, state: 'on', text: words }] },
        { kind: 'progress', steps: [{ text: words, state: 'doing' }] },
        { kind: 'buttons', buttons: [{ label: words, line: 'status' }] },
        { kind: 'pick', label: words, line: 'status {}', choices: [{ value: 'x', label: words }] },
      );
      expect(drawn).not.toMatch(/<[!@]/);
    },
  );

  it('leaves the space after bold words outside of the marks, where Slack wants it', () => {
    expect(written({ kind: 'text', text: [{ bold: 'Next: ' }, 'go live'] })).toContain('"text":"*Next:* go live"');
  });

  it('does not let an asterisk break out of bold words', () => {
    expect(written({ kind: 'text', text: [{ bold: 'a*b' }] })).toContain('"text":"a*b"');
  });

  it('does not let a backtick break out of code', () => {
    expect(written({ kind: 'text', text: [{ code: 'a`b' }] })).toContain('`aˋb`');
  });

  it('says the state of a lamp and a step in words, not by colour alone', () => {
    const drawn = written(
      { kind: 'lamps', lamps: [{ label: 'Main encoder', state: 'bad', text: 'no picture' }] },
      { kind: 'progress', steps: [{ text: 'Asking Kaltura', state: 'failed' }] },
    );
    expect(drawn).toContain(':red_circle: *Main encoder:* no picture');
    expect(drawn).toContain(':x: Asking Kaltura');
  });

  it('puts ten facts into a section and the rest into the next', () => {
    const facts = Array.from({ length: 12 }, (_, index) => ({ label: `L${index}`, value: `V${index}` }));
    const blocks = draw({ kind: 'facts', facts });
    expect(blocks.map((block) => (block.type === 'section' ? block.fields?.length : 0))).toEqual([10, 2]);
  });

  it('keeps an embed code whole, whatever stands in it', () => {
    const code = `<script src="https://cdn.example/p.js?a=1&b=2"></script>\n${'<div>```</div>\n'.repeat(200)}`;
    const [block] = draw({ kind: 'code', code });
    expect(block).toEqual({
      type: 'rich_text',
      elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] }],
    });
  });

  it('reveals a secret where it is drawn and nowhere else', () => {
    const node: PrivateNode = { kind: 'secret', label: 'Stream key', value: new Secret('live-key-1') };
    expect(written(node)).toContain('live-key-1');
    expect(JSON.stringify(node)).not.toContain('live-key-1');
  });

  it('draws the first table as a table and a second one as lines, which Slack limits to one a message', () => {
    const table: PrivateNode = {
      kind: 'table',
      columns: ['Name', 'Phase'],
      rows: [
        ['Town hall', 'live'],
        ['', 'ended'],
      ],
    };
    expect(draw(table, table).map((block) => block.type)).toEqual(['table', 'rich_text']);
  });

  it('cuts a long table and says how many rows are left out', () => {
    const rows = Array.from({ length: 150 }, (_, index) => [`Webcast ${index}`, 'scheduled']);
    const drawn = written({ kind: 'table', columns: ['Name', 'Phase'], rows });
    expect(drawn).toMatch(/…and \d+ more/);
    expect(drawn).toContain('Webcast 0');
  });

  it('draws a curve as bars with its figures in words', () => {
    const points = [3, 9, 6].map((value, index) => ({ at: instant(at + index * 60_000), value }));
    const drawn = written({ kind: 'chart', title: 'Viewers', unit: 'viewers', points });
    expect(drawn).toContain('▃█▆');
    expect(drawn).toMatch(/lowest 3, highest 9 \(.*\), last 6 viewers/);
    expect(written({ kind: 'chart', title: 'Viewers', unit: 'viewers', points: [] })).toContain('Nothing was measured');
  });

  it('draws a picture with its words, and the words alone where the address is none of the web', () => {
    expect(draw({ kind: 'image', url: 'https://example.com/a.png', alt: 'A curve' })[0]).toMatchObject({
      type: 'image',
    });
    expect(draw({ kind: 'image', url: 'data:image/png;base64,xx', alt: 'A curve' })[0]).toMatchObject({
      type: 'section',
      text: { text: 'A curve' },
    });
  });

  it('gives each button its line, and an id that no other button of the message has', () => {
    const buttons: PrivateNode = { kind: 'buttons', buttons: [{ label: 'Status', line: 'status 1_abc' }] };
    const [first, second] = draw(buttons, buttons);
    expect(first).toMatchObject({ elements: [{ action_id: 'wc:status:0.0', value: 'status 1_abc' }] });
    expect(second).toMatchObject({ elements: [{ action_id: 'wc:status:1.0' }] });
  });

  it('trims what is too long for Slack, keeps the buttons and says what is missing', () => {
    const long = Array.from({ length: 60 }, (_, index): PrivateNode => ({ kind: 'text', text: `Line ${index}` }));
    const blocks = draw(...long, { kind: 'buttons', buttons: [{ label: 'More', line: 'list --page=2' }] });
    expect(blocks.length).toBeLessThanOrEqual(45);
    expect(blocks.at(-1)?.type).toBe('actions');
    expect(JSON.stringify(blocks.at(-2))).toMatch(/…and 17 more parts/);
  });
});
