import { expect } from '@jest/globals';
import { type Outcome, type Plan, runRound } from './fanout.js';

/** How the rounds of one ground are alike. */
export interface Ground extends Pick<Plan, 'open' | 'replicas' | 'signal' | 'channels'> {
  readonly title: string;
  readonly rounds: number;
  /** How many rounds run at the same time, each with a platform, a Kaltura, a store and bots of its own. */
  readonly atOnce: number;
  /** How many of them may be busy; the others wait until a lease is over. */
  readonly busy: number;
  /** The address of an empty database for one round; a folder without it. */
  database?(): Promise<string>;
}

/** Runs all rounds, each killed somewhere else, and prints what they came to. */
export async function runRounds(ground: Ground): Promise<readonly Outcome[]> {
  const { title, rounds, atOnce, channels } = ground;
  const random = createRandom(20_261_122);
  const moments = Array.from({ length: rounds }, () => ({
    killAfter: 1 + Math.floor(random() * (channels - 1)),
    delay: Math.floor(random() * 8),
  }));
  const working = createGate(ground.busy);
  const began = Date.now();
  const outcomes = await runAll(moments, atOnce, async (moment) =>
    runRound({ ...ground, ...moment, working, databaseUrl: await ground.database?.() }),
  );
  const seconds = Math.round((Date.now() - began) / 1000);
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  process.stdout.write(
    `${title}: kills ${sum(({ killed }) => Number(killed))}, channels told ${rounds * channels}, ` +
      `posts ${sum(({ posts }) => posts)}, ` +
      `doubled ${sum(({ doubled }) => doubled.length)} (unexplained ${sum(({ unexplained }) => unexplained.length)}), ` +
      `lost or wrong ${sum(({ wrong }) => wrong.length)}, ` +
      `rounds ${outcomes.length} (${atOnce} at once, ${seconds} s)\n`,
  );
  return outcomes;
}

/** Demands that no channel was lost, and that doubles came only of what a kill cut off. */
export function judge(outcomes: readonly Outcome[]): void {
  for (const { killed, wrong, lagging, unexplained, doubled, complaints } of outcomes) {
    expect(killed).toBe(true);
    expect(wrong).toEqual([]);
    expect(lagging).toBe(0);
    expect(unexplained).toEqual([]);
    expect(doubled.length).toBeLessThanOrEqual(4);
    expect(complaints).toEqual([]);
  }
}

/** Runs so many at once, and none any more after one has failed; rejects when those under way have ended. */
async function runAll<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const waiting = [...items];
  const results: Result[] = [];
  async function work(): Promise<void> {
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) results.push(await run(item));
    } finally {
      waiting.length = 0;
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
}

/** Lets so many pass at once; the others wait for their turn. */
function createGate(width: number): Plan['working'] {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** A repeatable stream of numbers from 0 to 1 (mulberry32), so that a bad round can be run again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
