import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readKs } from '../../../src/playground/kaltura/ks.js';
import { createOpen } from '../../../src/web/open.js';
import { openRig, type Rig } from '../../rig/index.js';

describe('studio and moderate', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await openRig();
  });
  afterEach(() => rig.stop());

  /** Types the command and presses the button of its link, without the page around it. */
  async function press(command: string) {
    const [shown] = await rig.say(command);
    const door = shown?.view.nodes.find((node) => node.kind === 'door');
    if (shown?.how !== 'whisper' || door?.kind !== 'door') throw new Error('no link was handed out');
    const token = door.address.reveal().split('/go/')[1] ?? '';
    const open = createOpen({ kaltura: rig.gateway, store: rig.store, now: rig.clock.now });
    return rig.tickets.redeem(token, open);
  }

  it('lead to the desktop studio with a session that is minted at the press', async () => {
    const id = await rig.plan();
    const opened = await press(`studio ${id}`);
    if (opened.kind !== 'done' || opened.result.kind !== 'page') throw new Error('it did not open');
    const { page } = opened.result;
    const [launch, ...downloads] = page.ways.flatMap((way) => (way.kind === 'link' ? [way.address] : []));
    expect(launch).toMatch(/^KalturaWebcast:[A-Za-z0-9+/]+=*$/);
    const query = new URLSearchParams(Buffer.from(launch?.slice(15) ?? '', 'base64').toString());
    expect(query.get('MediaEntryId')).toBe(id);
    expect(query.get('userId')).toBe('ann@example.test');
    expect(query.get('ks')).toBeTruthy();
    expect(query.get('ks_expiry')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    expect(query.get('kwebcastMetadataProfileId')).toMatch(/^\d+$/);
    expect(downloads).toHaveLength(2);
    expect(downloads.every((address) => address.startsWith('https://'))).toBe(true);
    const session = readKs(query.get('ks') ?? '', () => rig.kaltura.account.adminSecret);
    expect(session).toMatchObject({ type: 0, userId: 'ann@example.test' });
    expect(session?.privileges).toContainEqual(['setrole', 'WEBCAST_PRODUCER_DEVICE_ROLE']);
    expect(session?.privileges).toContainEqual(['edit', id]);
    // Ten minutes to the start, an hour's show, and two hours more.
    expect((session?.expiry ?? 0) - rig.clock.now() / 1000).toBeCloseTo(190 * 60, -2);
  });

  it('ask Kaltura for the webcast alone while the person waits', async () => {
    const id = await rig.plan();
    expect(await rig.roundTrips(() => rig.say(`studio ${id}`))).toEqual([['livestream.list']]);
  });

  it('lead to the moderator view of the webcast', async () => {
    const id = await rig.plan();
    const opened = await press(`moderate ${id}`);
    if (opened.kind !== 'done' || opened.result.kind !== 'elsewhere') throw new Error('it did not open');
    const url = new URL(opened.result.url);
    expect(url.pathname).toBe('/apps/webcast/vlatest/index.html');
    expect(url.searchParams.get('MediaEntryId')).toBe(id);
    expect(url.searchParams.get('qnaModeratorMode')).toBe('true');
  });

  it('open once', async () => {
    const id = await rig.plan();
    const [shown] = await rig.say(`studio ${id}`);
    const door = shown?.view.nodes.find((node) => node.kind === 'door');
    const token = door?.kind === 'door' ? (door.address.reveal().split('/go/')[1] ?? '') : '';
    const open = createOpen({ kaltura: rig.gateway, store: rig.store, now: rig.clock.now });
    expect((await rig.tickets.redeem(token, open)).kind).toBe('done');
    expect((await rig.tickets.redeem(token, open)).kind).toBe('used');
  });
});
