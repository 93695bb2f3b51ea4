import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../doubles/json.js';
import { listButtons, listFields, readText, readTitle } from '../../../doubles/slack/index.js';
import { callApi, formView, golive, openForm, postMessage, type Scene, startScene } from './app.js';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

const plain = (text: string) => ({ type: 'plain_text', text });
const field = (element: JsonObject, extra: JsonObject = {}) => ({
  type: 'input',
  block_id: 'field',
  label: plain('Field'),
  element: { action_id: 'v', ...element },
  ...extra,
});
const form = (...blocks: JsonObject[]) => formView({ blocks });
const options = [
  { text: plain('One'), value: '1' },
  { text: plain('Two'), value: '2' },
];

describe('a form', () => {
  it.each([
    ['an empty required field', { type: 'plain_text_input' }, null, 'Please complete this required field.'],
    ['too long a text', { type: 'plain_text_input', max_length: 3 }, 'long', 'longer than 3'],
    ['too short a text', { type: 'plain_text_input', min_length: 9 }, 'short', 'shorter than 9'],
    ['two lines in one', { type: 'plain_text_input' }, 'a\nb', 'line breaks'],
    ['no e-mail address', { type: 'email_text_input' }, 'ada', 'not an e-mail address'],
    ['no web address', { type: 'url_text_input' }, 'example', 'not a web address'],
    ['a number too small', { type: 'number_input', is_decimal_allowed: false, min_value: '1' }, 0, 'less than 1'],
    ['a number too big', { type: 'number_input', is_decimal_allowed: false, max_value: '9' }, '10', 'more than 9'],
    ['a broken number', { type: 'number_input', is_decimal_allowed: false }, '1.5', 'not a number'],
    ['no date', { type: 'datepicker' }, '15.1.2027', 'not a date'],
    ['a moment in milliseconds', { type: 'datetimepicker' }, 1_800_000_000_000, 'not a moment'],
    [
      'a file of another type',
      { type: 'file_input', filetypes: ['pdf'] },
      [{ name: 'x.exe', size: 1 }],
      'allowed type',
    ],
    [
      'too many choices',
      { type: 'multi_static_select', options, max_selected_items: 1 },
      ['One', 'Two'],
      'more than 1',
    ],
  ])('is not sent with %s', async (_what, element, entry, words) => {
    const { ada, modal } = await openForm(scene, form(field(element)));
    await ada.fills(modal, { field: entry });
    await expect(ada.submits(modal)).rejects.toThrow(words);
    expect(scene.double.deliveries('view_submission')).toEqual([]);
  });

  it('offers only its options', async () => {
    const { ada, modal } = await openForm(scene, form(field({ type: 'static_select', options })));
    await expect(ada.fills(modal, { field: 'Three' })).rejects.toThrow('no option Three among: One, Two');
  });

  it('has only the fields it shows', async () => {
    const { ada, modal } = await openForm(scene);
    await expect(ada.fills(modal, { colour: 'red' })).rejects.toThrow('nothing called colour among');
  });

  it('is filled by initial values', async () => {
    const { ada, modal } = await openForm(
      scene,
      form(
        field({ type: 'radio_buttons', options, initial_option: options[1] }),
        field({ type: 'conversations_select', default_to_current_conversation: true }, { block_id: 'where' }),
      ),
    );
    const { payload } = await ada.submits(modal);
    expect(payload.view).toMatchObject({
      state: {
        values: {
          field: { v: { type: 'radio_buttons', selected_option: { value: '2' } } },
          where: { v: { selected_conversation: scene.workspace.channelId('live-events') } },
        },
      },
    });
  });

  it('asks the app for an external select, from the least number of characters on', async () => {
    const { ada, modal } = await openForm(scene);
    await expect(ada.types(modal, 'webcast', 't')).rejects.toThrow('from 2 characters on');
    await expect(ada.chooses(modal, 'webcast', 'Town hall')).rejects.toThrow('type something first');
    scene.app.answer(() => ({ json: { option_groups: [{ label: plain('Soon'), options }] } }));
    expect(await ada.types(modal, 'webcast', 'to')).toHaveLength(2);
    expect(scene.app.heard.at(-1)?.fields).toMatchObject({ type: 'block_suggestion', action_id: 'find', value: 'to' });
    expect(await ada.chooses(modal, 'webcast', 'Two')).toBeUndefined();
  });

  it('sends block_actions for inputs that dispatch', async () => {
    const view = form(field({ type: 'static_select', options }, { dispatch_action: true }));
    const { ada, modal } = await openForm(scene, view);
    const delivery = await ada.chooses(modal, 'field', 'One');
    expect(delivery?.payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view', view_id: modal.id },
      actions: [{ block_id: 'field', selected_option: { value: '1' } }],
      view: { state: { values: { field: { v: { selected_option: { value: '1' } } } } } },
    });
  });

  it('gives response_urls only where asked', async () => {
    const view = form(field({ type: 'conversations_select', response_url_enabled: true }));
    const { ada, modal } = await openForm(scene, view);
    await ada.fills(modal, { field: 'live-events' });
    const { payload } = await ada.submits(modal);
    expect(payload.response_urls).toMatchObject([{ block_id: 'field', action_id: 'v' }]);
  });

  it('is closed with a word to the app only where asked', async () => {
    const quiet = await openForm(scene);
    expect(await quiet.ada.closes(quiet.modal)).toEqual([]);
    const { ada, modal } = await openForm(scene, formView({ notify_on_close: true }));
    const [closed] = await ada.closes(modal);
    expect(closed?.payload).toMatchObject({ type: 'view_closed', is_cleared: false, view: { id: modal.id } });
    expect(closed?.payload).not.toHaveProperty('trigger_id');
  });

  it('under another form cannot be touched', async () => {
    const { ada, modal } = await openForm(scene);
    const trigger = (await ada.runs('/webcast')).payload.trigger_id;
    await callApi(scene, 'views.push', { trigger_id: trigger, view: formView() });
    await expect(ada.fills(modal, { name: 'x' })).rejects.toThrow('another view lies on top');
  });
});

