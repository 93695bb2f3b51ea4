import { BotError, type ErrorCode } from '../core/errors.js';
import { KalturaError, refusalOf } from './client/error.js';
import type { Credentials } from './client/session.js';

/** What is said of an error: what happened and what to do now. */
interface Words {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string;
}

type Say = (error: KalturaError) => Words;

const words = (code: ErrorCode, message: string, hint: string): Words => ({ code, message, hint });

const tryAgain = 'Try again in a minute. If it stays so, tell whoever runs the bot.';
const tellOperator = 'Tell whoever runs the bot.';

/** What an app token's role must allow, or an account must have, for an action of Kaltura. */
const neededFor: Readonly<Record<string, string>> = {
  'livestream->add': 'live streaming on the account (FEATURE_LIVE_STREAM) and the permission LIVE_STREAM_ADD',
  'livestream->update': 'the permission LIVE_STREAM_UPDATE',
  'livestream->list': 'live streaming on the account (FEATURE_LIVE_STREAM) and an admin session',
  'user->get': "reading the account's users and an admin session",
  'baseentry->list': 'the permission BASE_USER_SESSION_PERMISSION and an admin session',
};

const forbidden: Say = (error) => {
  const service = error.args.SERVICE ?? 'this action';
  const needed = neededFor[service.toLowerCase()] ?? `the permission for ${service}`;
  return words(
    'forbidden',
    `Kaltura does not let the bot use ${service}.`,
    `Ask an administrator of the Kaltura account: the bot's session needs ${needed}.`,
  );
};

const invalidSession: Say = (error) => {
  if (refusalOf(error) === 'not an editor')
    return words(
      'forbidden',
      "The bot's Kaltura user is neither owner nor co-editor of this webcast.",
      "Ask its owner to add the bot's user as co-editor, or have the bot connected with an admin session.",
    );
  return words(
    'misconfigured',
    "Kaltura refuses the bot's session.",
    'Whoever runs the bot should check the Kaltura credentials and the partner id; the app token may have been deleted.',
  );
};

/** PROP_NAME is "KalturaLiveStreamEntry::name"; people know the part behind the colons. */
const propertyOf = (error: KalturaError): string => error.args.PROP_NAME?.split('::').at(-1) ?? 'one of the values';

const property: Say = (error) =>
  words(
    'invalid',
    `Kaltura does not accept the value of ${propertyOf(error)} (${limitOf(error)}).`,
    'Change it and try again.',
  );

/** The fields that an encoder locks, as people know them. */
const lockedFields: Readonly<Record<string, string>> = {
  dvrStatus: 'DVR',
  dvrWindow: 'The DVR window',
  recordStatus: 'Recording',
  conversionProfileId: 'Transcoding',
  explicitLive: 'The preview',
  recordingOptions: 'Same viewers for the recording',
};

/** FIELD is "dvrStatus", or "recordingOptions.shouldCopyEntitlement" for a part of it. */
const fieldOf = ({ args }: KalturaError): string => {
  const field = args.FIELD?.split('.')[0];
  return field === undefined ? 'This' : (lockedFields[field] ?? field);
};

function limitOf(error: KalturaError): string {
  const rest = Object.entries(error.args).filter(([name]) => name !== 'PROP_NAME');
  const rule = error.code.replace('PROPERTY_VALIDATION_', '').toLowerCase().replaceAll('_', ' ');
  return [rule, ...rest.map(([, value]) => value)].join(' ');
}

const noSuchWebcast: Say = (error) => {
  const id = error.args.ENTRY_ID ?? error.args.ID;
  return words(
    'not_found',
    `Kaltura knows no webcast ${id ? `with the id ${id}` : 'with this id'}, or the bot may not see it.`,
    'Check the id; "list" shows the webcasts of this account.',
  );
};

/** The element that an XSD is about: what is missing where something is, else what has a wrong value or place. */
function elementOf({ args }: KalturaError): string | undefined {
  const said = (args.ERR_MSG ?? '').replaceAll('&#039;', "'");
  const missing = /Missing child element\(s\)\. Expected is (?:one of )?\( ?(?:[^)]*, )?([\w.-]+)/.exec(said)?.[1];
  return missing ?? /Element '([\w.-]+)'/.exec(said)?.[1];
}

const metadataRefused: Say = (error) => {
  const name = elementOf(error);
  return words(
    'refused',
    `The account's own rules for event data refuse ${name === undefined ? 'what was written' : `"${name}"`}.`,
    'An administrator of Kaltura fills it in for this webcast or makes it optional in the metadata profile; then repair it.',
  );
};

