import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Dialog, TeamsUser } from '../../../doubles/teams/index.js';
import { activitiesOf, type Bench, cardMessage, startBench } from './scripted.js';

let bench: Bench;
let alex: TeamsUser;
beforeEach(async () => {
  bench = await startBench();
  alex = bench.tenant.user('Alex');
});
afterEach(() => bench.stop());

const CARD = 'application/vnd.microsoft.card.adaptive';
const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'x' }] };
const dialog = (value: Record<string, unknown>) => ({ json: { task: { type: 'continue', value } } });
const complaints = () => bench.double.takeComplaints(/./);
const post = (actions: unknown[], body: unknown[] = [{ type: 'TextBlock', text: 'Town hall' }]) =>
  bench.ask('POST', activitiesOf(bench.tenant.chatOf('Alex')), cardMessage(body, actions));

describe('answers to messages', () => {
  it('are 200 without a body', async () => {
    expect(await alex.says('hello')).toMatchObject({ status: 200, failure: undefined });
    expect(complaints()).toEqual([]);
  });

  it.each([
    ['a body', { text: 'hello' }, /answered with a body/],
    ['another good status', { status: 202 }, /status 202 instead of 200/],
    ['a failure', { status: 500 }, /status 500/],
  ])('with %s are complained about', async (_what, answer, complaint) => {
    bench.answer(answer);
    await alex.says('hello');
    expect(complaints()).toEqual([expect.stringMatching(complaint)]);
  });

  it('may be refusals where the test means them to be', async () => {
    bench.answer({ status: 403 });
    await alex.says('hello', { activity: { serviceUrl: 'https://evil.example/' }, refusal: true });
    expect(complaints()).toEqual([]);
    bench.answer({});
    await alex.says('hello', { refusal: true });
    expect(complaints()).toEqual([expect.stringContaining('accepted (200) what had to be refused')]);
  });

  it('do not show stack traces', async () => {
    bench.answer({ status: 500, text: 'Error: x\n    at file.js:1:1' });
    await alex.says('hello', { refusal: true });
    expect(complaints()).toEqual([expect.stringContaining('stack trace')]);
  });
});

describe('answers that open a dialog', () => {
  const open = { type: 'Action.Submit', title: 'Form', data: { msteams: { type: 'task/fetch' } } };
  const fetch = async (): Promise<Dialog | undefined> => {
    await post([open]);
    return (await alex.presses(alex.lastCard('personal'), 'Form'))?.dialog;
  };

  it('show a card under a title', async () => {
    bench.answer(dialog({ title: 'New', height: 'large', width: 600, card: { contentType: CARD, content } }));
    expect(await fetch()).toMatchObject({ title: 'New', height: 'large', width: 600, open: true });
    expect(complaints()).toEqual([]);
  });

  it('may show a text', async () => {
    bench.answer({ json: { task: { type: 'message', value: 'No' } } });
    expect(await fetch()).toBeUndefined();
    expect(complaints()).toEqual([]);
  });

  it.each([
    ['nothing', {}, /opens nothing/],
    ['no task', { json: { ok: true } }, /not a task/],
    ['no title', dialog({ card: { contentType: CARD, content } }), /needs a title/],
    ['a web page', dialog({ title: 'x', url: 'https://example.com' }), /validDomains/],
    ['another size', dialog({ title: 'x', height: 'tall', card: { contentType: CARD, content } }), /height and width/],
    ['a broken card', dialog({ title: 'x', card: { contentType: CARD, content: {} } }), /version is missing/],
    ['a failure', { status: 501 }, /status 501/],
  ])('are complained about with %s', async (_what, answer, complaint) => {
    bench.answer(answer);
    await fetch();
    expect(complaints()).toContainEqual(expect.stringMatching(complaint));
  });
});

