import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Place } from '../../../src/core/ports.js';
import { say } from '../../../src/core/view.js';
import { type Rig, startRig } from './rig.js';

describe('trouble on the way to Slack', () => {
  let rig: Rig;
  const place = (channel: string): Place => ({
    tenant: rig.workspace.teamId,
    channel: rig.workspace.channelId(channel),
    direct: false,
  });
  const view = say('Hello.');

  beforeAll(async () => {
    rig = await startRig({ scopes: ['commands', 'chat:write', 'users:read', 'users:read.email', 'usergroups:read'] });
  });

  afterAll(async () => rig.stop());

  beforeEach(() => {
    rig.double.faults.clear();
    rig.clock.advance(60_000);
  });

  const asking = (effect: Parameters<Rig['double']['faults']['add']>[0]['effect'], method = 'chat.postMessage') =>
    rig.double.faults.add({ method, effect });

  it('says what to type when the bot is not in the channel', async () => {
    await expect(rig.slack.post(place('closed'), view)).rejects.toMatchObject({
      code: 'cannot_post',
      hint: expect.stringContaining('/invite @Webcast'),
    });
  });

  it.each([
    ['is_archived', 'cannot_post', 'archived'],
    ['restricted_action', 'cannot_post', 'apps post'],
    ['token_revoked', 'misconfigured', 'token_revoked'],
    ['account_inactive', 'misconfigured', 'account_inactive'],
    ['service_unavailable', 'outcome_unknown', 'did not say'],
    ['invalid_blocks', 'bug', 'invalid_blocks'],
  ])('turns %s into %s', async (error, code, words) => {
    asking({ kind: 'error', error });
    await expect(rig.slack.post(place('events'), view)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words),
    });
  });

  it('says where else to go from a chat between two people', async () => {
    const between = { tenant: place('events').tenant, channel: 'D0BETWEEN1', direct: true };
    await expect(rig.slack.post(between, view)).rejects.toMatchObject({
      code: 'cannot_post',
      message: 'Webcast cannot post between two people.',
    });
  });

  it.each([
    ['a connection that broke', { kind: 'reset' as const }, 'outcome_unknown'],
    ['an address that is not Slack', { kind: 'status' as const, status: 404, body: 'no' }, 'misconfigured'],
  ])('tells %s apart', async (_, effect, code) => {
    asking(effect);
    await expect(rig.slack.post(place('events'), view)).rejects.toMatchObject({ code });
  });

  it('posts a reply into the thread of another message', async () => {
    const card = await rig.slack.post(place('events'), view);
    const reply = await rig.slack.post(place('events'), say('Below.'), card);
    const messages = rig.workspace.messages('events');
    expect(messages.find(({ ts }) => ts === reply.message)?.threadTs).toBe(card.message);
    expect(messages.find(({ ts }) => ts === card.message)?.threadTs).toBeUndefined();
  });

  it('says after how long Slack takes messages again', async () => {
    asking({ kind: 'ratelimited', retryAfter: 40 });
    await expect(rig.slack.post(place('events'), view)).rejects.toMatchObject({ code: 'busy', retryAfter: 40_000 });
  });

  it('names the scope that is missing', async () => {
    const direct = { tenant: place('events').tenant, channel: 'D0NOBODY01', direct: true };
    const person = { id: rig.workspace.user('ada').id, zone: undefined };
    await expect(rig.slack.whisper({ place: direct, person, wayBack: undefined }, view)).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('im:write'),
    });
  });

  it('waits a short while for a rate limit of this channel and then posts', async () => {
    asking({ kind: 'ratelimited', retryAfter: 2 });
    const posting = rig.slack.post(place('events'), say('After the wait.'));
    await rig.clock.waitedOn(2000);
    expect(rig.workspace.messages('events').at(-1)?.text).not.toBe('After the wait.');
    rig.clock.advance(2000);
    await posting;
    expect(rig.workspace.messages('events').map((message) => message.text)).toContain('After the wait.');
  });

  it('tells at once of a rate limit when nobody waits for the message', async () => {
    const ref = await rig.slack.post(place('events'), view);
    asking({ kind: 'ratelimited', retryAfter: 2 });
    await expect(rig.slack.bulk?.post(place('events'), view)).rejects.toMatchObject({ code: 'busy', retryAfter: 2000 });
    asking({ kind: 'ratelimited', retryAfter: 1 }, 'chat.update');
    await expect(rig.slack.bulk?.update(ref, view)).rejects.toMatchObject({ code: 'busy', retryAfter: 1000 });
  });

  it('lets other channels pass while one waits', async () => {
    asking({ kind: 'ratelimited', retryAfter: 3 });
    const posting = rig.slack.post(place('events'), view);
    await rig.clock.waitedOn(3000);
    rig.workspace.inviteBot('open');
    await rig.slack.post(place('open'), say('Not held up.'));
    expect(rig.workspace.messages('open').at(-1)?.text).toBe('Not held up.');
    rig.clock.advance(3000);
    await posting;
  });

  it('gives up with busy when Slack asks for more than a few seconds', async () => {
    asking({ kind: 'ratelimited', retryAfter: 30 });
    await expect(rig.slack.post(place('events'), view)).rejects.toMatchObject({
      code: 'busy',
      hint: 'Try again in 30 s.',
    });
    const calls = rig.double.calls('chat.postMessage').length;
    await expect(rig.slack.post(place('events'), view)).rejects.toMatchObject({ code: 'busy' });
    expect(rig.double.calls('chat.postMessage')).toHaveLength(calls);
  });

  it('repeats an edit once when Slack stumbles, and never a new message', async () => {
    const ref = await rig.slack.post(place('events'), view);
    asking({ kind: 'status', status: 502, body: '<html>', contentType: 'text/html' }, 'chat.update');
    await rig.slack.update(ref, say('Edited after all.'));
    expect(rig.workspace.messages('events').find((one) => one.ts === ref.message)?.text).toBe('Edited after all.');
    asking({ kind: 'status', status: 502, body: '<html>', contentType: 'text/html' });
    const calls = rig.double.calls('chat.postMessage').length;
    await expect(rig.slack.post(place('events'), view)).rejects.toMatchObject({ code: 'outcome_unknown' });
    expect(rig.double.calls('chat.postMessage').length - calls).toBeLessThanOrEqual(1);
  });

  it('tells that a message is gone', async () => {
    const ref = { ...place('events'), message: '1700000000.000100' };
    await expect(rig.slack.update(ref, view)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('asks for a profile once an hour, however many ask at the same time', async () => {
    const ada = rig.workspace.user('ada').id;
    const both = await Promise.all([rig.slack.profile('T1', ada), rig.slack.profile('T1', ada)]);
    expect(both[0]).toEqual({ name: expect.any(String), email: 'ada@example.com', zone: 'Europe/Berlin' });
    expect(rig.double.calls('users.info')).toHaveLength(1);
    rig.clock.advance(3_600_001);
    await rig.slack.profile('T1', ada);
    expect(rig.double.calls('users.info')).toHaveLength(2);
  });

  it('forgets a profile that could not be read', async () => {
    const bob = rig.workspace.user('bob').id;
    asking({ kind: 'error', error: 'user_not_found' }, 'users.info');
    await expect(rig.slack.profile('T1', bob)).rejects.toMatchObject({ code: 'not_found' });
    expect(await rig.slack.profile('T1', bob)).toMatchObject({ zone: 'Europe/London' });
  });

  it('names the user groups that a person belongs to', async () => {
    const groupsOf = (name: string) => rig.slack.groupsOf('T1', rig.workspace.user(name).id, ['S0PRODUCERS', 'S0GONE']);
    expect(await groupsOf('ada')).toEqual(['S0PRODUCERS']);
    expect(await groupsOf('bob')).toEqual([]);
    expect(rig.logged.some((entry) => entry.includes('does not exist in Slack'))).toBe(true);
  });

  it('stops the start when Slack refuses the token, with the variable to look at', async () => {
    await expect(startRig({ token: 'xoxb-wrong' })).rejects.toMatchObject({
      code: 'misconfigured',
      hint: expect.stringContaining('SLACK_BOT_TOKEN'),
    });
  });

  it('starts all the same when Slack cannot confirm the token for now', async () => {
    const patient = await startRig({
      first: (double) => double.faults.add({ method: 'auth.test', effect: { kind: 'reset' } }),
    });
    expect(patient.slack.ready()).toBe(true);
    await patient.stop();
    expect(patient.slack.ready()).toBe(false);
  });
});
