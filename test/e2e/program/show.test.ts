import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';
import { buttonsOf, entryIn, wordsOf } from './screen.js';

/** One show from plan to recording, as Ada runs it in #events; each step builds on the one before. */
describe('a show in a channel', () => {
  let rig: Rig;
  let card: StoredMessage;
  let announced: StoredMessage;
  const ada = () => rig.workspace.user('ada');
  const channel = () => rig.workspace.messages('events');
  const press = (message: StoredMessage, label: string) =>
    rig.whispered('events', () => ada().clicks(message, label, { confirm: true }));

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  it('is planned in a modal that opens at once and comes back as a card in the channel', async () => {
    const start = Math.floor(Date.now() / 1000) + 600;
    const form = await rig.openForm('events');
    await ada().fills(form, { Name: 'Q3 Town Hall', Start: start, Duration: '45', Tags: 'finance, all hands' });
    const readBack = await rig.whispered('events', () => ada().submits(form));
    card = await rig.double.until('the card', () => channel()[0]);

    const opening = rig.double.deliveries('command').at(-1);
    expect(opening).toMatchObject({ status: 200, answer: '' });
    expect(opening?.elapsed).toBeLessThan(1000);
    expect(ada().modal()).toBeUndefined();
    expect(wordsOf(card)).toContain('Scheduled');
    expect(wordsOf(card)).toContain(`<!date^${start}^`);
    expect(wordsOf(card)).toContain(`<!date^${start + 2700}^`);
    expect(buttonsOf(card)).toEqual(['Go live', 'Encoder', 'Embed', 'Status']);
    expect(card.text).toBe('Q3 Town Hall: Scheduled');
    expect(wordsOf(readBack)).toContain('Q3 Town Hall is planned');
    expect(wordsOf(readBack)).not.toContain('differently');
  });

  it('does not go live while no picture arrives, and says where the encoder sends to', async () => {
    const refused = await press(card, 'Go live');
    expect(wordsOf(refused)).toMatch(/No picture arrives .* no encoder is sending/);
    const addresses = wordsOf(await press(card, 'Encoder'));
    expect(addresses).toMatch(/Main, RTMPS\*\nrtmps:/);
    expect(addresses).toMatch(/Backup, RTMPS\*\nrtmps:/);
    expect(channel()).toHaveLength(1);
  });

  it('shows the encoder in the status while only the crew sees the picture', async () => {
    await rig.encoder.start(entryIn(card));
    const status = wordsOf(await press(card, 'Status'));
    expect(status).toContain('Preview: the crew sees it, viewers wait');
    expect(status).toMatch(/Encoder, main\*\npicture arrives/);
    expect(status).toMatch(/Encoder, backup\*\nnothing arrives/);
  });

  it("does nothing when Slack's question is cancelled", async () => {
    const calls = await rig.roundTrips(() => ada().clicks(card, 'Go live', { confirm: false }));
    expect(calls).toEqual([]);
    expect(rig.double.dialogs.at(-1)).toEqual({
      title: 'Go live',
      text: 'Show "Q3 Town Hall" to all of its viewers now?',
      confirm: 'Go live',
      deny: 'Not yet',
      accepted: false,
    });
    expect(channel()).toHaveLength(1);
  });

  it('goes live with one message that tells the progress and becomes the announcement', async () => {
    announced = await rig.posted('events', () => ada().clicks(card, 'Go live'));
    await rig.double.until('the announcement', () => announced.text === 'Live now: Q3 Town Hall');
    expect(announced.history.map(({ text }) => text)).toEqual(['Going live: Q3 Town Hall', 'Going live: Q3 Town Hall']);
    expect(buttonsOf(announced)).toEqual(['End', 'Embed', 'Status']);
    expect(wordsOf(announced)).toContain('see it');
    await rig.double.until('the card to follow', () => card.text === 'Q3 Town Hall: Live');
    expect(buttonsOf(card)).toEqual(['End', 'Mark', 'Encoder', 'Embed', 'Status']);
    expect(channel()).toEqual([card, announced]);
  });

  it('says that it is live already to whoever presses again, and announces nothing twice', async () => {
    expect(wordsOf(await rig.ask('/webcast golive --yes', 'events', 'bob'))).toContain('already live');
    expect(wordsOf(await press(card, 'Status'))).toContain('Live since');
    expect(channel()).toHaveLength(2);
  });

  it('gives embed code without any session in it', async () => {
    const code = wordsOf(await press(announced, 'Embed'));
    expect(code).toContain('embedPlaykitJs/uiconf_id/');
    expect(code).toContain('<iframe src="');
    expect(code).toContain('kWidget.embed');
    expect(code).toContain(`entryId: '${entryIn(card)}'`);
    expect(code).not.toMatch(/djJ8|[?&/]ks[=/]|ks:/);
  });

  it('ends after a question, and says that the encoder still sends', async () => {
    const farewell = await rig.posted('events', () => ada().clicks(announced, 'End'));
    expect(rig.double.dialogs.at(-1)).toMatchObject({ title: 'End', accepted: true });
    expect(wordsOf(farewell)).toMatch(/Ended: Q3 Town Hall[\s\S]*It was live for[\s\S]*The encoder still sends/);
    await rig.double.until('the card to follow', () => card.text.startsWith('Q3 Town Hall: Ended'));
    expect(wordsOf(await rig.ask('/webcast end --yes', 'events'))).toContain('there is nothing to end');
  });

  it('has its recording once Kaltura has processed it, to watch by all and to download in private', async () => {
    await rig.encoder.stop(entryIn(card));
    expect(wordsOf(await rig.ask('/webcast recording', 'events'))).toContain('processing since');
    await rig.control('clock', { advance: 30 });
    const ready = await rig.ask('/webcast recording', 'events');
    expect(wordsOf(ready)).toMatch(/Recording of Q3 Town Hall: ready/);
    expect(wordsOf(ready)).toMatch(/iframeembed=true&amp;entry_id=0_\w{8}\|Watch/);
    expect(wordsOf(ready)).not.toContain('djJ8');
    expect(wordsOf(await press(ready, 'Download'))).toMatch(/Address\*\nhttps?:/);
    expect(wordsOf(await rig.ask('/webcast embed', 'events'))).toContain('(its recording)');
    expect(channel()).toHaveLength(3);
  });
});
