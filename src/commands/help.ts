import { asGiven, type Command, defineCommand } from '../core/command.js';
import { flagOf, optionalLine, type Param } from '../core/params.js';
import { nearest } from '../core/parse.js';
import { type PublicNode, say, type View } from '../core/view.js';
import { listed } from './parts/listed.js';

/** Commands that people look for at the same moment of a webcast. */
export interface Chapter {
  readonly title: string;
  readonly commands: readonly Command[];
}

/** The help command over the others' tables; its answers are made once, because they never change. */
export function createHelp(chapters: readonly Chapter[]): Command {
  const others = chapters.flatMap(({ commands }) => commands);
  const views = new Map(others.map((command) => [command.name, helpOf(command)]));
  const overview = overviewOf(chapters);
  return defineCommand({
    name: 'help',
    summary: 'What there is, or all options of one command.',
    examples: ['help', 'help create'],
    role: 'viewer',
    params: { command: optionalLine({ label: 'Command', hint: 'The command to explain.', max: 40 }) },
    settle: (values) => asGiven(values),
    answer({ command }): View {
      if (command === undefined) return overview;
      const name = command.toLowerCase();
      const meant = nearest(name, [...views.keys()]);
      const unknown = say(
        `There is no command "${command}".`,
        meant ? `Did you mean ${meant}?` : 'Type /webcast help to see all.',
      );
      return views.get(name) ?? unknown;
    },
    async run(): Promise<readonly []> {
      return [];
    },
  });
}

function overviewOf(chapters: readonly Chapter[]): View {
  const title = 'Webcasts from plan to recording';
  const told = chapters.flatMap(({ title: head, commands }) =>
    listed(
      head,
      commands.map(({ name, summary }) => [{ code: `/webcast ${name}` }, ` ${summary}`]),
    ),
  );
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...told,
      {
        kind: 'text',
        style: 'quiet',
        text: ['Type ', { code: '/webcast help create' }, ' to see all options of a command.'],
      },
      {
        kind: 'text',
        style: 'quiet',
        text: 'Cards link to a calendar file where whoever runs the bot has given it a public address (PUBLIC_URL).',
      },
    ],
  };
}

function helpOf(command: Command): View {
  const shown = Object.entries(command.params).filter(([, param]) => !param.hidden);
  const nodes: PublicNode[] = [
    { kind: 'title', text: `/webcast ${command.name}` },
    { kind: 'text', text: command.summary },
    {
      kind: 'table',
      columns: ['Option', 'What it is', 'Left out'],
      rows: shown.map(([name, param], index) => [
        optionOf(name, param, index === 0),
        `${param.label}. ${param.hint}`,
        leftOut(param),
      ]),
    },
    { kind: 'code', label: 'Examples', code: command.examples.map((example) => `/webcast ${example}`).join('\n') },
  ];
  return { summary: `/webcast ${command.name}: ${command.summary}`, nodes };
}

const optionOf = (name: string, param: Param<unknown>, first: boolean): string =>
  first ? `"${name}"` : param.control.kind === 'toggle' ? `--${flagOf(name)}` : `--${flagOf(name)} …`;

function leftOut(param: Param<unknown>): string {
  if (param.required) return 'asked for';
  if (typeof param.default === 'boolean') return param.default ? 'on' : 'off';
  return param.default ?? '';
}
