import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { startKalturaApart } from './apart.mjs';
import { startServer } from './child.mjs';
import { follow, openStoreIn, startCrowd } from './crowd.mjs';
import { median, percentile } from './load.mjs';

const crowd = { workspaces: 20, channels: 100 };
/** Slack's several hundred posts a minute in a workspace, and what it lets through at once. */
const posts = { perMinute: 600, burst: 10 };
const bounds = { wall: 1.1, busy: 1.5 };
/** The first one warms up what tells channels, as typing does what answers; what it took is said, and not judged. */
const warming = 1;
const rounds = 5;
/** Longer than the workspaces' allowances take to fill again. */
const idle = 12_000;
const patience = 120_000;
/** What is typed meanwhile. */
const names = ['help', 'status'];

/** The least time in which the limits let every channel have one message, in milliseconds. */
const leastWall = () => ((crowd.channels - posts.burst) * 60_000) / posts.perMinute;

/** Measures how long one going live takes to reach all channels, and what people notice of it meanwhile. */
export async function measureFanout({ program, say }) {
  const kaltura = await startKalturaApart();
  const slack = await startCrowd({ ...crowd, posts });
  const folder = join(program.env.DATA_DIR, 'fanout');
  try {
    const shows = await prepare(kaltura, slack, folder);
    const env = { ...slack.env, ...kaltura.env, DATA_DIR: folder };
    const bot = await startServer(program.file, env, program.nodeArgs);
    const person = startPerson(bot, slack, shows[0]);
    try {
      const workspace = slack.workspaces[0];
      workspace.connect(`http://127.0.0.1:${bot.port}/slack/events`);
      await person.typeFor(2000);
      const walls = [];
      const quiet = [];
      const busy = [];
      for (const [round, show] of shows.entries()) {
        // What the double has answered before would weigh on its memory, and on the two cores.
        slack.double.log.length = 0;
        const before = await person.typeFor(idle);
        const cpu = bot.cpu();
        person.type();
        const wall = await announce(slack, show);
        const meanwhile = await person.rest();
        const p99s = names.map((name) => `${name} ${p99(meanwhile, name).toFixed(1)} ms`).join(', ');
        say(
          `fanout${round < warming ? ', warming up' : ''}: ${wall.toFixed(0)} ms to the last of ${slack.places.length} channels, refused ${slack.double.rateLimited}, CPU ${(bot.cpu() - cpu).toFixed(2)} s; p99 meanwhile ${p99s}`,
        );
        if (round < warming) continue;
        walls.push(wall);
        quiet.push(...before);
        busy.push(...meanwhile);
      }
      if (slack.double.complaints.length > 0) throw new Error(slack.double.complaints.slice(0, 3).join('; '));
      return [...judgeWall(walls, slack.double.rateLimited), ...names.map((name) => judgeBusy(name, quiet, busy))];
    } finally {
      person.leave();
      await bot.stop();
    }
  } finally {
    await slack.stop();
    await kaltura.stop();
  }
}

function judgeWall(walls, refused) {
  const least = leastWall();
  const ratio = median(walls) / least;
  const name = `one going live to ${crowd.workspaces * crowd.channels} channels`;
  return [
    {
      figure: `${name}: to the last one`,
      ours: `${(median(walls) / 1000).toFixed(2)} s`,
      baseline: "what Slack's limits allow",
      theirs: `${(least / 1000).toFixed(2)} s`,
      result: ratio.toFixed(2),
      bound: `<= ${bounds.wall}`,
      holds: ratio <= bounds.wall,
    },
    {
      figure: `${name}: posts refused for their rate`,
      ours: String(refused),
      baseline: '',
      theirs: '',
      bound: '0',
      holds: refused === 0,
    },
  ];
}

const p99 = (samples, name) =>
  percentile(
    samples.filter((one) => one.name === name).map(({ took }) => took),
    99,
  );

function judgeBusy(name, quiet, busy) {
  const [ours, theirs] = [p99(busy, name), p99(quiet, name)];
  const ratio = ours / theirs;
  return {
    figure: `${name} meanwhile, answered, p99`,
    ours: `${ours.toFixed(1)} ms`,
    baseline: 'the same when idle',
    theirs: `${theirs.toFixed(1)} ms`,
    result: ratio.toFixed(2),
    bound: `<= ${bounds.busy}`,
    holds: ratio <= bounds.busy,
  };
}

/** Has every channel follow all webcasts, and as many webcasts wait with their picture as there are rounds. */
async function prepare(kaltura, slack, folder) {
  const shows = await kaltura.add(warming + rounds);
  await kaltura.sendPictures(shows);
  const store = await openStoreIn(folder);
  try {
    await slack.install(store);
    // Of the channels of a workspace one is its crew's.
    for (const [index, place] of slack.places.entries())
      await follow(store, place, index < crowd.workspaces ? { side: 'crew' } : {});
    for (const show of shows) await store.nudge(show, Date.now());
  } finally {
    await store.close();
  }
  return shows;
}

/** Goes live by a command, and gives the milliseconds from typing it to the last channel's message. */
async function announce(slack, show) {
  const { double } = slack;
  const told = new Set();
  let read = double.log.length;
  let last = 0;
  const began = Date.now();
  slack.workspaces[0].user('ada').runs(`/webcast golive ${show} --yes`, { in: 'channel-0' });
  while (told.size < slack.places.length) {
    if (Date.now() - began > patience) throw new Error(`Only ${told.size} channels were told`);
    for (; read < double.log.length; read += 1) {
      const entry = double.log[read];
      if (entry.kind !== 'api' || entry.method !== 'chat.postMessage' || entry.status !== 200) continue;
      told.add(`${entry.teamId} ${entry.args.channel}`);
      last = entry.at;
    }
    await wait(20);
  }
  return last - began;
}

function startPerson(bot, slack, show) {
  const [{ teamId }] = slack.workspaces;
  const worker = new Worker(new URL('./person.mjs', import.meta.url), {
    workerData: {
      port: bot.port,
      signingSecret: slack.signingSecret,
      tenant: teamId,
      channel: slack.workspaces[0].channelId('channel-1'),
      status: `status ${show}`,
    },
  });
  const person = {
    type: () => worker.postMessage('type'),
    async rest() {
      const typed = once(worker, 'message');
      worker.postMessage('rest');
      const [samples] = await typed;
      return samples;
    },
    async typeFor(milliseconds) {
      person.type();
      await wait(milliseconds);
      return person.rest();
    },
    leave: () => worker.postMessage('leave'),
  };
  return person;
}
