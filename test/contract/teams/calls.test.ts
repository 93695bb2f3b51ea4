import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { View } from '../../../src/core/view.js';
import { objectAt, objectsAt } from '../../doubles/json.js';
import { jobFor, type Rig, startRig } from './rig.js';

const live = (...people: string[]): View => ({
  summary: 'Live now: Town hall',
  nodes: [
    { kind: 'title', text: 'Live now: Town hall' },
    { kind: 'text', text: people.flatMap((person) => [{ person }, ' ']) },
  ],
});

describe('a message that calls somebody', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
    rig.script.prepare = (inbound) => jobFor(inbound);
  });
  afterEach(async () => {
    await rig.stop();
    expect(rig.double.complaints).toEqual([]);
  });

  /** Has the bot post a view where Alex speaks, and gives the card that Megan sees there. */
  async function post(view: View, where: string) {
    rig.script.run = async ({ inbound }, platform) => void (await platform.post(inbound.place, view));
    await rig.alex.says('@Webcast status', { in: where });
    return rig.shown(rig.megan, where);
  }
  const called = (card: Awaited<ReturnType<typeof post>>) =>
    objectsAt(card.activity, 'attachments')
      .flatMap((attachment) => objectsAt(objectAt(objectAt(attachment, 'content') ?? {}, 'msteams') ?? {}, 'entities'))
      .map((entity) => [entity.text, entity.mentioned]);

  it.each(['Webcasts', 'Rehearsal'])('does so by the name that the roster of %s has', async (where) => {
    const card = await post(live(rig.megan.aadObjectId), where);
    expect(called(card)).toEqual([['<at>Megan Bowen</at>', { id: rig.megan.aadObjectId, name: 'Megan Bowen' }]]);
  });

  it('writes the id of whoever is not there, and still tells the news', async () => {
    const stranger = '00000000-0000-0000-0000-00000000ffff';
    const card = await post(live(stranger), 'Webcasts');
    expect(called(card)).toEqual([]);
    expect(rig.megan.reads(card).join(' ')).toContain(`@${stranger}`);
  });
});
