import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { StoredMessage } from '../../doubles/teams/index.js';
import { sayAs } from '../../rig/viewer.js';
import { dialogOf } from './dialog.js';
import { type Rig, startRig } from './rig.js';

/** Longer than two rounds of listening to viewers. */
const rounds = 45_000;
const patience = 60_000;

/** A show whose viewers ask; each step builds on the one before. */
describe('questions of viewers in Teams', () => {
  let rig: Rig;
  let id: string;
  let told: StoredMessage;
  const place = 'Webcasts';
  const alex = () => rig.person();
  const say = (line: string) => rig.answered(place, () => alex().says(`@Webcast ${line}`, { in: place }));
  const seen = (text: string) =>
    rig.double.until(
      text,
      () =>
        rig.tenant
          .conversation(place)
          .messages.find((one) => one.author === 'bot' && !one.targetedFor && rig.words(one).includes(text)),
      rounds,
    );

  beforeAll(async () => {
    rig = await startRig();
    ({ id } = await rig.plan(place, 'Q3 Town Hall'));
    await say(`subscribe ${id} --crew --questions`);
    await rig.kaltura.encoder.start(id);
    await say(`golive ${id}`);
    await alex().says(`@Webcast golive ${id} --yes`, { in: place });
    await seen('Live now');
  });

  afterAll(async () => rig.stop());

  it(
    'come into the channel, harmless and with buttons',
    async () => {
      const reach = { url: rig.kaltura.env.KALTURA_SERVICE_URL ?? '', ...rig.kaltura.server.account };
      await sayAs(reach, 'vera@example.test', entryIdSchema.parse(id), 'Will there be <at>Megan</at> [slides](x)?');
      told = await seen('Question: Q3 Town Hall');
      expect(rig.words(told)).toContain('vera@example.test');
      expect(alex().buttons(told)).toEqual(['Answer…', 'Answer to all…', 'Dismiss']);
    },
    patience,
  );

  it('are answered by a dialog that shows them, and the message turns', async () => {
    const dialog = dialogOf(await alex().presses(told, 'Answer to all…'));
    alex().fills(dialog, { text: 'Yes, tomorrow.' });
    const answer = await rig.answered(place, () => alex().submits(dialog));
    expect(rig.words(answer)).toContain('All viewers can read it now.');
    const turned = await seen('Yes, tomorrow.');
    expect(turned.id).toBe(told.id);
    expect(alex().buttons(turned)).toEqual([]);
    expect(rig.words(await say(`questions ${id}`))).toContain('No question is open');
  });
});
