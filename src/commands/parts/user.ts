import type { Context } from '../../core/command.js';
import { BotError } from '../../core/errors.js';

/** The Kaltura user that a person is: accounts know people by their e-mail address. */
export async function kalturaUserOf(context: Context): Promise<string> {
  const { email } = await context.profile();
  if (email !== undefined) return email.toLowerCase();
  throw new BotError(
    'refused',
    'I cannot see your e-mail address, by which Kaltura knows you.',
    'Whoever runs the bot lets it read addresses (users:read.email in Slack), or an admin links your account.',
  );
}
