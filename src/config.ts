import { z } from 'zod';
import { BotError } from './core/errors.js';
import { type Grant, readGrant } from './core/policy.js';
import { Secret } from './core/secret.js';

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1)$/;

const address = z.string().transform((text, ctx) => {
  try {
    const url = new URL(text);
    if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname)))
      return text.replace(/\/+$/, '');
  } catch {
    // An address that does not parse gets the same sentence as one that may not be used.
  }
  ctx.addIssue({ code: 'custom', message: 'must be an https address (http only on loopback)' });
  return z.NEVER;
});

const secret = z.string().transform((text) => new Secret(text));
const starting = (prefix: string) =>
  z
    .string()
    .startsWith(prefix, `must start with ${prefix}`)
    .transform((text) => new Secret(text));

const people = z.string().transform((text, ctx): Grant[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => {
      const grant = readGrant(name);
      if (!grant)
        ctx.addIssue({
          code: 'custom',
          message: `holds "${name}", which is neither slack:U…, teams:… nor an e-mail address`,
        });
      return grant ?? { kind: 'email', email: '' };
    }),
);

interface Variable<T> {
  readonly meaning: string;
  readonly left: string;
  readonly schema: z.ZodType<T>;
}

const variable = <T>(meaning: string, left: string, schema: z.ZodType<T>): Variable<T> => ({ meaning, left, schema });

/**
 * Every variable that the program reads, with its meaning and what holds when it is left out.
 * @public the docs' table is made from it
 */
export const variables = {
  PORT: variable(
    'Port of the HTTP front; 0 takes a free one.',
    '3000',
    z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number')
      .transform(Number)
      .pipe(z.number().max(65535, 'must be a port number'))
      .optional(),
  ),
  HOST: variable('Address the HTTP front listens on.', '0.0.0.0; 127.0.0.1 in demo mode', z.string().optional()),
  PUBLIC_URL: variable(
    'Where people and platforms reach the front: https, or http on loopback.',
    'none',
    address.optional(),
  ),
  LOG_LEVEL: variable(
    'trace, debug, info, warn, error, fatal or silent.',
    'info; warn in demo mode',
    z
      .enum(
        ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
        'must be trace, debug, info, warn, error, fatal or silent',
      )
      .optional(),
  ),
  DATABASE_URL: variable(
    'A PostgreSQL database, postgres://…; needed when several replicas run.',
    'SQLite in DATA_DIR',
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
      .transform((text) => new Secret(text))
      .optional(),
  ),
  DATA_DIR: variable('Folder of the SQLite file; one process at a time.', './data', z.string().optional()),
  KALTURA_SERVICE_URL: variable(
    'The Kaltura API: https, or http on loopback.',
    'https://www.kaltura.com',
    address.optional(),
  ),
  KALTURA_PARTNER_ID: variable(
    'The account (partner) number.',
    'demo mode plays a Kaltura of its own',
    z
      .string()
      .regex(/^\d{1,10}$/, 'must be the number of a Kaltura account')
      .transform(Number)
      .optional(),
  ),
  KALTURA_APP_TOKEN_ID: variable(
    'Id of an application token; the safer way to sign in.',
    'KALTURA_ADMIN_SECRET',
    z.string().optional(),
  ),
  KALTURA_APP_TOKEN: variable('The application token itself.', 'KALTURA_ADMIN_SECRET', secret.optional()),
  KALTURA_ADMIN_SECRET: variable(
    "The account's admin secret, where there is no application token.",
    'the application token',
    secret.optional(),
  ),
  ENCRYPTION_KEY: variable(
    'Seals what workspaces are installed with: 32 bytes in base64 (openssl rand -base64 32). To change it, put the new ' +
      'key first and the old one after a comma.',
    'needed for many Slack workspaces',
    z
      .string()
      .regex(
        /^[\w+/-]{43}=?(\s*,\s*[\w+/-]{43}=?)*$/,
        'must be 32 bytes in base64, or several of them with commas between',
      )
      .transform((text) => new Secret(text))
      .optional(),
  ),
  SLACK_SIGNING_SECRET: variable('Signing secret of the Slack app, for HTTP mode.', 'Slack is off', secret.optional()),
  SLACK_BOT_TOKEN: variable('Bot token, xoxb-…, of one workspace.', 'Slack is off', starting('xox').optional()),
  SLACK_CLIENT_ID: variable(
    'Client id of the Slack app, for many workspaces; with it the next two, ENCRYPTION_KEY and PUBLIC_URL.',
    'one workspace, by SLACK_BOT_TOKEN',
    z.string().optional(),
  ),
  SLACK_CLIENT_SECRET: variable('Client secret of the Slack app.', 'one workspace', secret.optional()),
  SLACK_STATE_SECRET: variable(
    'Any long random words; they sign what goes through Slack while a workspace installs the app.',
    'one workspace',
    secret.optional(),
  ),
  SLACK_APP_TOKEN: variable(
    'App-level token, xapp-…; switches Socket Mode on, no public address needed.',
    'HTTP mode',
    starting('xapp-').optional(),
  ),
  SLACK_API_URL: variable(
    "Slack's Web API, for tests and proxies; ends in /api/.",
    'https://slack.com/api/',
    z
      .string()
      .endsWith('/api/', 'must end in /api/')
      .pipe(address)
      .transform((text) => `${text}/`)
      .optional(),
  ),
  BOT_ADMINS: variable(
    'Who may do everything: slack:U123, slack:S-usergroup, teams:aad-object-id, e-mail; commas between.',
    'nobody',
    people.optional(),
  ),
  BOT_PRODUCERS: variable('Who may plan and run webcasts; written alike.', 'every member', people.optional()),
} as const;

