import { clearLine, createInterface, cursorTo } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { narrowest, widest } from './limits.js';
import { wrap } from './text.js';

/** The two ends of a terminal: lines come in one at a time, text goes out. */
export interface Tty {
  /** A person types and sees a prompt; otherwise lines are piped. */
  readonly interactive: boolean;
  /** The columns of a line as they are now. */
  readonly width: number;
  /** The next line, after a question when one is given; undefined when the input has ended. */
  read(question?: string): Promise<string | undefined>;
  /** Hands a line back, to be read again first. */
  unread(line: string): void;
  print(lines: readonly string[]): void;
  /** Ends the input; lines not yet read are dropped. */
  close(): void;
}

/** Where a terminal prints; a screen knows its columns. */
export type Screen = Writable & { readonly columns?: number };

/** Opens both ends; an interactive one has a prompt, editing and a history, a piped one nothing but what is printed. */
export function openTty(input: Readable, output: Screen, interactive: boolean): Tty {
  const reading = createInterface(interactive ? { input, output, terminal: true } : { input, terminal: false });
  const lines = reading[Symbol.asyncIterator]();
  const handedBack: string[] = [];
  let closed = false;
  let waiting = false;
  // A reader that has gone away (such as head) ends the conversation like the end of input.
  output.on('error', close);
  input.on('error', close);

  const width = () => Math.min(widest, Math.max(narrowest, output.columns ?? widest));

  async function read(question?: string): Promise<string | undefined> {
    const asked = question === undefined ? [] : wrap(question, width() - 1, '  ');
    // A person finds where to type more easily below an empty line.
    print(interactive ? (question === undefined ? [''] : asked.slice(0, -1)) : asked);
    const again = handedBack.shift();
    if (again !== undefined) return again;
    if (closed) return undefined;
    if (interactive) {
      reading.setPrompt(`${asked.at(-1) ?? '>'} `);
      reading.prompt();
    }
    waiting = true;
    const next = await lines.next();
    waiting = false;
    if (!next.done && !closed) return next.value;
    if (interactive) print(['']);
    return undefined;
  }

  function print(text: readonly string[]): void {
    if (text.length === 0 || output.destroyed || output.writableEnded) return;
    const redraw = interactive && waiting && !closed;
    if (redraw) {
      cursorTo(output, 0);
      clearLine(output, 0);
    }
    output.write(text.map((line) => `${line}\n`).join(''));
    if (redraw) reading.prompt(true);
  }

  function close(): void {
    closed = true;
    handedBack.length = 0;
    reading.close();
  }

  return {
    interactive,
    get width() {
      return width();
    },
    read,
    unread: (line) => void handedBack.unshift(line),
    print,
    close,
  };
}
