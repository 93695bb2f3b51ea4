import { createTerminal, type PlaygroundWord } from '../../../../src/adapters/terminal/index.js';
import type { Command } from '../../../../src/core/command.js';
import { createDispatch } from '../../../../src/core/dispatch.js';
import type { Clock, Log, Platform, Store } from '../../../../src/core/ports.js';
import { instant, type Zone } from '../../../../src/core/webcast.js';
import { openStreams } from '../../../doubles/streams.js';
import { deafLive, unasked, unaskedKaltura, unaskedTickets } from '../../../rig/unasked.js';
import { type Done, makeCommands } from './commands.js';

const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };
const clock: Clock = { now: () => instant(Date.UTC(2026, 10, 23, 9)), wait: async () => {} };

const store: Store = {
  claimDelivery: async () => true,
  claimOnce: async () => true,
  beginCreation: unasked,
  finishCreation: unasked,
  saveNote: unasked,
  notes: unasked,
  edition: unasked,
  findNotes: unasked,
  upcoming: unasked,
  bind: unasked,
  bound: unasked,
  saveCard: async () => {},
  cards: async () => [],
  subscribe: unasked,
  unsubscribe: unasked,
  subscriptions: unasked,
  broadcast: unasked,
  question: unasked,
  settleQuestion: unasked,
  savePresenter: unasked,
  presenters: unasked,
  removePresenter: unasked,
  linkAccount: unasked,
  unlinkAccount: unasked,
  linkedUser: unasked,
  courses: unasked,
  addMark: unasked,
  marks: unasked,
  removeMark: unasked,
  shiftChapters: unasked,
  nudge: async () => {},
  markAnnounced: unasked,
  saveAnnouncement: unasked,
  audit: async () => {},
  close: async () => {},
};

export interface Rig {
  readonly platform: Platform;
  readonly done: Done;
  /** What was logged as an error. */
  readonly errors: string[];
  type(...lines: readonly string[]): void;
  /** Writes bytes as they are, without an end of line. */
  write(text: string): void;
  /** Everything printed so far. */
  printed(): string;
  /** Resolves once this was printed. */
  shows(text: string): Promise<void>;
  /** Ends the input and gives all that was printed when the terminal has said that it is over. */
  end(): Promise<string>;
  /** Breaks the output, as a reader that goes away does. */
  breakOutput(): void;
  /** Resolves when the terminal says that it is over. */
  readonly over: Promise<void>;
}

export interface Setting {
  readonly interactive?: boolean;
  readonly colours?: boolean;
  readonly banner?: readonly string[];
  readonly words?: readonly PlaygroundWord[];
  readonly more?: readonly Command[];
}

/** A started terminal over streams, with a real dispatch and the commands of commands.ts. */
export async function startTerminal(setting: Setting = {}): Promise<Rig> {
  const done: Done = [];
  const errors: string[] = [];
  const { input, output, printed, shows } = openStreams();
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const log: Log = { ...quiet, error: (_facts, message) => void errors.push(message) };
  const dispatch = createDispatch({
    commands: [...makeCommands(done), ...(setting.more ?? [])],
    kaltura: unaskedKaltura,
    store,
    clock,
    newId,
    log,
    policy: { roleOf: async () => 'admin', whoCan: () => 'Nobody.' },
    live: deafLive,
    tickets: unaskedTickets,
  });
  let finish = () => {};
  const over = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const platform = createTerminal({
    input,
    output,
    dispatch,
    newId,
    log,
    zone: 'Europe/Berlin' as Zone,
    colours: setting.colours ?? false,
    interactive: setting.interactive ?? false,
    banner: setting.banner ?? [],
    words: setting.words ?? [],
    onEnd: finish,
  });
  await platform.start();
  return {
    platform,
    done,
    errors,
    over,
    breakOutput: () => void output.destroy(new Error('EPIPE')),
    type: (...lines) => void input.write(lines.map((line) => `${line}\n`).join('')),
    write: (raw) => void input.write(raw),
    printed,
    shows,
    async end() {
      input.end();
      await over;
      await new Promise<void>((resolve) => output.once('end', resolve).end());
      return printed();
    },
  };
}

/** Types lines, ends the input, and gives what was printed and done. */
export async function play(lines: readonly string[], setting: Setting = {}) {
  const rig = await startTerminal(setting);
  rig.type(...lines);
  const text = await rig.end();
  return { text, done: rig.done, errors: rig.errors };
}
