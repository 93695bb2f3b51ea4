import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dialogOf, startIn } from './dialog.js';
import { type Rig, startRig } from './rig.js';

describe('the ways in', () => {
  let rig: Rig;
  const alex = () => rig.person();

  beforeAll(async () => {
    rig = await startRig({ channels: ['Mentions', 'Threads', 'Composed', 'Quiet'] });
  });

  afterAll(async () => rig.stop());

  it.each(['/webcast create', 'webcast create', 'create'])(
    'a personal chat takes %s with all it needs',
    async (word) => {
      const name = `Typed as ${word.replace('/', 'slash ')}`;
      await alex().says(`${word} "${name}" --start "in 10 minutes"`);
      await rig.saying('personal', `${name} is planned`);
      expect(await rig.kaltura.entries(name)).toHaveLength(1);
      expect(alex().buttons(await rig.saying('personal', 'Scheduled'))).toContain('Go live');
    },
  );

  it('a group chat gets one card for all, and the read-back for one', async () => {
    const { card } = await rig.plan('Rehearsal', 'In a group');
    expect(rig.words(card, 'Megan')).toContain('In a group');
    expect(rig.words(await rig.saying('Rehearsal', 'In a group is planned'))).not.toBe('');
    const megan = rig.person('Megan').sees('Rehearsal');
    expect(megan.filter(({ author }) => author === 'bot')).toEqual([card]);
  });

  it.each([
    ['a mention with a hard space', 'nbsp', '@Webcast status'],
    ['a mention of two words', 'split', '@Webcast status'],
    ['two mentions', 'plain', '@Webcast @Webcast status'],
    ['the command after the mention', 'plain', '@Webcast /webcast status'],
    ['the mention at the end', 'plain', 'status @Webcast'],
  ] as const)('a channel takes %s', async (_what, mention, text) => {
    const seen = await rig.answered('Mentions', () => alex().says(text, { in: 'Mentions', mention }));
    expect(rig.words(seen)).not.toMatch(/do not know|cannot/);
    expect(seen.targetedFor).toBe(alex().id);
  });

  it('a thread keeps its answers, and the card of its webcast, in it', async () => {
    const root = alex().writes('Who takes the town hall?', 'Threads');
    const say = (line: string) =>
      rig.answered('Threads', () => alex().says(`@Webcast ${line}`, { in: 'Threads', thread: root }));
    await say('create "Threaded" --start "in 10 minutes"');
    const card = await rig.saying('Threads', 'Scheduled');
    const readBack = await rig.saying('Threads', 'Threaded is planned');
    const status = await say('status');
    expect([card, readBack, status].map(({ threadRoot }) => threadRoot)).toEqual([root.id, root.id, root.id]);

    const [id = ''] = await rig.kaltura.entries('Threaded');
    await rig.kaltura.encoder.start(id);
    await say('golive --yes');
    const announced = await rig.saying('Threads', 'Live now: Threaded', 'Megan');
    expect(announced.threadRoot).toBe(root.id);
    await rig.double.until('the card to follow', () => rig.person('Megan').buttons(card).includes('End'));
  });

  it('the message extension opens the form, and its webcast comes into the channel', async () => {
    const form = dialogOf(await alex().composes('createWebcast', { in: 'Composed' }));
    alex().fills(form, { name: 'Composed', ...startIn(2) });
    await alex().submits(form);
    expect(rig.words(await rig.saying('Composed', 'Scheduled', 'Megan'), 'Megan')).toContain('Composed');
  });

  it('a dialog keeps what was typed when it is refused, and says why at the field', async () => {
    const form = dialogOf(await alex().composes('createWebcast', { in: 'Composed' }));
    const typed = { name: 'Refused first', ...startIn(-2), duration: '45' };
    alex().fills(form, typed);
    await alex().submits(form);
    expect(form.open).toBe(true);
    expect(alex().reads(form).join('\n')).toMatch(/past/);
    expect(alex().holds(form)).toMatchObject(typed);
    expect(await rig.kaltura.entries('Refused first')).toEqual([]);
    alex().fills(form, startIn(2));
    await alex().submits(form);
    await rig.saying('Composed', 'Refused first is planned');
    expect(await rig.kaltura.entries('Refused first')).toHaveLength(1);
  });

  it('a line that only the bot is shown is answered to that person alone', async () => {
    const seen = await rig.answered('Quiet', () => alex().says('/webcast help', { in: 'Quiet', targeted: true }));
    expect(rig.words(seen)).toContain('create');
    expect(rig.person('Megan').sees('Quiet')).toEqual([]);
  });

  it('a choice of webcasts is searched as one types', async () => {
    const asked = await rig.answered('Mentions', () => alex().says('@Webcast status', { in: 'Mentions' }));
    const found = await alex().types(asked, 'Choose a webcast, or type words of its name to search', 'group');
    expect(found.map(({ title }) => String(title))).toEqual([expect.stringContaining('In a group')]);
  });
});
