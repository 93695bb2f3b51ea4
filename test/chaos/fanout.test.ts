import { afterAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type TestPostgres } from '../postgres.js';
import { type Outcome, type Plan, runRound } from './fanout.js';

/** A short version runs with all tests; npm run chaos asks for a hundred rounds. */
const rounds = Number(process.env.CHAOS_ROUNDS ?? 3);
const long = rounds > 10;
const usual = 30;

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

/** Runs rounds one after the other, each killed somewhere else, and prints what they came to. */
async function runRounds(
  title: string,
  count: number,
  ground: Pick<Plan, 'replicas' | 'signal'> & { url?: () => Promise<string>; channels?: number },
) {
  const random = createRandom(20_261_122);
  const outcomes: Outcome[] = [];
  const { channels = usual } = ground;
  for (let round = 0; round < count; round++) {
    const killAfter = 1 + Math.floor(random() * (channels - 1));
    const delay = Math.floor(random() * 8);
    outcomes.push(
      await runRound({
        databaseUrl: await ground.url?.(),
        replicas: ground.replicas,
        signal: ground.signal,
        channels,
        killAfter,
        delay,
      }),
    );
  }
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0);
  process.stdout.write(
    `${title}: kills ${count}, channels told ${count * channels}, posts ${sum(({ posts }) => posts)}, ` +
      `doubled ${sum(({ doubled }) => doubled.length)} (unexplained ${sum(({ unexplained }) => unexplained.length)}), ` +
      `lost or wrong ${sum(({ wrong }) => wrong.length)}\n`,
  );
  return outcomes;
}

function judge(outcomes: readonly Outcome[]): void {
  for (const { wrong, unexplained, doubled, complaints } of outcomes) {
    expect(wrong).toEqual([]);
    expect(unexplained).toEqual([]);
    expect(doubled.length).toBeLessThanOrEqual(4);
    expect(complaints).toEqual([]);
  }
}

describe('a bot that is killed while it tells many channels', () => {
  it(
    'loses none, and doubles only what the kill cut off',
    async () => {
      judge(await runRounds('SQLite, one process', rounds, { replicas: 1, signal: 'SIGKILL' }));
    },
    rounds * 30_000,
  );
});

describe('a bot that is stopped in good order while it tells many channels', () => {
  it(
    'loses none and doubles none',
    async () => {
      const outcomes = await runRounds('SQLite, stopped', Math.ceil(rounds / 5), {
        replicas: 1,
        signal: 'SIGTERM',
        channels: 50,
      });
      judge(outcomes);
      for (const { doubled } of outcomes) expect(doubled).toEqual([]);
    },
    rounds * 30_000,
  );
});

// A killed replica's claims are taken over when their lease of a minute is over: too long for every run.
const describeLong = (title: string, tests: () => void) => (long ? describe(title, tests) : undefined);

describeLong('one of three bots on one database that is killed', () => {
  let server: TestPostgres | undefined;
  afterAll(async () => server?.stop());

  it(
    'loses none, and doubles only what the kill cut off',
    async () => {
      const postgres = await startPostgres();
      server = postgres;
      const url = async () => (await postgres.makeSchema()).url;
      judge(
        await runRounds('PostgreSQL, three replicas', Math.ceil(rounds / 10), { replicas: 3, signal: 'SIGKILL', url }),
      );
    },
    rounds * 30_000,
  );
});
