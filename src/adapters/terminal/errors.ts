import { BotError } from '../../core/errors.js';
import type { Log, NewId } from '../../core/ports.js';
import { say, type View } from '../../core/view.js';

/** Words for an error outside of dispatch; one that is not ours to explain gets a reference that is also in the log. */
export function explainError(error: unknown, log: Log, newId: NewId): View {
  if (error instanceof BotError && error.code !== 'bug') return say(error.message, error.hint);
  const reference = newId().slice(0, 8);
  log.error({ err: error, reference }, 'A line of the terminal failed for a reason that is ours');
  return say('Something went wrong on our side.', `The log has it under this reference: ${reference}.`);
}
