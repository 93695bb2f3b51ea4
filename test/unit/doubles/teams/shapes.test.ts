import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject } from '../../../doubles/json.js';
import { bodyForStatus } from '../../../doubles/teams/connector/errors.js';
import { activitiesOf, type Bench, cardMessage, startBench } from './scripted.js';

const read = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(new URL(`../../../fixtures/teams/${name}`, import.meta.url), 'utf8'));

/** The HTML copy of the text, which Teams adds to every message and these samples lack. */
const added: Record<string, string[]> = {
  'message.groupchat.mention': ['attachments'],
  'message.groupchat.slash_targeted': ['attachments'],
  'message.channel.mention': ['attachments'],
  'message.channel.thread_reply': ['attachments'],
};
/** Stories of a sample's own: what the person entered, or what the sample's author left out. */
const story = /^value\.(data|action\.data)(\.|$)|^value\.parameters/;

function shapeOf(value: unknown, path = ''): string[] {
  if (value === null) return [`${path}: null`];
  if (Array.isArray(value)) return [`${path}: list`, ...value.flatMap((item) => shapeOf(item, `${path}[]`))];
  if (!isObject(value)) return [`${path}: ${typeof value}`];
  const inner = Object.entries(value).flatMap(([key, item]) => shapeOf(item, path === '' ? key : `${path}.${key}`));
  return path === '' ? inner : [`${path}: object`, ...inner];
}

describe('activities', () => {
  let bench: Bench;
  let sent: Record<string, JsonObject> = {};
  let shapes: Record<string, string[]> = {};

  beforeAll(async () => {
    const found = await read('shapes.json');
    shapes = Object.fromEntries(
      Object.entries(isObject(found) ? found : {}).map(([kind, paths]) => [
        kind,
        Array.isArray(paths) ? paths.map(String) : [],
      ]),
    );
    bench = await startBench();
    sent = await playEverything(bench);
    expect(bench.double.complaints).toEqual([]);
  });
  afterAll(() => bench.stop());

  it('cover every kind of the samples', () => {
    expect(Object.keys(shapes).filter((kind) => sent[kind] === undefined)).toEqual([]);
  });

  it.each([
    'conversationUpdate.bot_added.personal',
    'conversationUpdate.bot_added.team',
    'conversationUpdate.bot_removed.team',
    'conversationUpdate.channelCreated',
    'conversationUpdate.channelDeleted',
    'conversationUpdate.channelRenamed',
    'conversationUpdate.member_added.team',
    'conversationUpdate.teamArchived',
    'conversationUpdate.teamDeleted',
    'conversationUpdate.teamRenamed',
    'conversationUpdate.teamUnarchived',
    'event.meetingStart',
    'installationUpdate.add-upgrade.channel',
    'installationUpdate.add.channel',
    'installationUpdate.add.personal',
    'installationUpdate.remove.channel',
    'invoke.adaptiveCard_action',
    'invoke.adaptiveCard_action.refresh',
    'invoke.composeExtension_fetchTask',
    'invoke.composeExtension_query',
    'invoke.composeExtension_query.initialRun',
    'invoke.composeExtension_queryLink',
    'invoke.composeExtension_submitAction',
    'invoke.task_fetch',
    'invoke.task_submit',
    'invoke.task_submit.partial',
    'message.action_submit',
    'message.channel.mention',
    'message.channel.thread_reply',
    'message.groupchat.mention',
    'message.groupchat.slash_targeted',
    'message.personal',
    'messageDelete.soft',
    'messageReaction.added',
    'messageUpdate.edit',
  ])('have the fields of %s and no others', (kind) => {
    const mayHave = added[kind] ?? [];
    const clean = (paths: string[]) => [
      ...new Set(paths.filter((path) => !story.test(path) && !mayHave.some((field) => path.startsWith(field)))),
    ];
    const activity = { ...sent[kind], value: kind === 'message.action_submit' ? {} : sent[kind]?.value };
    if (activity.value === undefined) delete activity.value;
    expect(clean(shapeOf(activity)).sort()).toEqual(clean(shapes[kind] ?? []).sort());
  });
});

it('errors have the status and code of the samples', async () => {
  const errors = await read('errors.json');
  if (!Array.isArray(errors)) throw new Error('no list');
  const known = errors.filter((error) => isObject(bodyForStatus(Number(error.status), String(error.code)).error));
  expect(known).toHaveLength(errors.length);
});

