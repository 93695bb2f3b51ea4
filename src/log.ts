import { pino } from 'pino';
import type { Log } from './core/ports.js';

/** Names whose values never reach a log, whatever object they stand in. */
const keys =
  /("(?:[a-z_]*(?:secret|token|password|passwd|privatekey|authorization|cookie|signature)|ks|response_url|trigger_id|streamname|private_metadata)"\s*:\s*)("(?:[^"\\]|\\.)*"|[\d.]+)/gi;
/** The same inside addresses and free text, in plain and in percent-encoded form. */
const assignments =
  /((?:^|[?&;,\s/"'(])(?:ks|t|p|token|secret|password|sig|client_secret)(?:=|%3D)|\/ks\/)(?!\[secret\])[^&\s"'\\,;/)]{6,}/gi;
/** Shapes that are secrets wherever they stand: Kaltura sessions, Slack tokens and webhooks, JSON web tokens. */
const shapes =
  /\b(?:djJ8|[A-Za-z0-9+/]{4}fD)[A-Za-z0-9+/_=-]{20,}|xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe[.\w-]+|https:\/\/hooks\.slack\.com\/[^\s"\\]+|eyJ[\w-]+\.[\w-]+\.[\w-]+/g;

/** Takes every secret out of one printed line. */
const scrub = (line: string): string =>
  line.replace(keys, '$1"[secret]"').replace(assignments, '$1[secret]').replace(shapes, '[secret]');

/** A pino log whose destination scrubs each line; redact paths were seen to leak (deep objects, arrays, error texts). */
export function createLog(level: string, write: (line: string) => void): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: (line) => write(scrub(line)) });
}
