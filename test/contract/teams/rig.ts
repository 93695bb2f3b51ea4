import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTeams, type Teams } from '../../../src/adapters/teams/index.js';
import { type Config, readConfig } from '../../../src/config.js';
import type { Command } from '../../../src/core/command.js';
import type { Dispatch } from '../../../src/core/dispatch.js';
import type { Log, Platform, Whom } from '../../../src/core/ports.js';
import type { Inbound, Job, Prepared } from '../../../src/core/request.js';
import { Secret } from '../../../src/core/secret.js';
import { say } from '../../../src/core/view.js';
import { type OpenStore, openStore } from '../../../src/store/index.js';
import { createDerivedSealer } from '../../../src/store/seal.js';
import { createFront } from '../../../src/web/front.js';
import {
  createTeamsDouble,
  type StoredMessage,
  type TeamsDouble,
  type TeamsTenant,
  type TeamsUser,
} from '../../doubles/teams/index.js';
import { createHandClock, type HandClock } from '../../e2e/slack/clock.js';

/** What the product behind the adapter does, as far as a test says so. */
interface Script {
  prepare?(inbound: Inbound): Prepared;
  run?(job: Job, platform: Platform): Promise<void>;
  suggest?: Dispatch['suggest'];
}

export interface Rig {
  readonly double: TeamsDouble;
  readonly tenant: TeamsTenant;
  readonly alex: TeamsUser;
  readonly megan: TeamsUser;
  readonly adele: TeamsUser;
  readonly teams: Teams;
  readonly store: OpenStore;
  readonly clock: HandClock;
  readonly url: string;
  readonly inbounds: Inbound[];
  readonly jobs: Job[];
  readonly logged: string[];
  script: Script;
  /** The last message of the bot that a person sees in a place, once there are that many. */
  shown(user: TeamsUser, place: string, count?: number): Promise<StoredMessage>;
  /** Starts a second adapter on the same store, which hears what people do from now on. */
  anotherReplica(): Promise<void>;
  stop(): Promise<void>;
}

const commandOf = (role: Command['role']): Command => ({
  name: 'status',
  summary: '',
  examples: [],
  role,
  params: {},
  form: undefined,
  read: () => ({ kind: 'ready', answer: undefined, run: async () => [] }),
});

/** A job as dispatch makes it, for scripts that let a line run. */
export const jobFor = (inbound: Inbound, role: Command['role'] = 'viewer'): Prepared => ({
  kind: 'run',
  job: { command: commandOf(role), inbound, values: {}, requestKey: inbound.deliveryId },
});

/** To whom a private answer to this request goes. */
export const whomOf = ({ place, person, wayBack }: Inbound): Whom => ({ place, person, wayBack });

/** The line an inbound says. */
export const lineOf = ({ said }: Inbound): string => (said.kind === 'line' ? said.line : `form ${said.command}`);

const spell = (_: string, value: unknown): unknown =>
  value instanceof Error ? { ...value, message: value.message, stack: value.stack, cause: value.cause } : value;

/** Reads the Teams part of the configuration that points at the double. */
export function configOf(environment: Record<string, string>): NonNullable<Config['teams']> {
  const { teams } = readConfig({ ...environment, KALTURA_PARTNER_ID: '101', KALTURA_ADMIN_SECRET: 'admin' });
  if (!teams) throw new Error('Teams is not configured');
  return teams;
}

export interface Changes {
  readonly timeout?: number;
  readonly installed?: boolean;
  readonly environment?: Record<string, string>;
  first?(double: TeamsDouble): void;
}

/** Starts the double, the adapter behind the front, and a product that does what the script says. */
export async function startRig(changes: Changes = {}): Promise<Rig> {
  const clock = createHandClock(Date.now());
  const double = createTeamsDouble({ clock });
  changes.first?.(double);
  await double.start();
  const tenant = double.tenant({ installed: changes.installed ?? true });
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-teams-'));
  const inbounds: Inbound[] = [];
  const jobs: Job[] = [];
  const logged: string[] = [];
  const rig = { script: {} as Script };
  const write = (facts: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(facts, spell)}`);
  };
  const log: Log = { debug: write, info: write, warn: write, error: write };
  const store = await openStore({ dataDir, log });
  const dispatch: Dispatch = {
    prepare(inbound) {
      const prepared = rig.script.prepare?.(inbound) ?? { kind: 'answer', view: say('Done.') };
      // Drawing a button asks what its line would do; nobody said it.
      if (inbound.place.tenant !== '') inbounds.push(inbound);
      return prepared;
    },
    async run(job, platform) {
      jobs.push(job);
      await rig.script.run?.(job, platform);
    },
    suggest: async (...asked) => (await rig.script.suggest?.(...asked)) ?? [],
    stop: async () => undefined,
  };
  let ids = 0;
  const newId = () => `id-${(ids++).toString().padStart(8, '0')}`;
  const undo: (() => Promise<void>)[] = [];
  async function open(): Promise<{ readonly teams: Teams; readonly url: string }> {
    const teams = createTeams({
      config: configOf({ ...tenant.environment(), ...changes.environment }),
      dispatch,
      references: store.references('teams'),
      offers: store.fileOffers('teams', createDerivedSealer(new Secret('a-signing-secret'))),
      signingSecret: new Secret('a-signing-secret'),
      log,
      clock,
      newId,
      ...(changes.timeout !== undefined && { timeout: changes.timeout }),
    });
    const routes = [{ method: 'POST', path: '/api/messages', handle: teams.handle } as const];
    const front = createFront({ port: 0, host: '127.0.0.1', routes, ready: teams.ready, clock, log, newId });
    await teams.start();
    undo.push(async () => {
      await front.stop();
      await teams.stop();
    });
    const url = `http://127.0.0.1:${await front.start()}/api/messages`;
    double.connect(url);
    return { teams, url };
  }
  const { teams, url } = await open();

  return Object.assign(rig, {
    double,
    tenant,
    alex: tenant.user('Alex'),
    megan: tenant.user('Megan'),
    adele: tenant.user('Adele'),
    teams,
    store,
    clock,
    url,
    inbounds,
    jobs,
    logged,
    shown: (user: TeamsUser, place: string, count = 1) =>
      double.until(`${count} messages of the bot in ${place}`, () => {
        const found = user.sees(place).filter(({ author }) => author === 'bot');
        return found.length >= count ? found.at(-1) : undefined;
      }),
    async anotherReplica() {
      await open();
    },
    async stop() {
      for (const step of undo) await step();
      await double.stop();
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  });
}
