import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

/** Ada is named by her id, Cleo by her user group, Dora by her e-mail address; Bob is not. */
describe('a workspace with producers', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig({
      channels: ['events', 'crew'],
      env: { BOT_PRODUCERS: 'slack:U0ADA0001, slack:S-0CREW, Dora@Example.com' },
    });
    await rig.plan('events', 'Ours');
  });

  afterAll(async () => rig.stop());

  it.each(['ada', 'cleo', 'dora'])('lets %s run its webcasts', async (who) => {
    expect(wordsOf(await rig.ask('/webcast golive', 'events', who))).toContain('No picture arrives');
  });

  it.each(['create "Not mine" --start "in 10 minutes"', 'golive --yes', 'end --yes', 'encoder'])(
    'refuses bob %s, asks Kaltura nothing, and says who can',
    async (line) => {
      const before = rig.requests().length;
      const refusal = wordsOf(await rig.ask(`/webcast ${line}`, 'events', 'bob'));
      expect(refusal).toContain(`You may not use ${line.split(' ')[0]}.`);
      expect(refusal).toContain('These can: slack:U0ADA0001, slack:S0CREW, dora@example.com.');
      expect(rig.requests()).toHaveLength(before);
    },
  );

  it("refuses bob the buttons of somebody else's card", async () => {
    const [card] = rig.workspace.messages('events');
    if (!card) throw new Error('There is no card.');
    const bob = rig.workspace.user('bob');
    const refusal = await rig.whispered('events', () => bob.clicks(card, 'Go live'), 'bob');
    expect(wordsOf(refusal)).toContain('You may not use golive.');
  });

  it('lets bob fill a form only to hear that he may not', async () => {
    const form = await rig.openForm('crew', 'bob');
    const bob = rig.workspace.user('bob');
    await bob.fills(form, { Name: 'Mine', Start: Math.floor(Date.now() / 1000) + 600 });
    const refusal = await rig.whispered('crew', () => bob.submits(form), 'bob');
    expect(wordsOf(refusal)).toContain('You may not use create.');
    expect(await rig.entries('Mine')).toEqual([]);
  });

  it('leaves watching to everybody', async () => {
    expect(wordsOf(await rig.ask('/webcast status', 'events', 'bob'))).toContain('Ours');
    expect(wordsOf(await rig.ask('/webcast embed', 'events', 'bob'))).toContain('iframe');
    expect(wordsOf(await rig.ask('/webcast list', 'events', 'bob'))).toContain('Ours');
  });
});
