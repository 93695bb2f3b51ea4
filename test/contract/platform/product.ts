import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asGiven, type Command, defineCommand } from '../../../src/core/command.js';
import { createDispatch, type Dispatch } from '../../../src/core/dispatch.js';
import { choice, line, number, paragraph, requiredWhen, toggle, zone } from '../../../src/core/params.js';
import type { Clock, Log } from '../../../src/core/ports.js';
import { say } from '../../../src/core/view.js';
import { openStore } from '../../../src/store/index.js';
import { deafLive, unaskedKaltura, unaskedTickets } from '../../rig/unasked.js';

/** A small product with a form of every control and a command that counts its runs, for platforms to be held against. */
export interface Product {
  readonly dispatch: Dispatch;
  readonly log: Log;
  readonly newId: () => string;
  /** The values of each form that came through. */
  readonly forms: unknown[];
  /** How often `count` has run. */
  runs(): number;
  stop(): Promise<void>;
}

export async function openProduct(clock: Clock): Promise<Product> {
  const forms: unknown[] = [];
  let runs = 0;
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id-${String(ids).padStart(8, '0')}`;
  };
  const log: Log = { debug() {}, info() {}, warn() {}, error() {} };
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-contract-'));
  const store = await openStore({ dataDir, log });

  const ask: Command = defineCommand({
    name: 'ask',
    summary: 'Asks one question of each kind.',
    examples: ['ask'],
    role: 'viewer',
    params: {
      title: line({ label: 'Title', hint: 'One line.', max: 80 }),
      start: requiredWhen({ label: 'Start', hint: 'A moment.' }),
      notes: paragraph({ label: 'Notes', hint: 'Several lines.', max: 500, group: 'More' }),
      count: number({ label: 'Count', hint: 'A number.', min: 1, max: 9, unit: 'things', default: 3, group: 'More' }),
      sound: toggle({ label: 'Sound', hint: 'A switch.', default: true, group: 'More' }),
      size: choice({
        label: 'Size',
        hint: 'One of two.',
        choices: [
          { value: 'small', label: 'Small' },
          { value: 'large', label: 'Large' },
        ],
        default: 'small',
        group: 'More',
      }),
      zone: zone({ label: 'Zone', hint: 'A time zone.', group: 'More' }),
    },
    form: { title: 'Ask', submit: 'Answer' },
    settle: (values) => asGiven(values),
    async run(values) {
      forms.push(values);
      return [{ to: 'channel', view: say('The form came through.') }];
    },
  });
  const count: Command = defineCommand({
    name: 'count',
    summary: 'Counts its runs.',
    examples: ['count'],
    role: 'viewer',
    params: {},
    settle: (values) => asGiven(values),
    async run() {
      runs += 1;
      return [{ to: 'channel', view: say(`Run number ${runs}.`) }];
    },
  });

  const dispatch = createDispatch({
    commands: [ask, count],
    kaltura: unaskedKaltura,
    store,
    clock,
    newId,
    log,
    policy: { roleOf: async () => 'producer', whoCan: () => 'Nobody.' },
    live: deafLive,
    tickets: unaskedTickets,
  });
  return {
    dispatch,
    log,
    newId,
    forms,
    runs: () => runs,
    async stop() {
      await dispatch.stop();
      await store.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
