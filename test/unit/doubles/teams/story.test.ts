import { afterEach, describe, expect, it } from '@jest/globals';
import {
  type AdaptiveCardInvokeResponse,
  CardFactory,
  MessageFactory,
  type TaskModuleRequest,
  type TaskModuleResponse,
  TeamsActivityHandler,
  type TurnContext,
} from 'botbuilder';
import { type Scene, startScene } from './bot.js';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.stop();
  scene = undefined;
});

const card = (body: unknown[], actions: unknown[] = []) =>
  CardFactory.adaptiveCard({ type: 'AdaptiveCard', version: '1.5', body, actions });

const form = (values: Record<string, string>, error?: string) =>
  card(
    [
      ...(error === undefined ? [] : [{ type: 'TextBlock', text: error, color: 'attention' }]),
      { type: 'Input.Text', id: 'name', label: 'Name', isRequired: true, errorMessage: 'Name it', value: values.name },
      { type: 'Input.Date', id: 'date', label: 'Date' },
      { type: 'Input.Number', id: 'minutes', label: 'Minutes', value: 60, min: 1, errorMessage: 'At least 1' },
      { type: 'Input.Toggle', id: 'record', label: 'Recording', title: 'Record it', value: 'true' },
    ],
    [{ type: 'Action.Submit', title: 'Create', data: { form: 'create' } }],
  );

/** A bot with one of everything. */
class Webcaster extends TeamsActivityHandler {
  readonly heard: unknown[] = [];

  constructor() {
    super();
    this.onMessage(async (context, next) => {
      this.heard.push(context.activity.value ?? context.activity.text);
      const live = { type: 'Action.Execute', title: 'Go live', verb: 'golive', data: { entry: '1_abc' } };
      const open = { type: 'Action.Submit', title: 'Form', data: { msteams: { type: 'task/fetch' }, form: 'create' } };
      await context.sendActivity({ attachments: [card([{ type: 'TextBlock', text: 'Town hall' }], [live, open])] });
      await next();
    });
  }

  override async onAdaptiveCardInvoke(context: TurnContext): Promise<AdaptiveCardInvokeResponse> {
    this.heard.push(context.activity.value.action);
    const { content } = card([{ type: 'TextBlock', text: 'On air' }]);
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: content };
  }

  override async handleTeamsTaskModuleFetch(): Promise<TaskModuleResponse> {
    return { task: { type: 'continue', value: { title: 'New webcast', card: form({}) } } };
  }

  override async handleTeamsTaskModuleSubmit(
    _context: TurnContext,
    request: TaskModuleRequest,
  ): Promise<TaskModuleResponse> {
    this.heard.push(request.data);
    if (request.data.name !== 'taken') return { task: { type: 'message', value: 'Created' } };
    const again = form(request.data, 'That name is taken');
    return { task: { type: 'continue', value: { title: 'New webcast', card: again } } };
  }
}

describe('a person', () => {
  it('asks in a channel, presses a button and sees the card change for themselves', async () => {
    const handler = new Webcaster();
    scene = await startScene(handler);
    const alex = scene.tenant.user('Alex');
    const megan = scene.tenant.user('Megan');

    const asked = await alex.says('@Webcast create Town hall', { in: 'Webcasts' });
    expect(asked).toMatchObject({ status: 200, answer: '' });
    const message = alex.lastCard('Webcasts');
    expect(message.threadRoot).toBe(asked.activity.id);
    expect(alex.reads(message)).toEqual(['Town hall']);

    const pressed = await alex.presses(message, 'Go live');
    expect(pressed).toMatchObject({ status: 200, failure: undefined });
    expect(alex.reads(message)).toEqual(['On air']);
    expect(megan.reads(message)).toEqual(['Town hall']);
    expect(handler.heard).toEqual([
      '<at>Webcast Bot</at> create Town hall',
      { type: 'Action.Execute', title: 'Go live', verb: 'golive', data: { entry: '1_abc' } },
    ]);
    expect(scene.double.complaints).toEqual([]);
    expect(scene.double.tokenRequests).toBe(1);
  });

  it('fills a dialog, is told what is wrong, and submits again', async () => {
    const handler = new Webcaster();
    scene = await startScene(handler);
    const alex = scene.tenant.user('Alex');
    await alex.says('create');
    const opened = await alex.presses(alex.lastCard('personal'), 'Form');
    const dialog = opened?.dialog;
    if (dialog === undefined) throw new Error('no dialog');

    await expect(alex.submits(dialog)).rejects.toThrow('Name it');
    alex.fills(dialog, { Name: 'taken', record: false, minutes: 0 });
    await expect(alex.submits(dialog)).rejects.toThrow('At least 1');
    alex.fills(dialog, { minutes: 90 });
    const refused = await alex.submits(dialog);
    expect(refused.dialog).toBe(dialog);
    expect(alex.reads(dialog)).toContain('That name is taken');
    expect(alex.holds(dialog)).toMatchObject({ name: 'taken' });

    alex.fills(dialog, { name: 'Town hall' });
    expect((await alex.submits(dialog)).notice).toBe('Created');
    expect(dialog.open).toBe(false);
    expect(handler.heard).toEqual([
      'create',
      { form: 'create', name: 'taken', minutes: '90', record: 'false' },
      { form: 'create', name: 'Town hall', minutes: '60', record: 'true' },
    ]);
    expect(scene.double.complaints).toEqual([]);
  });

  it('does not press what is not on the screen', async () => {
    scene = await startScene(new Webcaster());
    const alex = scene.tenant.user('Alex');
    await alex.says('create');
    await expect(alex.presses(alex.lastCard('personal'), 'End')).rejects.toThrow(
      'no button called End among: Go live, Form',
    );
  });
});

describe('the double', () => {
  it('keeps what the bot posts, edits and deletes', async () => {
    const handler = new TeamsActivityHandler();
    handler.onMessage(async (context, next) => {
      const sent = await context.sendActivity('one');
      await context.updateActivity({ ...MessageFactory.text('two'), id: sent?.id ?? '' });
      const gone = await context.sendActivity('three');
      await context.deleteActivity(gone?.id ?? '');
      await next();
    });
    scene = await startScene(handler);
    const alex = scene.tenant.user('Alex');
    await alex.says('@Webcast count', { in: 'Rehearsal' });
    expect(alex.sees('Rehearsal').map(({ text }) => text)).toEqual(['<at>Webcast Bot</at> count', 'two']);
    expect(scene.double.calls().map(({ operation, status }) => [operation, status])).toEqual([
      ['post', 201],
      ['put', 200],
      ['post', 201],
      ['delete', 200],
    ]);
    expect(scene.double.complaints).toEqual([]);
  });
});
