// Writes the tables that the code knows best into the docs; with --check it only says whether they are stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { commands } from '../dist/commands/index.js';
import { flagOf } from '../dist/core/params.js';
import { variables } from '../dist/variables.js';

const cell = (text) => String(text).replaceAll('|', '\\|');
const row = (...cells) => `| ${cells.map(cell).join(' | ')} |`;

const variablesTable = [
  row('Variable', 'Meaning', 'Left out'),
  '|---|---|---|',
  ...Object.entries(variables).map(([name, { meaning, left }]) => row(`\`${name}\``, meaning, left)),
].join('\n');

const leftOut = (param) => {
  if (param.required) return 'asked for';
  if (typeof param.default === 'boolean') return param.default ? 'on' : 'off';
  return param.default ?? '';
};

const commandSection = (command) => {
  const params = Object.entries(command.params).filter(([, param]) => !param.hidden);
  const options = params.map(([name, param], index) => {
    const flag = param.control.kind === 'toggle' ? `--${flagOf(name)}` : `--${flagOf(name)} …`;
    return row(
      index === 0 ? `the words themselves, or \`${flag}\`` : `\`${flag}\``,
      param.label,
      param.hint,
      leftOut(param),
    );
  });
  return [
    `## ${command.name}`,
    '',
    `${command.summary} For ${command.who ?? (command.role === 'viewer' ? 'everybody' : `${command.role}s`)}.`,
    '',
    ...(options.length > 0
      ? [row('Option', 'Name in forms', 'What it is', 'Left out'), '|---|---|---|---|', ...options, '']
      : []),
    '```',
    ...command.examples.map((example) => `/webcast ${example}`),
    '```',
  ].join('\n');
};

const commandsPage = `# Commands

This page is generated from the parameter tables in \`src/commands\`; \`npm run docs\` writes it anew.
A webcast can be named by its entry id or by words of its name; left out, it is the channel's own.

${commands.map(commandSection).join('\n\n')}
`;

const between = (text, name, table) => {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`README.md lacks the marks ${start} and ${end}.`);
  return `${text.slice(0, from + start.length)}\n${table}\n${text.slice(to)}`;
};

const files = {
  'README.md': between(readFileSync('README.md', 'utf8'), 'variables', variablesTable),
  'docs/commands.md': commandsPage,
};

let stale = 0;
for (const [path, wanted] of Object.entries(files)) {
  let found = '';
  try {
    found = readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  if (found === wanted) continue;
  if (process.argv.includes('--check')) {
    process.stderr.write(`${path} is stale. Run npm run docs and commit what it writes.\n`);
    stale += 1;
  } else {
    writeFileSync(path, wanted);
    process.stdout.write(`${path} written\n`);
  }
}
process.exitCode = stale > 0 ? 1 : 0;
