import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../program/child.js';

/** What a run of the program printed, and how it ended. */
export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

/** Runs the built program in demo mode on a data folder of its own, with these lines as its whole input. */
export async function play(
  lines: string | readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-play-'));
  try {
    return await run(lines, { DATA_DIR: dataDir, ...env });
  } finally {
    await rm(dataDir, { recursive: true });
  }
}

/** The same on a given data folder. */
export async function run(lines: string | readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  const child = startChild('main.js', { PORT: '0', ...env }, { input: 'pipe' });
  child.write(typeof lines === 'string' ? lines : `${lines.join('\n')}\n`);
  child.close();
  const { code } = await child.ended;
  return { stdout: child.stdout, stderr: child.stderr, code };
}