describe('a message', () => {
  it('has only the buttons it shows, by label or id', async () => {
    const ada = scene.workspace.user('ada');
    const message = await postMessage(scene);
    await expect(ada.clicks(message, 'End')).rejects.toThrow('nothing called End among: acts/golive (Go live)');
    expect((await ada.clicks(message, 'golive'))?.payload).toMatchObject({ actions: [{ action_id: 'golive' }] });
  });

  it('asks before a dangerous click, and a cancelled one sends nothing', async () => {
    const ada = scene.workspace.user('ada');
    const message = await postMessage(scene);
    expect(await ada.clicks(message, 'Go live', { confirm: false })).toBeUndefined();
    expect(scene.app.heard).toEqual([]);
    const click = await ada.clicks(message, 'Go live');
    const texts = { title: 'Go live?', text: 'Viewers will see it.', confirm: 'Yes', deny: 'Cancel' };
    expect(click?.dialog).toEqual({ ...texts, accepted: true });
    expect(scene.double.dialogs).toEqual([
      { ...texts, accepted: false },
      { ...texts, accepted: true },
    ]);
  });

  it('that is gone or of others cannot be clicked', async () => {
    const message = await postMessage(scene);
    await callApi(scene, 'chat.delete', { channel: message.channel, ts: message.ts });
    await expect(scene.workspace.user('ada').clicks(message, 'golive')).rejects.toThrow('the message is gone');
    const channel = scene.workspace.channelId('live-events');
    const user = scene.workspace.user('ada').id;
    await callApi(scene, 'chat.postEphemeral', { channel, user, text: 'x', blocks: [golive()] });
    const [whisper] = scene.workspace.ephemerals('live-events', 'ada');
    if (whisper === undefined) throw new Error('no ephemeral');
    await expect(scene.workspace.user('grace').clicks(whisper, 'golive')).rejects.toThrow('does not see');
    const click = await scene.workspace.user('ada').clicks(whisper, 'golive');
    expect(click?.payload).toMatchObject({ container: { is_ephemeral: true } });
    expect(click?.payload).not.toHaveProperty('message');
  });

  it('keeps what people choose in its selects', async () => {
    const block = { type: 'actions', block_id: 'b', elements: [{ type: 'checkboxes', action_id: 'c', options }] };
    const message = await postMessage(scene, { blocks: [block, golive()] });
    const ada = scene.workspace.user('ada');
    expect((await ada.chooses(message, 'c', ['One']))?.payload.actions).toMatchObject([
      { selected_options: [{ value: '1' }] },
    ]);
    expect((await ada.clicks(message, 'golive'))?.payload).toMatchObject({
      state: { values: { b: { c: { selected_options: [{ value: '1' }] } } } },
    });
    expect((await ada.chooses(message, 'c', []))?.payload.actions).toMatchObject([{ selected_options: [] }]);
  });

  it('has overflow menus', async () => {
    const block = { type: 'actions', elements: [{ type: 'overflow', action_id: 'more', options }] };
    const message = await postMessage(scene, { blocks: [block] });
    const { payload } = (await scene.workspace.user('ada').chooses(message, 'more', 'Two')) ?? {};
    expect(payload).toMatchObject({ actions: [{ type: 'overflow', selected_option: { value: '2' } }] });
  });
});

describe('reading', () => {
  it('shows what a person reads, presses and fills', async () => {
    const { modal } = await openForm(scene);
    expect(readTitle(modal)).toBe('New webcast');
    expect(readText(modal)).toBe('New webcast\nName\nStart\nOptions\nRecord\nWebcast\nCreate');
    expect(listFields(modal)).toEqual(['name', 'start', 'options', 'webcast']);
    const message = await postMessage(scene);
    expect(readText(message)).toBe('Go live');
    expect(listButtons(message)).toEqual(['Go live']);
    expect(scene.workspace.user('ada').inspects(message, 'Go live')).toMatchObject({ type: 'button' });
    expect(readText(scene.workspace.user('ada').says('live-events', 'hello'))).toBe('hello');
  });
});