const always = (code: ErrorCode, message: string, hint: string): Say => {
  const said = words(code, message, hint);
  return () => said;
};

const credentialsRefused = always(
  'misconfigured',
  "Kaltura does not accept the bot's credentials.",
  'Whoever runs the bot should check KALTURA_PARTNER_ID and KALTURA_APP_TOKEN_ID with KALTURA_APP_TOKEN, or KALTURA_ADMIN_SECRET.',
);
const blocked = always(
  'misconfigured',
  'Kaltura has blocked this account, or there is no account with this partner id.',
  "Whoever runs the bot should check KALTURA_PARTNER_ID and KALTURA_SERVICE_URL, then ask Kaltura's support.",
);
const noFile = always(
  'refused',
  'This recording has no file that can be downloaded yet.',
  'The file follows when Kaltura has finished processing the recording.',
);
const busy = always('busy', 'Kaltura is asked too often at the moment.', 'Wait ten seconds and try again.');
const hiccup = always('unavailable', 'Kaltura had an error of its own.', tryAgain);
const unintelligible = always('unavailable', 'Kaltura gave an answer that makes no sense.', tryAgain);
const recordingOff = always(
  'refused',
  'Recording is not enabled on this Kaltura account.',
  'Choose recording "off" and try again, or ask an administrator of Kaltura for live recording (FEATURE_LIVE_STREAM_RECORD).',
);
const recordingUnfinished = always(
  'refused',
  'Kaltura does not delete a webcast before its recording is finished.',
  'Wait until the recording is ready. When a broadcast never got any content, Kaltura lets it go after seven days.',
);
/** What an account may send at the same time is set by contract, and counted apart for each kind of stream. */
const limitOfStreams = (kind: string, remedy: string): Say =>
  always(
    'refused',
    `The account already sends as many ${kind} at the same time as it may.`,
    `End another webcast whose encoder still sends${remedy}, or ask Kaltura for a higher limit before the event.`,
  );
const categoryClosed = always(
  'forbidden',
  "Kaltura does not let the bot's user add to this category.",
  'Ask an owner of the category to let it contribute, or to add the webcast themselves.',
);
const ourMistake = always('bug', 'The bot asked Kaltura in a way that Kaltura does not understand.', tellOperator);

const httpError: Say = (error) =>
  (error.httpStatus ?? 500) >= 500
    ? words('unavailable', `Kaltura is out of order (HTTP ${error.httpStatus}).`, tryAgain)
    : words(
        'misconfigured',
        `Kaltura's address answers with HTTP ${error.httpStatus}, which is not how its API answers.`,
        'Whoever runs the bot should check KALTURA_SERVICE_URL and what stands between the bot and Kaltura.',
      );

