import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { callApi, formView, openForm, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

const errorOf = async (method: string, args: Record<string, unknown>) =>
  (await callApi(scene, method, args)).body.error;
const newTrigger = async () => (await scene.workspace.user('ada').runs('/webcast')).payload.trigger_id;
const home = { type: 'home', blocks: [{ type: 'divider' }] };

describe('trigger_id', () => {
  it('serves once', async () => {
    const { triggerId } = await openForm(scene);
    expect(await errorOf('views.open', { trigger_id: triggerId, view: formView() })).toBe('exchanged_trigger_id');
  });

  it('lives three seconds by the clock', async () => {
    const [late, intime] = [await newTrigger(), await newTrigger()];
    scene.time.now += 3_000;
    expect(await errorOf('views.open', { trigger_id: intime, view: formView() })).toBeUndefined();
    scene.time.now += 1;
    expect(await errorOf('views.open', { trigger_id: late, view: formView() })).toBe('expired_trigger_id');
  });

  it('cannot be made up', async () => {
    expect(await errorOf('views.open', { trigger_id: '1.2.3', view: formView() })).toBe('invalid_trigger_id');
  });

  it('is not spent by a view that was refused', async () => {
    const trigger = await newTrigger();
    const broken = formView({ title: { type: 'plain_text', text: '' } });
    expect(await errorOf('views.open', { trigger_id: trigger, view: broken })).toBe('invalid_arguments');
    expect(await errorOf('views.open', { trigger_id: trigger, view: formView() })).toBeUndefined();
  });
});

describe('views.update', () => {
  it('keeps what was entered where block_id and action_id stay', async () => {
    const { ada, modal } = await openForm(scene);
    await ada.fills(modal, { name: 'All hands' });
    const view = formView({ submit: { type: 'plain_text', text: 'Save' } });
    await callApi(scene, 'views.update', { view_id: modal.id, hash: modal.hash, view });
    expect(modal.states.get(ada.id)?.name?.v?.value).toBe('All hands');
    expect(modal.body.submit).toMatchObject({ text: 'Save' });
  });

  it('refuses an old hash', async () => {
    const { modal } = await openForm(scene);
    const { hash } = modal;
    await callApi(scene, 'views.update', { view_id: modal.id, hash, view: formView() });
    expect(await errorOf('views.update', { view_id: modal.id, hash, view: formView() })).toBe('hash_conflict');
  });

  it('does not find a closed view', async () => {
    const { ada, modal } = await openForm(scene);
    await ada.closes(modal);
    expect(await errorOf('views.update', { view_id: modal.id, view: formView() })).toBe('not_found');
  });

  it('wants exactly one of view_id and external_id', async () => {
    expect(await errorOf('views.update', { view: formView() })).toBe('invalid_arguments');
  });
});

describe('views.push', () => {
  it('stacks three views and no more', async () => {
    const { ada } = await openForm(scene);
    for (const depth of [2, 3]) {
      await callApi(scene, 'views.push', { trigger_id: await newTrigger(), view: formView() });
      expect(ada.modal()?.previousId).not.toBeNull();
      expect(scene.double.views.filter((view) => view.open)).toHaveLength(depth);
    }
    expect(await errorOf('views.push', { trigger_id: await newTrigger(), view: formView() })).toBe(
      'push_limit_reached',
    );
  });

  it('needs a modal to push on', async () => {
    expect(await errorOf('views.push', { trigger_id: await newTrigger(), view: formView() })).toBe('not_found');
  });
});

describe('views in general', () => {
  it('refuses an external_id that is in use', async () => {
    await openForm(scene, formView({ external_id: 'one' }));
    const view = formView({ external_id: 'one' });
    expect(await errorOf('views.push', { trigger_id: await newTrigger(), view })).toBe('duplicate_external_id');
  });

  it('refuses more than 250 kB', async () => {
    const view = formView({ blocks: [{ type: 'x', filler: 'x'.repeat(250_001) }] });
    expect(await errorOf('views.open', { trigger_id: 'x', view })).toBe('view_too_large');
  });

  it('fills the defaults of a stored view', async () => {
    const { modal } = await openForm(scene);
    expect(modal.body).toMatchObject({
      close: null,
      private_metadata: '',
      clear_on_close: false,
      blocks: expect.arrayContaining([expect.objectContaining({ optional: false, dispatch_action: false })]),
    });
  });
});

describe('views.publish', () => {
  it('shows the Home tab of a person and checks its hash', async () => {
    const user = scene.workspace.user('ada');
    const first = await callApi(scene, 'views.publish', { user_id: user.id, view: home });
    expect(first.body.ok).toBe(true);
    expect(user.home()?.body.blocks).toHaveLength(1);
    expect(await errorOf('views.publish', { user_id: user.id, view: home, hash: '1.x' })).toBe('hash_conflict');
    expect(scene.double.views).toHaveLength(1);
  });

  it('takes home views only, and views.open modals only', async () => {
    const { id } = scene.workspace.user('ada');
    expect(await errorOf('views.publish', { user_id: id, view: formView() })).toBe('invalid_arguments');
    expect(await errorOf('views.open', { trigger_id: await newTrigger(), view: home })).toBe('invalid_arguments');
  });

  it('needs the Home tab switched on', async () => {
    scene.workspace.state.homeEnabled = false;
    const { id } = scene.workspace.user('ada');
    expect(await errorOf('views.publish', { user_id: id, view: home })).toBe('not_enabled');
  });
});
