import { describe, expect, it } from '@jest/globals';
import { sizeOf } from '../../../../src/adapters/teams/limits.js';
import { escapeText, link, markdown } from '../../../../src/adapters/teams/markdown.js';
import { render } from '../../../../src/adapters/teams/render.js';
import { Secret } from '../../../../src/core/secret.js';
import type { PrivateNode } from '../../../../src/core/view.js';
import { instant } from '../../../../src/core/webcast.js';
import { findCardIssues } from '../../../doubles/teams/cards/index.js';

const pen = { data: (line: string) => ({ v: 1, line }), opensForm: (line: string) => line === 'create' };
const at = instant(Date.parse('2026-12-01T09:30:00Z'));

const nodes: readonly PrivateNode[] = [
  { kind: 'title', text: 'Town hall' },
  { kind: 'text', text: ['Plain ', { bold: 'bold' }, ' ', { code: 'help' }, ' ', { time: at }] },
  { kind: 'text', style: 'quiet', text: ['See ', { link: 'page', url: 'https://example.com' }, { person: 'ann' }] },
  { kind: 'facts', facts: [{ label: 'Start', value: [{ time: at }] }] },
  {
    kind: 'lamps',
    lamps: [
      { label: 'Encoder', state: 'on', text: 'sends' },
      { label: 'Viewers', state: 'off', text: 'wait' },
      { label: 'Backup', state: 'warn', text: 'connects' },
      { label: 'Audio', state: 'bad', text: 'is lost' },
    ],
  },
  { kind: 'time', label: 'Start', at },
  { kind: 'list', items: ['one', 'two'] },
  { kind: 'table', columns: ['a', 'b'], rows: [['1', '2'], ['3']] },
  { kind: 'code', label: 'Page', code: '<iframe src="x"></iframe>\n*stars*' },
  { kind: 'image', url: 'https://example.com/x.png', alt: 'A picture' },
  { kind: 'image', url: 'http://example.com/x.png', alt: 'A picture in the clear' },
  {
    kind: 'chart',
    title: 'Viewers',
    unit: 'viewers',
    points: [1, 5, 3].map((value, index) => ({ at: instant(at + index * 60_000), value })),
  },
  { kind: 'chart', title: 'Nothing', unit: 'viewers', points: [] },
  { kind: 'links', links: [{ label: 'Watch', url: 'https://example.com/watch' }] },
  {
    kind: 'buttons',
    buttons: [
      { label: 'Status', line: 'status 1_ab12cd34' },
      { label: 'Plan', line: 'create', style: 'primary' },
      { label: 'Watch', url: 'https://example.com' },
      {
        label: 'End',
        line: 'end 1_ab12cd34 --yes',
        style: 'danger',
        confirm: { title: 'End', text: 'End it?', yes: 'End it now', no: 'Keep it' },
      },
    ],
  },
  {
    kind: 'pick',
    label: 'Which?',
    line: 'status {}',
    choices: [{ value: '1_ab12cd34', label: 'Town hall', hint: 'x' }],
  },
  {
    kind: 'progress',
    steps: [
      { text: 'one', state: 'done' },
      { text: 'two', state: 'doing' },
      { text: 'three', state: 'todo' },
      { text: 'four', state: 'failed' },
    ],
  },
  { kind: 'divider' },
  { kind: 'secret', label: 'Key', value: new Secret('the-key') },
];

const cardOf = (...drawn: readonly PrivateNode[]) =>
  render({ summary: 'Town hall', nodes: drawn }, pen).attachments[0]?.content;

describe('a call in Teams', () => {
  const id = '00000000-0000-0000-0000-00000000aaaa';
  const call = { kind: 'text', text: [{ person: id }, ' and ', { group: 'crew' }, { everyone: 'channel' }] } as const;
  const calling = (name: string) =>
    render({ summary: 'Live', nodes: [call] }, pen, new Map([[id, name]])).attachments[0]?.content;

  it('is a mark in the text and an entity beside it, for a person whose name is known; more than one cannot be called', () => {
    const content = calling('Megan Bowen');
    expect(content?.body).toMatchObject([{ text: '<at>Megan Bowen</at> and @crew@channel' }]);
    expect(content?.msteams?.entities).toEqual([
      { type: 'mention', text: '<at>Megan Bowen</at>', mentioned: { id, name: 'Megan Bowen' } },
    ]);
    expect(findCardIssues(content, { place: 'message', people: new Set([id]) }).issues).toEqual([]);
  });

  it.each(['</at><at>Eve</at>', '**Megan** [x](y)', '<>', '\\'])('is whole whatever the name: %s', (name) => {
    expect(findCardIssues(calling(name), { place: 'message', people: new Set([id]) }).issues).toEqual([]);
  });

  it('of somebody whose name is not known is plain words', () => {
    const content = render({ summary: 'Live', nodes: [call] }, pen).attachments[0]?.content;
    expect(content?.msteams).toEqual({ width: 'Full' });
    expect(JSON.stringify(content)).not.toContain('<at>');
  });
});