/** Does everything a person can do and names what was sent after the samples. */
async function playEverything(bench: Bench): Promise<Record<string, JsonObject>> {
  const { tenant, double } = bench;
  const alex = tenant.user('Alex');
  const field = { type: 'Input.Text', id: 'title', label: 'Title' };
  const submit = { type: 'Action.Submit', title: 'Send', data: { form: 'create' } };
  const { attachments } = cardMessage([field], [submit]);
  const [card] = Array.isArray(attachments) ? attachments : [];
  const dialog = { task: { type: 'continue', value: { title: 'New', card } } };
  const replaced = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'ok' };
  const found = { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } };
  bench.answer(({ type, name }) => {
    if (type !== 'invoke') return {};
    if (name === 'adaptiveCard/action') return { json: replaced };
    if (name === 'task/fetch' || name === 'composeExtension/fetchTask') return { json: dialog };
    return name === 'task/submit' || name === 'composeExtension/submitAction' ? {} : { json: found };
  });
  const execute = { type: 'Action.Execute', title: 'Run', verb: 'run', data: { entry: '1_abc' } };
  const open = { type: 'Action.Submit', title: 'Form', data: { msteams: { type: 'task/fetch' } } };
  const refresh = { action: { type: 'Action.Execute', verb: 'again', data: {} }, userIds: [alex.id] };
  const chat = activitiesOf(tenant.chatOf('Alex'));
  await bench.ask('POST', chat, cardMessage([{ type: 'TextBlock', text: 'x' }], [execute, open, submit], { refresh }));
  const message = alex.lastCard('personal');

  const personal = await alex.says('hello');
  const mention = await alex.says('@Webcast hello', { in: 'Webcasts' });
  const root = alex.sees('Webcasts').at(-1);
  if (root === undefined) throw new Error('nothing was said');
  const fetched = await alex.presses(message, 'Form');
  if (fetched?.dialog === undefined) throw new Error('no dialog');
  alex.fills(fetched.dialog, { title: 'Town hall' });
  const submitted = await alex.submits(fetched.dialog);
  const again = await alex.presses(message, 'Form');
  if (again?.dialog === undefined) throw new Error('no dialog');
  const partial = await alex.submits(again.dialog);
  const composed = await alex.composes('createWebcast');
  if (composed.dialog === undefined) throw new Error('no dialog');
  const composing = await alex.submits(composed.dialog);
  const deliveries = {
    'message.personal': personal,
    'message.channel.mention': mention,
    'message.channel.thread_reply': await alex.says('@Webcast status', { in: 'Webcasts', thread: root }),
    'message.groupchat.mention': await alex.says('@Webcast hello', { in: 'Rehearsal' }),
    'message.groupchat.slash_targeted': await alex.says('create', { in: 'Rehearsal', targeted: true }),
    'message.action_submit': await alex.presses(message, 'Send'),
    'messageUpdate.edit': await alex.edits(personal, 'hello edited'),
    'messageDelete.soft': await alex.deletes(personal),
    'messageReaction.added': await alex.reacts(message, 'like'),
    'invoke.adaptiveCard_action': await alex.presses(message, 'Run'),
    'invoke.adaptiveCard_action.refresh': await alex.opens(message),
    'invoke.task_fetch': fetched,
    'invoke.task_submit': submitted,
    'invoke.task_submit.partial': partial,
    'invoke.composeExtension_fetchTask': composed,
    'invoke.composeExtension_submitAction': composing,
    'invoke.composeExtension_query': await alex.searches('findWebcast', { q: 'town' }),
    'invoke.composeExtension_query.initialRun': await alex.searches('findWebcast'),
    'invoke.composeExtension_queryLink': await alex.pastes('https://webcast.example.com/1_abc'),
    'conversationUpdate.member_added.team': await tenant.joins('Megan', 'Webcasts'),
    'event.meetingStart': await tenant.meets('Rehearsal', 'Start', 'Webcast rehearsal'),
    'conversationUpdate.channelCreated': await tenant.changes('Webcasts', 'channelCreated'),
    'conversationUpdate.channelRenamed': await tenant.changes('Webcasts', 'channelRenamed', { name: 'Webcasts' }),
    'conversationUpdate.teamRenamed': await tenant.changes('Webcasts', 'teamRenamed', { name: 'Events' }),
    'conversationUpdate.teamArchived': await tenant.changes('Webcasts', 'teamArchived'),
    'conversationUpdate.teamUnarchived': await tenant.changes('Webcasts', 'teamUnarchived'),
  };
  const [addPersonal, joinPersonal] = await alex.installs('personal');
  const [removeTeam, leaveTeam] = await alex.uninstalls('Webcasts');
  const [joinTeam, addTeam] = await alex.installs('Webcasts', { first: 'conversationUpdate' });
  const [upgrade] = await alex.installs('Webcasts', { upgrade: true, only: 'installationUpdate' });
  const events = {
    'installationUpdate.add.personal': addPersonal,
    'conversationUpdate.bot_added.personal': joinPersonal,
    'installationUpdate.remove.channel': removeTeam,
    'conversationUpdate.bot_removed.team': leaveTeam,
    'conversationUpdate.bot_added.team': joinTeam,
    'installationUpdate.add.channel': addTeam,
    'installationUpdate.add-upgrade.channel': upgrade,
    'conversationUpdate.channelDeleted': await tenant.changes('Webcasts', 'channelDeleted'),
    'conversationUpdate.teamDeleted': await tenant.changes('Webcasts', 'teamDeleted'),
  };
  expect(double.deliveries().every(({ status }) => status === 200)).toBe(true);
  return Object.fromEntries(
    Object.entries({ ...deliveries, ...events }).map(([kind, delivery]) => [kind, delivery?.activity ?? {}]),
  );
}
