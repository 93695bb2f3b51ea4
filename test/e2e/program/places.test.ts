import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';
import { buttonsOf, entryIn, wordsOf } from './screen.js';

const invite = /Webcast is not in this channel, so it cannot post here\. Type \/invite @Webcast in the channel/;

describe('where the bot may not post', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  it('a private channel without the bot gets the card in private, with the words that invite it', async () => {
    const before = rig.workspace.ephemerals('closed', 'ada').length;
    await ada().runs('/webcast create "Board call" --start "in 10 minutes"', { in: 'closed' });
    const told = await rig.double.until('card and read-back', () => {
      const seen = rig.workspace.ephemerals('closed', 'ada').slice(before);
      return seen.length === 2 && seen;
    });
    const card = told.find((message) => buttonsOf(message).includes('Go live'));
    if (!card) throw new Error('There is no card.');
    expect(wordsOf(card)).toMatch(invite);
    expect(rig.workspace.messages('closed')).toEqual([]);

    await rig.encoder.start(entryIn(card));
    const wentLive = await rig.whispered('closed', () => ada().clicks(card, 'Go live'));
    expect(wordsOf(wentLive)).toContain('Live now: Board call');
    expect(wordsOf(wentLive)).toMatch(invite);
    expect(wordsOf(await rig.ask('/webcast status', 'closed'))).toContain('Live since');
    expect(wordsOf(await rig.ask('/webcast end --yes', 'closed'))).toContain('Ended: Board call');
    expect(rig.workspace.messages('closed')).toEqual([]);
  });

  it('a public channel without the bot gets the card as any other does', async () => {
    const { card } = await rig.plan('open', 'Open day');
    expect(buttonsOf(card)).toContain('Go live');
  });

  it('a private channel with the bot gets it too', async () => {
    const { card } = await rig.plan('board', 'Board day');
    expect(buttonsOf(card)).toContain('Go live');
  });

  it('a direct chat gets everything as plain messages', async () => {
    await ada().runs('/webcast create "Just me" --start "in 10 minutes"', { in: 'dm' });
    const seen = await rig.double.until('card and read-back', () => {
      const messages = rig.workspace.direct('ada');
      return messages.length >= 2 && messages;
    });
    expect(seen.map(({ ephemeralFor }) => ephemeralFor)).toEqual([undefined, undefined]);
    expect(seen.map(wordsOf).join('\n')).toMatch(/Scheduled[\s\S]*Just me is planned/);
    await ada().runs('/webcast status', { in: 'dm' });
    const status = await rig.double.until('the status', () => rig.workspace.direct('ada')[2]);
    expect(wordsOf(status)).toContain('Just me');
  });
});
