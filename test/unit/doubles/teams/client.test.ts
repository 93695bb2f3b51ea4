import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isObject, objectAt } from '../../../doubles/json.js';
import type { StoredMessage, TeamsUser } from '../../../doubles/teams/index.js';
import { activitiesOf, type Bench, cardMessage, startBench } from './scripted.js';

let bench: Bench;
let alex: TeamsUser;
beforeEach(async () => {
  bench = await startBench();
  alex = bench.tenant.user('Alex');
});
afterEach(async () => {
  await bench.stop();
  expect(bench.double.complaints).toEqual([]);
});

const text = { type: 'TextBlock', text: 'Town hall' };

/** Posts a card into the chat with Alex and returns it. */
async function show(body: unknown[], actions: unknown[] = []): Promise<StoredMessage> {
  await bench.ask('POST', activitiesOf(bench.tenant.chatOf('Alex')), cardMessage(body, actions));
  return alex.lastCard('personal');
}

describe('writing', () => {
  const entities = () => {
    const found = bench.heard.at(-1)?.entities;
    return Array.isArray(found) ? found.filter(isObject).filter(({ type }) => type === 'mention') : [];
  };

  it.each([
    ['plain', '<at>Webcast Bot</at> create x', 1],
    ['nbsp', '<at>Webcast Bot</at>&nbsp;create x', 1],
    ['split', '<at>Webcast</at> <at>Bot</at> create x', 2],
  ] as const)('mentions the bot as %s', async (mention, words, count) => {
    await alex.says('@Webcast create x', { in: 'Rehearsal', mention });
    expect(bench.heard.at(-1)?.text).toBe(words);
    expect(entities()).toHaveLength(count);
    expect(entities().every((entity) => objectAt(entity, 'mentioned')?.id === `28:${appId()}`)).toBe(true);
  });

  it('mentions people anywhere', async () => {
    await alex.says('assign @Megan Bowen, @Webcast Bot', { in: 'Webcasts' });
    expect(bench.heard.at(-1)?.text).toBe('assign <at>Megan Bowen</at>, <at>Webcast Bot</at>');
    expect(entities()).toHaveLength(2);
  });

  it('tells the bot what is written to it only', async () => {
    await expect(alex.says('create', { in: 'Webcasts' })).rejects.toThrow('mention it');
    alex.writes('create', 'Webcasts');
    expect(bench.heard).toEqual([]);
  });

  it('keeps a slash command between the person and the bot', async () => {
    await alex.says('create', { in: 'Rehearsal', targeted: true });
    expect(bench.heard.at(-1)?.recipient).toMatchObject({ isTargeted: true });
    expect(bench.tenant.user('Megan').sees('Rehearsal')).toEqual([]);
    await expect(alex.says('create', { targeted: true })).rejects.toThrow('personal chat');
  });

  it('begins a thread, or stays in one', async () => {
    await alex.says('@Webcast one', { in: 'Webcasts' });
    const [root] = alex.sees('Webcasts');
    if (root === undefined) throw new Error('nothing was said');
    await alex.says('@Webcast two', { in: 'Webcasts', thread: root });
    const addresses = bench.heard.map((activity) => objectAt(activity, 'conversation')?.id);
    const { id } = bench.tenant.conversation('Webcasts');
    expect(addresses).toEqual([`${id};messageid=${root.id}`, `${id};messageid=${root.id}`]);
    expect(bench.heard[1]?.id).not.toBe(root.id);
  });

  it('comes again with the same id and another token', async () => {
    const first = await alex.says('create');
    await bench.double.redeliver(first);
    expect(bench.heard[1]).toEqual(bench.heard[0]);
  });

  it('tells of edits and reactions', async () => {
    const said = await alex.says('creat');
    await alex.edits(said, 'create');
    expect(bench.heard.at(-1)).toMatchObject({ type: 'messageUpdate', id: said.activity.id, text: 'create' });
    await expect(bench.tenant.user('Megan').edits(said, 'x')).rejects.toThrow('did not write that');
  });

  const appId = () => bench.tenant.environment().MicrosoftAppId;
});

describe('places', () => {
  it('belong to tenants that know nothing of each other', async () => {
    const other = bench.double.tenant({ people: ['Pradeep Gupta'], groups: [], teams: [], installed: false });
    await other.user('Pradeep').installs('personal', { only: 'installationUpdate' });
    await other.user('Pradeep').says('hello');
    expect(bench.heard.map(({ channelData }) => channelData)).toEqual([
      expect.objectContaining({ tenant: { id: other.id } }),
      { tenant: { id: other.id } },
    ]);
    expect(bench.heard[1]?.serviceUrl).toBe(other.serviceUrl);
    expect(() => other.user('Alex')).toThrow('nobody is called Alex');
  });

  it('change as the bot is told', async () => {
    await bench.tenant.changes('Webcasts', 'channelRenamed', { name: 'Shows' });
    await bench.tenant.leaves('Megan', 'Shows');
    expect(() => bench.tenant.user('Megan').sees('Shows')).toThrow('in no place called Shows');
    await bench.tenant.changes('Shows', 'teamArchived');
    expect(bench.tenant.conversation('General').blocked).toBe('writes');
    await alex.uninstalls('Shows');
    expect(bench.tenant.conversation('General').installed).toBe(false);
    expect(bench.heard.map(({ type }) => type)).toEqual([
      'conversationUpdate',
      'conversationUpdate',
      'conversationUpdate',
      'installationUpdate',
      'conversationUpdate',
    ]);
  });
});

