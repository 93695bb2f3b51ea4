import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { activitiesOf, type Bench, cardMessage, startBench } from './scripted.js';

let bench: Bench;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-12-01T10:00:00Z');
  bench = await startBench({ clock: { now: () => now }, accessTokenLifetime: 100_000 });
});
afterEach(() => bench.stop());

const hello = { type: 'message', text: 'hello' };
const chat = () => activitiesOf(bench.tenant.chatOf('Alex'));
const group = () => activitiesOf(bench.tenant.conversation('Rehearsal'));
const codeOf = (body: Record<string, unknown>) => JSON.stringify(body).match(/"code":"(\w+)"/)?.[1];
const complaints = () => bench.double.takeComplaints(/./);

describe('posting', () => {
  it('stores a message under a new id', async () => {
    const reply = await bench.ask('POST', chat(), hello);
    expect(reply).toMatchObject({ status: 201, body: { id: String(now) } });
    expect(bench.tenant.user('Alex').sees('personal')).toMatchObject([{ author: 'bot', text: 'hello' }]);
    expect(complaints()).toEqual([]);
  });

  it('tolerates a reply to an id that nobody has', async () => {
    expect((await bench.ask('POST', `${chat()}/5f0c7f4e-0000-4000-8000-000000000000`, hello)).status).toBe(201);
    expect(complaints()).toEqual([]);
  });

  it('stays in the thread the id names, and begins one without it', async () => {
    const channel = bench.tenant.conversation('Webcasts');
    const first = await bench.ask('POST', activitiesOf(channel), hello);
    const root = String(first.body.id);
    await bench.ask('POST', activitiesOf(channel, root), hello);
    expect(channel.messages.map(({ threadRoot }) => threadRoot)).toEqual([root, root]);
    expect((await bench.ask('POST', activitiesOf(channel, '123'), hello)).status).toBe(404);
    expect(complaints()).toHaveLength(1);
  });

  it.each([
    ['nothing to show', { type: 'message', text: ' ' }, 400, 'BadSyntax', /neither text nor attachment/],
    ['an unknown type', { type: 'shout', text: 'x' }, 400, 'BadArgument', /activity type shout/],
    ['no activity', [1], 400, 'BadSyntax', /no activity/],
  ])('refuses %s', async (_what, body, status, code, complaint) => {
    const reply = await bench.ask('POST', chat(), body);
    expect([reply.status, codeOf(reply.body)]).toEqual([status, code]);
    expect(complaints()).toEqual([expect.stringMatching(complaint)]);
  });

  it.each([
    ['a sender that is not the bot', { from: { id: '29:other' } }, /from.id is 29:other/],
    ['another conversation than the path', { conversation: { id: 'a:other' } }, /conversation.id is a:other/],
    ['another service address', { serviceUrl: 'https://elsewhere.example/' }, /serviceUrl is/],
    ['a mention without an entity', { text: '<at>Alex Wilber</at> hi' }, /stands for nobody/],
    ['a targeted recipient without the query', { recipient: { id: 'x', isTargeted: true } }, /isTargeted without/],
    ['a broken card', cardMessage([{ type: 'TextBlock' }]), /text is missing/],
    ['the password', { text: 'the-app-password' }, /password is shown/],
  ])('complains about %s', async (_what, fields, complaint) => {
    await bench.ask('POST', chat(), { ...hello, ...fields });
    expect(complaints()).toEqual([expect.stringMatching(complaint)]);
  });

  it('accepts a mention of a member with its entity', async () => {
    const { id, name } = bench.tenant.user('Alex');
    const mention = { type: 'mention', text: '<at>Alex</at>', mentioned: { id, name } };
    await bench.ask('POST', group(), { ...hello, text: '<at>Alex</at> hi', entities: [mention] });
    expect(complaints()).toEqual([]);
  });

  it('counts the whole payload as UTF-16', async () => {
    const rest = JSON.stringify({ ...hello, text: '' }).length;
    const most = { ...hello, text: 'x'.repeat(100 * 512 - rest) };
    expect((await bench.ask('POST', chat(), most)).status).toBe(201);
    const reply = await bench.ask('POST', chat(), { ...most, text: `${most.text}x` });
    expect([reply.status, codeOf(reply.body)]).toEqual([413, 'MessageSizeTooBig']);
  });

  it('keeps private texts out of what everybody sees', async () => {
    bench.double.keepPrivate('stream-key-1');
    await bench.ask('POST', chat(), { ...hello, text: 'stream-key-1' });
    expect(complaints()).toEqual([]);
    await bench.ask('POST', group(), { ...hello, text: 'stream-key-1' });
    expect(complaints()).toEqual([expect.stringContaining('private text')]);
  });
});

