import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Rig, startRig } from './rig.js';
import { wordsOf } from './screen.js';

interface Answer {
  readonly status: number;
  readonly body: string;
}

describe('the doors of the program', () => {
  let rig: Rig;
  const ada = () => rig.workspace.user('ada');
  const fetched = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const answer = await fetch(`${rig.bot.url}${path}`, init);
    return { status: answer.status, body: await answer.text() };
  };

  beforeAll(async () => {
    rig = await startRig();
  });

  afterAll(async () => rig.stop());

  it.each([
    ['a wrong secret', { signingSecret: 'another-secret' }],
    ['no signature', { unsigned: true }],
    ['a stamp of six minutes ago', { skew: -360 }],
    ['a stamp of six minutes from now', { skew: 360 }],
    ['a stamp that is no number', { headers: { 'x-slack-request-timestamp': 'now' } }],
    ['a signature of another length', { headers: { 'x-slack-signature': 'v0=00' } }],
  ])('refuse a command signed with %s, and do nothing', async (_what, how) => {
    const before = rig.requests().length;
    const delivery = await ada().runs('/webcast create Forged --start "in 10 minutes"', { in: 'events', ...how });
    rig.double.takeComplaints(/^command: .*status 401/);
    expect(delivery.status).toBe(401);
    expect(delivery.answer).toContain('The request was refused');
    expect(rig.requests()).toHaveLength(before);
    expect(await rig.entries('Forged')).toEqual([]);
  });

  it.each([-240, 240])('take a command whose stamp is %d seconds away', async (skew) => {
    expect(await ada().runs('/webcast help', { in: 'events', skew })).toMatchObject({ status: 200 });
  });

  it("answer Slack's own checks", async () => {
    expect(await rig.workspace.verifyUrl()).toMatchObject({ status: 200 });
    expect(await rig.workspace.checkSsl()).toMatchObject({ status: 200 });
    expect(await rig.workspace.sendRateLimited()).toMatchObject({ status: 200 });
  });

  it('say that they are healthy and ready', async () => {
    expect(await fetched('/healthz')).toEqual({ status: 200, body: 'ok\n' });
    expect(await fetched('/readyz')).toEqual({ status: 200, body: 'ready\n' });
    expect((await fetched('/readyz', { method: 'HEAD' })).status).toBe(200);
  });

  it.each(['/', '/slack', '/slack/events/', '/slack/install', '/api/messages', '/_control/state', '/%00', '//readyz'])(
    'have nothing behind %s',
    async (path) => {
      expect((await fetched(path)).status).toBe(404);
    },
  );

  it('take only what they are for', async () => {
    expect(await fetched('/slack/events')).toMatchObject({ status: 405 });
    expect(await fetched('/readyz', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  it('refuse a body above one megabyte, announced or not', async () => {
    const large = 'x'.repeat(1_100_000);
    expect(await fetched('/slack/events', { method: 'POST', body: large })).toMatchObject({ status: 413 });
    expect(await stream(`${rig.bot.url}/slack/events`, large)).toMatchObject({ status: 413 });
    expect((await fetched('/readyz')).status).toBe(200);
  });

  it('refuse bodies that are no request of Slack, however they are signed', async () => {
    for (const body of ['', '{', 'payload=%7B', 'payload=1', '[]', 'null']) {
      const answer = await fetched('/slack/events', { method: 'POST', body });
      expect(answer.status).toBe(401);
    }
  });

  it('answer in words what is signed but meant for another version of the app', async () => {
    const other = await ada().runs('/webinar create', { in: 'events' });
    expect(other).toMatchObject({ status: 200 });
    expect(other.answer).toContain('This app knows nothing of that');
    const shortcut = await ada().shortcut('old_shortcut');
    expect(shortcut).toMatchObject({ status: 200, answer: '' });
    expect(await rig.workspace.opensHome('ada')).toMatchObject({ status: 200 });
  });

  it('answer a press on a button of another version in words', async () => {
    const { card } = await rig.plan('events', 'Pressed');
    const actions = card.blocks.find((block) => block.type === 'actions');
    if (!actions) throw new Error('The card has no buttons.');
    const [button] = Array.isArray(actions.elements) ? actions.elements : [];
    actions.elements = [{ ...button, action_id: 'old:button', value: 'sing', confirm: undefined }];
    const told = await rig.whispered('events', () => ada().clicks(card, 'old:button'));
    expect(wordsOf(told) || told.text).toContain('This app knows nothing of that');
    actions.elements = [{ ...button, value: 'sing 1_abcdefgh', confirm: undefined }];
    const unknown = await rig.whispered('events', () => ada().clicks(card, 'Go live'));
    expect(wordsOf(unknown)).toContain('I do not know the command "sing"');
  });
});

/** Sends a body in chunks without saying how long it is. */
function stream(url: string, body: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, (answer) => {
      let read = '';
      answer.setEncoding('utf8').on('data', (text: string) => {
        read += text;
      });
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, body: read }));
    });
    // The door may close before all is sent; the answer has arrived by then.
    sent.once('error', reject);
    sent.end(body);
  });
}
