import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const here = import.meta.dirname;

/** A writer process: see writer.ts. */
export interface Writer {
  readonly pid: number;
  say(line: string): void;
  /** Every line it has printed so far. */
  readonly said: readonly string[];
  /** Resolves with the next line it prints. */
  next(): Promise<string>;
  /** Ends its input, and so the process after its work. */
  finish(): Promise<void>;
  /** Kills it as a crash would, and resolves when it is gone and all that it printed has been read. */
  kill(): Promise<void>;
}

/** Starts a writer on the store that these variables name. */
export function startWriter(variables: NodeJS.ProcessEnv): Writer {
  const loader = join(here, '..', '..', 'setup', 'typescript.mjs');
  const child = spawn(process.execPath, ['--no-warnings', '--import', loader, join(here, 'writer.ts')], {
    env: { ...process.env, ...variables },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const said: string[] = [];
  const lines = createInterface(child.stdout).on('line', (line) => said.push(line));
  const ended = closed.then(() => {
    throw new Error('The writer has ended.');
  });
  ended.catch(() => {});
  if (child.pid === undefined) throw new Error('The writer could not be started.');
  return {
    pid: child.pid,
    said,
    say: (line) => void child.stdin.write(`${line}\n`),
    next: async () => String((await Promise.race([once(lines, 'line'), ended]))[0]),
    finish: async () => {
      child.stdin.end();
      await closed;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
