// Plays a short show in the real program at a terminal that a person sits at, and hands back what stands on the screen.
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { readConfig } from '../../dist/config.js';
import { startProgram } from '../../dist/program.js';
import { createStoryClock } from './clock.mjs';
import { createScreen } from './screen.mjs';

/** What the person types, and what then stands at the end of the screen. */
const lines = [
  ['create "Q3 Town Hall" --start "in 10 minutes" --duration 45', /\n> $/],
  ['golive', /\n> $/],
  ['encoder start', /\n> $/],
  ['golive', /\[y\/N\] $/],
  ['y', /\n> $/],
  ['end --yes', /\n> $/],
];

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** The rows of the screen after the story, each a list of { text, style }. */
export async function playTerminal() {
  const dataDir = await mkdtemp(join(tmpdir(), 'webcast-pictures-'));
  const screen = createScreen();
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough({ decodeStrings: false }), { isTTY: true, columns: 100, rows: 200 });
  output.on('data', (chunk) => screen.write(String(chunk)));
  const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const clock = createStoryClock();
  const program = await startProgram(config, {
    clock,
    newId: randomUUID,
    log: quiet,
    input,
    output,
  });
  try {
    await screen.until(/> $/);
    for (const [line, seen] of lines) {
      screen.mark();
      input.write(`${line}\r`);
      await screen.until(seen);
      if (line === 'y') clock.skip(47 * 60_000);
    }
    return screen.rows();
  } finally {
    await program.stop();
    await rm(dataDir, { recursive: true });
  }
}