/** Every code that has words of its own: Kaltura's codes and the faults of the wire. */
const sayings: Readonly<Record<string, Say>> = {
  INVALID_KS: invalidSession,
  MISSING_KS: invalidSession,
  START_SESSION_ERROR: credentialsRefused,
  START_WIDGET_SESSION_ERROR: credentialsRefused,
  INVALID_WIDGET_ID: credentialsRefused,
  APP_TOKEN_ID_NOT_FOUND: credentialsRefused,
  APP_TOKEN_NOT_ACTIVE: credentialsRefused,
  APP_TOKEN_EXPIRED: credentialsRefused,
  INVALID_APP_TOKEN_HASH: credentialsRefused,
  UNKNOWN_ROLE_ID: credentialsRefused,
  SERVICE_FORBIDDEN: forbidden,
  ACTION_FORBIDDEN: forbidden,
  SERVICE_FORBIDDEN_CONTENT_BLOCKED: blocked,
  SERVICE_FORBIDDEN_FULLY_BLOCKED: blocked,
  SERVICE_FORBIDDEN_PARTNER_DELETED: blocked,
  FEATURE_FORBIDDEN: (error) =>
    words(
      'forbidden',
      `The Kaltura account does not have the feature ${error.args.FEATURE ?? 'this needs'}.`,
      'Ask an administrator of the Kaltura account for it.',
    ),
  ENTRY_ID_NOT_FOUND: noSuchWebcast,
  INVALID_ENTRY_ID: noSuchWebcast,
  // A session whose role does not exist starts well and fails so at every call.
  INVALID_OBJECT_ID: credentialsRefused,
  FLAVOR_ASSET_ID_NOT_FOUND: noFile,
  FLAVOR_ASSET_IS_NOT_READY: noFile,
  RECORDING_DISABLED: recordingOff,
  KALTURA_RECORDING_DISABLED: recordingOff,
  ENTRY_CANNOT_BE_TRIMMED: always(
    'refused',
    'Kaltura does not let this recording be trimmed.',
    'Trimming may be switched off for it, or it holds no picture yet. Its owner can edit it in Kaltura.',
  ),
  ENTRY_REPLACEMENT_ALREADY_EXISTS: always(
    'refused',
    'This recording is being trimmed or replaced already.',
    'Wait until that is done, or say yes or no to it where it waits for approval.',
  ),
  ENTRY_ID_NOT_REPLACED: always(
    'refused',
    'No trimmed picture waits for this recording.',
    'It may be in place already.',
  ),
  CATEGORY_NOT_FOUND: always(
    'not_found',
    'Kaltura has no such category.',
    'Type its full name, such as "Company>Town Halls".',
  ),
  CANNOT_ASSIGN_ENTRY_TO_CATEGORY: always(
    'forbidden',
    'Kaltura does not let the bot put it into this category.',
    "Ask the category's owner to let the bot's user contribute to it.",
  ),
  CONVERSION_PROFILE_ID_NOT_FOUND: always(
    'invalid',
    'The chosen conversion profile does not exist any more, or is not one for live streams.',
    "Choose another one, or leave it out to use the account's default.",
  ),
  PROPERTY_VALIDATION_ADMIN_PROPERTY: (error) =>
    words(
      'forbidden',
      `Only an admin session may set ${propertyOf(error)}.`,
      'Whoever runs the bot should connect it with an app token of session type 2 (admin).',
    ),
  INVALID_PARAMETER_CHAR: always(
    'invalid',
    'Kaltura does not accept control characters in a text.',
    'Type the text again without them.',
  ),
  CANNOT_UPDATE_FIELDS_WHILE_ENTRY_BROADCASTING: (error) =>
    words('refused', `${fieldOf(error)} cannot be changed while the encoder sends.`, 'Stop the encoder first.'),
  CANNOT_UPDATE_FIELDS_RECORDED_ENTRY_STILL_NOT_READY: (error) =>
    words(
      'refused',
      `${fieldOf(error)} cannot be changed while the last recording is processed.`,
      'Wait until the recording is ready.',
    ),
  CANNOT_DELETE_LIVE_ENTRY_WHILE_STREAMING: always(
    'refused',
    'A webcast cannot be deleted while an encoder sends to it.',
    'Stop the encoder first.',
  ),
  RECORDED_NOT_READY: recordingUnfinished,
  RECORDING_FLOW_NOT_COMPLETE: recordingUnfinished,
  RECORDING_CONTENT_NOT_YET_SET: recordingUnfinished,
  LIVE_STREAM_EXCEEDED_MAX_PASSTHRU: limitOfStreams('passthrough streams', ''),
  LIVE_STREAM_EXCEEDED_MAX_TRANSCODED: limitOfStreams(
    'transcoded streams',
    ', choose a passthrough profile, which is not counted among them',
  ),
  LIVE_STREAM_EXCEEDED_MAX_RTC_STREAMS: limitOfStreams('streams from browsers', ', send by an encoder'),
  LIVE_STREAM_EXCEEDED_MAX_CONCURRENT_BY_ADMIN_TAG: (error) =>
    words(
      'refused',
      `The account allows ${error.args.ALLOWED ?? 'no more'} streams at the same time with the tag ${error.args.ADMIN_TAG ?? 'of this webcast'}.`,
      'End another webcast whose encoder still sends, or ask Kaltura for a higher limit before the event.',
    ),
  LIVE_STREAM_INVALID_TOKEN: always(
    'refused',
    'The encoder sends to an old address: the stream password was changed since.',
    'Type "encoder" for the address that is good now, and set the encoder anew.',
  ),
  LIVE_STREAM_ALREADY_BROADCASTING: always(
    'refused',
    'Another encoder is sending to this webcast already.',
    'Stop it first, or set this one up as the backup.',
  ),
  LIVE_STREAM_EXCEEDED_MAX_RECORDED_DURATION: always(
    'refused',
    'The recording has reached the longest duration that Kaltura keeps in one, which is 24 hours on most accounts.',
    'End the show and go live again: a new recording begins.',
  ),
  DYNAMIC_SEGMENT_DURATION_DISABLED: always(
    'forbidden',
    'The account may not choose the length of segments.',
    'Ask an administrator of the Kaltura account for FEATURE_DYNAMIC_SEGMENT_DURATION.',
  ),
  MAX_CATEGORIES_FOR_ENTRY_REACHED: (error) =>
    words(
      'refused',
      `A webcast can be in ${error.args.CATEGORIES ?? '32'} categories at most on this account.`,
      'Name fewer of them.',
    ),
  CATEGORY_NOT_PERMITTED: categoryClosed,
  NOT_ENTITLED_TO_UPDATE_CATEGORY: categoryClosed,
  CATEGORIES_LOCKED: always('busy', 'Kaltura is rebuilding its categories.', 'Try again in a few minutes.'),
  ENTRY_CATEGORY_FIELD_IS_DEPRECATED: ourMistake,
  INVALID_METADATA_DATA: metadataRefused,
  INVALID_METADATA_VERSION: always(
    'busy',
    'Somebody else changes the same event data again and again.',
    'Try again in a minute.',
  ),
  METADATA_TRANSFORMING: always(
    'busy',
    'Kaltura is bringing event data to a new form just now.',
    'Try again in a few minutes.',
  ),
  SCHEDULE_TIME_IN_USE: always(
    'refused',
    "Kaltura's schedule has something else at that time.",
    'Choose another time, or clear the schedule in Kaltura.',
  ),
  MAX_SCHEDULE_DURATION_REACHED: always(
    'refused',
    "Kaltura's schedule takes no more than a day for one event.",
    'Plan a shorter webcast.',
  ),
  QUERY_EXCEEDED_MAX_MATCHES_ALLOWED: always('invalid', 'Too many webcasts fit.', 'Search with more words.'),
  SEARCH_TOO_GENERAL: always('invalid', 'Too many webcasts fit.', 'Search with more words.'),
  SEARCH_ENGINE_SYNTAX_ERROR: always('invalid', 'Kaltura cannot search for these words.', 'Try plain words.'),
  ACTION_BLOCKED: busy,
  RATE_LIMITED: busy,
  INTERNAL_SERVERL_ERROR: hiccup,
  INTERNAL_DATABASE_ERROR: hiccup,
  SEARCH_ENGINE_QUERY_FAILED: hiccup,
  LOCK_TIMED_OUT: hiccup,
  MISSING_MANDATORY_PARAMETER: ourMistake,
  INVALID_ENUM_VALUE: ourMistake,
  OBJECT_TYPE_ABSTRACT: ourMistake,
  ENTRY_SOURCE_TYPE_NOT_SUPPORTED: ourMistake,
  SERVICE_DOES_NOT_EXISTS: ourMistake,
  ACTION_DOES_NOT_EXISTS: ourMistake,
  UNREACHABLE: always('unavailable', 'Kaltura cannot be reached.', tryAgain),
  TIMED_OUT: always('unavailable', 'Kaltura does not answer.', tryAgain),
  CUT_OFF: always('unavailable', 'The connection to Kaltura broke.', tryAgain),
  HTTP_ERROR: httpError,
  NOT_JSON: unintelligible,
  TOO_LARGE: unintelligible,
  UNREADABLE: unintelligible,
  STOPPED: always('unavailable', 'The bot is being stopped.', 'Try again in a minute.'),
};

