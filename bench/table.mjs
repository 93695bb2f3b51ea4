const verdict = (holds) => (holds === undefined ? '' : holds ? 'holds' : 'MISSES');

/** Prints measured figures beside their baselines as a Markdown table. */
export function printRows(rows) {
  print([
    ['Figure', 'Ours', 'Baseline', 'Baseline measured', 'Ratio or difference', 'Bound', ''],
    ...rows.map(({ figure, ours, baseline, theirs, result, bound, holds }) => [
      figure,
      ours,
      baseline,
      theirs,
      result ?? '',
      bound ?? '',
      verdict(holds),
    ]),
  ]);
}

/** Prints what watching costs for crowds of several sizes as a Markdown table. */
export function printCurve(curve) {
  print([
    ['Watched', 'Calls a minute', 'Arithmetic', 'CPU of a core', 'CPU per look', 'Resident'],
    ...curve.map(({ watched, calls, least, cpu, perLook, resident }) => [
      String(watched),
      calls.toFixed(1),
      least.toFixed(1),
      `${cpu.toFixed(1)} %`,
      `${perLook.toFixed(3)} ms`,
      `${resident.toFixed(0)} MB`,
    ]),
  ]);
}

/** Prints counted round trips as a Markdown table. */
export function printTrips(trips) {
  print([
    ['Command', 'Round trips', 'Bound', 'While waiting for viewers', 'Calls', ''],
    ...trips.map(({ name, trips: count, most, waits, calls, holds }) => [
      name,
      String(count),
      `<= ${most}`,
      String(waits),
      calls,
      verdict(holds),
    ]),
  ]);
}

function print([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |\n`;
  process.stdout.write(
    `\n${line(head)}|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n${rows.map(line).join('')}`,
  );
}
