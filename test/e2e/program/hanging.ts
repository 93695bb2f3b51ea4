import type { StoredMessage } from '../../doubles/slack/index.js';
import { type Rig, startRig } from './rig.js';

/** Milliseconds that the longest answer of a Kaltura that hangs may take, with room for a busy machine. */
export const bound = 35_000;

/** A trouble of some ten seconds, on a bot and a Kaltura of its own. */
export interface Trouble {
  readonly rig: Rig;
  /** What the person was told in the end, and the milliseconds it took. */
  readonly told: Promise<{ readonly message: StoredMessage; readonly after: number }>;
}

export interface Troubles {
  /** A look at the webcasts hangs, the next ones fail, and the status is asked for. */
  readonly read: Trouble;
  /** A webcast is made so late that nobody waits for the answer any more. */
  readonly late: Trouble;
  /** Making a webcast fails, and nothing is made. */
  readonly never: Trouble;
  /** The answer to making a webcast is lost, and so is every look for it. */
  readonly lost: Trouble;
  stop(): Promise<void>;
}

/** Begins all troubles at once and does not wait for their end, so that other stories can be told meanwhile. */
export async function beginTroubles(): Promise<Troubles> {
  const [read, late, never, lost] = await Promise.all([startRig(), startRig(), startRig(), startRig()]);
  await read.plan('events', 'Stuck');
  await read.fault({ kind: 'hang', on: 'livestream.list' });
  await read.fault({ kind: 'http', on: 'livestream.list', times: 99 });
  await late.fault({ kind: 'delay', on: 'livestream.add', delay: 60_000 });
  await never.fault({ kind: 'http', on: 'livestream.add' });
  await lost.fault({ kind: 'lost', on: 'livestream.add' });
  await lost.fault({ kind: 'http', on: 'livestream.list', times: 99 });
  return {
    read: begin(read, '/webcast status'),
    late: begin(late, '/webcast create "Made late" --start "in 10 minutes"'),
    never: begin(never, '/webcast create "Never made" --start "in 10 minutes" --no-dvr --recording off'),
    lost: begin(lost, '/webcast create "Made unseen" --start "in 10 minutes"'),
    async stop() {
      const stops = await Promise.allSettled([read, late, never, lost].map((rig) => rig.stop()));
      const broken = stops.flatMap((stop) => (stop.status === 'rejected' ? [String(stop.reason)] : []));
      if (broken.length > 0) throw new Error(broken.join('\n'));
    },
  };
}

function begin(rig: Rig, line: string): Trouble {
  const told = tell(rig, line);
  // Whoever waits for it gets the error; until then nobody may.
  told.catch(() => undefined);
  return { rig, told };
}

async function tell(rig: Rig, line: string): Promise<{ message: StoredMessage; after: number }> {
  const began = Date.now();
  const seen = () => rig.workspace.ephemerals('events', 'ada');
  const before = seen().length;
  const delivery = await rig.workspace.user('ada').runs(line, { in: 'events' });
  if (delivery.status !== 200) throw new Error(`${line} was acknowledged with ${delivery.status}.`);
  const message = await rig.double.until(`an answer to ${line}`, () => seen()[before], bound);
  return { message, after: Date.now() - began };
}
