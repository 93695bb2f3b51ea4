import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { formatPrivileges, mintKs, parsePrivileges, readKs } from '../../../../src/playground/kaltura/ks.js';
import { PARTNER, type Rig, START, startRig } from './rig.js';

const secretOf = (partnerId: number) => (partnerId === PARTNER ? 'admin' : undefined);
const content = {
  partnerId: PARTNER,
  userId: 'jane+doe@example.test',
  type: 2,
  expiry: START + 60,
  privileges: parsePrivileges('sview:0_a/0_b,list:*,disableentitlement'),
};

describe('a session string', () => {
  it('carries who, what and until when, and reads back the same', () => {
    expect(readKs(mintKs(content, 'admin', randomBytes), secretOf)).toEqual({ ...content, version: 2 });
  });

  it('cannot be read after a change, with another secret or as noise', () => {
    const ks = mintKs(content, 'admin', randomBytes);
    const changed = `${ks.slice(0, -6)}AAAA==`;
    expect([changed, mintKs(content, 'other', randomBytes), 'garbage', ''].map((one) => readKs(one, secretOf))).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('lists its privileges as the API does', () => {
    expect(formatPrivileges(content.privileges)).toBe('sview:0_a/0_b,list:*,disableentitlement');
  });
});

describe('a session in use', () => {
  let kaltura: Rig;
  beforeEach(async () => {
    kaltura = await startRig();
  });
  afterEach(() => kaltura.stop());

  const refusal = async (ks: string) => (await kaltura.ask('liveStream.list', { ks })).args;

  it('expires with the clock', async () => {
    const ks = await kaltura.session({ expiry: 60 });
    await kaltura.control('clock', { advance: 61 });
    expect(await refusal(ks)).toMatchObject({ KSID: 'EXPIRED' });
  });

  it('ends for all sessions of an app token when the token is deleted', async () => {
    const token = await kaltura.ask('appToken.add', {
      appToken: { objectType: 'KalturaAppToken', sessionUserId: 'bot', sessionType: 2, hashType: 'SHA256' },
    });
    const { ks: widget } = await kaltura.ask('session.startWidgetSession', { widgetId: `_${PARTNER}` });
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${widget}${token.token}`));
    const started = await kaltura.ask('appToken.startSession', {
      ks: String(widget),
      id: String(token.id),
      tokenHash: Buffer.from(hash).toString('hex'),
    });
    const before = await kaltura.ask('liveStream.list', { ks: String(started.ks) });
    await kaltura.call('appToken.delete', { id: String(token.id) });
    expect([before.totalCount, await refusal(String(started.ks))]).toMatchObject([0, { KSID: 'LOGOUT' }]);
  });

  it('is bound to an address when it says so', async () => {
    const ks = await kaltura.session({ privileges: 'iprestrict:203.0.113.9' });
    expect(await refusal(ks)).toMatchObject({ KSID: 'EXCEEDED_RESTRICTED_IP' });
  });

  it('shows a preview to owners, but not when it restricts that', async () => {
    const id = await kaltura.addWebcast();
    await kaltura.encoder(id, 1);
    const owner = await kaltura.session({ type: 0 });
    const audience = await kaltura.session({ type: 0, privileges: 'restrictexplicitliveview:*' });
    const isLive = async (ks: string) => kaltura.call('liveStream.isLive', { ks, id, protocol: 'hls' });
    expect([await isLive(owner), await isLive(audience)]).toEqual([1, 0]);
  });
});
