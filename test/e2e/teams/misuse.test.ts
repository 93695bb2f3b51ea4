import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject, objectAt } from '../../doubles/json.js';
import type { StoredMessage } from '../../doubles/teams/index.js';
import { dialogOf, startIn } from './dialog.js';
import { type Rig, startRig } from './rig.js';

const sister = '77777777-7777-4777-8777-777777777777';

describe('what people and programs may not do', () => {
  let rig: Rig;
  const alex = () => rig.person();

  beforeAll(async () => {
    rig = await startRig({
      channels: ['Forged', 'Replayed', 'Guests', 'Strangers', 'Rosters', 'Old'],
      tenants: [sister],
    });
  });

  afterAll(async () => rig.stop());

  /** What the button of a card carries, by the command of its line. */
  function dataOf(card: StoredMessage, verb: string): JsonObject {
    const found = findActions(card.cards).find((action) => action.verb === verb);
    const data = found && objectAt(found, 'data');
    if (!data) throw new Error(`The card has no button ${verb}.`);
    return data;
  }
  const findActions = (value: unknown): JsonObject[] => {
    if (Array.isArray(value)) return value.flatMap(findActions);
    if (!isObject(value)) return [];
    const inner = Object.values(value).flatMap(findActions);
    return value.type === 'Action.Execute' ? [value, ...inner] : inner;
  };
  const writes = () => rig.kaltura.calls().filter((call) => /\.(add|update|delete)$/.test(call)).length;

  it('a card whose data was changed is refused in words', async () => {
    const { card } = await rig.plan('Forged', 'Forged');
    const before = rig.kaltura.calls().length;
    const forgeries: Record<string, unknown>[] = [
      { line: 'end --yes' },
      { sig: 'AAAAAAAAAAAAAAAAAAAAAA' },
      { sig: '' },
      { own: true },
      { v: 2 },
      { line: '' },
      { line: { toString: 'end' } },
    ];
    for (const values of forgeries) {
      const delivery = await alex().presses(card, 'Status', { values });
      expect(delivery?.status).toBe(200);
      expect(delivery?.notice).toContain('This card is too old to be used, or was made elsewhere.');
    }
    expect(rig.kaltura.calls()).toHaveLength(before);
  });

  it('a card and a dialog of one tenant are nothing in another', async () => {
    const { card } = await rig.plan('Replayed', 'Replayed');
    const other = rig.double.tenant({ id: sister });
    const dialog = dialogOf(await alex().composes('createWebcast', { in: 'Replayed' }));
    const before = rig.kaltura.calls().length;
    const action = { type: 'Action.Execute', verb: 'golive', data: dataOf(card, 'golive') };
    const pressed = await other.user('Alex').invokes('adaptiveCard/action', { action, trigger: 'manual' });
    expect(pressed.json).toMatchObject({ statusCode: 400, value: { message: expect.stringContaining('too old') } });

    const [submit] = Array.isArray(dialog.card.actions) ? dialog.card.actions : [];
    const data = { ...(isObject(submit) && objectAt(submit, 'data')), name: 'Replayed', ...startIn(2) };
    const submitted = await other.user('Alex').invokes('task/submit', { data });
    expect(submitted.json).toEqual({
      task: { type: 'message', value: 'This form is too old to be used. Type the command again.' },
    });
    expect(rig.kaltura.calls()).toHaveLength(before);
  });

  it('a guest changes nothing while Teams does not say who is one', async () => {
    rig.double.faults.add({ at: 'member', effect: { kind: 'status', status: 503 }, times: 2 });
    const adele = rig.person('Adele');
    const line = '@Webcast create "While unknown" --start "in 10 minutes"';
    const told = await rig.answered('Rosters', () => adele.says(line, { in: 'Rosters' }), 'Adele');
    expect(rig.words(told, 'Adele')).toMatch(/Teams does not (say|answer)/);
    expect(await rig.kaltura.entries('While unknown')).toEqual([]);
  });

  it('a guest sees the status, and changes nothing by line, by button or by form', async () => {
    const { id, card } = await rig.plan('Guests', 'Guarded');
    await rig.kaltura.encoder.start(id);
    const adele = rig.person('Adele');
    const refused = /You may not use \w+\.\nGuests may look, but change nothing\./;
    const before = writes();
    const told = async (act: () => Promise<unknown>) => rig.words(await rig.answered('Guests', act, 'Adele'), 'Adele');
    expect(await told(() => adele.says('@Webcast golive --yes', { in: 'Guests' }))).toMatch(refused);
    await adele.presses(card, 'Go live');
    expect(await told(() => adele.presses(card, 'golive'))).toMatch(refused);
    const dialog = dialogOf(await adele.composes('createWebcast', { in: 'Guests' }));
    adele.fills(dialog, { name: 'Of a guest', ...startIn(2) });
    expect(await told(() => adele.submits(dialog))).toMatch(refused);
    expect(await told(() => adele.says('@Webcast status', { in: 'Guests' }))).toContain('Preview');
    expect(writes()).toBe(before);
    expect(await rig.kaltura.entries('Of a guest')).toEqual([]);
  });

  it('somebody without an account in any directory is a guest too', async () => {
    const { id, name } = rig.person('Megan');
    const said = { in: 'Strangers', activity: { from: { id, name } } };
    const told = await rig.answered(
      'Strangers',
      () => rig.person('Megan').says('@Webcast create Anonymous --start "in 10 minutes"', said),
      'Megan',
    );
    expect(rig.words(told, 'Megan')).toContain('Guests may look, but change nothing.');
    expect(await rig.kaltura.entries('Anonymous')).toEqual([]);
  });

  it('a card that is older than its webcast is answered in words', async () => {
    const { id, card } = await rig.plan('Old', 'Deleted meanwhile');
    await rig.kaltura.remove(id);
    for (const verb of ['status', 'embed', 'golive']) {
      const told = await rig.answered('Old', async () => {
        if (verb === 'golive') await alex().presses(card, 'Go live');
        await alex().presses(card, verb);
      });
      expect(rig.words(told)).toMatch(/no webcast|not there|deleted/i);
    }
  });

  it('names, links and marks in what people type are shown as they are', async () => {
    const name = '<at>Megan</at> [x](javascript:alert(1)) **bold** {{now}}';
    await alex().says(`create "${name}" --start "in 10 minutes"`);
    const card = await rig.saying('personal', 'Scheduled');
    const words = rig.words(card);
    expect(words).toContain('x\\](javascript:alert(1)) \\*\\*bold');
    expect(words).not.toContain('<at>');
    expect(card.activity.entities ?? []).toEqual([]);
    expect(await rig.kaltura.entries(name)).toHaveLength(1);
  });
});
