import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject, objectAt, parseJson, stringAt, stringsAt } from '../../../doubles/json.js';
import type { Delivery, Entry } from '../../../doubles/slack/index.js';
import { callApi, formView, golive, openForm, postMessage, type Scene, startScene } from './app.js';

function readFixture(name: string): JsonObject {
  const parsed = parseJson(readFileSync(new URL(`../../../fixtures/slack/${name}.json`, import.meta.url), 'utf8'));
  if (!isObject(parsed)) throw new Error(`${name} is not an object`);
  return parsed;
}
const shapes = readFixture('shapes');
const states = readFixture('states');

/** What people and apps made ends a path: the same rule as in scripts/distil-slack.mjs. */
const FREE = new Set([
  ...['values', 'blocks', 'private_metadata', 'text', 'placeholder', 'selected_option', 'title', 'close', 'submit'],
]);

function keyPaths(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keyPaths(item, `${path}[]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return FREE.has(key) ? [here] : [here, ...keyPaths(item, here)];
  });
}

const shapeOf = (delivery: Delivery | undefined) => [...new Set(keyPaths(delivery?.payload))].sort();
const expected = (sample: string, without: string[] = []) =>
  stringsAt(objectAt(shapes, sample) ?? {}, 'keys').filter((key) => !without.includes(key));

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.stop());

const plain = (text: string) => ({ type: 'plain_text', text });
const options = [{ text: plain('One'), value: '1' }];
const primary = () => {
  const block = golive();
  return { ...block, elements: block.elements.map((element) => ({ ...element, style: 'primary', value: '0_abc' })) };
};
const ada = () => scene.workspace.user('ada');

describe('payloads have the keys of the samples', () => {
  it.each(['slash_command', 'slash_command_dm'])('%s', async (sample) => {
    const delivery = await ada().runs('/webcast create', { in: sample === 'slash_command' ? 'live-events' : 'dm' });
    expect(shapeOf(delivery)).toEqual(expected(sample));
  });

  it('block_actions on a message, in a thread, on an ephemeral', async () => {
    const message = await postMessage(scene, { blocks: [primary()] });
    expect(shapeOf(await ada().clicks(message, 'golive'))).toEqual(expected('block_actions_message_button'));
    const reply = await postMessage(scene, { blocks: [primary()], thread_ts: message.ts });
    expect(shapeOf(await ada().clicks(reply, 'golive'))).toEqual(expected('block_actions_in_thread'));
    const args = { channel: message.channel, user: ada().id, text: 'x', blocks: [primary()] };
    await callApi(scene, 'chat.postEphemeral', args);
    const [whisper] = scene.workspace.ephemerals('live-events');
    if (whisper === undefined) throw new Error('no ephemeral');
    expect(shapeOf(await ada().clicks(whisper, 'golive'))).toEqual(expected('block_actions_ephemeral'));
  });

  it.each([
    ['block_actions_static_select', { type: 'static_select', options, placeholder: plain('Pick') }, 'One'],
    ['block_actions_overflow', { type: 'overflow', options }, 'One'],
    ['block_actions_checkboxes_empty', { type: 'checkboxes', options }, []],
  ])('%s', async (sample, element, entry) => {
    const blocks = [{ type: 'actions', block_id: 'b', elements: [{ ...element, action_id: 'a' }] }];
    const message = await postMessage(scene, { blocks });
    expect(shapeOf(await ada().chooses(message, 'a', entry))).toEqual(expected(sample));
  });

  it('block_actions in a modal and on the Home tab', async () => {
    const select = { type: 'static_select', action_id: 'a', options };
    const blocks = [{ type: 'actions', elements: [select] }];
    const { modal } = await openForm(scene, formView({ blocks }));
    expect(shapeOf(await ada().chooses(modal, 'a', 'One'))).toEqual(expected('block_actions_view'));
    const view = { type: 'home', blocks: [primary()] };
    await callApi(scene, 'views.publish', { user_id: ada().id, view });
    const home = ada().home();
    if (home === undefined) throw new Error('no Home tab');
    expect(shapeOf(await ada().clicks(home, 'golive'))).toEqual(expected('block_actions_home'));
  });

  it('view_submission, with and without response_urls, and view_closed', async () => {
    const field = { type: 'conversations_select', action_id: 'v', response_url_enabled: true };
    const blocks = [{ type: 'input', block_id: 'chan', label: plain('Where'), optional: true, element: field }];
    const first = await openForm(scene, formView({ blocks }));
    expect(shapeOf(await first.ada.submits(first.modal))).toEqual(expected('view_submission_all_empty'));
    const second = await openForm(scene, formView({ blocks }));
    await second.ada.fills(second.modal, { chan: 'live-events' });
    expect(shapeOf(await second.ada.submits(second.modal))).toEqual(expected('view_submission_with_response_urls'));
    const third = await openForm(scene, formView({ notify_on_close: true }));
    const [closed] = await third.ada.closes(third.modal);
    expect(shapeOf(closed)).toEqual(expected('view_closed'));
  });

  it('block_suggestion', async () => {
    const { modal } = await openForm(scene);
    scene.app.answer(() => ({ json: { options: [] } }));
    await ada().types(modal, 'webcast', 'town');
    expect(shapeOf(scene.double.deliveries('block_suggestion')[0])).toEqual(expected('block_suggestion'));
  });

  it('shortcuts', async () => {
    expect(shapeOf(await ada().shortcut('webcast_new'))).toEqual(expected('global_shortcut'));
    const message = scene.workspace.user('grace').says('live-events', 'stream the town hall?');
    expect(shapeOf(await ada().messageShortcut(message, 'from_message'))).toEqual(expected('message_shortcut'));
  });

  it('events', async () => {
    expect(shapeOf(await scene.workspace.opensHome('ada'))).toEqual(expected('event_app_home_opened'));
    await callApi(scene, 'views.publish', { user_id: ada().id, view: { type: 'home', blocks: [] } });
    expect(shapeOf(await scene.workspace.opensHome('ada'))).toEqual(expected('event_app_home_opened_with_view'));
    expect(shapeOf(await scene.workspace.archive('quiet'))).toEqual(expected('event_channel_archive'));
    expect(shapeOf(await scene.workspace.removeBot('live-events'))).toEqual(expected('event_member_left_channel_bot'));
    expect(shapeOf(await scene.workspace.sendRateLimited())).toEqual(expected('event_app_rate_limited'));
    const [revoked, uninstalled] = await scene.workspace.uninstall();
    expect(shapeOf(revoked)).toEqual(expected('event_tokens_revoked'));
    expect(shapeOf(uninstalled)).toEqual(expected('event_app_uninstalled'));
  });

  it('handshakes', async () => {
    scene.app.answer(({ fields }) => ({ json: { challenge: fields.challenge } }));
    expect(shapeOf(await scene.workspace.verifyUrl())).toEqual(expected('url_verification'));
    scene.app.answer(() => ({}));
    expect(shapeOf(await scene.workspace.checkSsl())).toEqual(expected('ssl_check'));
  });
});

describe('element states have the shape of the samples', () => {
  const entries: Record<string, Entry> = {
    plain_text_input: 'All hands',
    datetimepicker: 1_800_000_000,
    datepicker: '2027-01-15',
    timepicker: '09:30',
    static_select: 'One',
    multi_users_select: ['ada'],
    conversations_select: 'live-events',
    checkboxes: ['One'],
    radio_buttons: 'One',
    number_input: 1200,
    url_text_input: 'https://example.com',
    email_text_input: 'ada@example.com',
    file_input: [{ name: 'slides.pdf', size: 12_345 }],
    rich_text_input: 'Join early',
    external_select: 'One',
    multi_conversations_select: ['live-events'],
    users_select: 'ada',
    channels_select: 'live-events',
    multi_static_select: ['One'],
  };
  const more: Record<string, JsonObject> = {
    static_select: { options },
    multi_static_select: { options },
    checkboxes: { options },
    radio_buttons: { options },
    number_input: { is_decimal_allowed: false },
    timepicker: { timezone: 'Europe/Paris' },
    external_select: { min_query_length: 0 },
  };
  const types = Object.keys(objectAt(states, 'filled') ?? {});

  it.each(types)('%s', async (type) => {
    const element = { type, action_id: 'v', ...more[type] };
    const blocks = [{ type: 'input', block_id: 'f', label: plain('F'), optional: true, element }];
    const { modal } = await openForm(scene, formView({ blocks }));
    const state = (): JsonObject => modal.states.get(ada().id)?.f?.v ?? {};
    expect(state()).toEqual(objectAt(objectAt(states, 'empty') ?? {}, type));
    scene.app.answer(() => ({ json: { options } }));
    if (type === 'external_select') await ada().types(modal, 'f', '');
    const entry = entries[type];
    if (entry === undefined) throw new Error(`nothing to enter into ${type}`);
    await ada().fills(modal, { f: entry });
    const sample = objectAt(objectAt(states, 'filled') ?? {}, type) ?? {};
    const held = Object.keys(sample).filter((key) => key !== 'type');
    expect(Object.keys(state()).sort()).toEqual(Object.keys(sample).sort());
    for (const key of held) expect(typeof state()[key]).toBe(typeof sample[key]);
    if (type === 'file_input')
      expect(keyPaths(state())).toEqual(expect.arrayContaining([...new Set(keyPaths(sample))]));
    expect(stringAt(state(), 'type')).toBe(type);
  });
});
