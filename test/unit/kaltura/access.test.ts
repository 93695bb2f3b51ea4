import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Access, whoOpens } from '../../../src/core/access.js';
import { Secret } from '../../../src/core/secret.js';
import { entryIdSchema } from '../../../src/core/webcast.js';
import type { KalturaGateway } from '../../../src/kaltura/index.js';
import { sayWhoOpens, warnOfAccess } from '../../../src/show/access.js';
import {
  type Asked,
  adminSecret,
  connect,
  exception,
  listOf,
  liveEntry,
  type Scripted,
  startScripted,
} from './scripted.js';

const id = entryIdSchema.parse('1_town0001');
const context = (codes: readonly string[] = [], blocks = false) => ({
  sources: [],
  flavorAssets: [],
  actions: blocks ? [{ type: '1', objectType: 'KalturaAccessControlBlockAction' }] : [],
  messages: codes.map((code) => ({ message: 'No', code, objectType: 'KalturaAccessControlMessage' })),
  objectType: 'KalturaPlaybackContext',
});

let server: Scripted;
let kaltura: KalturaGateway;
/** What Kaltura answers to a look at moderation, an anonymous player and one with a session. */
let moderationStatus = 6;
let contexts: [anonymous: unknown, signedIn: unknown];

function answer({ requests }: Asked): unknown[] {
  const playing = [...contexts];
  return requests.map(({ service, action }) => {
    if (service === 'livestream') return listOf(liveEntry());
    if (action === 'startWidgetSession')
      return { ks: 'djJ8widget', partnerId: 111, userId: 0, objectType: 'KalturaStartWidgetSessionResponse' };
    if (service === 'session') return 'djJ8viewer';
    if (action === 'get') return { id, moderationStatus, objectType: 'KalturaLiveStreamEntry' };
    return playing.shift();
  });
}

beforeEach(async () => {
  moderationStatus = 6;
  contexts = [context(), context()];
  server = await startScripted((asked) => ({ json: answer(asked) }));
  ({ kaltura } = connect(server));
});
afterEach(async () => {
  await kaltura.stop();
  await server.close();
});

describe('trying a webcast as a viewer', () => {
  it('asks as an anonymous player, and as one with the session that the embed code mints', async () => {
    expect(await kaltura.access(id)).toEqual({
      moderation: 'passed',
      anonymous: { kind: 'open' },
      signedIn: { kind: 'open' },
    });
    expect(server.asked).toHaveLength(1);
    expect(server.asked[0]?.requests.slice(1)).toMatchObject([
      { action: 'startWidgetSession', widgetId: '_111' },
      { action: 'get', entryId: id },
      { action: 'getPlaybackContext', entryId: id, ks: '{2:result:ks}' },
      { action: 'start', type: 0, userId: '', privileges: `sview:${id},setrole:PLAYBACK_BASE_ROLE`, expiry: 300 },
      { action: 'getPlaybackContext', entryId: id, ks: '{5:result}' },
    ]);
  });

  it.each([
    ['SESSION_RESTRICTED', 'session'],
    ['SCHEDULED_RESTRICTED', 'schedule'],
    ['COUNTRY_RESTRICTED', 'place'],
    ['IP_RESTRICTED', 'place'],
    ['SITE_RESTRICTED', 'place'],
    ['USER_AGENT_RESTRICTED', 'place'],
  ])('reads %s as an obstacle: %s', async (code, obstacle) => {
    contexts[0] = context([code], true);
    expect((await kaltura.access(id)).anonymous).toEqual({ kind: 'closed', obstacles: [obstacle] });
  });

  it('reads a rule that blocks without a word, and leaves alone what only says something', async () => {
    contexts = [context([], true), context(['WELCOME'])];
    expect(await kaltura.access(id)).toMatchObject({
      anonymous: { kind: 'closed', obstacles: ['rule'] },
      signedIn: { kind: 'open' },
    });
  });

  it.each([
    [1, 'waiting'],
    [2, 'passed'],
    [3, 'rejected'],
    [5, 'passed'],
    [6, 'passed'],
  ])('reads moderation status %d as %s', async (status, moderation) => {
    moderationStatus = status;
    expect((await kaltura.access(id)).moderation).toBe(moderation);
  });

  it('says what it could not find out', async () => {
    contexts = [exception('SERVICE_FORBIDDEN'), exception('INTERNAL_SERVERL_ERROR')];
    const access = await kaltura.access(id);
    expect(access.anonymous).toEqual({ kind: 'unknown', code: 'SERVICE_FORBIDDEN' });
    expect(warnOfAccess(access)).toBeUndefined();
  });

  it('tries the anonymous viewer alone without the admin secret', async () => {
    await kaltura.stop();
    server.sessionAnswer = ({ call }) =>
      call === 'apptoken.startSession'
        ? { json: { ks: 'djJ8token', expiry: 1_900_000_000, sessionType: 2, objectType: 'KalturaSessionInfo' } }
        : { json: { ks: 'djJ8widget', objectType: 'KalturaStartWidgetSessionResponse' } };
    const credentials = { kind: 'app token', id: '1_token', token: new Secret('token') } as const;
    ({ kaltura } = connect(server, { credentials }));
    contexts[0] = context(['SESSION_RESTRICTED'], true);
    const access = await kaltura.access(id);
    expect(access.signedIn).toBeUndefined();
    expect(whoOpens(access)).toBe('unknown');
  });

  it('repeats no secret of a refused session in what it raises', async () => {
    await server.close();
    server = await startScripted(() => ({ json: exception('START_SESSION_ERROR', [], `partner 111 ${adminSecret}`) }));
    await kaltura.stop();
    const connected = connect(server);
    kaltura = connected.kaltura;
    const error: unknown = await kaltura.access(id).catch((raised: unknown) => raised);
    expect(String(error instanceof Error ? error.cause : error)).not.toContain(adminSecret);
    expect(connected.log.lines.join()).not.toContain(adminSecret);
  });
});

describe('who can open it', () => {
  const open = { kind: 'open' } as const;
  const closed = (...obstacles: ('session' | 'place' | 'entitlement')[]) => ({ kind: 'closed', obstacles }) as const;
  const unknown = { kind: 'unknown', code: 'X' } as const;
  it.each<[Access['anonymous'], Access['signedIn'], string]>([
    [open, undefined, 'everybody'],
    [open, closed('place'), 'everybody'],
    [closed('session'), open, 'signed in'],
    [closed('session'), closed('session'), 'nobody'],
    [closed('session'), closed('place'), 'some places'],
    [closed('place', 'session'), closed('place', 'entitlement'), 'nobody'],
    [closed('session'), unknown, 'unknown'],
    [closed('entitlement'), undefined, 'unknown'],
  ])('%j and %j: %s', (anonymous, signedIn, who) => {
    const access: Access = { moderation: 'passed', anonymous, signedIn };
    expect(whoOpens(access)).toBe(who);
    expect(sayWhoOpens(access)).toMatch(/^\p{Lu}.*\.$/u);
    expect(warnOfAccess(access) !== undefined).toBe(who === 'nobody');
  });
});
