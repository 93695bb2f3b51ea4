import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StoredMessage } from '../../doubles/teams/index.js';
import { dialogOf, startIn } from './dialog.js';
import { type Rig, startRig } from './rig.js';

/** One show from plan to recording, as Alex runs it in a channel; each step builds on the one before. */
describe('a show in a Teams channel', () => {
  let rig: Rig;
  let card: StoredMessage;
  let announced: StoredMessage;
  let id = '';
  const place = 'Webcasts';
  const alex = () => rig.person();
  const say = (line: string, who?: string) =>
    rig.answered(place, () => rig.person(who).says(`@Webcast ${line}`, { in: place }), who);
  /** What stands in the channel for everybody, by the bot. */
  const channel = () =>
    rig.tenant
      .conversation(place)
      .messages.filter(({ author, targetedFor, deleted }) => author === 'bot' && !targetedFor && !deleted);

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  it('is planned in a dialog that a mention offers, and comes back as a card in the channel', async () => {
    const offer = await say('create');
    expect(alex().buttons(offer)).toEqual(['Open the form']);
    expect(offer.targetedFor).toBe(alex().id);
    const dialog = dialogOf(await alex().presses(offer, 'Open the form'));
    alex().fills(dialog, { name: 'Q3 Town Hall', ...startIn(2), duration: '45' });
    await alex().submits(dialog);
    expect(dialog.open).toBe(false);
    card = await rig.saying(place, 'Scheduled');
    await rig.saying(place, 'Q3 Town Hall is planned');
    [id = ''] = await rig.kaltura.entries('Q3 Town Hall');
    rig.double.keepPrivate(await rig.kaltura.passwordOf(id));

    expect(card.targetedFor).toBeUndefined();
    expect(rig.words(card, 'Megan')).toContain(id);
    expect(alex().buttons(card)).toEqual(['Go live', 'Encoder', 'Embed', 'Status']);
    expect(channel()).toEqual([card]);
  });

  it('does not go live while no picture arrives', async () => {
    await alex().presses(card, 'Go live');
    const refused = await rig.answered(place, () => alex().presses(card, 'golive'));
    expect(refused.targetedFor).toBe(alex().id);
    expect(rig.words(refused)).toMatch(/No picture arrives .* no encoder is sending/);
    expect(channel()).toEqual([card]);
  });

  it('hands its encoder addresses out in the personal chat alone', async () => {
    const addresses = await rig.answered('personal', () => alex().presses(card, 'Encoder'));
    expect(rig.words(addresses)).toContain('rtmps:');
    expect(rig.words(addresses)).toContain(await rig.kaltura.passwordOf(id));
    await rig.saying(place, 'The answer is in your personal chat');
    const everything = rig.tenant.conversation(place).messages.map(({ activity, history }) => [activity, history]);
    expect(JSON.stringify(everything)).not.toMatch(/rtmps?:/);
  });

  it('shows the encoder in the status while only the crew sees the picture', async () => {
    await rig.kaltura.encoder.start(id);
    const status = rig.words(await rig.answered(place, () => alex().presses(card, 'Status')));
    expect(status).toContain('Preview: the crew sees it, viewers wait');
    expect(status).toContain('picture arrives');
  });

  it('does nothing when its question is answered with no', async () => {
    const question = 'Show "Q3 Town Hall" to all of its viewers now?';
    // An edit of the card folds up what a person has unfolded.
    if (!rig.words(card).includes(question)) await alex().presses(card, 'Go live');
    const before = rig.kaltura.calls().length;
    expect(rig.words(card)).toContain(question);
    const left = await alex().presses(card, 'Not yet');
    expect(left?.notice).toBe('Left as it is.');
    expect(rig.kaltura.calls()).toHaveLength(before);
    expect(channel()).toEqual([card]);
  });

  it('goes live with one message that becomes the announcement, and its card follows for all', async () => {
    await alex().presses(card, 'golive');
    announced = await rig.saying(place, 'Live now: Q3 Town Hall', 'Megan');
    expect(announced.targetedFor).toBeUndefined();
    expect(alex().buttons(announced)).toEqual(['End', 'Embed', 'Status']);
    await rig.double.until('the card to follow', () => rig.person('Megan').buttons(card).includes('End'));
    expect(rig.words(card, 'Megan')).toContain('see it');
    expect(channel()).toEqual([card, announced]);
  });

  it('says that it is live already to whoever asks again, and announces nothing twice', async () => {
    expect(rig.words(await say('golive --yes', 'Megan'), 'Megan')).toContain('already live');
    expect(rig.words(await rig.answered(place, () => alex().presses(card, 'Status')))).toContain('Live since');
    expect(channel()).toHaveLength(2);
  });

  it('gives embed code without any session in it', async () => {
    const code = rig.words(await rig.answered(place, () => alex().presses(announced, 'Embed')));
    expect(code).toContain('<iframe');
    expect(code).toContain(id);
    expect(code).not.toMatch(/djJ8|[?&/]ks[=/]|ks:/);
  });

  it('ends after a question, and says that the encoder still sends', async () => {
    await alex().presses(announced, 'End');
    await alex().presses(announced, 'end');
    const farewell = rig.words(await rig.saying(place, 'Ended: Q3 Town Hall', 'Megan'), 'Megan');
    expect(farewell).toMatch(/It was live for[\s\S]*The encoder still sends/);
    await rig.double.until('the card to follow', () => rig.words(card, 'Megan').includes('Ended'));
    expect(rig.words(await say('end --yes'))).toContain('there is nothing to end');
  });

  it('has its recording once Kaltura has processed it', async () => {
    await rig.kaltura.encoder.stop(id);
    expect(rig.words(await say('recording'))).toContain('processing since');
    await rig.kaltura.control('clock', { advance: 30 });
    const ready = await say('recording');
    expect(rig.words(ready)).toContain('Recording of Q3 Town Hall: ready');
    expect(JSON.stringify(ready.activity)).not.toContain('djJ8');
    expect(rig.words(ready)).toMatch(/Watch Q3 Town Hall 1 \(http\S+entry_id=0_\w{8}\)/);
    expect(rig.words(await say('embed'))).toContain('(its recording)');
  });

  it('took one token, and gave people nothing that is hard to use', () => {
    expect(rig.double.tokenRequests).toBe(1);
    expect(rig.double.advice).toEqual([]);
  });
});
