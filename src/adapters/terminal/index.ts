import type { Readable } from 'node:stream';
import type { Dispatch } from '../../core/dispatch.js';
import type { Log, NewId, Person, Platform } from '../../core/ports.js';
import type { Zone } from '../../core/webcast.js';
import { explainError } from './errors.js';
import { createReceiver } from './receive.js';
import { createSender } from './send.js';
import { openTty, type Screen } from './tty.js';
import type { PlaygroundWord } from './words.js';

export type { PlaygroundWord } from './words.js';

export interface TerminalParts {
  readonly input: Readable;
  readonly output: Screen;
  readonly dispatch: Dispatch;
  readonly newId: NewId;
  readonly log: Log;
  /** The zone of the person who sits there. */
  readonly zone: Zone;
  readonly colours: boolean;
  /** A person types and sees a prompt; otherwise lines are piped. */
  readonly interactive: boolean;
  /** The first screen. */
  readonly banner: readonly string[];
  readonly words?: readonly PlaygroundWord[];
  /** Called once when the input has ended or the person leaves, after everything typed before is done. */
  onEnd(): void;
}

/**
 * Makes the platform of a terminal: one command a line, each done before the next is read. stop ends the reading
 * and does not wait for the line at work, which dispatch.stop does; onEnd is not called then.
 */
export function createTerminal(parts: TerminalParts): Platform {
  const { newId, log, zone } = parts;
  const person: Person = { id: 'you', zone };
  const tty = openTty(parts.input, parts.output, parts.interactive);
  const sender = createSender(tty, { zone, colours: parts.colours }, newId);
  let stopped = false;

  const platform: Platform = {
    name: 'terminal',
    async start() {
      tty.print(parts.banner);
      void serve();
    },
    async stop() {
      stopped = true;
      tty.close();
    },
    async post(place, view, thread) {
      return sender.post(place, view, thread);
    },
    async update(message, view) {
      sender.update(message, view);
    },
    async whisper(_whom, view) {
      sender.whisper(view);
    },
    async tell(_tenant, _person, view) {
      return sender.tell(view);
    },
    async profile() {
      return { name: 'you', email: undefined, zone };
    },
    async groupsOf() {
      return [];
    },
  };
  const receive = createReceiver({
    tty,
    sender,
    dispatch: parts.dispatch,
    platform,
    person,
    newId,
    words: parts.words ?? [],
  });

  async function serve(): Promise<void> {
    for (let line = await tty.read(); line !== undefined; line = await tty.read()) {
      try {
        if ((await receive(line)) === 'end') break;
      } catch (error) {
        sender.whisper(explainError(error, log, newId));
      }
    }
    if (!stopped) parts.onEnd();
  }

  return platform;
}