describe('pressing', () => {
  it('unfolds a card, and sends its fields with those around it', async () => {
    const inner = {
      type: 'AdaptiveCard',
      body: [{ type: 'Input.Text', id: 'reason', label: 'Reason' }],
      actions: [{ type: 'Action.Submit', title: 'Send', data: { verb: 'end' } }],
    };
    const message = await show(
      [{ type: 'Input.Text', id: 'name', label: 'Name' }],
      [{ type: 'Action.ShowCard', title: 'More', card: inner }],
    );
    expect(alex.buttons(message)).toEqual(['More']);
    await alex.presses(message, 'More');
    expect(alex.buttons(message)).toEqual(['More', 'Send']);
    alex.fills(message, { Name: 'a', Reason: 'b' });
    await alex.presses(message, 'Send');
    expect(bench.heard).toEqual([
      expect.objectContaining({ value: { verb: 'end', name: 'a', reason: 'b' }, replyToId: message.id }),
    ]);
    expect(bench.heard[0]).not.toHaveProperty('text');
  });

  it('hides and shows', async () => {
    const hidden = { ...text, id: 'more', text: 'Details', isVisible: false };
    const toggle = { type: 'Action.ToggleVisibility', title: 'Details', targetElements: ['more'] };
    const message = await show([text, hidden], [toggle]);
    expect(alex.reads(message)).toEqual(['Town hall']);
    await alex.presses(message, 'Details');
    expect(alex.reads(message)).toEqual(['Town hall', 'Details']);
    await alex.presses(message, 'Details');
    expect(alex.reads(message)).toEqual(['Town hall']);
  });

  it('opens links without telling the bot', async () => {
    const message = await show([text], [{ type: 'Action.OpenUrl', title: 'Watch', url: 'https://example.com/1' }]);
    expect(await alex.presses(message, 'Watch')).toBeUndefined();
    expect(bench.double.openedLinks).toEqual(['https://example.com/1']);
    expect(bench.heard).toEqual([]);
  });

  it('finds a button by its verb, and refuses the choice between two', async () => {
    const run = (verb: string) => ({ type: 'Action.Execute', title: 'Run', verb });
    const message = await show([text], [run('one'), run('two')]);
    await expect(alex.presses(message, 'Run')).rejects.toThrow('more than one button called Run');
    bench.answer({ json: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'ok' } });
    expect(await alex.presses(message, 'two')).toMatchObject({ notice: 'ok' });
  });

  it('is for those who see the message', async () => {
    const message = await show([text], [{ type: 'Action.Submit', title: 'Go' }]);
    await expect(bench.tenant.user('Megan').presses(message, 'Go')).rejects.toThrow('not in this conversation');
    message.deleted = true;
    await expect(alex.presses(message, 'Go')).rejects.toThrow('gone');
  });

  it('sends what a hostile client sends', async () => {
    const message = await show([text], [{ type: 'Action.Submit', title: 'Go', data: { entry: '1_abc' } }]);
    await alex.presses(message, 'Go', { values: { entry: '1_stolen', extra: 5 } });
    expect(bench.heard.at(-1)?.value).toEqual({ entry: '1_stolen', extra: 5 });
  });
});

describe('filling', () => {
  const send = { type: 'Action.Submit', title: 'Send' };
  const ask = (field: Record<string, unknown>) => show([{ id: 'f', label: 'Field', ...field }], [send]);
  const one = { title: 'One', value: '1' };
  const two = { title: 'Two', value: '2' };

  it.each([
    ['a text', { type: 'Input.Text' }, 'a', { f: 'a' }],
    ['nothing', { type: 'Input.Text', value: 'x' }, '', {}],
    ['a number', { type: 'Input.Number' }, 5, { f: '5' }],
    ['a date', { type: 'Input.Date' }, '2026-12-01', { f: '2026-12-01' }],
    ['a switch', { type: 'Input.Toggle', title: 'On', valueOn: 'yes', valueOff: 'no' }, true, { f: 'yes' }],
    ['a choice by its words', { type: 'Input.ChoiceSet', choices: [one, two] }, 'Two', { f: '2' }],
    ['choices', { type: 'Input.ChoiceSet', choices: [one, two], isMultiSelect: true }, ['One', 'Two'], { f: '1,2' }],
  ])('sends %s as text', async (_what, field, entry, value) => {
    const message = await ask(field);
    alex.fills(message, { Field: entry });
    await alex.presses(message, 'Send');
    expect(bench.heard.at(-1)?.value).toEqual(value);
  });

  it.each([
    ['a required field', { type: 'Input.Text', isRequired: true }, '', 'is required'],
    ['a length', { type: 'Input.Text', maxLength: 2 }, 'abc', 'longer than 2'],
    ['a pattern', { type: 'Input.Text', regex: '^a$' }, 'b', 'does not match'],
    ['a least number', { type: 'Input.Number', min: 10 }, 9, 'less than 10'],
    ['a latest day', { type: 'Input.Date', max: '2026-12-01' }, '2026-12-02', 'more than 2026-12-01'],
    ['a time', { type: 'Input.Time' }, '25:00', 'no time'],
  ])('holds %s', async (_what, field, entry, problem) => {
    const message = await ask(field);
    alex.fills(message, { Field: entry });
    await expect(alex.presses(message, 'Send')).rejects.toThrow(problem);
    expect(bench.heard).toEqual([]);
  });

  it('says the error message of the field', async () => {
    const message = await ask({ type: 'Input.Text', isRequired: true, errorMessage: 'Say why' });
    await expect(alex.presses(message, 'Send')).rejects.toThrow('Say why');
  });

  it('touches what is shown only', async () => {
    const message = await show([{ type: 'Input.Text', id: 'f', label: 'Field', isVisible: false, value: 'x' }], [send]);
    expect(() => alex.fills(message, { f: 'y' })).toThrow('no field f');
    await alex.presses(message, 'Send');
    expect(bench.heard.at(-1)?.value).toEqual({ f: 'x' });
  });
});
