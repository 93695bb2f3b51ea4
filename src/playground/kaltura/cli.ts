import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { codeOf } from './errors.js';
import type { KalturaServerOptions } from './index.js';

const USAGE =
  'Use --port N --partner-id P --admin-secret S --user-secret U --media-secret M [--state FILE] [--host 127.0.0.1] [--features A,B]';

/** A sentence for the person who started the program; it ends the program with code 1. */
class StartError extends Error {}

function readNumber(name: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new StartError(`--${name} must be a whole number from ${min} to ${max}, not "${value}".`);
}

/** Reads the words of the command line; secrets that were left out are made and given as lines to print. */
export function readOptions(words: string[]): { options: KalturaServerOptions; generated: string[] } {
  const text = { type: 'string' } as const;
  let values: Partial<Record<string, string>>;
  try {
    values = parseArgs({
      args: words,
      options: {
        port: text,
        'partner-id': text,
        'admin-secret': text,
        'user-secret': text,
        'media-secret': text,
        state: text,
        host: text,
        features: text,
      },
    }).values;
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message.split('. ')[0] : String(error)}. ${USAGE}.`);
  }
  const generated: string[] = [];
  const secret = (name: string, label: string) => {
    const given = values[name];
    if (given === '') throw new StartError(`--${name} is empty; leave it out to have one made.`);
    if (given !== undefined) return given;
    const made = randomBytes(16).toString('hex');
    generated.push(`${label} ${made}`);
    return made;
  };
  const options: KalturaServerOptions = {
    port: readNumber('port', values.port ?? '8080', 0, 65_535),
    partnerId: readNumber('partner-id', values['partner-id'] ?? '101', 1, 2_147_483_647),
    adminSecret: secret('admin-secret', 'Admin secret'),
    userSecret: secret('user-secret', 'User secret'),
    mediaSecret: secret('media-secret', 'Media server secret'),
    host: values.host ?? '127.0.0.1',
    features: (values.features ?? '').split(',').filter((feature) => feature !== ''),
    onDefect: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  };
  return { options: values.state === undefined ? options : { ...options, stateFile: values.state }, generated };
}

/** Says in one sentence why the program did not start, and what to do. */
export function explain(error: unknown, options: KalturaServerOptions): string {
  if (error instanceof StartError) return error.message;
  const code = codeOf(error);
  if (code === 'EADDRINUSE')
    return `Port ${options.port} is taken; stop the other program or choose another port with --port.`;
  if (code === 'EACCES') return `Port ${options.port} may not be used by this user; choose one above 1023 with --port.`;
  if (code === 'EADDRNOTAVAIL') return `This machine has no address ${options.host}; choose another with --host.`;
  return `${error instanceof Error ? error.message : String(error)}. ${USAGE}.`;
}