/** How the bot signs in to Kaltura. */
export type KalturaCredentials =
  | { readonly kind: 'app token'; readonly id: string; readonly token: Secret }
  | { readonly kind: 'admin secret'; readonly secret: Secret };

export interface KalturaConfig {
  readonly serviceUrl: string;
  readonly partnerId: number;
  readonly credentials: KalturaCredentials;
}

/** Slack over HTTP with a signing secret, or over a socket with an app-level token. */
export interface SlackConfig {
  readonly tenancy: SlackTenancy;
  readonly signingSecret: Secret | undefined;
  readonly appToken: Secret | undefined;
  readonly apiUrl: string;
}

/** One workspace by its bot token, or every workspace that installs the app. */
export type SlackTenancy =
  | { readonly kind: 'one workspace'; readonly botToken: Secret }
  | {
      readonly kind: 'many workspaces';
      readonly clientId: string;
      readonly clientSecret: Secret;
      readonly stateSecret: Secret;
      readonly encryptionKey: Secret;
      readonly publicUrl: string;
    };

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string | undefined;
  readonly logLevel: string;
  readonly databaseUrl: Secret | undefined;
  readonly dataDir: string;
  /** Without it demo mode plays a Kaltura of its own. */
  readonly kaltura: KalturaConfig | undefined;
  /** Without it the terminal is the chat. */
  readonly slack: SlackConfig | undefined;
  readonly admins: readonly Grant[];
  readonly producers: readonly Grant[];
}

type Env = Readonly<Record<string, string | undefined>>;
type Read = { readonly [K in keyof typeof variables]: (typeof variables)[K] extends Variable<infer T> ? T : never };

/** Reads and checks the environment; raises BotError misconfigured that names the variable and the remedy. */
export function readConfig(env: Env): Config {
  const read = readVariables(env);
  const slack = readSlack(read);
  const kaltura = readKaltura(read);
  if (slack && !kaltura)
    throw missing('KALTURA_PARTNER_ID', 'Slack is configured, and its commands need a Kaltura account');
  return {
    port: read.PORT ?? 3000,
    host: read.HOST ?? (slack ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: read.PUBLIC_URL,
    logLevel: read.LOG_LEVEL ?? (slack ? 'info' : 'warn'),
    databaseUrl: read.DATABASE_URL,
    dataDir: read.DATA_DIR ?? './data',
    kaltura,
    slack,
    admins: read.BOT_ADMINS ?? [],
    producers: read.BOT_PRODUCERS ?? [],
  };
}

function readVariables(env: Env): Read {
  const given = Object.fromEntries(
    Object.keys(variables).map((name) => [name, env[name]?.trim() === '' ? undefined : env[name]?.trim()]),
  );
  const shape = Object.fromEntries(Object.entries(variables).map(([name, one]) => [name, one.schema]));
  const checked = z.object(shape).safeParse(given);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new BotError('misconfigured', `${String(issue?.path[0])} ${issue?.message}.`, 'Correct it and start again.');
  }
  // The object was built from these very variables, so zod has checked each value against its own type.
  return checked.data as Read;
}

