import { startServer } from './child.mjs';
import { load, median } from './load.mjs';
import { triggerOf } from './slack.mjs';

const warmUp = 3000;

/** What is measured against what; both sides of a pair get the same load, turn by turn. */
const cases = [
  {
    part: 'help',
    name: 'help',
    text: 'help',
    expect: 'Webcasts from plan to recording',
    baseline: 'noop',
    concurrency: 16,
    least: 0.7,
  },
  {
    part: 'unknown',
    name: 'unknown sub-command',
    text: 'golvie',
    expect: 'Did you mean',
    baseline: 'noop',
    concurrency: 16,
    least: 0.7,
  },
  {
    part: 'create',
    name: 'create to views.open',
    text: 'create',
    expect: '',
    baseline: 'modal',
    concurrency: 8,
    opens: true,
    least: 0.8,
  },
];
const titles = { noop: 'bolt, one no-op listener', modal: 'bolt, ack + views.open by hand' };

/** Measures requests per second of server processor time, and the p99 of acknowledgements, against bolt. */
export async function measureThroughput({ slack, program, rounds, duration, parts, say }) {
  const chosen = cases.filter(({ part }) => parts.includes(part));
  if (chosen.length === 0) return [];
  const watch = watchOpenings(slack);
  const ours = await startServer(program.file, program.env, program.nodeArgs);
  const bolts = {
    noop: await startServer(new URL('./baselines/noop.mjs', import.meta.url), slack.env),
    modal: await startServer(new URL('./baselines/modal.mjs', import.meta.url), slack.env),
  };
  const rows = [];
  try {
    for (const one of chosen) {
      const measure = (server, expect, milliseconds) =>
        load({
          server,
          requests: slack.sign(one.text, 500),
          concurrency: one.concurrency,
          duration: milliseconds,
          expect,
          after: one.opens ? ({ trigger }) => watch.opened(trigger) : undefined,
        });
      const bolt = bolts[one.baseline];
      await measure(bolt, '', warmUp);
      await measure(ours, one.expect, warmUp);
      const pairs = [];
      for (let round = 0; round < rounds; round += 1) {
        const theirs = await measure(bolt, '', duration);
        const own = await measure(ours, one.expect, duration);
        pairs.push({ theirs, own });
        say(`${one.name}, round ${round + 1}: ${own.perCpu.toFixed(0)} against ${theirs.perCpu.toFixed(0)}`);
      }
      rows.push(...judge(one, pairs));
    }
    rows.push({
      figure: 'resident after the load',
      ours: `${ours.rss().toFixed(0)} MB`,
      baseline: titles.noop,
      theirs: `${bolts.noop.rss().toFixed(0)} MB`,
    });
  } finally {
    watch.stop();
    await Promise.all([ours, ...Object.values(bolts)].map((server) => server.stop()));
  }
  return rows;
}

function judge(one, pairs) {
  const ratios = pairs.map(({ theirs, own }) => own.perCpu / theirs.perCpu);
  const ratio = median(ratios);
  const middle = (side, key) => median(pairs.map((pair) => pair[side][key]));
  const late = median(pairs.map(({ theirs, own }) => own.p99 - theirs.p99));
  const baseline = titles[one.baseline];
  return [
    {
      figure: `${one.name}, requests per CPU second`,
      ours: middle('own', 'perCpu').toFixed(0),
      baseline,
      theirs: middle('theirs', 'perCpu').toFixed(0),
      result: `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
      bound: `>= ${one.least}`,
      holds: ratio >= one.least,
    },
    {
      figure: `${one.name}, acknowledged, p99 at ${one.concurrency} at once`,
      ours: `${middle('own', 'p99').toFixed(1)} ms`,
      baseline,
      theirs: `${middle('theirs', 'p99').toFixed(1)} ms`,
      result: `${late >= 0 ? '+' : ''}${late.toFixed(1)} ms`,
      bound: '<= +10 ms',
      holds: late <= 10,
    },
  ];
}

/** Lets a load wait until the modal of a request has reached Slack. */
function watchOpenings(slack) {
  const waiting = new Map();
  const stop = slack.watch(({ method, body }) => {
    if (method !== 'views.open') return;
    const trigger = triggerOf(body);
    waiting.get(trigger)?.();
    waiting.delete(trigger);
  });
  return {
    stop,
    opened: (trigger) =>
      new Promise((resolve) => {
        waiting.set(trigger, resolve);
      }),
  };
}
