// Writes the tables that the code knows best into the docs; with --check it only says whether they are stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const platforms = { slack: 'Slack', teams: 'Microsoft Teams' };
const fileOf = ({ name }, platform) => `${platform}-${name}.png`;
const pictureOf = (command, platform) =>
  `![What ${command.name} shows first in ${platforms[platform]}](pictures/commands/${fileOf(command, platform)})`;

/** What is wrong with the pictures of the commands: each needs one for each platform, and none may be left over. */
function findPictureFaults() {
  const drawn = new Set(readdirSync('docs/pictures/commands'));
  const wanted = commands.flatMap((command) => Object.keys(platforms).map((platform) => fileOf(command, platform)));
  const remedy = 'Add the command to scripts/pictures/commands-story.mjs, and run npm run pictures -- commands.';
  return [
    ...wanted.filter((file) => !drawn.has(file)).map((file) => `docs/pictures/commands/${file} is missing. ${remedy}`),
    ...[...drawn]
      .filter((file) => !wanted.includes(file))
      .map((file) => `docs/pictures/commands/${file} is of no command. Delete it.`),
  ];
}

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
    '',
    row(...Object.values(platforms)),
    '|---|---|',
    row(...Object.keys(platforms).map((platform) => pictureOf(command, platform))),
  ].join('\n');
};

const commandsPage = `# Commands

This page is generated from the parameter tables in \`src/commands\`; \`npm run docs\` writes it anew.
A webcast can be named by its entry id or by words of its name; left out, it is the channel's own.
The pictures show what a person sees first who types the command: a form, a question or an answer. They are of one
webcast that the real program plays from plan to deletion; \`npm run pictures -- commands\` draws them anew.

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
const faults = findPictureFaults();
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = stale + faults.length > 0 ? 1 : 0;