function readSlack(read: Read): SlackConfig | undefined {
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = read;
  const tenancy = readTenancy(read);
  if (!tenancy && !signingSecret && !appToken) return undefined;
  if (!tenancy) {
    throw missing('SLACK_BOT_TOKEN', 'Slack is half configured; it is one workspace (or SLACK_CLIENT_ID for many)');
  }
  if (!signingSecret && !appToken) {
    throw missing(
      'SLACK_SIGNING_SECRET',
      'Slack is half configured; it is needed for HTTP mode (or SLACK_APP_TOKEN for Socket Mode)',
    );
  }
  return { tenancy, signingSecret, appToken, apiUrl: read.SLACK_API_URL ?? 'https://slack.com/api/' };
}

function readTenancy(read: Read): SlackTenancy | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = read;
  const { SLACK_STATE_SECRET: stateSecret, ENCRYPTION_KEY: encryptionKey, PUBLIC_URL: publicUrl } = read;
  if (!clientId && !clientSecret && !stateSecret) return botToken && { kind: 'one workspace', botToken };
  if (botToken) {
    throw new BotError(
      'misconfigured',
      'SLACK_BOT_TOKEN is set together with SLACK_CLIENT_ID, SLACK_CLIENT_SECRET or SLACK_STATE_SECRET.',
      'Keep the token for one workspace, or the other three for many, and start again.',
    );
  }
  if (clientId && clientSecret && stateSecret && encryptionKey && publicUrl) {
    return { kind: 'many workspaces', clientId, clientSecret, stateSecret, encryptionKey, publicUrl };
  }
  const needed = [
    ...(['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'ENCRYPTION_KEY', 'PUBLIC_URL'] as const),
    ...(read.SLACK_APP_TOKEN ? [] : (['SLACK_SIGNING_SECRET'] as const)),
  ].filter((name) => !read[name]);
  throw new BotError(
    'misconfigured',
    `${needed.join(', ')} ${needed.length === 1 ? 'is' : 'are'} missing: Slack for many workspaces is half configured.`,
    'Set what is missing and start again.',
  );
}

function readKaltura(read: Read): KalturaConfig | undefined {
  const { KALTURA_PARTNER_ID: partnerId, KALTURA_APP_TOKEN_ID: id, KALTURA_APP_TOKEN: token } = read;
  const adminSecret = read.KALTURA_ADMIN_SECRET;
  if (partnerId === undefined) {
    if (id || token || adminSecret) throw missing('KALTURA_PARTNER_ID', 'Kaltura is half configured');
    return undefined;
  }
  const serviceUrl = read.KALTURA_SERVICE_URL ?? 'https://www.kaltura.com';
  if (id && token) return { serviceUrl, partnerId, credentials: { kind: 'app token', id, token } };
  if (id) throw missing('KALTURA_APP_TOKEN', 'Kaltura is half configured');
  if (token) throw missing('KALTURA_APP_TOKEN_ID', 'Kaltura is half configured');
  if (adminSecret) return { serviceUrl, partnerId, credentials: { kind: 'admin secret', secret: adminSecret } };
  throw missing('KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN (or KALTURA_ADMIN_SECRET)', 'Kaltura is half configured');
}

const missing = (name: string, why: string): BotError =>
  new BotError('misconfigured', `${name} is missing: ${why}.`, 'Set it and start again.');
