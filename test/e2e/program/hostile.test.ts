import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { entryIn, wordsOf } from './screen.js';

const names: readonly (readonly [string, string])[] = [
  ['a broadcast mention', '<!channel> <!here|x> @everyone'],
  ['a mention of a person', '<@U0ADA0001> and <at>Ada</at>'],
  ['a link', '<https://evil.example|Kaltura> https://evil.example'],
  ['marks of mrkdwn', '*bold* _it_ ~gone~ `code` >quote'],
  ['HTML', '<script>alert(1)</script> & <b>x</b> &amp; &lt;'],
  ['emoji and flags', '🎥 Show 👩‍👩‍👧 :smile: 🇩🇪'],
  ['right-to-left words and overrides', 'שידור חי \u202eevil\u202c العربية'],
  ['braces of a pick', 'golive {} --yes {}'],
  ['something like an option', '— --yes --no-preview'],
  ['an entry id', '0_aaaaaaaa'],
  ['256 characters of which each is escaped', '&'.repeat(256)],
  ['64 emoji', '🎥'.repeat(64)],
];

/** What would reach people if user text were not data: mentions, links and commands of Slack's own. */
function findSparks(message: StoredMessage): string[] {
  const marked: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && value.type === 'mrkdwn' && 'text' in value) marked.push(String(value.text));
      Object.values(value).forEach(visit);
    }
  };
  visit(message.blocks);
  marked.push(message.text);
  return marked.flatMap((text) => text.match(/<(?!!date\^)[!@#][^>]*>|<https:\/\/evil[^>]*>/g) ?? []);
}

describe('hostile names', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig({ channels: names.map((_, index) => `hostile-${index}`) });
  });

  afterAll(async () => rig.stop());

  it.each(names.map(([what, name], index) => [what, name, `hostile-${index}`] as const))(
    'with %s stay plain words, from the form to the announcement',
    async (_what, name, channel) => {
      const form = await rig.openForm(channel);
      await ada().fills(form, {
        Name: name,
        Description: name,
        Start: Math.floor(Date.now() / 1000) + 600,
      });
      const told: StoredMessage[] = [];
      told.push(
        await rig.whispered(channel, async () => {
          told.push(await rig.posted(channel, () => ada().submits(form)));
        }),
      );
      const [card] = told;
      if (!card) throw new Error('There is no card.');
      const id = entryIn(card);
      // Kaltura keeps no character outside Unicode's first plane, and the read-back says so.
      const kept = name.replace(/[\u{10000}-\u{10ffff}]/gu, '????');
      expect(await rig.nameOf(id)).toBe(kept);
      expect(wordsOf(told[1] ?? card).includes('differently')).toBe(kept !== name);
      await rig.encoder.start(id);
      for (const label of ['Status', 'Encoder', 'Embed']) {
        told.push(await rig.whispered(channel, () => ada().clicks(card, label)));
      }
      told.push(await rig.ask('/webcast list', channel));
      const shown = await rig.posted(channel, () => ada().clicks(card, 'Go live'));
      await rig.double.until('the announcement', () => shown.text.startsWith('Live now'));
      told.push(shown, await rig.ask(`/webcast golive ${id} --yes`, channel));
      expect(told.flatMap(findSparks)).toEqual([]);
      expect(wordsOf(told.at(-1) ?? card)).toContain('already live');
    },
  );

  it.each([
    ['create "<!channel>" --strat now', 'That create cannot be done as written.'],
    ['<!channel>', 'I do not know the command'],
    ['status "<!channel> <@U0ADA0001>"', 'No webcast is called'],
    ['status "\u0007"', 'control character'],
    [`status ${'x'.repeat(300)}`, 'the limit is 256'],
    [`list ${'&'.repeat(200)}`, 'webcast'],
    ['embed --player "<!here>"', 'The account has no player'],
    ['help <!everyone>', 'There is no command'],
    ['create Hall --start "<!channel> 15:00"', 'Write it like'],
  ])('are given back harmless in the answer to /webcast %s', async (line, sentence) => {
    const answer = await rig.ask(`/webcast ${line}`, 'hostile-0');
    expect(wordsOf(answer)).toContain(sentence);
    expect(findSparks(answer)).toEqual([]);
  });
});
