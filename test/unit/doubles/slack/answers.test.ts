import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Answer, formView, openForm, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

async function submitAnd(answer: Answer) {
  const { ada, modal } = await openForm(scene);
  await ada.fills(modal, { name: 'x' });
  scene.app.answer(() => answer);
  return { ada, modal, delivery: await ada.submits(modal) };
}

describe('the answer to a submission', () => {
  it('closes the view when it is empty', async () => {
    const { ada, modal } = await submitAnd({});
    expect(ada.modal()).toBeUndefined();
    expect(modal.ended).toBe('submitted');
  });

  it('shows errors on the fields and keeps the view', async () => {
    const { ada, modal, delivery } = await submitAnd({
      json: { response_action: 'errors', errors: { start: 'Pick a time in the future' } },
    });
    expect(delivery.errors).toEqual({ start: 'Pick a time in the future' });
    expect(modal.errors).toEqual(delivery.errors);
    expect(ada.modal()).toBe(modal);
    expect(scene.double.complaints).toEqual([]);
  });

  it('updates, pushes and clears', async () => {
    const view = formView({ title: { type: 'plain_text', text: 'Second' } });
    const first = await submitAnd({ json: { response_action: 'update', view } });
    expect(first.modal.body.title).toMatchObject({ text: 'Second' });
    expect(first.modal.history).toHaveLength(1);
    scene.app.answer(() => ({ json: { response_action: 'push', view: formView() } }));
    await first.ada.submits(first.modal);
    const top = first.ada.modal();
    if (top === undefined) throw new Error('nothing was pushed');
    expect(top.previousId).toBe(first.modal.id);
    await first.ada.fills(top, { name: 'y' });
    scene.app.answer(() => ({ json: { response_action: 'clear' } }));
    await first.ada.submits(top);
    expect(first.ada.modal()).toBeUndefined();
    expect(first.modal.ended).toBe('cleared');
  });

  it.each([
    [
      'errors on a field that is not there',
      { json: { response_action: 'errors', errors: { colour: 'x' } } },
      'invalid_errors',
    ],
    ['errors without words', { json: { response_action: 'errors', errors: { name: '' } } }, 'invalid_errors'],
    ['no errors at all', { json: { response_action: 'errors', errors: {} } }, 'invalid_errors'],
    ['another action', { json: { response_action: 'close' } }, 'invalid_response_action'],
    ['a message', { json: { text: 'done' } }, 'invalid_response_action'],
    ['a broken view', { json: { response_action: 'update', view: formView({ title: 'x' }) } }, 'invalid_arguments'],
    ['words', { text: 'done' }, 'invalid_content_type'],
    ['broken JSON', { text: '{', contentType: 'application/json' }, 'invalid_json'],
    ['status 500', { status: 500 }, 'dispatch_failed'],
    ['a redirect', { status: 302 }, 'dispatch_failed'],
  ] as [string, Answer, string][])('is refused with %s', async (_what, answer, failure) => {
    const { ada, modal, delivery } = await submitAnd(answer);
    expect(delivery.failure).toBe(failure);
    expect(scene.double.complaints).toHaveLength(1);
    expect(ada.modal()).toBe(modal);
  });
});

describe('the answer to a command', () => {
  const run = async (answer: Answer) => {
    scene.app.answer(() => answer);
    return scene.workspace.user('ada').runs('/webcast help', { in: 'live-events' });
  };

  it('is shown to the person alone, as text or as JSON', async () => {
    await run({ text: 'Hello' });
    await run({ json: { text: 'Hello again' } });
    expect(scene.workspace.ephemerals('live-events', 'ada').map((message) => message.text)).toEqual([
      'Hello',
      'Hello again',
    ]);
    expect(scene.double.complaints).toEqual([]);
  });

  it('is shown to all when it says so', async () => {
    await run({ json: { response_type: 'in_channel', text: 'Hello all' } });
    expect(scene.double.messages('live-events').map((message) => message.text)).toEqual(['Hello all']);
  });

  it.each([
    ['invalid blocks', { json: { text: 'x', blocks: [{ type: 'banner' }] } }, /invalid_blocks/],
    ['nothing to say', { json: {} }, /no_text/],
    ['a field nobody knows', { json: { text: 'x', colour: 'red' } }, /unknown field colour/],
    ['a response_type nobody knows', { json: { text: 'x', response_type: 'public' } }, /response_type public/],
    ['JSON sent as text', { text: '{"text":"x"}' }, /would be shown as text/],
    ['a list', { json: ['x'] }, /not an object/],
  ] as [string, Answer, RegExp][])('is complained about with %s', async (_what, answer, complaint) => {
    await run(answer);
    expect(scene.double.takeComplaints(complaint)).toHaveLength(1);
  });

  it('comes within three seconds by the clock', async () => {
    scene.app.answer(() => {
      scene.time.now += 3_001;
      return {};
    });
    const delivery = await scene.workspace.user('ada').runs('/webcast help');
    expect(delivery).toMatchObject({ failure: 'operation_timeout', elapsed: 3_001 });
    expect(scene.double.complaints).toEqual(['command: failed with the error "operation_timeout" (status 200)']);
  });

  it('is not waited for longer than the patience', async () => {
    const hurried = await startScene(undefined, { patience: 30 });
    const stalled = new Promise<Answer>(() => undefined);
    hurried.app.answer(() => stalled);
    const delivery = await hurried.workspace.user('ada').runs('/webcast help');
    await hurried.stop();
    expect(delivery).toMatchObject({ failure: 'operation_timeout', status: undefined });
  });

  it('fails when nobody listens', async () => {
    scene.workspace.connect('http://127.0.0.1:1/slack/events');
    expect((await scene.workspace.user('ada').runs('/webcast')).failure).toBe('dispatch_failed');
  });
});

describe('the answer to a search', () => {
  const search = async (answer: Answer) => {
    const { ada, modal } = await openForm(scene);
    scene.app.answer(() => answer);
    return ada.types(modal, 'webcast', 'to');
  };
  const options = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      text: { type: 'plain_text', text: `${index}` },
      value: `${index}`,
    }));

  it('holds up to 100 options', async () => {
    expect(await search({ json: { options: options(100) } })).toHaveLength(100);
    expect(scene.double.complaints).toEqual([]);
  });

  it.each([
    ['101 options', { json: { options: options(101) } }],
    ['no answer', {}],
    ['options of another shape', { json: { options: [{ label: 'x', value: 'x' }] } }],
    ['options and groups', { json: { options: [], option_groups: [] } }],
  ] as [string, Answer][])('is refused with %s', async (_what, answer) => {
    expect(await search(answer)).toEqual([]);
    expect(scene.double.complaints).not.toEqual([]);
  });
});
