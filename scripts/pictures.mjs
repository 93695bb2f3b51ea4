// Draws the pictures of the docs anew: the real program plays a show, and Chromium takes the pictures.
// npm run pictures -- slack-card slack-embed draws these two alone, of all that the stories come by;
// npm run pictures -- commands draws those of every command, and commands/slack-edit one of them.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commands } from '../dist/commands/index.js';
import { drawSample } from './pictures/chart.mjs';
import { openCamera } from './pictures/chromium.mjs';
import { zone } from './pictures/clock.mjs';
import { playCommands } from './pictures/commands-story.mjs';
import { playShow } from './pictures/show-story.mjs';
import { messagePage, modalPage, slackSheet } from './pictures/slack-page.mjs';
import { playSlack } from './pictures/slack-story.mjs';
import { cardPage, dialogPage, teamsSheet } from './pictures/teams-page.mjs';
import { terminalPage } from './pictures/terminal-page.mjs';
import { playTerminal } from './pictures/terminal-story.mjs';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** The pictures that the docs show. */
const slack = ['create', 'card', 'live'];
const sheets = ['crew', 'thread', 'audience', 'news'];
const show = ['slack', 'teams'].flatMap((platform) => sheets.map((sheet) => `show-${platform}-${sheet}`));
const ofCommands = commands.flatMap(({ name }) => [`commands/slack-${name}`, `commands/teams-${name}`]);
const shown = ['chart', 'terminal', ...slack.map((name) => `slack-${name}`), ...show, ...ofCommands];
const asked = process.argv.slice(2).flatMap((name) => (name === 'commands' ? ofCommands : [name]));
const wanted = asked.length > 0 ? asked : shown;
const isOfCommand = (name) => name.startsWith('commands/');
const isWanted = (name) => wanted.includes(name);

/** GitHub shows larger files as well, but a clone carries every version of them. */
const largest = 200_000;
/** There are two of each command. */
const largestOfCommand = 120_000;

process.env.TZ = zone;
await mkdir(`${folder}commands`, { recursive: true });

async function* pages() {
  if (isWanted('terminal')) yield ['terminal', terminalPage(await playTerminal())];
  if (wanted.some((name) => name.startsWith('slack-'))) yield* slackPages();
  if (wanted.some((name) => name.startsWith('show-'))) yield* showPages();
  if (wanted.some(isOfCommand)) yield* commandPages();
}

async function* slackPages() {
  const { modal, messages } = await playSlack();
  if (isWanted('slack-create')) yield ['slack-create', modalPage(modal)];
  for (const [name, message] of Object.entries(messages)) {
    if (isWanted(`slack-${name}`)) yield [`slack-${name}`, messagePage(message)];
  }
}

/** One show as both platforms tell it to those who run it and to those who watch it. */
async function* showPages() {
  const told = await playShow();
  for (const sheet of sheets) {
    if (isWanted(`show-slack-${sheet}`)) yield [`show-slack-${sheet}`, slackSheet(told.slack[sheet])];
    if (isWanted(`show-teams-${sheet}`)) yield [`show-teams-${sheet}`, teamsSheet(told.teams[sheet])];
  }
}

/** What each command shows first: its form, or its answer. */
async function* commandPages() {
  const kept = await playCommands();
  for (const [name, { slack, teams }] of Object.entries(kept)) {
    const [ofSlack, ofTeams] = [`commands/slack-${name}`, `commands/teams-${name}`];
    if (isWanted(ofSlack)) yield [ofSlack, slack.form ? modalPage(slack.form) : messagePage(slack.message)];
    if (isWanted(ofTeams)) yield [ofTeams, teams.dialog ? dialogPage(teams.dialog) : await cardPage(teams.message)];
  }
}

const left = new Set(wanted);

/** Lets take write one picture, and holds it to its size. */
async function keep(name, take) {
  left.delete(name);
  const path = `${folder}${name}.png`;
  await take(path);
  const { size } = await stat(path);
  process.stdout.write(`${relative('.', path)} ${Math.ceil(size / 1000)} kB\n`);
  const most = isOfCommand(name) ? largestOfCommand : largest;
  if (size > most) throw new Error(`${name}.png has ${size} bytes; a picture may have ${most}.`);
}

let camera;
try {
  // A curve is the bot's own drawing and needs no browser.
  if (isWanted('chart')) await keep('chart', async (path) => writeFile(path, await drawSample()));
  if (left.size > 0) camera = await openCamera();
  for await (const [name, html] of pages())
    await keep(name, (path) => camera.take(html, path, isOfCommand(name) ? 1 : 1.5));
  if (left.size > 0) throw new Error(`The story has no picture called ${[...left].join(', ')}.`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await camera?.close();
}
