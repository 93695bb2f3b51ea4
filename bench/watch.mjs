import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Libsql from 'libsql';
import { Secret } from '../dist/core/secret.js';
import { createKaltura } from '../dist/kaltura/index.js';
import { createLive } from '../dist/live/index.js';
import { pathsAge, rhythm } from '../dist/live/rhythm.js';
import { startServer } from './child.mjs';
import { follow, openStoreIn, startCrowd } from './crowd.mjs';
import { percentile } from './load.mjs';
import { countRequests, startKaltura } from './webcasts.mjs';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;
/** Webcasts in one call. */
const together = 100;
const bounds = { calls: 1.05, late: rhythm.onAir + second, cpu: 25, resident: 300, growth: 1.25 };
/** The crowds that are measured, and for how long; a twentieth of each is on air. The last one is also changed. */
const crowds = [
  { watched: 100, window: 30 * second },
  { watched: 1000, window: 30 * second },
  { watched: 10_000, window: minute },
];
const share = 1 / 20;
/** Until the first looks after a start are over. */
const settling = 20 * second;
const transitions = { count: 120, every: 300 };
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const clock = { now: () => Date.now(), wait: (milliseconds, signal) => wait(milliseconds, undefined, { signal }) };

/**
 * What the rhythm asks of Kaltura, each term by itself: so many webcasts, looked at once in so many milliseconds. A call
 * takes a hundred.
 */
const termsOf = (watched) => [
  { asks: 'list of those on air', webcasts: watched * share, every: rhythm.onAir },
  { asks: 'both paths of those on air', webcasts: watched * share, every: pathsAge },
  { asks: 'list of the others', webcasts: watched * (1 - share), every: rhythm.idle },
];

/** The fewest calls a minute by which the rhythm can be kept, and looks a minute. */
const leastCalls = (terms) =>
  terms.reduce((sum, { webcasts, every }) => sum + (webcasts * minute) / every / together, 0);
const looksOf = (terms) => terms.reduce((sum, { webcasts, every }) => sum + (webcasts * minute) / every, 0);

/** Measures what watching costs, for crowds of several sizes, and how soon a change is on its card. */
export async function measureWatch({ program, say }) {
  const rows = [];
  const curve = [];
  for (const crowd of crowds) {
    const whole = crowd === crowds.at(-1);
    const measured = await measureCrowd(program, crowd, whole, say);
    curve.push(measured);
    say(`watch, ${crowd.watched}: ${JSON.stringify(measured)}`);
    if (whole) rows.push(...judgeWhole(measured, crowd));
  }
  const [, before, last] = curve;
  const growth = last.perLook / before.perLook;
  rows.push({
    figure: 'watch: CPU per look, 10,000 against 1000 webcasts',
    ours: `${last.perLook.toFixed(3)} ms`,
    baseline: '1000 webcasts',
    theirs: `${before.perLook.toFixed(3)} ms`,
    result: growth.toFixed(2),
    bound: `<= ${bounds.growth}`,
    holds: growth <= bounds.growth,
  });
  return { rows, curve };
}

function judgeWhole({ calls, least, cpu, resident, late }, { watched }) {
  const name = `watch, ${watched} webcasts`;
  const ratio = calls / least;
  return [
    {
      figure: `${name}: calls of Kaltura a minute`,
      ours: calls.toFixed(1),
      baseline: 'arithmetic of the rhythm',
      theirs: least.toFixed(1),
      result: ratio.toFixed(3),
      bound: `<= ${bounds.calls}`,
      holds: ratio <= bounds.calls,
    },
    {
      figure: `${name}: a change is on its card, p99 of ${late.length} (median)`,
      ours: `${percentile(late, 99).toFixed(0)} ms (${percentile(late, 50).toFixed(0)})`,
      baseline: 'one rhythm + 1 s',
      theirs: `${bounds.late} ms`,
      bound: `<= ${bounds.late} ms`,
      holds: percentile(late, 99) <= bounds.late,
    },
    {
      figure: `${name}: CPU of the program`,
      ours: `${cpu.toFixed(1)} % of a core`,
      baseline: '',
      theirs: '',
      bound: `< ${bounds.cpu} %`,
      holds: cpu < bounds.cpu,
    },
    {
      figure: `${name}: resident`,
      ours: `${resident.toFixed(0)} MB`,
      baseline: '',
      theirs: '',
      bound: `< ${bounds.resident} MB`,
      holds: resident < bounds.resident,
    },
  ];
}

