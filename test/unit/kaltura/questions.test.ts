import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { type Question, questionIdSchema } from '../../../src/core/questions.js';
import { Secret } from '../../../src/core/secret.js';
import { type EntryId, instant } from '../../../src/core/webcast.js';
import { keyOf } from '../../../src/kaltura/annotations.js';
import { createKaltura, type KalturaGateway } from '../../../src/kaltura/index.js';
import { openRig, type Rig, silent } from '../../rig/index.js';
import { sayAs } from '../../rig/viewer.js';

let rig: Rig;
let id: EntryId;
beforeEach(async () => {
  rig = await openRig();
  id = await rig.plan();
});
afterEach(() => rig.stop());

const reach = () => ({ url: rig.gateway.addresses.service, ...rig.kaltura.account });
const ask = async (text = 'Why?', kind?: Readonly<Record<string, string>>) =>
  questionIdSchema.parse(await sayAs(reach(), 'vera@example.test', id, text, kind));
const answers = async () => {
  const filter = { objectType: 'KalturaAnnotationFilter', entryIdEqual: id };
  const rows = z.array(z.object({ text: z.string(), parentId: z.string(), userId: z.string(), tags: z.string() }));
  const { objects } = await rig.raw('cuepoint_cuepoint', 'list', { filter });
  return rows.parse(objects).filter(({ parentId }) => parentId !== '0');
};
const all = async (): Promise<readonly Question[]> => {
  const asked = await rig.gateway.questions.all(id, undefined);
  return asked.kind === 'measured' ? asked.value : [];
};

describe('what is open', () => {
  it.each(['Pending', 'Assigned', 'FollowUp'])('is a question that is %s', async (State) => {
    await ask('Why?', { State, Type: 'Question' });
    expect((await all()).map(({ state }) => state)).toEqual(['open']);
  });

  it.each([
    ['Answered', 'answered'],
    ['Done', 'answered'],
    ['Cleared', 'answered'],
    ['Deleted', 'dismissed'],
  ])('is not one that is %s', async (State, state) => {
    await ask('Why?', { State, Type: 'Question' });
    expect((await all()).map((one) => one.state)).toEqual([state]);
  });

  it('is a question without any state, and nothing else that is said', async () => {
    await ask('Why?', { Type: 'Question' });
    await ask('Welcome.', { Type: 'Announcement' });
    expect(await all()).toMatchObject([{ text: 'Why?', asker: 'vera@example.test', state: 'open', webcast: id }]);
  });
});

describe('hearing', () => {
  it('of many webcasts is one round trip, and tells what became of those known as open', async () => {
    const first = await ask('First?');
    await rig.say(`questions ${id}`);
    rig.clock.advance(60_000);
    const since = instant(rig.clock.now());
    rig.clock.advance(1000);
    await rig.gateway.questions.dismiss(first);
    const second = await ask('Second?');
    const from = rig.kaltura.requests.read().total;
    const heard = await rig.gateway.questions.hear([id, id], since, [first]);
    expect(rig.kaltura.requests.read().total - from).toBe(1);
    expect(heard).toMatchObject({
      kind: 'measured',
      value: { questions: [{ id: second }], changes: [{ id: first, state: 'dismissed' }], until: rig.clock.now() },
    });
  });

  it('waits for what is not said to be anything yet, for a minute', async () => {
    const began = instant(rig.clock.now());
    const cuePoint = { objectType: 'KalturaAnnotation', entryId: id, text: 'Half', tags: 'qna', startTime: 0 };
    await rig.ask('cuepoint_cuepoint', 'add', { cuePoint });
    rig.clock.advance(5000);
    await ask('Whole?');
    const hear = async () => {
      const heard = await rig.gateway.questions.hear([id], began, []);
      return heard.kind === 'measured' ? heard.value.until - began : undefined;
    };
    expect(await hear()).toBe(0);
    rig.clock.advance(60_000);
    expect(await hear()).toBe(5000);
  });
});

describe('an answer', () => {
  it('whose outcome was lost on the way is not given twice', async () => {
    const question = await ask();
    await rig.control('faults', { kind: 'lost', on: 'cuepoint_cuepoint.add' });
    const came = await rig.gateway.questions.answer(question, 'So.', false, 'ann@example.test');
    expect(came.kind).toBe('settled');
    expect(await answers()).toMatchObject([{ text: 'So.', tags: 'qna' }]);
  });

  it('that was begun and cut off is brought to its end, with the words it was begun with', async () => {
    const question = await ask();
    const half = { objectType: 'KalturaAnnotation', entryId: id, text: 'Begun.', parentId: question, startTime: 0 };
    const systemName = keyOf('answer', question);
    await rig.ask('cuepoint_cuepoint', 'add', { cuePoint: { ...half, systemName } });
    const came = await rig.gateway.questions.answer(question, 'Another.', false, 'ann@example.test');
    expect(came).toMatchObject({ kind: 'settled before', question: { answer: { text: 'Begun.' } } });
    expect(await answers()).toMatchObject([{ text: 'Begun.', tags: 'qna' }]);
    expect((await all()).map(({ state }) => state)).toEqual(['answered']);
  });

  it('by a bot that cannot make sessions of people is its own, and says so', async () => {
    const question = await ask();
    const made = z.object({ id: z.string(), token: z.string() });
    const appToken = { objectType: 'KalturaAppToken', sessionUserId: 'bot@example.test', sessionType: 2 };
    const token = made.parse(await rig.ask('appToken', 'add', { appToken }));
    const gateway: KalturaGateway = createKaltura({
      serviceUrl: rig.gateway.addresses.service,
      partnerId: rig.kaltura.account.partnerId,
      credentials: { kind: 'app token', id: token.id, token: new Secret(token.token) },
      clock: rig.clock,
      log: silent,
    });
    const came = await gateway.questions.answer(question, 'So.', true, 'ann@example.test');
    await gateway.stop();
    expect(came).toMatchObject({ kind: 'settled', as: 'bot' });
    expect(await answers()).toMatchObject([{ userId: 'bot@example.test' }]);
  });

  it('to a question of 32,698 characters is possible, since it is read whole', async () => {
    const text = `${'long '.repeat(6_539)}end`;
    await ask(text);
    expect((await all())[0]?.text).toBe(text);
  });
});
