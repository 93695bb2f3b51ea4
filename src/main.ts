import { randomUUID } from 'node:crypto';
import { systemClock } from './clock.js';
import { readConfig } from './config.js';
import { BotError } from './core/errors.js';
import { createLog } from './log.js';
import { startProgram } from './program.js';

/** Why a program could not start, in one sentence and its remedy, or whole when it is nothing that a person can mend. */
function sayWhy(error: unknown): string {
  if (error instanceof BotError) return `${error.message} ${error.hint}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel, (line) => process.stderr.write(line));
  const program = await startProgram(config, {
    clock: systemClock,
    newId: randomUUID,
    log,
    input: process.stdin,
    output: process.stdout,
  });
  const leave = () => void program.stop();
  process.once('SIGTERM', leave).once('SIGINT', leave);
  await program.ended;
  process.exitCode = 0;
} catch (error) {
  process.stderr.write(`${sayWhy(error)}\n`);
  process.exitCode = 1;
}