describe('editing and deleting', () => {
  it('changes own messages for everybody, and not after they are gone', async () => {
    const { body } = await bench.ask('POST', group(), hello);
    const path = `${group()}/${body.id}`;
    expect((await bench.ask('PUT', path, { ...hello, text: 'edited' })).status).toBe(200);
    expect(bench.tenant.user('Megan').sees('Rehearsal')).toMatchObject([{ text: 'edited', edited: true }]);
    expect((await bench.ask('DELETE', path)).status).toBe(200);
    const reply = await bench.ask('PUT', path, hello);
    expect([reply.status, codeOf(reply.body)]).toEqual([404, 'ActivityNotFoundInConversation']);
    expect(complaints()).toEqual([]);
  });

  it('complains about messages that never were, and about those of others', async () => {
    const written = bench.tenant.user('Alex').writes('mine', 'Rehearsal');
    expect((await bench.ask('PUT', `${group()}/1`, hello)).status).toBe(404);
    expect((await bench.ask('DELETE', `${group()}/${written.id}`)).status).toBe(400);
    expect(complaints()).toEqual([expect.stringContaining('never was'), expect.stringContaining("somebody else's")]);
  });
});

describe('targeted messages', () => {
  const query = '?isTargetedActivity=true';
  const to = (name: string) => ({ ...hello, recipient: { id: bench.tenant.user(name).id } });

  it('are seen by one person, and edited without naming them', async () => {
    const { status, body } = await bench.ask('POST', `${group()}${query}`, to('Megan'));
    expect(status).toBe(201);
    expect(bench.tenant.user('Megan').sees('Rehearsal')).toHaveLength(1);
    expect(bench.tenant.user('Alex').sees('Rehearsal')).toHaveLength(0);
    expect((await bench.ask('PUT', `${group()}/${body.id}${query}`, hello)).status).toBe(200);
    expect((await bench.ask('PUT', `${group()}/${body.id}${query}`, to('Megan'))).status).toBe(400);
    expect(complaints()).toHaveLength(1);
  });

  it('are better answered in the same way', async () => {
    const { activity } = await bench.tenant.user('Alex').says('create', { in: 'Rehearsal', targeted: true });
    await bench.ask('POST', `${group()}/${activity.id}${query}`, to('Alex'));
    expect(bench.double.advice).toEqual([]);
    await bench.ask('POST', `${group()}/${activity.id}`, hello);
    expect(bench.double.advice).toEqual([expect.stringContaining('everybody sees the answer')]);
  });

  it('are for members of chats of several people', async () => {
    expect((await bench.ask('POST', `${chat()}${query}`, to('Alex'))).status).toBe(400);
    expect((await bench.ask('POST', `${group()}${query}`, hello)).status).toBe(400);
    expect(complaints()).toHaveLength(2);
  });

  it('are gone after a day', async () => {
    const { body } = await bench.ask('POST', `${group()}${query}`, to('Megan'));
    now += 24 * 3_600_000 + 1;
    expect((await bench.ask('PUT', `${group()}/${body.id}${query}`, hello)).status).toBe(404);
  });
});

