import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Forgery, forgeries } from '../../doubles/teams/index.js';
import { type Rig, startRig } from './rig.js';

const stranger = '77777777-7777-4777-8777-777777777777';
const megabyte = 1024 * 1024;
const refusedTokens = Object.entries(forgeries).flatMap(([name, status]) => (status === 401 ? [name as Forgery] : []));

describe('the doors of the Teams address', () => {
  let rig: Rig;
  const alex = () => rig.person();
  const read = async (answer: Response) => ({ status: answer.status, text: await answer.text() });
  /** What the bot has done beside answering: its calls to Teams, and those to Kaltura. */
  const done = () => ({ teams: rig.double.calls().length, kaltura: rig.kaltura.calls().length });

  beforeAll(async () => {
    rig = await startRig();
    await rig.answered('personal', () => alex().says('help'));
  });

  afterAll(async () => rig.stop());

  it.each([
    ['nothing', ''],
    ['half of an object', '{"type":'],
    ['a list', '[{"type":"message"}]'],
    ['null', 'null'],
    ['a word', '"message"'],
    ['no type', '{}'],
    ['an empty type', '{"type":""}'],
    ['a type that is no word', '{"type":{"toString":1}}'],
    ['no text at all', '\u0000\u0001\ufffd'],
    ['brackets without end', '['.repeat(200_000)],
  ])('answer 400 to a body of %s, with or without a token', async (_what, body) => {
    const before = done();
    const refusal = { status: 400, text: 'The body is no activity.\n' };
    expect(await read(await rig.double.post(body))).toEqual(refusal);
    expect(await read(await rig.double.post(body, { serviceUrl: rig.tenant.serviceUrl }))).toEqual(refusal);
    expect(done()).toEqual(before);
  });

  it.each(refusedTokens)('answer 401 to a token with %s, and do nothing', async (forgery) => {
    const before = done();
    const delivery = await alex().says('create Forged --start "in 10 minutes"', { forgery });
    expect(delivery).toMatchObject({ status: 401, answer: 'The request is not authorized.\n' });
    expect(done()).toEqual(before);
    expect(await rig.kaltura.entries('Forged')).toEqual([]);
  });

  it('answer 401 to junk in place of a token, and print none of it', async () => {
    const tokens = [
      '',
      'Bearer',
      'Bearer  ',
      'Basic eA==',
      `Bearer ${'junk-of-a-stranger.'.repeat(300)}`,
      'Bearer a.b.c',
    ];
    for (const authorization of tokens) {
      const answer = await rig.double.post('{"type":"message"}', { headers: { authorization } });
      expect(await read(answer)).toEqual({ status: 401, text: 'The request is not authorized.\n' });
    }
    expect(rig.bot.child.stderr).not.toContain('junk-of-a-stranger');
  });

  it('answer 400 to an activity without an address to answer to', async () => {
    const { serviceUrl } = rig.tenant;
    const refusal = { status: 400, text: 'The activity has no serviceUrl.\n' };
    expect(await read(await rig.double.post('{"type":"message"}', { serviceUrl }))).toEqual(refusal);
    expect(await read(await rig.double.post('{"type":"message","serviceUrl":5}', { serviceUrl }))).toEqual(refusal);
  });

  it.each([
    'https://smba.trafficmanager.net.evil.example/emea/',
    'https://user:pass@smba.trafficmanager.net/emea/',
    'http://smba.trafficmanager.net/emea/',
    'http://169.254.169.254/',
    'nonsense',
  ])('answer 403 to the address %s, and ask nobody', async (serviceUrl) => {
    const before = done();
    const delivery = await alex().says('status', { activity: { serviceUrl }, refusal: true });
    expect(delivery).toMatchObject({ status: 403, answer: 'The serviceUrl is not of Teams.\n' });
    expect(done()).toEqual(before);
    expect(rig.double.strangerRequests).toBe(0);
  });

  it('answer 403 to another tenant', async () => {
    const other = rig.double.tenant({ id: stranger });
    const before = done();
    const delivery = await other.user('Alex').says('create Stranger --start "in 10 minutes"', { refusal: true });
    expect(delivery).toMatchObject({ status: 403, answer: 'The bot does not serve this tenant.\n' });
    const twofold = { channelData: { tenant: { id: stranger } } };
    expect(await alex().says('status', { activity: twofold, refusal: true })).toMatchObject({ status: 403 });
    expect(done()).toEqual(before);
  });

  it.each([
    ['text that is no text', { text: 5 }],
    ['nobody who says it', { from: undefined }],
    ['a conversation without an id', { conversation: { id: '' } }],
    ['another channel of the Bot Framework', { channelId: 'directline' }],
  ])('answer 400 to an activity with %s', async (_what, activity) => {
    const delivery = await alex().says('help', { activity, refusal: true });
    expect(delivery).toMatchObject({ status: 400, answer: 'The activity cannot be read.\n' });
  });

  it.each([
    ['an invoke that is not of Teams', 'nonsense/invoke', {}, 501],
    ['a press without an action', 'adaptiveCard/action', {}, 200],
    ['a press with a list for data', 'adaptiveCard/action', { action: { verb: 'golive', data: [1] } }, 200],
    ['a form without state', 'task/submit', { data: { name: 'x' } }, 200],
    ['a form of another app', 'task/fetch', { data: { v: 1, line: 'end --yes', sig: 'x' } }, 200],
    ['an unknown action of the message extension', 'composeExtension/fetchTask', { commandId: 'old' }, 200],
    ['a search for something else', 'application/search', { dataset: 'people', queryText: 'a' }, 200],
  ])('answer %s without doing anything', async (_what, name, value, status) => {
    const before = rig.kaltura.calls().length;
    const delivery = await alex().invokes(name, value, { refusal: status !== 200 });
    expect(delivery.status).toBe(status);
    expect(rig.kaltura.calls()).toHaveLength(before);
  });

  it('answer 413 to a body of one byte more than a megabyte, announced or not', async () => {
    const activity = (size: number) => {
      const [head, tail] = ['{"type":"message","text":"', '"}'];
      return head + 'x'.repeat(size - head.length - tail.length) + tail;
    };
    const refusal = { status: 413, text: 'The request is larger than one megabyte.\n' };
    expect(await read(await rig.double.post(activity(megabyte + 1)))).toEqual(refusal);
    expect(await stream(`${rig.bot.url}/api/messages`, activity(megabyte + 1))).toEqual(refusal);
    expect((await read(await rig.double.post(activity(megabyte)))).status).toBe(401);
  });

  it('take nothing but POST', async () => {
    expect((await fetch(`${rig.bot.url}/api/messages`)).status).toBe(405);
  });

  it('have served all along, and asked for the keys twice at most', async () => {
    expect((await fetch(`${rig.bot.url}/readyz`)).status).toBe(200);
    expect(rig.words(await rig.answered('personal', () => alex().says('help')))).toContain('create');
    // A key that nobody knows has them read once more.
    expect(rig.double.log.filter(({ kind }) => kind === 'openid').length).toBeLessThanOrEqual(4);
  });
});

/** Sends a body in chunks without saying how long it is. */
function stream(url: string, body: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    // The door may close before all is sent; the answer has arrived by then.
    sent.once('error', reject);
    sent.end(body);
  });
}
