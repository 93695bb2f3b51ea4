import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How a process ended: its exit code, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A built program that runs as a process of its own. */
export interface Child {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Resolves when the process has ended and all that it printed was read. */
  readonly ended: Promise<Ending>;
  /** Resolves with the first match in what it printed; rejects when it ends or 10 s pass without one. */
  prints(pattern: RegExp): Promise<RegExpExecArray>;
  write(text: string): void;
  /** Ends its input. */
  close(): void;
  kill(signal: NodeJS.Signals): void;
}

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Starts a program of dist/ with these variables and none of the tests' own but the path and a home zone. */
export function startChild(
  script: string,
  env: Readonly<Record<string, string>>,
  options: { readonly args?: readonly string[]; readonly input?: 'pipe' | 'ignore' } = {},
): Child {
  const file = `${root}dist/${script}`;
  if (!existsSync(file)) throw new Error(`dist/${script} is not there: npm test builds it, or type npm run build.`);
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [file, ...(options.args ?? [])], {
    cwd: root,
    env: { PATH, TZ: 'UTC', ...env },
    stdio: [options.input ?? 'ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  const readers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      printed[name] += text;
      for (const read of [...readers]) read();
    });
  }
  const ended = new Promise<Ending>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });

  return {
    pid: child.pid ?? 0,
    get stdout() {
      return printed.stdout;
    },
    get stderr() {
      return printed.stderr;
    },
    ended,
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const leave = (act: () => void) => {
          clearTimeout(timer);
          readers.delete(read);
          act();
        };
        const read = () => {
          const found = pattern.exec(printed.stdout) ?? pattern.exec(printed.stderr);
          if (found) leave(() => resolve(found));
        };
        const fail = (why: string) =>
          leave(() => reject(new Error(`${why} before ${pattern}: ${printed.stdout}${printed.stderr}`)));
        const timer = setTimeout(() => fail('60 s passed'), 60_000);
        readers.add(read);
        ended.then(({ code }) => fail(`It ended with ${code}`)).catch(reject);
        read();
      }),
    write: (text) => void child.stdin?.write(text),
    close: () => void child.stdin?.end(),
    kill: (signal) => void child.kill(signal),
  };
}
