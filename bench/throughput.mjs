import { startServer } from './child.mjs';
import { load } from './load.mjs';
import { comparePairs } from './pairs.mjs';
import { triggerOf } from './slack.mjs';

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
      const bolt = bolts[one.baseline];
      const measure = (side, milliseconds) =>
        load({
          server: side === 'ours' ? ours : bolt,
          requests: slack.sign(one.text, 500),
          concurrency: one.concurrency,
          duration: milliseconds,
          expect: side === 'ours' ? one.expect : '',
          after: one.opens ? ({ trigger }) => watch.opened(trigger) : undefined,
        });
      rows.push(...(await comparePairs({ ...one, baseline: titles[one.baseline], rounds, duration, say, measure })));
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
