import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EntryId } from '../../../src/core/webcast.js';
import { readKs } from '../../../src/playground/kaltura/ks.js';
import { createOpen } from '../../../src/web/open.js';
import { openRig, type Rig } from '../../rig/index.js';

let rig: Rig;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(() => rig.stop());

/** Asks for the link and presses its button. */
async function press(line: string) {
  const shown = await rig.say(line);
  expect(shown.map(({ how }) => how)).toEqual(['whisper']);
  const door = shown[0]?.view.nodes.find((node) => node.kind === 'door');
  if (door?.kind !== 'door') throw new Error('there is no door');
  const open = createOpen({ kaltura: rig.gateway, store: rig.store, now: rig.clock.now });
  return rig.tickets.redeem(door.address.reveal().split('/go/')[1] ?? '', open);
}

async function playerOf(line: string) {
  const opened = await press(line);
  if (opened.kind !== 'done' || !('ks' in opened.result)) throw new Error('it plays nothing');
  return opened.result;
}

const change = (id: EntryId, liveStreamEntry: object) =>
  rig.ask('livestream', 'update', { entryId: id, liveStreamEntry });

describe('a preview', () => {
  it('plays by a session that sees it before viewers do, and can do nothing else', async () => {
    const id = await rig.plan();
    await rig.encoder.start(id);
    const { ks, live, name } = await playerOf(`preview ${id}`);
    expect({ live, name }).toEqual({ live: true, name: 'Q3 Town Hall' });
    const content = readKs(ks.reveal(), () => rig.kaltura.account.adminSecret);
    expect(content).toMatchObject({ type: 0, userId: 'webcast-bot' });
    expect(content?.privileges).toEqual([
      ['sview', id],
      ['setrole', 'PLAYBACK_BASE_ROLE'],
    ]);
    // Ten minutes to the start, an hour's show, and two hours more.
    expect((content?.expiry ?? 0) - rig.clock.now() / 1000).toBeCloseTo(190 * 60, -2);
    const as = { ks: ks.reveal() };
    expect(await rig.ask('livestream', 'isLive', { id })).toBe(true);
    expect(await asViewer('isLive', { id, ...as })).toBe(true);
    expect(await asViewer('isLive', { id, partnerId: 101 })).toBe(false);
    expect(await asViewer('update', { entryId: id, liveStreamEntry: { name: 'Mine' }, ...as })).toMatchObject({
      code: 'SERVICE_FORBIDDEN',
    });
    expect(await asViewer('regenerateStreamToken', { entryId: id, ...as })).toMatchObject({
      code: 'SERVICE_FORBIDDEN',
    });
  });

  it('is seen by a co-editor under their own name', async () => {
    const id = await rig.plan();
    await change(id, { entitledUsersEdit: 'bob@example.test,ann@example.test' });
    const { ks } = await playerOf(`preview ${id}`);
    expect(readKs(ks.reveal(), () => rig.kaltura.account.adminSecret)?.userId).toBe('ann@example.test');
  });

  it('is refused when pressed, and the link stays good, while nobody may see it', async () => {
    const id = await rig.plan();
    await change(id, { userId: '' });
    await expect(press(`preview ${id}`)).rejects.toThrow('this one has no owner');
  });

  it('asks Kaltura for webcast and players in one round trip, and for the session when pressed in two', async () => {
    const id = await rig.plan();
    expect(await rig.roundTrips(() => rig.say(`preview ${id}`))).toEqual([['livestream.list', 'uiconf.list']]);
    expect(await rig.roundTrips(() => press(`preview ${id}`))).toEqual([
      ['livestream.list', 'uiconf.list'],
      ['livestream.get'],
      ['session.start'],
    ]);
  });

  it('is told to nobody whom a legacy player would show it', async () => {
    const id = await rig.plan();
    expect(await rig.read(`preview ${id} --player legacy`)).toContain('shows no previews');
  });

  it('says when the player lacks the live plugin', async () => {
    const id = await rig.plan();
    const { objects } = await rig.raw('uiconf', 'list', { filter: { nameLike: 'Webcast player' } });
    for (const player of objects) {
      if (!('id' in player)) throw new Error('a player without an id');
      await rig.ask('uiconf', 'update', { id: player.id, uiConf: { confVars: '{"kaltura-ovp-player":"1.0.0"}' } });
    }
    expect(await rig.read(`preview ${id}`)).toContain('The player Webcast player has no live plugin');
    expect((await playerOf(`preview ${id}`)).live).toBe(false);
  });
});

async function asViewer(action: string, params: object): Promise<unknown> {
  const answer = await fetch(`${rig.gateway.addresses.service}/api_v3/service/livestream/action/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...params, format: 1 }),
  });
  return answer.json();
}
