import { findDeviation, unexplained } from './deviations.js';
import type { Recording, Unanswered } from './recordings.js';
import { Replay } from './replay.js';

/** The second in which the recorded account was opened. */
const OPENED_AT = 1_795_352_887;

/** What came of replaying all recordings. */
export interface Verdict {
  compared: number;
  equal: number;
  /** Differences nobody declared, in words. */
  surprises: string[];
  /** Declared deviations that no longer deviate. */
  obsolete: string[];
  /** Recordings that cannot be replayed and that no deviation speaks of. */
  unspoken: string[];
  ownErrors: unknown[];
}

/** Replays recordings in order and judges the answers by the declared deviations. */
export async function judge(recordings: (Recording | Unanswered)[], isWhole: boolean): Promise<Verdict> {
  const replay = new Replay(OPENED_AT);
  const verdict: Verdict = { compared: 0, equal: 0, surprises: [], obsolete: [], unspoken: [], ownErrors: [] };
  await replay.start();
  try {
    for (const recording of recordings) {
      const deviation = findDeviation(recording.number, isWhole);
      const name = `#${recording.number} ${recording.name}`;
      if ('unanswered' in recording) {
        if (!deviation) verdict.unspoken.push(name);
        continue;
      }
      const { differences } = await replay.play(recording);
      verdict.compared += 1;
      if (differences.length === 0) verdict.equal += 1;
      if (deviation && differences.length === 0) verdict.obsolete.push(name);
      for (const { path, expected, actual } of unexplained(differences, deviation)) {
        verdict.surprises.push(
          `${name} ${path}: ${JSON.stringify(expected)} was recorded, ${JSON.stringify(actual)} answered`,
        );
      }
    }
  } finally {
    await replay.stop();
  }
  verdict.ownErrors = replay.ownErrors;
  return verdict;
}
