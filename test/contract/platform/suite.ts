import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Place, Platform, Whom } from '../../../src/core/ports.js';
import { Secret } from '../../../src/core/secret.js';
import { type PublicNode, plain, say, type View } from '../../../src/core/view.js';
import { instant } from '../../../src/core/webcast.js';
import type { Product } from './product.js';

/** A platform on its double, as far as the contract needs to reach it. */
export interface Ground {
  readonly product: Product;
  readonly platform: Platform;
  readonly place: Place;
  readonly whom: Whom;
  /** The messages that stand in the channel for everybody, oldest first, as words. */
  channel(): Promise<readonly string[]> | readonly string[];
  /** What only the asking person was shown, as words. */
  private(): Promise<readonly string[]> | readonly string[];
  /** Says a line in the channel, and resolves when the words stand somewhere. */
  says(line: string, until: string): Promise<void>;
  /** The same delivery, twice. */
  saysTwice(line: string, until: string): Promise<void>;
  /** Opens the form of ask, fills it by labels as a person does, and submits it. */
  fills(answers: Readonly<Record<string, string | boolean>>, until: string): Promise<void>;
  stop(): Promise<void>;
}

/** What a platform does otherwise, and why; it is tested in the platform's own tests. */
export interface Differences {
  readonly editsKeepPlace?: string;
  readonly sameDeliveryTwice?: string;
}

const everyNode: readonly PublicNode[] = [
  { kind: 'title', text: 'A title' },
  {
    kind: 'text',
    text: ['Plain ', { bold: 'bold' }, ' ', { code: 'typed' }, ' ', { link: 'a link', url: 'https://example.com/a' }],
  },
  { kind: 'text', style: 'quiet', text: 'Quiet words' },
  { kind: 'facts', facts: [{ label: 'Fact', value: 'its value' }] },
  { kind: 'lamps', lamps: [{ label: 'Encoder', state: 'on', text: 'picture arrives' }] },
  { kind: 'time', label: 'Begins', at: instant(Date.UTC(2026, 11, 1, 9)) },
  { kind: 'list', items: ['First item', 'Second item'] },
  { kind: 'table', columns: ['Option', 'Meaning'], rows: [['--dvr', 'rewind']] },
  { kind: 'code', label: 'Embed', code: '<iframe src="https://example.com/x"></iframe>' },
  { kind: 'image', url: 'https://example.com/picture.png', alt: 'A picture of the hall' },
  {
    kind: 'chart',
    title: 'Viewers',
    unit: 'people',
    points: [
      { at: instant(1_800_000_000_000), value: 12 },
      { at: instant(1_800_000_060_000), value: 30 },
    ],
  },
  { kind: 'links', links: [{ label: 'Watch page', url: 'https://example.com/watch' }] },
  {
    kind: 'progress',
    steps: [
      { text: 'Encoder checked', state: 'done' },
      { text: 'Opening', state: 'doing' },
    ],
  },
  { kind: 'divider' },
  { kind: 'pick', label: 'Which webcast', line: 'count {}', choices: [{ value: '1_ab12cd34', label: 'Town Hall' }] },
  {
    kind: 'buttons',
    buttons: [
      { label: 'Count', line: 'count' },
      { label: 'Open', url: 'https://example.com/open' },
    ],
  },
];

const wordsToFind = [
  ...['A title', 'bold', 'typed', 'a link', 'Quiet words', 'Fact', 'its value', 'Encoder', 'picture arrives', 'Begins'],
  ...['First item', 'Second item', '--dvr', 'rewind', '<iframe src="https://example.com/x"></iframe>'],
  ...[
    'A picture of the hall',
    'Viewers',
    '30',
    'Watch page',
    'Encoder checked',
    'Opening',
    'Town Hall',
    'Count',
    'Open',
  ],
];

