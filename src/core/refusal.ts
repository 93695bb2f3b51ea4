import type { Command } from './command.js';
import type { FieldIssue } from './errors.js';
import type { PublicNode, View } from './view.js';

/** Says what is wrong with a line as it was written, and where its options stand. */
export function refuse(command: Command, problems: readonly string[]): View {
  const nodes: PublicNode[] = [
    { kind: 'title', text: `That ${command.name} cannot be done as written.` },
    { kind: 'list', items: problems },
    {
      kind: 'text',
      style: 'quiet',
      text: ['Type ', { code: `/webcast help ${command.name}` }, ' to see all of its options.'],
    },
  ];
  return { summary: problems.join(' '), nodes };
}

/** The same for what its fields' checks found. */
export const refuseIssues = (command: Command, issues: readonly FieldIssue[]): View =>
  refuse(
    command,
    issues.map((issue) => issue.message),
  );