describe('new conversations', () => {
  const bot = () => ({ id: `28:${bench.tenant.environment().MicrosoftAppId}` });

  it('finds the chat of one person of the tenant', async () => {
    const members = [{ id: bench.tenant.user('Alex').aadObjectId }];
    const reply = await bench.ask('POST', 'v3/conversations', { bot: bot(), members, tenantId: bench.tenant.id });
    expect(reply).toMatchObject({ status: 201, body: { id: bench.tenant.chatOf('Alex').id } });
    expect(complaints()).toEqual([]);
  });

  it('refuses people for whom the app is not installed', async () => {
    bench.tenant.chatOf('Alex').installed = false;
    const members = [{ id: bench.tenant.user('Alex').id }];
    const reply = await bench.ask('POST', 'v3/conversations', { bot: bot(), members, tenantId: bench.tenant.id });
    expect([reply.status, codeOf(reply.body)]).toEqual([403, 'ForbiddenOperationException']);
  });

  it('begins a thread in a channel', async () => {
    const { id } = bench.tenant.conversation('Webcasts');
    const body = { isGroup: true, channelData: { channel: { id } }, activity: hello };
    const reply = await bench.ask('POST', 'v3/conversations', body);
    expect(reply).toMatchObject({ status: 201, body: { id: `${id};messageid=${now}`, activityId: String(now) } });
    expect(complaints()).toEqual([]);
  });

  it.each([
    ['several members', () => ({ members: [{ id: 'a' }, { id: 'b' }], tenantId: bench.tenant.id })],
    ['no tenant', () => ({ members: [{ id: bench.tenant.user('Alex').id }] })],
  ])('refuses %s', async (_what, fields) => {
    expect((await bench.ask('POST', 'v3/conversations', { bot: bot(), ...fields() })).status).toBe(400);
    expect(complaints()).toHaveLength(1);
  });
});

describe('who and where', () => {
  const base = () => `v3/conversations/${encodeURIComponent(bench.tenant.conversation('Webcasts').id)}`;

  it('pages members, hides the addresses of guests, and knows one by either id', async () => {
    const { body } = await bench.ask('GET', `${base()}/pagedmembers?pageSize=50`);
    const adele = bench.tenant.user('Adele');
    expect(body.members).toContainEqual(expect.objectContaining({ name: 'Alex Wilber', userRole: 'user' }));
    expect(JSON.stringify(body.members)).not.toContain('adele.vance@');
    const one = await bench.ask('GET', `${base()}/members/${adele.aadObjectId}`);
    expect(one).toMatchObject({ status: 200, body: { id: adele.id, userRole: 'guest' } });
    expect((await bench.ask('GET', `${base()}/members/29:nobody`)).status).toBe(404);
    expect(complaints()).toEqual([]);
  });

  it('complains about the list that is not paged', async () => {
    expect((await bench.ask('GET', `${base()}/members`)).status).toBe(200);
    expect(complaints()).toHaveLength(1);
  });

  it('describes a team and its channels', async () => {
    const team = encodeURIComponent(bench.tenant.conversation('General').id);
    expect((await bench.ask('GET', `v3/teams/${team}`)).body).toMatchObject({ name: 'Event Ops', channelCount: 2 });
    const { body } = await bench.ask('GET', `v3/teams/${team}/conversations`);
    expect(body.conversations).toMatchObject([{}, { name: 'Webcasts' }]);
  });

  it('knows no other endpoints', async () => {
    expect((await bench.ask('GET', 'v3/secrets')).status).toBe(404);
    expect(complaints()).toEqual([expect.stringContaining('unknown endpoint')]);
  });
});

describe('the door', () => {
  it('is closed without our own token', async () => {
    expect((await bench.call('POST', chat(), hello)).status).toBe(401);
    expect((await bench.call('POST', chat(), hello, { authorization: 'Bearer x' })).status).toBe(401);
    expect(complaints()).toHaveLength(2);
  });

  it.each([
    ['by user', 'ConversationBlockedByUser'],
    ['by admin', 'BotDisabledByAdmin'],
  ] as const)('is closed when blocked %s', async (blocked, code) => {
    bench.tenant.chatOf('Alex').blocked = blocked;
    const reply = await bench.ask('POST', chat(), hello);
    expect([reply.status, codeOf(reply.body)]).toEqual([403, code]);
    expect(complaints()).toEqual([]);
  });

  it('answers closed threads in the other body shape', async () => {
    bench.tenant.conversation('Rehearsal').blocked = 'writes';
    const reply = await bench.ask('POST', group(), hello);
    expect(reply).toMatchObject({ status: 403, body: { errorCode: 209 } });
    expect(JSON.parse(String(reply.body.message))).toMatchObject({ subCode: 'MessageWritesBlocked' });
  });

  it('is closed where the app is not installed, and where nothing is any more', async () => {
    bench.tenant.conversation('Rehearsal').installed = false;
    expect(codeOf((await bench.ask('POST', group(), hello)).body)).toBe('BotNotInConversationRoster');
    bench.tenant.conversation('Rehearsal').gone = true;
    expect(codeOf((await bench.ask('POST', group(), hello)).body)).toBe('ConversationNotFound');
  });
});
