import { BotError } from '../../core/errors.js';
import { writeLine } from '../../core/parse.js';
import type { Webcast } from '../../core/webcast.js';

/** Refuses to move what viewers are watching. */
export function refuseOnAir({ id, name, feed, open }: Webcast): void {
  if (feed !== 'picture' || !open) return;
  const why = `"${name}" is live, so its start cannot be moved.`;
  throw new BotError('refused', why, `Its end can: /webcast ${writeLine('edit', id)} --duration 90.`);
}