/** Holds one platform against what all of them promise. */
export function describePlatform(name: string, open: () => Promise<Ground>, differences: Differences = {}): void {
  describe(`the platform ${name}`, () => {
    let ground: Ground;
    beforeEach(async () => {
      ground = await open();
    });
    afterEach(() => ground.stop());
    const channel = async () => (await ground.channel()).join('\n');
    const privately = async () => (await ground.private()).join('\n');

    it('shows everybody what is posted', async () => {
      await ground.platform.post(ground.place, say('Doors open', 'in ten minutes'));
      expect(await channel()).toMatch(/Doors open[\s\S]*in ten minutes/);
    });

    if (differences.editsKeepPlace === undefined) {
      it('edits a message where it stands', async () => {
        const first = await ground.platform.post(ground.place, say('First'));
        await ground.platform.post(ground.place, say('Second'));
        await ground.platform.update(first, say('First, edited'));
        const words = await ground.channel();
        expect(words).toHaveLength(2);
        expect(words[0]).toContain('First, edited');
        expect(words[1]).toContain('Second');
      });
    } else {
      it(`shows an edit anew: ${differences.editsKeepPlace}`, async () => {
        const first = await ground.platform.post(ground.place, say('First'));
        await ground.platform.update(first, say('First, edited'));
        expect(await channel()).toContain('First, edited');
      });
    }

    it('refuses to edit what was never posted', async () => {
      const foreign = { tenant: ground.place.tenant, channel: ground.place.channel, message: '1700000000.000001' };
      await expect(ground.platform.update(foreign, say('Hello'))).rejects.toMatchObject({ name: 'BotError' });
    });

    it('whispers to one person, never to the channel', async () => {
      const before = await channel();
      await ground.platform.whisper(ground.whom, {
        summary: 'The key',
        nodes: [
          { kind: 'title', text: 'The key' },
          { kind: 'secret', label: 'Stream key', value: new Secret('s3cr3t-8b14d4cc') },
        ],
      });
      expect(await privately()).toContain('s3cr3t-8b14d4cc');
      expect((await channel()).replace(before, '')).not.toMatch(/The key|s3cr3t/);
    });

    it('does not take a secret where everybody reads: it does not compile', () => {
      const view = {
        summary: 'The key',
        nodes: [{ kind: 'secret', label: 'Stream key', value: new Secret('x') }],
      } as const;
      // @ts-expect-error a view with a secret is for whisper alone
      const post = () => ground.platform.post(ground.place, view);
      expect(typeof post).toBe('function');
    });

    it('brings a file to one person, and to nobody else', async () => {
      const before = await channel();
      await ground.platform.whisper(ground.whom, {
        summary: 'Attendance',
        nodes: [
          { kind: 'title', text: 'Attendance of Town Hall' },
          { kind: 'file', name: 'attendance.csv', type: 'text/csv', text: 'name,minutes\nAda,42\n' },
        ],
      });
      const words = await privately();
      expect(words).toContain('Attendance of Town Hall');
      expect(words).toContain('attendance.csv');
      expect((await channel()).replace(before, '')).not.toMatch(/attendance|Ada/i);
    });

    it('does not take a file where everybody reads: it does not compile', () => {
      const view = {
        summary: 'Attendance',
        nodes: [{ kind: 'file', name: 'attendance.csv', type: 'text/csv', text: 'name\n' }],
      } as const;
      // @ts-expect-error a view with a file is for whisper and tell alone
      const post = () => ground.platform.post(ground.place, view);
      expect(typeof post).toBe('function');
    });

    it('draws every kind of node', async () => {
      const view: View = { summary: 'Everything', nodes: everyNode };
      await ground.platform.post(ground.place, view);
      const words = await channel();
      for (const wanted of wordsToFind) expect(words).toContain(wanted);
    });

    it.each([
      '<!channel> <!here> @everyone',
      '<at>Everybody</at>',
      '*x* _y_ ~z~ `c`',
      '[click](javascript:alert(1))',
      '<b>&amp;</b>',
    ])('shows the words %s as they are', async (hostile) => {
      await ground.platform.post(ground.place, say('Title', plain(hostile)));
      expect(await channel()).toContain(hostile);
    });

    it('brings a form back as it was filled', async () => {
      await ground.fills(
        {
          Title: 'Town Hall',
          Start: '2026-12-01 09:30',
          Notes: 'Bring coffee',
          Count: '5',
          Sound: false,
          Size: 'Large',
        },
        'The form came through.',
      );
      expect(ground.product.forms).toEqual([
        expect.objectContaining({
          title: 'Town Hall',
          notes: 'Bring coffee',
          count: 5,
          sound: false,
          size: 'large',
        }),
      ]);
    });

    it('runs what is said once', async () => {
      await ground.says('count', 'Run number 1.');
      expect(ground.product.runs()).toBe(1);
    });

    if (differences.sameDeliveryTwice === undefined) {
      it('runs the same delivery once, however often it comes', async () => {
        await ground.saysTwice('count', 'Run number 1.');
        expect(ground.product.runs()).toBe(1);
      });
    } else {
      it(`has no delivery that could come twice: ${differences.sameDeliveryTwice}`, async () => {
        await ground.saysTwice('count', 'Run number 2.');
        expect(ground.product.runs()).toBe(2);
      });
    }
  });
}
