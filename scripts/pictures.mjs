// Draws the pictures of the docs anew: the real program plays a show, and Chromium takes the pictures.
// npm run pictures -- slack-card slack-embed draws these two alone, of all that the stories come by.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSample } from './pictures/chart.mjs';
import { openCamera } from './pictures/chromium.mjs';
import { zone } from './pictures/clock.mjs';
import { playShow } from './pictures/show-story.mjs';
import { messagePage, modalPage, slackSheet } from './pictures/slack-page.mjs';
import { playSlack } from './pictures/slack-story.mjs';
import { teamsSheet } from './pictures/teams-page.mjs';
import { terminalPage } from './pictures/terminal-page.mjs';
import { playTerminal } from './pictures/terminal-story.mjs';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** The pictures that the docs show. */
const slack = ['create', 'card', 'live', 'status', 'encoder', 'recording', 'help'];
const sheets = ['crew', 'thread', 'audience', 'news'];
const show = ['slack', 'teams'].flatMap((platform) => sheets.map((sheet) => `show-${platform}-${sheet}`));
const shown = ['chart', 'terminal', ...slack.map((name) => `slack-${name}`), ...show];
const asked = process.argv.slice(2);
const wanted = asked.length > 0 ? asked : shown;
const isWanted = (name) => wanted.includes(name);

/** GitHub shows larger files as well, but a clone carries every version of them. */
const largest = 200_000;

process.env.TZ = zone;
await mkdir(folder, { recursive: true });

async function* pages() {
  if (isWanted('terminal')) yield ['terminal', terminalPage(await playTerminal())];
  if (wanted.some((name) => name.startsWith('slack-'))) yield* slackPages();
  if (wanted.some((name) => name.startsWith('show-'))) yield* showPages();
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

const left = new Set(wanted);

/** Lets take write one picture, and holds it to its size. */
async function keep(name, take) {
  left.delete(name);
  const path = `${folder}${name}.png`;
  await take(path);
  const { size } = await stat(path);
  process.stdout.write(`${relative('.', path)} ${Math.ceil(size / 1000)} kB\n`);
  if (size > largest) throw new Error(`${name}.png has ${size} bytes; a picture may have ${largest}.`);
}

let camera;
try {
  // A curve is the bot's own drawing and needs no browser.
  if (isWanted('chart')) await keep('chart', async (path) => writeFile(path, await drawSample()));
  if (left.size > 0) camera = await openCamera();
  for await (const [name, html] of pages()) await keep(name, (path) => camera.take(html, path));
  if (left.size > 0) throw new Error(`The story has no picture called ${[...left].join(', ')}.`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await camera?.close();
}
