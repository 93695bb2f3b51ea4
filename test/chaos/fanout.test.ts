import { afterAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type TestPostgres } from '../postgres.js';
import { judge, runRounds } from './rounds.js';
import { openSlack } from './slack.js';
import { openTeams } from './teams.js';

/** A short version runs with all tests; npm run chaos asks for a hundred rounds. */
const rounds = Number(process.env.CHAOS_ROUNDS ?? 3);
const long = rounds > 10;
/** Answers that come too late would be doubles of the test's own making, so no more rounds are busy than there are cores. */
const busy = 2;
const atOnce = long ? busy : 1;
const slack = { open: openSlack, channels: 30, replicas: 1, signal: 'SIGKILL', busy } as const;
const patience = rounds * 60_000;

describe('a bot that is killed while it tells many channels', () => {
  it(
    'loses none, and doubles only what the kill cut off',
    async () => {
      judge(await runRounds({ ...slack, title: 'SQLite, one process', rounds, atOnce }));
    },
    patience,
  );
});

describe('a bot that is killed while it tells many channels of Teams', () => {
  it(
    'loses none, and doubles only what the kill cut off',
    async () => {
      const teams = long
        ? { rounds, channels: 30, atOnce: 4, busy: 4 }
        : // One round of fewer channels: Teams lets eight new threads through in two seconds.
          { rounds: 1, channels: 14, atOnce: 1 };
      judge(await runRounds({ ...slack, ...teams, open: openTeams, title: 'Teams, one process' }));
    },
    patience,
  );
});

describe('a bot that is stopped in good order while it tells many channels', () => {
  it(
    'loses none and doubles none',
    async () => {
      const stopped = { rounds: Math.ceil(rounds / 5), channels: 50, signal: 'SIGTERM' } as const;
      const outcomes = await runRounds({ ...slack, ...stopped, title: 'SQLite, stopped', atOnce });
      judge(outcomes);
      for (const { doubled } of outcomes) expect(doubled).toEqual([]);
    },
    patience,
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
      const database = async () => (await postgres.makeSchema()).url;
      const shared = { replicas: 3, rounds, atOnce: 12, database };
      judge(await runRounds({ ...slack, ...shared, title: 'PostgreSQL, three replicas' }));
    },
    patience,
  );
});
