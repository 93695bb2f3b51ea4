import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { sayAs } from '../../rig/viewer.js';
import { type Rig, startRig } from './rig.js';
import { buttonsOf, wordsOf } from './screen.js';

/** Longer than two rounds of listening to viewers. */
const rounds = 45_000;
const patience = 60_000;

/** A show whose viewers ask; each step builds on the one before. */
describe('questions of viewers in Slack', () => {
  let rig: Rig;
  let id: string;
  let told: StoredMessage;
  const ada = () => rig.workspace.user('ada');
  const replies = () => rig.workspace.messages('events').filter(({ threadTs }) => threadTs !== undefined);
  const ask = (text: string) =>
    sayAs(
      { url: rig.env.KALTURA_SERVICE_URL ?? '', ...rig.kaltura.account },
      'vera@example.test',
      entryIdSchema.parse(id),
      text,
    );

  beforeAll(async () => {
    rig = await startRig();
    ({ id } = await rig.plan('events', 'Q3 Town Hall'));
    expect(wordsOf(await rig.ask(`/webcast subscribe ${id} --crew --questions`, 'events'))).toContain(
      'the questions of viewers while it is live',
    );
    await rig.encoder.start(id);
    await rig.posted('events', () => ada().runs(`/webcast golive ${id} --yes`, { in: 'events' }));
  });

  afterAll(async () => rig.stop());

  it(
    'come into the thread of the card, harmless and with buttons',
    async () => {
      await ask('Will there be <!channel> slides & such?');
      told = await rig.double.until(
        'the question',
        () => replies().find(({ text }) => text.startsWith('Question: Q3 Town Hall')),
        rounds,
      );
      expect(wordsOf(told)).toContain('vera@example.test');
      expect(JSON.stringify(told)).not.toContain('<!channel>');
      expect(buttonsOf(told)).toEqual(['Answer…', 'Answer to all…', 'Dismiss']);
    },
    patience,
  );

  it('are answered by a form that shows them, and the message turns', async () => {
    await ada().clicks(told, 'Answer…');
    const form = await rig.double.until('the form', () => {
      const view = ada().modal();
      return view?.body.submit ? view : undefined;
    });
    expect(wordsOf(form)).toContain('slides &amp; such?');
    await ada().fills(form, { Answer: 'Yes, tomorrow.' });
    const answer = await rig.whispered('events', () => ada().submits(form));
    expect(wordsOf(answer)).toContain('vera@example.test can read it now.');
    const turned = await rig.double.until(
      'the turned message',
      () => replies().find(({ ts, text }) => ts === told.ts && text.startsWith('Answered')),
      rounds,
    );
    expect(wordsOf(turned)).toContain('Yes, tomorrow.');
    expect(buttonsOf(turned)).toEqual([]);
    expect(wordsOf(await rig.ask(`/webcast questions ${id}`, 'events'))).toContain('No question is open');
  });

  it('are not answered twice', async () => {
    const [, question = ''] = /answer (\d_[a-z0-9]{8})/.exec(JSON.stringify(told)) ?? [];
    expect(wordsOf(await rig.ask(`/webcast answer ${question} "No."`, 'events'))).toContain('answered already');
  });

  it('are told what is announced, once the words were seen', async () => {
    const asked = await rig.ask(`/webcast announce ${id} "We go on at 4."`, 'events');
    expect(wordsOf(asked)).toContain('Announce this to all viewers of Q3 Town Hall?');
    const sent = await rig.whispered('events', () => ada().clicks(asked, 'Announce'));
    expect(wordsOf(sent)).toContain('Announced to the viewers of Q3 Town Hall');
    const filter = { objectType: 'KalturaAnnotationFilter', entryIdEqual: id };
    expect(JSON.stringify(await rig.call('cuepoint_cuepoint', 'list', { filter }))).toContain('We go on at 4.');
  });
});
