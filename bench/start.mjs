import { setTimeout as wait } from 'node:timers/promises';
import { startServer } from './child.mjs';
import { median } from './load.mjs';

const bare = new URL('./baselines/bare.mjs', import.meta.url);
const idle = 5000;
const mostResident = 160;
const mostLater = 500;

/** Measures how long the program takes to be ready with both platforms, against itself with Slack alone. */
export async function measureTeamsStart({ program, teams, rounds, say }) {
  const both = [];
  const alone = [];
  const env = (name) => ({ ...program.env, DATA_DIR: `${program.env.DATA_DIR}/${name}` });
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await startOnce(program.file, env(`alone-${round}`)));
    both.push(await startOnce(program.file, { ...env(`both-${round}`), ...teams.env }));
    say(`teams-start, round ${round + 1}: ${both.at(-1).toFixed(0)} ms against ${alone.at(-1).toFixed(0)} ms`);
  }
  return [compareStarts(`with Teams, ready from the spawn, fastest of ${rounds} (median)`, both, 'Slack alone', alone)];
}

/** Measures how long the program takes to be ready, and what it occupies when idle, against the platforms' bare libraries. */
export async function measureStart({ slack, program, rounds, say }) {
  const own = [];
  const theirs = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await startOnce(bare, slack.env));
    own.push(await startOnce(program.file, { ...program.env, DATA_DIR: `${program.env.DATA_DIR}/start-${round}` }));
    say(`start, round ${round + 1}: ${own.at(-1).toFixed(0)} ms against ${theirs.at(-1).toFixed(0)} ms`);
  }
  const theirResident = await settle(bare, slack.env);
  const resident = await settle(program.file, program.env);
  const baseline = 'bolt + botbuilder, bare';
  return [
    compareStarts(`ready to serve from the spawn, fastest of ${rounds} (median)`, own, baseline, theirs),
    {
      figure: `resident after ${idle / 1000} s idle`,
      ours: `${resident.toFixed(0)} MB`,
      baseline,
      theirs: `${theirResident.toFixed(0)} MB`,
      result: `${resident.toFixed(0)} MB`,
      bound: `<= ${mostResident} MB`,
      holds: resident <= mostResident,
    },
  ];
}

function compareStarts(figure, own, baseline, theirs) {
  // A start is the same work each time, so what goes beyond the fastest is the neighbours' on a shared machine.
  const later = Math.min(...own) - Math.min(...theirs);
  return {
    figure,
    ours: inMilliseconds(own),
    baseline,
    theirs: inMilliseconds(theirs),
    result: `${later >= 0 ? '+' : ''}${later.toFixed(0)} ms`,
    bound: `<= +${mostLater} ms`,
    holds: later <= mostLater,
  };
}

const inMilliseconds = (times) => `${Math.min(...times).toFixed(0)} ms (${median(times).toFixed(0)})`;

async function startOnce(file, env) {
  const server = await startServer(file, env);
  await server.stop();
  return server.readyAfter;
}

async function settle(file, env) {
  const server = await startServer(file, env);
  try {
    await wait(idle);
    return server.rss();
  } finally {
    await server.stop();
  }
}