async function measureCrowd(program, { watched, window }, whole, say) {
  const kaltura = await startKaltura();
  const slack = await startCrowd({ workspaces: 20, channels: 6 });
  const folder = join(program.env.DATA_DIR, `watch-${watched}`);
  try {
    const shows = await prepare({ kaltura, slack, folder, watched, whole });
    say(`watch, ${watched}: prepared`);
    const env = { ...slack.env, ...kaltura.env, DATA_DIR: folder };
    const bot = await startServer(program.file, env, program.nodeArgs);
    try {
      await wait(settling);
      const steady = await observe(kaltura, bot, window);
      const late = whole ? await change({ kaltura, slack, shows }) : [];
      const terms = termsOf(watched);
      const perMinute = minute / window;
      const calls = [...steady.counts.values()].reduce((sum, count) => sum + count, 0) * perMinute;
      say(`watch, ${watched}: ${[...steady.counts].map(([name, count]) => `${name} ${count}`).join(', ')}`);
      if (slack.double.complaints.length > 0) throw new Error(slack.double.complaints.slice(0, 3).join('; '));
      return {
        watched,
        calls,
        least: leastCalls(terms),
        cpu: (100 * steady.cpu * second) / window,
        perLook: (steady.cpu * second * perMinute) / looksOf(terms),
        resident: bot.rss(),
        late,
      };
    } finally {
      await bot.stop();
    }
  } finally {
    await slack.stop();
    await kaltura.stop();
  }
}

async function observe(kaltura, bot, window) {
  kaltura.server.requests.clear();
  const before = bot.cpu();
  await wait(window);
  return { counts: countRequests(kaltura), cpu: bot.cpu() - before };
}

/** Makes the webcasts, and the store as it stands when they have been watched for long. */
async function prepare({ kaltura, slack, folder, watched, whole }) {
  const ids = await kaltura.add(watched);
  const onAir = ids.slice(0, watched * share);
  // Half of those that change wait with their picture for the producer, the other half lose it.
  const half = whole ? transitions.count / 2 : 0;
  const waiting = onAir.slice(0, half);
  await kaltura.sendPictures(onAir);
  await kaltura.open(onAir.slice(half));
  const store = await openStoreIn(folder);
  await slack.install(store);
  const shows = onAir
    .slice(0, 2 * half)
    .map((id, index) => ({ id, place: slack.places[index], opens: waiting.includes(id) }));
  for (const { id, place } of shows)
    await follow(store, place, { side: 'crew', subject: { kind: 'webcast', webcast: id } });
  await store.close();
  writeWatched(folder, ids, new Set(onAir));
  await lookOnce(kaltura, folder);
  spreadLooks(folder);
  return shows;
}

/** Writes webcasts as planned and watched; those on air begin now, the others in a month. */
function writeWatched(folder, ids, onAir) {
  inFile(folder, (file) => {
    const now = Date.now();
    const note = file.prepare(
      'insert into notes (webcast, name, folded, starts, ends, zone, saved_at) values (?, ?, ?, ?, ?, ?, ?)',
    );
    const watch = file.prepare('insert into watched (webcast, due_at, nudges) values (?, ?, 1)');
    for (const [index, id] of ids.entries()) {
      const start = onAir.has(id) ? now - minute : now + 30 * day;
      note.run(id, `Town Hall ${index}`, `town hall ${index}`, start, start + day / 12, 'Europe/Berlin', now);
      watch.run(id, now);
    }
  });
}

/** Has every webcast got to know by the program's own watch. */
async function lookOnce({ account }, folder) {
  const { serviceUrl, partnerId, adminSecret } = account;
  const credentials = { kind: 'admin secret', secret: new Secret(adminSecret) };
  const gateway = createKaltura({ serviceUrl, partnerId, credentials, clock, log: quiet });
  const store = await openStoreIn(folder);
  const platforms = new Map();
  const parts = { store, kaltura: gateway, platforms, clock, log: quiet, newId: () => 'bench', random: Math.random };
  await createLive(parts).settle();
  await store.close();
  await gateway.stop();
}

/** Spreads the looks that are far off over the whole of their rhythm, as they lie after a long time. */
function spreadLooks(folder) {
  inFile(folder, (file) => {
    const now = Date.now();
    file
      .prepare('update watched set due_at = ? + abs(random()) % ? where due_at > ?')
      .run(now, rhythm.idle, now + minute);
  });
}

function inFile(folder, write) {
  const file = new Libsql(join(folder, 'webcast-bot.db'));
  file.exec('begin');
  write(file);
  file.exec('commit');
  file.close();
}

/** Changes webcasts one by one, and gives how many milliseconds later each change stood on its card. */
async function change({ kaltura, slack, shows }) {
  // Those that open and those that stop by turns, so that neither comes in a crowd.
  const opening = shows.filter(({ opens }) => opens);
  const stopping = shows.filter(({ opens }) => !opens);
  const acts = opening.flatMap((show, index) => [show, stopping[index]]);
  const changed = [];
  for (const show of acts) {
    await (show.opens ? kaltura.open([show.id]) : kaltura.stopPictures([show.id]));
    changed.push({ ...show, at: Date.now() });
    await wait(transitions.every);
  }
  await wait(2 * rhythm.onAir);
  const calls = slack.double.calls().filter(({ status, method }) => status === 200 && method.startsWith('chat.'));
  return changed.map(({ place, at, id }) => {
    const shown = calls.find(
      (call) => call.args.channel === place.channel && call.teamId === place.tenant && call.at >= at,
    );
    if (!shown) throw new Error(`${id} changed and its card did not`);
    return shown.at - at;
  });
}
