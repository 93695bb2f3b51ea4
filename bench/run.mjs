// Measures the built program against the platforms' own libraries, the rhythm's arithmetic and Slack's limits in one run: npm run bench -- [--assert] [--rounds 9] [--seconds 2] [--only help,create,watch,fanout] [--tests SECONDS] [--cpu-prof DIR]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createKalturaServer } from '../dist/playground/kaltura/index.js';
import { measureFanout } from './fanout.mjs';
import { measurePages } from './pages.mjs';
import { startSlack } from './slack.mjs';
import { measureStart, measureTeamsStart } from './start.mjs';
import { printCurve, printRows, printTrips } from './table.mjs';
import { startTeams } from './teams.mjs';
import { measureThroughput } from './throughput.mjs';
import { countTrips } from './trips.mjs';
import { measureTurns } from './turns.mjs';
import { measureWatch } from './watch.mjs';

const { values: options } = parseArgs({
  options: {
    assert: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '2' },
    only: { type: 'string', default: 'help,unknown,create,pages,teams,start,teams-start,trips,watch,fanout' },
    /** Seconds that npm test took, measured apart. */
    tests: { type: 'string' },
    /** A folder for the program's CPU profiles. */
    'cpu-prof': { type: 'string' },
  },
});

const say = (line) => process.stderr.write(`${line}\n`);
const parts = options.only.split(',');
const folder = mkdtempSync(join(tmpdir(), 'webcast-bench-'));
const slack = await startSlack();
const teams = await startTeams();
const kaltura = createKalturaServer({ recordingReadyAfter: 1 });

try {
  const { url } = await kaltura.start();
  const profile = options['cpu-prof'];
  const program = {
    file: new URL('../dist/main.js', import.meta.url),
    nodeArgs: profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : [],
    env: {
      ...slack.env,
      KALTURA_SERVICE_URL: url,
      KALTURA_PARTNER_ID: String(kaltura.account.partnerId),
      KALTURA_ADMIN_SECRET: kaltura.account.adminSecret,
      DATA_DIR: join(folder, 'data'),
    },
  };
  const setting = {
    slack,
    teams,
    kaltura,
    program,
    parts,
    rounds: Number(options.rounds),
    duration: Number(options.seconds) * 1000,
    say,
  };
  const rows = await measureThroughput(setting);
  if (parts.includes('pages')) rows.push(...(await measurePages(setting)));
  if (parts.includes('teams')) {
    const env = { ...program.env, ...teams.env, DATA_DIR: join(folder, 'teams') };
    rows.push(...(await measureTurns({ ...setting, program: { ...program, env } })));
  }
  if (parts.includes('start')) rows.push(...(await measureStart(setting)));
  if (parts.includes('teams-start')) rows.push(...(await measureTeamsStart(setting)));
  const watch = parts.includes('watch') ? await measureWatch(setting) : { rows: [], curve: [] };
  rows.push(...watch.rows);
  if (parts.includes('fanout')) rows.push(...(await measureFanout(setting)));
  if (options.tests) rows.push(judgeTests(Number(options.tests)));
  const trips = parts.includes('trips') ? await countTrips(setting) : [];
  if (rows.length > 0) printRows(rows);
  if (watch.curve.length > 0) printCurve(watch.curve);
  if (trips.length > 0) printTrips(trips);
  const missed = [...rows, ...trips].filter(({ holds }) => holds === false).length;
  if (missed > 0) say(`${missed} of the figures miss their bound.`);
  if (options.assert && missed > 0) process.exitCode = 1;
} finally {
  await kaltura.stop();
  await slack.stop();
  await teams.stop();
  rmSync(folder, { recursive: true, force: true });
}

function judgeTests(seconds) {
  return {
    figure: 'npm test',
    ours: `${seconds} s`,
    baseline: '',
    theirs: '',
    bound: '<= 240 s',
    holds: seconds <= 240,
  };
}
