import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { objectsOf, PARTNER, type Rig, startRig } from './rig.js';

let kaltura: Rig;

beforeEach(async () => {
  kaltura = await startRig();
});
afterEach(() => kaltura.stop());

const ping = (signal?: AbortSignal) =>
  fetch(`${kaltura.url}/api_v3/service/system/action/ping?format=1`, signal ? { signal } : {});

describe('a planned fault', () => {
  it('hits the calls it names, as often as it says, and no others', async () => {
    await kaltura.control('faults', { kind: 'http', on: 'system.*', times: 2, status: 503 });
    await kaltura.ask('conversionProfile.list');
    const statuses = [await ping(), await ping(), await ping()].map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('answers HTML where JSON was asked for', async () => {
    await kaltura.control('faults', { kind: 'html' });
    const response = await ping();
    expect([
      response.status,
      response.headers.get('content-type'),
      (await response.text()).startsWith('<html>'),
    ]).toEqual([502, 'text/html', true]);
  });

  it('cuts the JSON in half', async () => {
    await kaltura.control('faults', { kind: 'truncated', on: 'conversionProfile.list' });
    await expect(kaltura.ask('conversionProfile.list')).rejects.toThrow('in JSON');
  });

  it('never answers when it hangs', async () => {
    await kaltura.control('faults', { kind: 'hang', on: 'system.ping' });
    await expect(ping(AbortSignal.timeout(100))).rejects.toThrow('aborted due to timeout');
  });

  it('loses the answer after the write has happened', async () => {
    await kaltura.control('faults', { kind: 'lost', on: 'liveStream.add' });
    await expect(kaltura.addWebcast({ referenceId: 'once' })).rejects.toThrow('fetch failed');
    const found = await kaltura.ask('liveStream.list', { filter: { referenceIdEqual: 'once' } });
    expect(found.totalCount).toBe(1);
  });

  it('words a rate limit in both ways the server knows', async () => {
    await kaltura.control('faults', { kind: 'blocked', on: 'liveStream.list' });
    const blocked = await kaltura.ask('liveStream.list');
    await kaltura.control('faults', { kind: 'rate-limited', on: 'liveStream.list' });
    expect([blocked.code, await kaltura.call('liveStream.list')]).toEqual([
      'ACTION_BLOCKED',
      'Access to livestream->list was rate limited',
    ]);
  });

  it('says that a session expired', async () => {
    await kaltura.control('faults', { kind: 'expired-session' });
    expect(await kaltura.ask('liveStream.list')).toMatchObject({ code: 'INVALID_KS', args: { KSID: 'EXPIRED' } });
  });

  it('hits one request of a multirequest and leaves the others', async () => {
    await kaltura.control('faults', { kind: 'blocked', on: 'system.getTime' });
    const answer = await kaltura.call('multirequest.multi', {
      1: { service: 'system', action: 'ping' },
      2: { service: 'system', action: 'getTime' },
    });
    expect(answer).toMatchObject([true, { code: 'ACTION_BLOCKED' }]);
  });
});

describe('the controls', () => {
  it('count round trips and the calls inside them', async () => {
    await kaltura.control('requests', undefined, 'DELETE');
    await kaltura.call('multirequest.multi', {
      1: { service: 'system', action: 'ping' },
      2: { service: 'system', action: 'ping' },
    });
    expect(await kaltura.control('requests')).toMatchObject({ total: 1, calls: { 'system.ping': 2 } });
  });

  it('refuse what they do not understand, in a sentence', async () => {
    const refused = await kaltura.control('clock', { sett: 5 });
    const unknown = await kaltura.control('clok');
    expect([String(refused.error), String(unknown.error)]).toEqual([
      expect.stringContaining('sett'),
      expect.stringContaining('There is no /_control/clok'),
    ]);
  });

  it('give and take features of the account', async () => {
    const list = async () =>
      objectsOf(await kaltura.ask('permission.list', { filter: { nameEqual: 'PUSH_PUBLISH_PERMISSION' } })).length;
    const before = await list();
    await kaltura.control('features', { features: ['PUSH_PUBLISH'] });
    expect([before, await list()]).toEqual([0, 1]);
  });

  it('empty the account', async () => {
    await kaltura.addWebcast();
    await kaltura.control('state', undefined, 'DELETE');
    const ks = await kaltura.session({ partnerId: PARTNER });
    expect((await kaltura.ask('liveStream.list', { ks })).totalCount).toBe(0);
  });
});
