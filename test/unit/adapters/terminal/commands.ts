import { asGiven, defineCommand } from '../../../../src/core/command.js';
import {
  choice,
  duration,
  line,
  number,
  optionalLine,
  requiredWhen,
  toggle,
  webcast,
} from '../../../../src/core/params.js';
import { Secret } from '../../../../src/core/secret.js';
import { type PublicNode, say, type View } from '../../../../src/core/view.js';
import { type EntryId, entryIdSchema } from '../../../../src/core/webcast.js';

const show: EntryId = entryIdSchema.parse('1_abcdef12');

/** What the commands of this file were asked to do, in order. */
export type Done = string[];

const steps = (...states: ('done' | 'doing' | 'todo')[]): View => ({
  summary: 'Going live',
  nodes: [
    { kind: 'title', text: 'Going live' },
    { kind: 'progress', steps: states.map((state, index) => ({ text: `Step ${index + 1}`, state })) },
  ],
});

/** Small commands that use every way of answering. */
export function makeCommands(done: Done) {
  const plan = defineCommand({
    name: 'plan',
    summary: 'Plans a show.',
    examples: [],
    role: 'producer',
    params: {
      name: line({ label: 'Name', hint: 'What viewers read.', max: 20 }),
      start: requiredWhen({ label: 'Start', hint: 'Such as "tomorrow 15:00".' }),
      length: duration({ label: 'Duration', hint: 'How long.', max: 600, group: 'Time' }),
      note: optionalLine({ label: 'Note', hint: 'For the crew.', max: 50, group: 'Time' }),
      dvr: toggle({ label: 'DVR', hint: 'Viewers may go back.', default: true, group: 'Picture' }),
      window: number({
        label: 'DVR window',
        hint: 'How far.',
        min: 1,
        max: 90,
        unit: 'minutes',
        default: 60,
        group: 'Picture',
      }),
      recording: choice({
        label: 'Recording',
        hint: 'What is kept.',
        choices: [
          { value: 'per-session', label: 'One for each broadcast' },
          { value: 'off', label: 'None' },
        ],
        default: 'per-session',
        group: 'Picture',
      }),
    },
    form: { title: 'Plan a show', submit: 'Plan', facts: () => ({ choices: {}, without: [] }) },
    settle(values) {
      const late = values.start.kind === 'words' && values.start.words === 'yesterday';
      if (late) return { kind: 'refused', issues: [{ field: 'start', message: 'Start is in the past.' }] };
      return { kind: 'settled', input: values };
    },
    async run(values) {
      done.push(`plan ${JSON.stringify(values)}`);
      return [{ to: 'card', webcast: show, view: say(`Planned: ${values.name}`) }];
    },
  });

  const golive = defineCommand({
    name: 'golive',
    summary: 'Goes live.',
    examples: [],
    role: 'producer',
    params: {
      webcast: webcast({ label: 'Webcast', hint: 'Which.' }),
      yes: toggle({ label: 'Yes', hint: 'Do not ask.', default: false, hidden: true }),
    },
    settle: asGiven,
    async run({ webcast: which, yes }, context) {
      if (!which) {
        const choices = [
          { value: '1_aaaaaaaa', label: 'Morning show', hint: '1_aaaaaaaa' },
          { value: '1_bbbbbbbb', label: 'Evening show', hint: '1_bbbbbbbb' },
        ];
        const pick: PublicNode = { kind: 'pick', label: 'Which webcast?', line: 'golive {}', choices };
        return [{ to: 'me', view: { summary: 'Which webcast?', nodes: [pick] } }];
      }
      if (!yes) {
        const confirm = { title: 'Go live', text: 'All viewers will see the picture.', yes: 'Go live', no: 'Wait' };
        const button = { label: 'Go live', line: `golive ${which} --yes`, confirm };
        return [{ to: 'me', view: { summary: 'Go live?', nodes: [{ kind: 'buttons', buttons: [button] }] } }];
      }
      done.push(`golive ${which}`);
      await context.progress(steps('doing', 'todo'));
      await context.progress(steps('done', 'doing'));
      return [{ to: 'channel', view: say('On air') }];
    },
  });

  const key = defineCommand({
    name: 'key',
    summary: 'Shows the stream key.',
    examples: [],
    role: 'viewer',
    params: {},
    settle: asGiven,
    async run() {
      return [
        {
          to: 'me',
          view: { summary: 'Key', nodes: [{ kind: 'secret', label: 'Stream key', value: new Secret('s3cr3t') }] },
        },
      ];
    },
  });

  const status = defineCommand({
    name: 'status',
    summary: 'Says how it stands.',
    examples: [],
    role: 'viewer',
    params: { webcast: webcast({ label: 'Webcast', hint: 'Which.' }) },
    settle: asGiven,
    async run({ webcast: which }) {
      done.push(`status ${which ?? ''}`.trim());
      return [{ to: 'me', view: say('All quiet') }];
    },
  });

  const help = defineCommand({
    name: 'help',
    summary: 'Says what there is.',
    examples: [],
    role: 'viewer',
    params: {},
    settle: asGiven,
    answer: () => say('This is the help.'),
    async run() {
      return [];
    },
  });

  return [plan, golive, key, status, help];
}
