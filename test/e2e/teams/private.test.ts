import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';

/** Stream keys stand in personal chats alone, whatever state these are in. */
describe('encoder addresses', () => {
  let rig: Rig;
  let id: string;
  const place = 'Webcasts';
  const ask = (who: string, line: string) =>
    rig.answered(place, () => rig.person(who).says(`@Webcast ${line}`, { in: place }), who);

  beforeAll(async () => {
    rig = await startRig({ channels: [place] });
    ({ id } = await rig.plan(place, 'Private'));
    rig.double.keepPrivate(await rig.kaltura.passwordOf(id));
  });

  afterAll(async () => rig.stop());

  it('come to the chat of who asks, and of nobody else', async () => {
    await ask('Megan', `encoder ${id}`);
    expect(rig.words(await rig.saying('personal', 'rtmps:', 'Megan'), 'Megan')).toContain('Encoder of Private');
    expect(rig.person('Alex').sees('personal')).toEqual([]);
  });

  it('are kept back where that chat is not open, with the words that open it', async () => {
    const chat = rig.tenant.chatOf('Alex');
    chat.installed = false;
    const told = await ask('Alex', `encoder ${id}`);
    expect(told.targetedFor).toBe(rig.person('Alex').id);
    expect(rig.words(told)).toContain('This may only be shown in your personal chat with Webcast');
    expect(chat.messages).toEqual([]);
    chat.installed = true;
    await ask('Alex', `encoder ${id}`);
    await rig.saying('personal', 'rtmps:', 'Alex');
  });

  it('stand in the personal chat itself when they are asked for there', async () => {
    const seen = await rig.answered('personal', () => rig.person('Megan').says(`encoder ${id}`), 'Megan');
    expect(rig.words(seen, 'Megan')).toContain('rtmps:');
  });

  it('were seen by nobody in the channel', () => {
    const everything = rig.tenant.conversation(place).messages.map(({ activity, history }) => [activity, history]);
    expect(JSON.stringify(everything)).not.toMatch(/rtmps?:/);
  });
});