/** Says a Kaltura error in words for a person: what happened and what to do now. */
export function toBotError(error: KalturaError): BotError {
  const say = sayings[error.code] ?? (error.code.startsWith('PROPERTY_VALIDATION_') ? property : undefined);
  const said = say?.(error) ?? words('refused', `Kaltura refused this with ${error.code}.`, tellOperator);
  return new BotError(said.code, said.message, said.hint, error);
}

/** Runs a verb; what Kaltura refuses comes out as a BotError. */
export async function inOurWords<T>(verb: () => Promise<T>): Promise<T> {
  try {
    return await verb();
  } catch (error) {
    throw error instanceof KalturaError ? toBotError(error) : error;
  }
}

const variables: Record<Credentials['kind'], string> = {
  'app token': 'KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN',
  'admin secret': 'KALTURA_ADMIN_SECRET',
};

/** Runs the start; what goes wrong names the variable to look at. */
export async function startInOurWords(
  serviceUrl: string,
  kind: Credentials['kind'],
  start: () => Promise<void>,
): Promise<void> {
  try {
    await start();
  } catch (error) {
    if (!(error instanceof KalturaError)) throw error;
    const said = toBotError(error);
    const hint =
      said.code === 'misconfigured'
        ? `Check KALTURA_PARTNER_ID and ${variables[kind]} for ${serviceUrl} (Kaltura says ${error.code}).`
        : `Check KALTURA_SERVICE_URL (${serviceUrl}) and the way there (${error.code}).`;
    throw new BotError(said.code, said.message, hint, error);
  }
}
