import { median } from './load.mjs';

const warmUp = 3000;
const latest = 10;

/**
 * Puts the same load on the program and on its baseline, turn by turn, and judges the ratio and the difference.
 * measure loads one side ("ours" or "theirs") for some milliseconds; without least there is no bound.
 */
export async function comparePairs({ name, baseline, concurrency, least, rounds, duration, say, measure }) {
  await measure('theirs', warmUp);
  await measure('ours', warmUp);
  const pairs = [];
  for (let round = 0; round < rounds; round += 1) {
    const theirs = await measure('theirs', duration);
    const own = await measure('ours', duration);
    pairs.push({ theirs, own });
    say(`${name}, round ${round + 1}: ${own.perCpu.toFixed(0)} against ${theirs.perCpu.toFixed(0)}`);
  }
  return judge({ name, baseline, concurrency, least }, pairs);
}

function judge({ name, baseline, concurrency, least }, pairs) {
  const ratios = pairs.map(({ theirs, own }) => own.perCpu / theirs.perCpu);
  const ratio = median(ratios);
  const middle = (side, key) => median(pairs.map((pair) => pair[side][key]));
  const late = median(pairs.map(({ theirs, own }) => own.p99 - theirs.p99));
  const bounded = least !== undefined;
  return [
    {
      figure: `${name}, requests per CPU second`,
      ours: middle('own', 'perCpu').toFixed(0),
      baseline,
      theirs: middle('theirs', 'perCpu').toFixed(0),
      result: `${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
      ...(bounded && { bound: `>= ${least}`, holds: ratio >= least }),
    },
    {
      figure: `${name}, acknowledged, p99 at ${concurrency} at once`,
      ours: `${middle('own', 'p99').toFixed(1)} ms`,
      baseline,
      theirs: `${middle('theirs', 'p99').toFixed(1)} ms`,
      result: `${late >= 0 ? '+' : ''}${late.toFixed(1)} ms`,
      ...(bounded && { bound: `<= +${latest} ms`, holds: late <= latest }),
    },
  ];
}
