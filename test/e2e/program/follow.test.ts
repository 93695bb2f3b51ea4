import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { buttonsOf, wordsOf } from './screen.js';

/** Longer than two looks at a webcast that is on air. */
const looks = 20_000;

/** A show that is followed by channels which nobody touches; each step builds on the one before. */
describe('channels that follow a show', () => {
  let rig: Rig;
  let id: string;
  let card: StoredMessage;
  const news = () => rig.workspace.messages('news');
  const replies = () => rig.workspace.messages('events').filter(({ threadTs }) => threadTs === card.ts);

  beforeAll(async () => {
    rig = await startRig({ channels: ['events', 'news', 'quiet'] });
    ({ id, card } = await rig.plan('events', 'Q3 Town Hall'));
  });

  afterAll(async () => rig.stop());

  it('are told at once, with the words to type, when the bot cannot post there', async () => {
    const refused = await rig.ask(`/webcast subscribe ${id}`, 'closed');
    expect(wordsOf(refused)).toContain('/invite @Webcast');
    expect(wordsOf(await rig.ask('/webcast subscriptions', 'closed'))).toContain('follows nothing');
  });

  it('say in a sentence what they follow', async () => {
    expect(wordsOf(await rig.ask('/webcast subscribe all', 'news'))).toContain('as audience');
    expect(wordsOf(await rig.ask(`/webcast subscribe ${id} --mode quiet`, 'quiet'))).toContain(
      'by edits of its card alone',
    );
    expect(wordsOf(await rig.ask('/webcast subscriptions', 'events'))).toContain('as crew');
  });

  it('get one new message when it goes live, in quiet mode an edit alone', async () => {
    await rig.encoder.start(id);
    await rig.workspace.user('ada').runs(`/webcast golive ${id} --yes`, { in: 'events' });
    const told = await rig.double.until(
      'the news',
      () => news().find(({ text }) => text.startsWith('Live now')),
      looks,
    );
    expect(buttonsOf(told)).toEqual(['Embed', 'Status']);
    await rig.double.until(
      'the quiet card',
      () => rig.workspace.messages('quiet')[0]?.text === 'Q3 Town Hall: Live',
      looks,
    );
    expect(rig.workspace.messages('quiet')).toHaveLength(1);
    expect(news()).toHaveLength(2);
    const announced = rig.workspace.messages('events').filter(({ text }) => text.startsWith('Live now'));
    expect(announced).toHaveLength(1);
  });

  it('see a drop and a return as edits; the crew is told in the thread of its card, with the way back', async () => {
    await rig.encoder.drop(id);
    await rig.double.until('the interruption', () => news()[1]?.text.includes('Interrupted'), looks);
    await rig.double.until('the reply', () => replies().some(({ text }) => text === 'No picture: Q3 Town Hall'), looks);
    await rig.encoder.start(id);
    const back = await rig.double.until(
      'the way back',
      () => replies().find(({ text }) => text.startsWith('Go live again')),
      looks,
    );
    expect(buttonsOf(back)).toEqual(['Go live']);
    await rig.workspace.user('ada').clicks(back, 'Go live');
    await rig.double.until('the return', () => news()[1]?.text === 'Q3 Town Hall: Live', looks);
    expect(news()).toHaveLength(2);
    expect(rig.workspace.messages('quiet')).toHaveLength(1);
  }, 60_000);

  it('are not told twice by a bot that was started anew', async () => {
    await rig.bot.stop();
    await rig.restart();
    await rig.posted('events', () => rig.workspace.user('ada').runs(`/webcast end ${id} --yes`, { in: 'events' }));
    await rig.double.until('the end', () => news()[1]?.text.includes('Ended'), looks);
    expect(news()).toHaveLength(2);
    const announced = () => rig.workspace.messages('events').filter(({ text }) => /^(Was|Live) (live|now):/.test(text));
    await rig.double.until('the end of the news', () => announced()[0]?.text === 'Was live: Q3 Town Hall', looks);
    expect(announced()).toHaveLength(1);
  }, 60_000);
});
