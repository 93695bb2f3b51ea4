import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../doubles/teams/index.js';
import { dialogOf, startIn } from './dialog.js';
import { type Rig, startRig } from './rig.js';

describe('what Teams delivers twice', () => {
  let rig: Rig;
  const alex = () => rig.person();

  beforeAll(async () => {
    rig = await startRig({ channels: ['Typed', 'Formed', 'Pressed', 'Raced', 'Restarted', 'Edited'] });
  });

  afterAll(async () => rig.stop());

  const last = (what: string): Delivery => {
    const delivery = rig.double.deliveries(what).at(-1);
    if (!delivery) throw new Error(`There was no ${what}.`);
    return delivery;
  };
  const posted = (place: string) =>
    rig.tenant.conversation(place).messages.filter(({ author, targetedFor }) => author === 'bot' && !targetedFor);
  /** A further line of the same place is answered after all that came before it. */
  const settle = (place: string) =>
    rig.answered(place, () => alex().says('@Webcast help', { in: place })).then((message) => rig.words(message));
  const create = (name: string) => `@Webcast create "${name}" --start "in 10 minutes"`;

  it('a line makes one webcast and one card', async () => {
    const { id } = await rig.plan('Typed', 'Typed once');
    await rig.double.redeliver(last('message'));
    await settle('Typed');
    expect(await rig.kaltura.entries('Typed once')).toEqual([id]);
    expect(posted('Typed')).toHaveLength(1);
  });

  it('a line that comes again to a bot that was started anew makes nothing more', async () => {
    const { id } = await rig.plan('Restarted', 'Planned before');
    const delivery = last('message');
    await rig.restart();
    await rig.double.redeliver(delivery);
    await settle('Restarted');
    expect(await rig.kaltura.entries('Planned before')).toEqual([id]);
    expect(posted('Restarted')).toHaveLength(1);
  });

  it('a dialog that is sent three times at once makes one webcast and one card', async () => {
    const dialog = dialogOf(await alex().composes('createWebcast', { in: 'Formed' }));
    alex().fills(dialog, { name: 'Formed once', ...startIn(2) });
    await alex().submits(dialog);
    const submission = last('composeExtension/submitAction');
    await Promise.all([rig.double.redeliver(submission), rig.double.redeliver(submission)]);
    await rig.saying('Formed', 'Formed once is planned');
    await settle('Formed');
    expect(await rig.kaltura.entries('Formed once')).toHaveLength(1);
    expect(posted('Formed')).toHaveLength(1);
  });

  it('a press that comes again, and a second press, go live and announce once', async () => {
    const { id, card } = await rig.plan('Pressed', 'Pressed');
    await rig.kaltura.encoder.start(id);
    await rig.kaltura.control('publish', { delay: 1 });
    const before = rig.kaltura.calls().length;
    const both = [alex(), rig.person('Megan')];
    for (const one of both) await one.presses(card, 'Go live');
    const presses = both.map((one) => one.presses(card, 'golive'));
    await rig.double.redeliver(last('adaptiveCard/action'));
    await Promise.all(presses);
    await rig.saying('Pressed', 'Live now: Pressed', 'Megan');
    await rig.kaltura.control('publish', { delay: 0 });
    const writes = rig.kaltura
      .calls()
      .slice(before)
      .filter((call) => call === 'livestream.update');
    expect(writes).toHaveLength(1);
    expect(posted('Pressed')).toHaveLength(2);
  });

  it('two people who go live at the same moment announce it once', async () => {
    const { id } = await rig.plan('Raced', 'Raced');
    await rig.kaltura.encoder.start(id);
    await Promise.all(['Alex', 'Megan'].map((who) => rig.person(who).says('@Webcast golive --yes', { in: 'Raced' })));
    await rig.saying('Raced', 'Live now: Raced');
    await settle('Raced');
    expect(posted('Raced')).toHaveLength(2);
  });

  it('a line that is edited, or taken back, is no line', async () => {
    const typed = await alex().says('@Webcast help', { in: 'Edited' });
    await rig.saying('Edited', 'create');
    const before = rig.kaltura.calls().length;
    await alex().edits(typed, create('Edited'));
    await alex().deletes(typed);
    await settle('Edited');
    expect(rig.kaltura.calls()).toHaveLength(before);
    expect(await rig.kaltura.entries('Edited')).toEqual([]);
  });
});
