import { describe, expect, it } from '@jest/globals';
import { renderView } from '../../../../src/adapters/terminal/render.js';
import { widthOf } from '../../../../src/adapters/terminal/text.js';
import { Secret } from '../../../../src/core/secret.js';
import type { PrivateNode } from '../../../../src/core/view.js';
import { instant, type Zone } from '../../../../src/core/webcast.js';

const look = { zone: 'Europe/Berlin' as Zone, width: 80, colours: false };
const at = instant(Date.UTC(2026, 10, 23, 14));
const draw = (...nodes: readonly PrivateNode[]) => renderView({ summary: '', nodes }, look).join('\n');

const everyNode: readonly PrivateNode[] = [
  { kind: 'title', text: 'Q3 Town Hall' },
  {
    kind: 'text',
    text: ['By ', { person: 'you' }, ' at ', { time: at }, ', ', { link: 'site', url: 'https://a.test/' }],
  },
  {
    kind: 'facts',
    facts: [
      { label: 'DVR', value: '60 minutes' },
      { label: 'Recording', value: [{ bold: 'on' }] },
    ],
  },
  { kind: 'lamps', lamps: [{ label: 'Main', state: 'on', text: 'a picture' }] },
  { kind: 'time', label: 'Start', at },
  { kind: 'list', items: ['one', [{ code: 'help' }]] },
  { kind: 'table', columns: ['Id', 'Name'], rows: [['0_a', 'Show']] },
  { kind: 'code', label: 'Script', code: '<script>\n\tplay()' },
  { kind: 'image', url: 'https://a.test/i.png', alt: 'Viewers' },
  {
    kind: 'chart',
    title: 'Viewers',
    unit: 'people',
    points: [
      { at, value: 0 },
      { at, value: 10 },
    ],
  },
  { kind: 'links', links: [{ label: 'Watch', url: 'https://a.test/w' }] },
  {
    kind: 'buttons',
    buttons: [
      { label: 'Go live', line: 'golive 0_a' },
      { label: 'Open', url: 'https://a.test/o' },
    ],
  },
  { kind: 'pick', label: 'Which?', line: 'golive {}', choices: [{ value: '0_a', label: 'Show' }] },
  {
    kind: 'progress',
    steps: [
      { text: 'Open', state: 'done' },
      { text: 'Wait', state: 'doing' },
    ],
  },
  { kind: 'divider' },
  { kind: 'secret', label: 'Stream key', value: new Secret('s3cr3t') },
];

