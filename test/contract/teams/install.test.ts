import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { say } from '../../../src/core/view.js';
import { type Rig, startRig } from './rig.js';

describe('installations', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await startRig({ installed: false });
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  const welcomes = (place: string) => rig.alex.sees(place).filter(({ author }) => author === 'bot');
  const idOf = (place: string) =>
    place === 'personal' ? rig.tenant.chatOf('Alex').id : rig.tenant.conversation(place).id;

  it.each(
    (['installationUpdate', 'conversationUpdate'] as const).flatMap((first) =>
      ['personal', 'Rehearsal', 'Webcasts'].map((place) => ({ first, place })),
    ),
  )('R16 welcome once in $place when $first comes first, twice', async ({ first, place }) => {
    await rig.alex.installs(place, { first });
    await rig.shown(rig.alex, place);
    await rig.alex.installs(place, { first });
    await rig.alex.says(place === 'personal' ? 'help' : '@Webcast help', { in: place });
    await rig.shown(rig.alex, place, 2);
    expect(welcomes(place).filter((card) => rig.alex.reads(card).includes('Webcast is here'))).toHaveLength(1);
    const reference = await rig.store.references('teams').find(rig.tenant.id, idOf(place));
    expect(reference).toMatchObject({ state: 'open', serviceUrl: rig.tenant.serviceUrl });
  });

  it('R25 end all posts, and begin them again only when somebody brings the bot back', async () => {
    await rig.alex.installs('Rehearsal');
    await rig.shown(rig.alex, 'Rehearsal');
    const place = { tenant: rig.tenant.id, channel: idOf('Rehearsal'), direct: false };
    const ref = await rig.teams.post(place, say('Hello'));
    await rig.alex.uninstalls('Rehearsal');
    await rig.double.until('the closed reference', () =>
      rig.double.deliveries('conversationUpdate').length >= 2 ? true : undefined,
    );
    const before = rig.double.calls().length;
    await expect(rig.teams.post(place, say('Hello'))).rejects.toMatchObject({ code: 'cannot_post' });
    await expect(rig.teams.update(ref, say('Hello'))).rejects.toMatchObject({ code: 'cannot_post' });
    expect(rig.double.calls()).toHaveLength(before);
    await rig.alex.installs('Rehearsal');
    await expect(rig.teams.post(place, say('Hello again'))).resolves.toMatchObject({ channel: place.channel });
  });

  it('that are gone without a word are noticed by what Teams answers', async () => {
    await rig.alex.installs('Rehearsal');
    await rig.shown(rig.alex, 'Rehearsal');
    const place = { tenant: rig.tenant.id, channel: idOf('Rehearsal'), direct: false };
    rig.tenant.conversation('Rehearsal').installed = false;
    await expect(rig.teams.post(place, say('Hello'))).rejects.toMatchObject({ code: 'cannot_post' });
    const before = rig.double.calls().length;
    await expect(rig.teams.post(place, say('Hello'))).rejects.toMatchObject({ code: 'cannot_post' });
    expect(rig.double.calls()).toHaveLength(before);
  });

  it('of people who join are none of the bot', async () => {
    await rig.tenant.joins('Megan', 'Webcasts');
    expect(rig.double.calls('create')).toEqual([]);
  });
});
