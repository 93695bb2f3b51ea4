import { clearLine, createInterface, cursorTo } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** The two ends of a terminal: lines come in one at a time, text goes out. */
export interface Tty {
  /** The next line, after a question when one is given; undefined when the input has ended. */
  read(question?: string): Promise<string | undefined>;
  /** Hands a line back, to be read again first. */
  unread(line: string): void;
  print(lines: readonly string[]): void;
  /** Ends the input; lines not yet read are dropped. */
  close(): void;
}

/** Opens both ends; an interactive one has a prompt, editing and a history, a piped one nothing but what is printed. */
export function openTty(input: Readable, output: Writable, interactive: boolean): Tty {
  const reading = createInterface(
    interactive ? { input, output, terminal: true, prompt: '> ' } : { input, terminal: false },
  );
  const lines = reading[Symbol.asyncIterator]();
  const handedBack: string[] = [];
  let closed = false;
  let waiting = false;
  // A reader that has gone away (such as head) ends the conversation like the end of input.
  output.once('error', close);
  input.once('error', close);

  async function read(question?: string): Promise<string | undefined> {
    if (question !== undefined && !interactive) print([question]);
    const again = handedBack.shift();
    if (again !== undefined) return again;
    if (closed) return undefined;
    if (interactive) {
      reading.setPrompt(question === undefined ? '> ' : `${question} `);
      reading.prompt();
    }
    waiting = true;
    const next = await lines.next();
    waiting = false;
    return closed || next.done ? undefined : next.value;
  }

  function print(text: readonly string[]): void {
    if (output.destroyed || output.writableEnded) return;
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

  return { read, unread: (line) => void handedBack.unshift(line), print, close };
}