describe('a view in Teams', () => {
  it.each(nodes.map((node) => [node.kind, node] as const))('draws %s as Teams takes it', (_kind, node) => {
    const { issues, advice } = findCardIssues(cardOf({ kind: 'title', text: 'T' }, node), {
      place: 'message',
      people: new Set(),
    });
    expect({ issues, advice }).toEqual({ issues: [], advice: [] });
    expect(cardOf(node)?.body.length).toBeGreaterThan(0);
  });

  it('opens a form by a dialog button and asks before weighty ones', () => {
    const card = JSON.stringify(cardOf(...nodes));
    expect(card).toContain('"title":"Plan","data":{"v":1,"line":"create","msteams":{"type":"task/fetch"}}');
    expect(card).toContain('"type":"Action.ShowCard","title":"End","style":"destructive"');
  });

  it('puts moments into each reader\u2019s zone', () => {
    expect(JSON.stringify(cardOf({ kind: 'time', label: 'Start', at }))).toContain(
      '{{DATE(2026-12-01T09:30:00Z, SHORT)}} {{TIME(2026-12-01T09:30:00Z)}}',
    );
  });

  it('carries a drawing in text for clients without charts', () => {
    const chart = cardOf(...nodes)?.body.find(({ type }) => type === 'Chart.Line');
    expect(JSON.stringify(chart?.fallback)).toContain('▂█▅');
  });

  it('carries the same figures as a table for clients without charts', () => {
    const chart = cardOf(...nodes)?.body.find(({ type }) => type === 'Chart.Line');
    const rows = JSON.stringify(chart?.fallback).match(/"type":"TableRow"/g);
    expect(rows).toHaveLength(4);
  });

  it('keeps code as it is, so that what is copied is what was meant', () => {
    const texts = JSON.stringify(cardOf({ kind: 'code', code: '<iframe src="x_y"></iframe>\n*stars*' }));
    expect(texts).toContain('"text":"*stars*"');
    expect(texts).toContain('<iframe src=\\"x_y\\"></iframe>');
  });

  it.each([20, 200, 2000])('R19 stays below the limit with %i long rows', (count) => {
    const rows = Array.from({ length: count }, () => ['ä'.repeat(499), '漢'.repeat(499), 'x'.repeat(499)]);
    const message = render({ summary: 'Long', nodes: [{ kind: 'table', columns: ['a', 'b', 'c'], rows }] }, pen);
    expect(sizeOf(message)).toBeLessThanOrEqual(100 * 1024);
  });
});

describe('marking', () => {
  it.each([
    ['1_ab12cd34', '1_ab12cd34'],
    ['Q3 Town Hall (all hands)', 'Q3 Town Hall (all hands)'],
    ['*b* [x](y) `c` ~s~', '\\*b\\* \\[x\\](y) \\`c\\` \\~s\\~'],
    ['_i_', '\\_i\\_'],
    ['- item', '\\- item'],
    ['# head', '\\# head'],
    ['1. item', '1\u2060. item'],
    ['a \\* b', 'a \\\\\\* b'],
    ['<at>All</at> <b>', '<\u2060at>All<\u2060/at> <\u2060b>'],
    ['{{TIME(2026-01-01T00:00:00Z)}}', '{\u2060{TIME(2026-01-01T00:00:00Z)}}'],
  ])('writes %j as %j', (text, written) => {
    expect(escapeText(text)).toBe(written);
  });

  it('makes links of https addresses only', () => {
    expect(link('page', 'https://example.com/a(b)')).toBe('[page](https://example.com/a%28b%29)');
    expect(link('page', 'javascript:alert(1)')).toBe('page (javascript:alert(1))');
    expect(markdown([{ link: 'a', url: 'http://example.com' }])).toBe('a (http://example.com)');
  });
});
