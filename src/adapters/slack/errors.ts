import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { BotError } from '../../core/errors.js';

const tokenHint = 'Whoever runs the bot has to install the Slack app again and set SLACK_BOT_TOKEN anew.';

const fileHint = 'Ask whoever runs the workspace to allow it.';

/** What was asked of Slack: the method, and whether doing it twice does no harm. */
export interface Asked {
  readonly method: string;
  readonly repeatable: boolean;
}

/** Turns what the Web API client throws into words for a person; errors that are not Slack's stay as they are. */
export function translate(error: unknown, asked: Asked): unknown {
  if (error instanceof webApi.WebAPIPlatformError) return refused(error, asked);
  if (error instanceof webApi.WebAPIRateLimitedError) {
    const hint = `Try again in ${error.retryAfter} s.`;
    return new BotError('busy', 'Slack is asked too often.', hint, error, error.retryAfter * 1000);
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    if (error.statusCode < 500) return misdirected(error);
    return asked.repeatable ? away(error) : unclear(error);
  }
  if (error instanceof webApi.WebAPIRequestError) {
    return asked.repeatable || neverSent(error.original) ? away(error) : unclear(error);
  }
  // A 429 without Retry-After comes as a plain Error from the client.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return new BotError('busy', 'Slack is asked too often.', 'Try again in a minute.', error);
  }
  return error;
}

/** Milliseconds that Slack's rate limit asks to wait; undefined when the error is none. */
export function waitAskedBy(error: unknown): number | undefined {
  return error instanceof webApi.WebAPIRateLimitedError ? error.retryAfter * 1000 : undefined;
}

/** The error code in Slack's answer, such as channel_not_found; undefined when Slack did not answer. */
export function slackCode(error: unknown): string | undefined {
  const cause = error instanceof BotError ? error.cause : error;
  return cause instanceof webApi.WebAPIPlatformError ? cause.data.error : undefined;
}

/** Whether Slack does not show a picture in a message: it looks at a new file for a while, and deleted ones are gone. */
export function isPictureRefused(error: unknown): boolean {
  const cause = error instanceof BotError ? error.cause : error;
  if (slackCode(error) !== 'invalid_blocks' || !(cause instanceof webApi.WebAPIPlatformError)) return false;
  return (cause.data.response_metadata?.messages ?? []).some((message) => message.includes('slack_file'));
}

/** Whether Slack no longer takes the trigger_id of a form; it lives 3 s and is good for one form. */
export function isTriggerGone(error: unknown): boolean {
  const code = slackCode(error);
  if (code === 'expired_trigger_id' || code === 'exchanged_trigger_id' || code === 'invalid_trigger_id') return true;
  const cause = error instanceof BotError ? error.cause : error;
  if (code !== 'invalid_arguments' || !(cause instanceof webApi.WebAPIPlatformError)) return false;
  return (cause.data.response_metadata?.messages ?? []).some((message) => message.includes('trigger_id'));
}

/** Node's codes of a connection that was never made, so that nothing can have been carried out. */
const unconnected = z.object({
  cause: z.object({ code: z.enum(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']) }),
});

const neverSent = (error: Error): boolean => unconnected.safeParse(error).success;

function misdirected(error: webApi.WebAPIHTTPError): BotError {
  return new BotError(
    'misconfigured',
    `Slack's address answers with HTTP ${error.statusCode}.`,
    'Whoever runs the bot has to check SLACK_API_URL and what stands between the bot and Slack.',
    error,
  );
}

function away(cause: unknown): BotError {
  return new BotError('unavailable', 'Slack does not answer.', 'Try again in a minute.', cause);
}

function unclear(cause: unknown): BotError {
  return new BotError(
    'outcome_unknown',
    'Slack did not say whether the message was posted.',
    'Look at the channel before you try again.',
    cause,
  );
}

const neededScope = z.object({ needed: z.string() });

function refused(error: webApi.WebAPIPlatformError, asked: Asked): BotError {
  const code = error.data.error;
  switch (code) {
    case 'channel_not_found':
    case 'not_in_channel':
      return new BotError(
        'cannot_post',
        'Webcast is not in this channel, so it cannot post here.',
        'Type /invite @Webcast in the channel, then try again.',
        error,
      );
    case 'is_archived':
      return new BotError('cannot_post', 'This channel is archived.', 'Use another channel.', error);
    case 'restricted_action':
    case 'restricted_action_read_only_channel':
    case 'restricted_action_thread_only_channel':
    case 'restricted_action_non_threadable_channel':
    case 'posting_to_channel_denied':
      return new BotError(
        'cannot_post',
        'This channel does not let apps post.',
        'Ask an owner of the channel to allow it, or use another channel.',
        error,
      );
    case 'user_not_in_channel':
      return new BotError('cannot_post', 'You are not in this channel.', 'Join the channel, then try again.', error);
    case 'messages_tab_disabled':
      return new BotError(
        'misconfigured',
        'The Slack app takes no direct messages.',
        'Whoever runs the bot has to switch on its messages tab under App Home.',
        error,
      );
    case 'token_revoked':
    case 'token_expired':
    case 'invalid_auth':
    case 'account_inactive':
    case 'not_authed':
    case 'not_allowed_token_type':
    case 'org_login_required':
      return new BotError('misconfigured', `Slack does not accept the bot's token (${code}).`, tokenHint, error);
    case 'missing_scope': {
      const scope = neededScope.safeParse(error.data).data?.needed ?? 'it needs';
      return new BotError(
        'misconfigured',
        `The Slack app lacks the scope ${scope}.`,
        'Whoever runs the bot has to add it under OAuth & Permissions and install the app again.',
        error,
      );
    }
    case 'file_uploads_disabled':
    case 'file_uploads_except_images_disabled':
    case 'file_type_not_allowed':
    case 'file_upload_size_restricted':
      return new BotError('refused', `This workspace does not take such files (${code}).`, fileHint, error);
    case 'storage_limit_reached':
      return new BotError('refused', 'This workspace has no room for more files.', fileHint, error);
    case 'ratelimited':
    case 'rate_limited':
    case 'message_limit_exceeded':
      return new BotError('busy', 'Slack is asked too often.', 'Try again in a minute.', error);
    case 'fatal_error':
    case 'internal_error':
    case 'request_timeout':
    case 'service_unavailable':
    case 'team_added_to_org':
      return asked.repeatable ? away(error) : unclear(error);
    case 'message_not_found':
    case 'cant_update_message':
    case 'edit_window_closed':
      return new BotError('not_found', 'The message is gone or can no longer be edited.', 'Ask for a new one.', error);
    case 'user_not_found':
    case 'user_not_visible':
      return new BotError('not_found', 'Slack does not know this person.', 'Check who was meant.', error);
    default:
      return new BotError('bug', `Slack refused ${asked.method}: ${code}.`, 'This is ours to mend.', error);
  }
}
