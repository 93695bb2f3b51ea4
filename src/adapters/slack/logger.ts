import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../core/ports.js';

/** Lets bolt and the Web API client write into our log; their debug lines carry whole bodies and are left out. */
export function createLogger(log: Log): Logger {
  const words = (parts: readonly unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part)));
  const facts = (parts: readonly unknown[]) => {
    const error = parts.find((part) => part instanceof Error);
    return error ? { err: error } : {};
  };
  return {
    debug: () => undefined,
    info: (...parts) => log.debug(facts(parts), `slack: ${words(parts).join(' ')}`),
    warn: (...parts) => log.warn(facts(parts), `slack: ${words(parts).join(' ')}`),
    error: (...parts) => log.error(facts(parts), `slack: ${words(parts).join(' ')}`),
    getLevel: () => LogLevel.INFO,
    setLevel: () => undefined,
    setName: () => undefined,
  };
}
