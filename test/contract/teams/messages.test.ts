import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { jobFor, lineOf, type Rig, startRig, whomOf } from './rig.js';

describe('what people write', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  it('is answered in the personal chat', async () => {
    await rig.alex.says('help');
    const card = await rig.shown(rig.alex, 'personal');
    expect(rig.alex.reads(card)).toContain('Done.');
    expect(rig.inbounds.map(lineOf)).toEqual(['help']);
    expect(rig.inbounds[0]).toMatchObject({
      place: { tenant: rig.tenant.id, direct: true },
      person: { id: rig.alex.aadObjectId, zone: 'Europe/Berlin' },
    });
  });

  it('R17 is answered privately in a group chat, to the one who wrote it', async () => {
    await rig.alex.says('@Webcast help', { in: 'Rehearsal' });
    const card = await rig.shown(rig.alex, 'Rehearsal');
    expect(card.targetedFor).toBe(rig.alex.id);
    expect(rig.megan.sees('Rehearsal').filter(({ author }) => author === 'bot')).toEqual([]);
  });

  it('is posted in the thread where it was asked', async () => {
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => {
      const ref = await platform.post(inbound.place, say('Hello'));
      await platform.update(ref, say('Hello again'));
    };
    const delivery = await rig.alex.says('@Webcast status', { in: 'Webcasts' });
    await rig.double.until('the edit', () => rig.double.calls('put').length === 1);
    const card = await rig.shown(rig.megan, 'Webcasts');
    expect(card.threadRoot).toBe(delivery.activity.id);
    expect(rig.megan.reads(card)).toContain('Hello again');
  });

  it('is run once however often it is delivered', async () => {
    const delivery = await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal');
    await rig.double.redeliver(delivery);
    await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal', 2);
    expect(rig.inbounds).toHaveLength(2);
  });

  it('shows its errors to the one who asked', async () => {
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => platform.whisper(whomOf(inbound), say('No such webcast'));
    await rig.alex.says('@Webcast status', { in: 'Webcasts' });
    const card = await rig.shown(rig.alex, 'Webcasts');
    expect(card.targetedFor).toBe(rig.alex.id);
  });

  it('is no command when it was only edited, deleted or liked', async () => {
    const delivery = await rig.alex.says('help');
    await rig.shown(rig.alex, 'personal');
    await rig.alex.edits(delivery, 'golive --yes');
    await rig.alex.deletes(delivery);
    expect(rig.inbounds).toHaveLength(1);
  });

  it('is refused politely when it is far too long', async () => {
    await rig.alex.says(`create ${'x'.repeat(4001)}`);
    const card = await rig.shown(rig.alex, 'personal');
    expect(rig.alex.reads(card).join(' ')).toContain('the longest I read has 4000');
    expect(rig.inbounds).toHaveLength(0);
  });

  it('R24 is answered in its thread, and belongs to the channel', async () => {
    rig.script.prepare = (inbound) => jobFor(inbound);
    rig.script.run = async ({ inbound }, platform) => void (await platform.post(inbound.place, say('Hello')));
    const root = rig.megan.writes('Who can help?', 'Webcasts');
    await rig.alex.says('@Webcast status', { in: 'Webcasts', thread: root });
    const card = await rig.shown(rig.megan, 'Webcasts');
    expect(card.threadRoot).toBe(root.id);
    expect(rig.inbounds[0]?.place.channel).toBe(rig.tenant.conversation('Webcasts').id);
  });

  it.each(['plain', 'nbsp', 'split'] as const)('is understood with a %s mention', async (mention) => {
    await rig.alex.says('@Webcast create Town hall', { in: 'Rehearsal', mention });
    await rig.shown(rig.alex, 'Rehearsal');
    expect(rig.inbounds.map(lineOf)).toEqual(['create Town hall']);
  });

  it('is heard from a slash command, which only the bot sees', async () => {
    await rig.alex.says('create Town hall', { in: 'Rehearsal', targeted: true });
    const card = await rig.shown(rig.alex, 'Rehearsal');
    expect(card.targetedFor).toBe(rig.alex.id);
    expect(rig.inbounds.map(lineOf)).toEqual(['create Town hall']);
  });

  it('tells the zone once, for requests that do not tell it', async () => {
    await rig.alex.says('help');
    await rig.alex.says('help', { activity: { entities: [], localTimezone: undefined } });
    expect(rig.inbounds.map(({ person }) => person.zone)).toEqual(['Europe/Berlin', 'Europe/Berlin']);
    expect(await rig.teams.profile(rig.tenant.id, rig.alex.aadObjectId)).toEqual({
      name: 'Alex Wilber',
      email: 'alex.wilber@contoso.example',
      zone: 'Europe/Berlin',
    });
  });

  it('fails with a reference when the fault is ours, and the bot lives on', async () => {
    rig.script.prepare = () => {
      throw new TypeError('a mistake');
    };
    await rig.alex.says('help');
    const card = await rig.shown(rig.alex, 'personal');
    expect(rig.alex.reads(card).join(' ')).toMatch(/Something went wrong on our side.*reference: id-0/);
    expect(rig.alex.reads(card).join(' ')).not.toContain('mistake');
  });
});