describe('answers to Action.Execute', () => {
  const run = { type: 'Action.Execute', title: 'Run', verb: 'run' };
  const press = async () => {
    await post([run]);
    return alex.presses(alex.lastCard('personal'), 'Run');
  };

  it.each([
    ['a card', { statusCode: 200, type: CARD, value: content }],
    ['a text', { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'done' }],
    ['a refusal', { statusCode: 403, type: 'application/vnd.microsoft.error', value: { code: 'No', message: 'No' } }],
  ])('carry %s', async (_what, json) => {
    bench.answer({ json });
    await press();
    expect(complaints()).toEqual([]);
  });

  it.each([
    ['nothing', {}, /no statusCode/],
    ['a card of no type', { json: { statusCode: 200, value: content } }, /with type undefined/],
    [
      'a refusal without a code',
      { json: { statusCode: 400, type: 'application/vnd.microsoft.error', value: { message: 'x' } } },
      /needs a code/,
    ],
    ['an HTTP failure', { status: 500 }, /status 500/],
  ])('are complained about with %s', async (_what, answer, complaint) => {
    bench.answer(answer);
    await press();
    expect(complaints()).toContainEqual(expect.stringMatching(complaint));
  });

  it('are gone for everybody when the message is edited', async () => {
    bench.answer({ json: { statusCode: 200, type: CARD, value: content } });
    await press();
    const message = alex.lastCard('personal');
    expect(alex.buttons(message)).toEqual([]);
    const chat = activitiesOf(bench.tenant.chatOf('Alex'));
    await bench.ask('PUT', `${chat}/${message.id}`, cardMessage([{ type: 'TextBlock', text: 'y' }], [run]));
    expect(alex.buttons(message)).toEqual(['Run']);
  });
});

describe('message extensions', () => {
  const preview = { contentType: 'application/vnd.microsoft.card.thumbnail', content: { title: 'Town hall' } };
  const result = (attachments: unknown[]) => ({
    json: { composeExtension: { type: 'result', attachmentLayout: 'list', attachments } },
  });

  it('find cards with previews', async () => {
    bench.answer(result([{ contentType: CARD, content, preview }]));
    expect((await alex.searches('findWebcast', { q: 'town' })).results).toHaveLength(1);
    bench.answer({ json: { composeExtension: { type: 'message', text: 'Nothing found' } } });
    expect((await alex.searches('findWebcast', { q: 'x' })).notice).toBe('Nothing found');
    expect(complaints()).toEqual([]);
  });

  it('need previews of an older kind of card', async () => {
    bench.answer(result([{ contentType: CARD, content, preview: { contentType: CARD, content } }]));
    await alex.pastes('https://example.com/1');
    expect(complaints()).toEqual([expect.stringContaining('hero or thumbnail preview')]);
  });

  it('submit the dialog of a command under its name', async () => {
    const submit = { type: 'Action.Submit', title: 'Send', data: { form: 'create' } };
    bench.answer(dialog({ title: 'New', card: { contentType: CARD, content: { ...content, actions: [submit] } } }));
    const opened = await alex.composes('createWebcast');
    if (opened.dialog === undefined) throw new Error('no dialog');
    bench.answer({});
    await alex.submits(opened.dialog);
    expect(bench.heard.at(-1)).toMatchObject({
      name: 'composeExtension/submitAction',
      value: { commandId: 'createWebcast', data: { form: 'create' } },
    });
    expect(complaints()).toEqual([]);
  });
});

describe('choices that are looked up', () => {
  const lookup = { type: 'Data.Query', dataset: 'webcasts' };
  const field = { type: 'Input.ChoiceSet', id: 'webcast', label: 'Webcast', choices: [], 'choices.data': lookup };
  const search = (results: unknown) => ({
    json: { statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } },
  });

  it('can be picked once they were offered', async () => {
    await post([{ type: 'Action.Submit', title: 'Go', data: {} }], [field]);
    const message = alex.lastCard('personal');
    expect(() => alex.fills(message, { Webcast: 'Town hall' })).toThrow('no choice Town hall');
    bench.answer(search([{ title: 'Town hall', value: '1_abc' }]));
    await alex.types(message, 'Webcast', 'town');
    expect(bench.heard.at(-1)?.value).toEqual({
      queryText: 'town',
      queryOptions: { skip: 0, top: 15 },
      dataset: 'webcasts',
    });
    bench.answer({});
    alex.fills(message, { Webcast: 'Town hall' });
    await alex.presses(message, 'Go');
    expect(bench.heard.at(-1)?.value).toEqual({ webcast: '1_abc' });
    expect(complaints()).toEqual([]);
  });

  it('have titles and values', async () => {
    await post([], [field]);
    bench.answer(search([{ title: 'Town hall' }]));
    await alex.types(alex.lastCard('personal'), 'Webcast', 'town');
    expect(complaints()).toEqual([expect.stringContaining('title and value')]);
  });
});