describe('a view in a terminal', () => {
  it('shows every kind of node', () => {
    const text = renderView({ summary: '', nodes: everyNode }, look).join('\n');
    expect(text).toBe(
      `Q3 Town Hall
By @you at Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1), site
(https://a.test/)
DVR:       60 minutes
Recording: on
● on   Main: a picture
Start: Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1)
- one
- help

Id   Name
---  ----
0_a  Show

Script:
<script>
\tplay()

[picture] Viewers: https://a.test/i.png

Viewers: lowest 0, highest 10, last 10 people
▁█
from Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1)
to   Monday 23 November 2026, 15:00 (Europe/Berlin, UTC+1)

Watch: https://a.test/w
  [Go live]  golive 0_a
  [Open]     https://a.test/o

Which?
  1. Show
Type a number, or: golive <entry id or name>

✓ done   Open
… doing  Wait

----------------------------------------

Stream key:
s3cr3t`,
    );
  });

  it('says the state of lamps and steps in words', () => {
    const states = ['on', 'off', 'warn', 'bad'] as const;
    const lamps = draw({ kind: 'lamps', lamps: states.map((state) => ({ label: state, state, text: '' })) });
    expect(lamps.split('\n').map((line) => line.replace(/ {2,}.*/, '').replace(/ \w+:$/, ''))).toEqual([
      '● on',
      '○ off',
      '! warn',
      '× bad',
    ]);
    const steps = ['done', 'doing', 'todo', 'failed'] as const;
    const drawn = draw({ kind: 'progress', steps: steps.map((state) => ({ text: '', state })) });
    expect(drawn.split('\n').map((line) => line.trim())).toEqual(['✓ done', '… doing', '· to do', '× failed']);
  });

  it('uses colour codes only where they are understood, and never for the words themselves', () => {
    const lines = renderView({ summary: '', nodes: everyNode }, { ...look, colours: true }).join('\n');
    expect(lines).toContain('\u001b[1mQ3 Town Hall\u001b[22m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes are what is taken away
    expect(lines.replace(/\u001b\[\d+m/g, '')).toBe(draw(...everyNode));
  });

  it('wraps sentences between words within its columns', () => {
    const lines = draw({ kind: 'text', text: 'word '.repeat(60) }).split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
  });

  it('hangs the rest of a long fact under its value', () => {
    const drawn = draw({ kind: 'facts', facts: [{ label: 'Why', value: 'word '.repeat(20) }] });
    expect(drawn).toMatch(/^Why: word.*\n {5}word/);
  });

  it('keeps code and addresses whole, so that they can be copied', () => {
    const code = `<iframe src="${'x'.repeat(200)}"   >`;
    const url = `https://a.test/${'y'.repeat(200)}`;
    expect(draw({ kind: 'code', code }).split('\n')).toEqual([code]);
    expect(draw({ kind: 'links', links: [{ label: 'Watch', url }] })).toBe(`Watch: ${url}`);
  });

  it('draws charts of many points as wide as a line and without losing the peak', () => {
    const points = Array.from({ length: 500 }, (_, index) => ({ at, value: index === 251 ? 9 : 1 }));
    const [, bars = ''] = draw({ kind: 'chart', title: 'Viewers', unit: 'people', points }).split('\n');
    expect(bars).toHaveLength(60);
    expect(bars.match(/█/g)).toHaveLength(1);
  });

  it('prints the beginning of a file, with its size and what is left', () => {
    const file = (text: string) => draw({ kind: 'file', name: 'attendance.csv', type: 'text/csv', text });
    expect(file('name\nAda\n')).toBe('attendance.csv (text/csv, 9 bytes):\nname\nAda');
    expect(file('x\n'.repeat(41))).toMatch(/…and 1 more line$/);
    expect(file('\u001b[2J')).not.toContain('\u001b');
  });

  it('says so when a chart has no figures and a table no rows', () => {
    expect(draw({ kind: 'chart', title: 'Viewers', unit: 'people', points: [] })).toBe('Viewers: no figures yet');
    expect(draw({ kind: 'table', columns: ['Id'], rows: [] })).toContain('(none)');
  });
});

describe('a table in a terminal', () => {
  it('aligns cells of any script', () => {
    const rows = [
      ['会議', 'a'],
      ['🎥 Town', 'b'],
      ['Café', 'c'],
    ];
    const lines = draw({ kind: 'table', columns: ['Name', 'X'], rows })
      .split('\n')
      .slice(2);
    expect(lines.map((line) => widthOf(line.slice(0, -1)))).toEqual([9, 9, 9]);
  });

  it('breaks its widest cells where the line is too short', () => {
    const lines = draw({ kind: 'table', columns: ['Id', 'Name'], rows: [['0_abcdef12', 'long '.repeat(40)]] }).split(
      '\n',
    );
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(80);
    expect(lines[2]?.startsWith('0_abcdef12  long')).toBe(true);
    expect(lines.join(' ').match(/long/g)).toHaveLength(40);
  });
});

describe('text of other people', () => {
  const evil = 'a\u001b]0;x\u0007b\u009b31mc\u202edrow\rend\u0000';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must never reach the screen
  const harmful = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

  it('is harmless wherever it stands', () => {
    const confirm = { title: evil, text: evil, yes: evil, no: evil };
    const nodes: readonly PrivateNode[] = [
      { kind: 'title', text: evil },
      { kind: 'text', text: evil },
      { kind: 'text', text: [evil, { bold: evil }, { code: evil }, { link: evil, url: evil }, { person: evil }] },
      { kind: 'facts', facts: [{ label: evil, value: evil }] },
      { kind: 'lamps', lamps: [{ label: evil, state: 'on', text: evil }] },
      { kind: 'time', label: evil, at },
      { kind: 'list', items: [evil] },
      { kind: 'table', columns: [evil], rows: [[evil]] },
      { kind: 'code', label: evil, code: evil },
      { kind: 'image', url: evil, alt: evil },
      { kind: 'chart', title: evil, unit: evil, points: [{ at, value: 1 }] },
      { kind: 'links', links: [{ label: evil, url: evil }] },
      { kind: 'buttons', buttons: [{ label: evil, line: evil, confirm }] },
      { kind: 'pick', label: evil, line: evil, choices: [{ value: evil, label: evil, hint: evil }] },
      { kind: 'progress', steps: [{ text: evil, state: 'done' }] },
      { kind: 'secret', label: evil, value: new Secret(evil) },
    ];
    for (const node of nodes) expect(draw(node)).not.toMatch(harmful);
  });

  it('stays legible, with what was taken made visible', () => {
    expect(draw({ kind: 'title', text: 'Q3\u001b[2J \u05e9\u05dc\u05d5\u05dd <b>&amp;</b> @channel' })).toBe(
      'Q3␛[2J \u05e9\u05dc\u05d5\u05dd <b>&amp;</b> @channel',
    );
  });
});
