import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { forgeries } from '../../doubles/teams/index.js';
import { type Rig, startRig } from './rig.js';

const root = join(import.meta.dirname, '../../..');

describe('the door of the Teams address', () => {
  let rig: Rig;

  beforeAll(async () => {
    rig = await startRig();
  });
  // Teams takes seven messages a second in one conversation.
  beforeEach(() => rig.clock.advance(1000));
  afterAll(async () => {
    await rig.stop();
  });

  const text = async (response: Response) => ({ status: response.status, text: await response.text() });

  it.each(['{}', '', '[1]', '{"type":', '"message"', 'null', '{"type":""}', '{"type":5}'])(
    'R2 answers %s with 400 and a short sentence, and lives on',
    async (body) => {
      expect(await text(await rig.double.post(body))).toEqual({ status: 400, text: 'The body is no activity.\n' });
      expect((await rig.alex.says('help')).status).toBe(200);
    },
  );

  /** Everything the bot still has to send has been sent. */
  const quiet = () =>
    rig.double.until(
      'all answers',
      () => rig.double.calls('post').filter(({ status }) => status === 201).length === rig.inbounds.length,
    );

  it.each(Object.entries(forgeries).filter(([, status]) => status === 401))(
    'R3 R4 answers a token with %s with %i and does nothing',
    async (forgery) => {
      await quiet();
      const before = { inbounds: rig.inbounds.length, calls: rig.double.calls().length };
      const delivery = await rig.alex.says('help', { forgery: forgery as keyof typeof forgeries });
      expect(delivery).toMatchObject({ status: 401, answer: 'The request is not authorized.\n' });
      expect({ inbounds: rig.inbounds.length, calls: rig.double.calls().length }).toEqual(before);
    },
  );

  it('allows clocks to differ by some minutes', async () => {
    expect((await rig.alex.says('help', { forgery: 'expired within the skew' })).status).toBe(200);
  });

  it('R5 keeps nothing of tokens that are tried with ever new tenants', async () => {
    const { ToBotFromBotOrEmulatorTokenValidationParameters: validation } = await import(
      join(root, 'node_modules/botframework-connector/lib/auth/tokenValidationParameters.js')
    );
    const before = validation.issuer.length;
    const part = (content: object) => Buffer.from(JSON.stringify(content)).toString('base64url');
    for (let index = 0; index < 1000; index += 1) {
      const tid = `tenant-${index}`;
      const claims = {
        tid,
        iss: `https://sts.windows.net/${tid}/`,
        ver: '1.0',
        appid: 'a',
        aud: 'b',
        exp: 9_999_999_999,
      };
      const authorization = `Bearer ${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}.c2ln`;
      const answer = await rig.double.post('{"type":"message"}', { headers: { authorization } });
      expect((await text(answer)).status).toBe(401);
    }
    expect(validation.issuer).toHaveLength(before);
  });

  it('R6 answers an activity without serviceUrl with 400', async () => {
    const { serviceUrl } = rig.tenant;
    expect(await text(await rig.double.post('{"type":"message"}', { serviceUrl }))).toEqual({
      status: 400,
      text: 'The activity has no serviceUrl.\n',
    });
  });

  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://example.com/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://user:pass@smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net.evil.example/emea/',
    'https://127.0.0.1/',
    'http://169.254.169.254/',
    'file:///etc/passwd',
    'nonsense',
  ])('R7 refuses the serviceUrl %s with 403 and asks nobody', async (serviceUrl) => {
    await quiet();
    const before = rig.double.log.filter(({ kind }) => kind !== 'delivery').length;
    const delivery = await rig.alex.says('help', { activity: { serviceUrl }, refusal: true });
    expect(delivery).toMatchObject({ status: 403, answer: 'The serviceUrl is not of Teams.\n' });
    expect(rig.double.log.filter(({ kind }) => kind !== 'delivery')).toHaveLength(before);
  });

  it('R8 refuses another tenant with 403 and answers nothing', async () => {
    const stranger = rig.double.tenant({ id: '77777777-7777-4777-8777-777777777777' });
    await quiet();
    const before = rig.double.calls().length;
    const delivery = await stranger.user('Alex').says('help', { refusal: true });
    expect(delivery).toMatchObject({ status: 403, answer: 'The bot does not serve this tenant.\n' });
    expect(rig.double.calls()).toHaveLength(before);
  });

  it('refuses an activity that names two tenants', async () => {
    const channelData = { tenant: { id: '77777777-7777-4777-8777-777777777777' } };
    expect((await rig.alex.says('help', { activity: { channelData }, refusal: true })).status).toBe(403);
  });

  it('refuses a body of more than a megabyte with 413', async () => {
    const body = JSON.stringify({ type: 'message', text: 'x'.repeat(1_100_000) });
    expect((await text(await rig.double.post(body))).status).toBe(413);
  });

  it.each(['conversation', 'from', 'recipient'])('answers an activity without %s with 400', async (part) => {
    const delivery = await rig.alex.says('help', { activity: { [part]: undefined }, refusal: true });
    expect(delivery.status).toBe(400);
  });

  it('shows no stack trace and complains of nothing else', () => {
    expect(rig.double.complaints).toEqual([]);
  });
});

describe('the keys that sign requests', () => {
  it('are read anew when they were changed, and their lack is no refusal of a good request', async () => {
    const rig = await startRig();
    expect((await rig.alex.says('help')).status).toBe(200);
    rig.double.rotateKeys();
    rig.clock.advance(31_000);
    expect((await rig.alex.says('help')).status).toBe(200);
    expect(rig.double.log.filter(({ kind }) => kind === 'openid')).toHaveLength(4);
    await rig.stop();
  });

  it('answer 503 while they cannot be had, so that Teams sends again', async () => {
    const rig = await startRig({
      first: (double) => double.faults.add({ at: 'openid', effect: { kind: 'status', status: 500 }, times: 1 }),
    });
    expect((await rig.alex.says('help', { refusal: true })).status).toBe(503);
    expect((await rig.alex.says('help')).status).toBe(200);
    await rig.stop();
  });
});
