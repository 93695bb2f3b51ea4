import { writeFileSync } from 'node:fs';
import { it } from '@jest/globals';
import { readDistilled, readOriginals } from './recordings.js';
import { Replay } from './replay.js';

it('probes', async () => {
  const recordings = process.env.ORIG ? (readOriginals() ?? []) : readDistilled();
  const replay = new Replay(1795352887);
  await replay.start();
  const lines: string[] = [];
  let equal = 0;
  try {
    for (const recording of recordings) {
      if ('unanswered' in recording) continue;
      const { differences } = await replay.play(recording);
      if (differences.length === 0) equal += 1;
      else
        lines.push(
          `#${recording.number} ${recording.name}\n${differences
            .slice(0, 6)
            .map(
              (d) =>
                `   ${d.path}: ${JSON.stringify(d.expected)?.slice(0, 260)} <> ${JSON.stringify(d.actual)?.slice(0, 260)}`,
            )
            .join('\n')}`,
        );
    }
  } finally {
    await replay.stop();
  }
  writeFileSync(
    '/tmp/kd/probe.txt',
    `equal ${equal} differing ${lines.length}\n${lines.join('\n')}\ndefects ${replay.ownErrors.map((e) => (e instanceof Error ? e.stack : String(e))).join('\n')}`,
  );
}, 120000);
