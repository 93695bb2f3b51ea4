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

const appId = z.string().regex(/^[\w-]{1,64}$/, 'must be an id such as 00000000-0000-0000-0000-000000000000');

const listOf = (pattern: RegExp, what: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(pattern, `must hold ${what}, with commas between`)))
    .optional();
const tenants = listOf(/^[\w-]{1,64}$/, 'tenant ids');
const hosts = listOf(/^([\w.-]+|\[[0-9a-f:]+\])(:\d{1,5})?$/, 'host:port entries');

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
    'cards have no calendar link',
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
    "The account's admin secret; beside an application token it makes the sessions of people, and checks Kaltura's notifications.",
    'the application token',
    secret.optional(),
  ),
  KALTURA_WEBHOOK_TOKEN: variable(
    "Long random words that Kaltura's notifications to /kaltura/events carry in the header X-Webcast-Token.",
    'notifications need their signature, and KALTURA_ADMIN_SECRET to check it',
    z
      .string()
      .regex(/^[!-~]{16,200}$/, 'must be 16 to 200 characters of ASCII without spaces')
      .transform((text) => new Secret(text))
      .optional(),
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
  MicrosoftAppId: variable('Application (client) id of the Teams bot.', 'Teams is off', appId.optional()),
  MicrosoftAppPassword: variable('Client secret of the Teams bot.', 'Teams is off', secret.optional()),
  MicrosoftAppType: variable(
    'SingleTenant, MultiTenant or UserAssignedMSI.',
    'SingleTenant',
    z
      .enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI'], 'must be SingleTenant, MultiTenant or UserAssignedMSI')
      .optional(),
  ),
  MicrosoftAppTenantId: variable(
    'The tenant that the Teams bot is registered in; MultiTenant needs none.',
    'asked for',
    appId.optional(),
  ),
  TEAMS_ALLOWED_TENANTS: variable('Tenants whose people the bot serves; commas between.', 'its own tenant', tenants),
  TEAMS_SERVICE_HOSTS: variable(
    "Hosts (host:port) served beside those of Teams' own clouds, for tests; commas between, http on loopback only.",
    'none',
    hosts,
  ),
  ToBotFromChannelOpenIdMetadataUrl: variable(
    'Where the keys that sign requests to the bot are found; set with the seven below or not at all.',
    "the public cloud's",
    address.optional(),
  ),
  ToBotFromChannelTokenIssuer: variable('Who signs them.', "the public cloud's", z.string().optional()),
  ToBotFromEmulatorOpenIdMetadataUrl: variable('Read by the SDK only.', "the public cloud's", address.optional()),
  OAuthUrl: variable('Read by the SDK only.', "the public cloud's", address.optional()),
  ToChannelFromBotLoginUrl: variable(
    'Where the bot gets its own token; /oauth2/v2.0/token is added.',
    "the tenant's address at login.microsoftonline.com",
    address.optional(),
  ),
  ToChannelFromBotOAuthScope: variable(
    'What that token is for.',
    'https://api.botframework.com',
    z.string().optional(),
  ),
  CallerId: variable('Read by the SDK only.', "the public cloud's", z.string().optional()),
  ValidateAuthority: variable(
    'Read by the SDK only; true or false.',
    'true',
    z
      .enum(['true', 'false', 'True', 'False'], 'must be true or false')
      .transform((word) => word.toLowerCase() === 'true')
      .optional(),
  ),
  BOT_ADMINS: variable(
    'Who may do everything: slack:U123, slack:S-usergroup, teams:aad-object-id, e-mail; commas between.',
    'nobody',
    people.optional(),
  ),
  BOT_PRODUCERS: variable('Who may plan and run webcasts; written alike.', 'every member', people.optional()),
} as const;

/** Variables as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;
/** The variables, each checked by its schema. */
export type Read = {
  readonly [K in keyof typeof variables]: (typeof variables)[K] extends Variable<infer T> ? T : never;
};

/** Reads each variable by its schema, an empty one as not set; raises BotError misconfigured that names the variable. */
export function readVariables(env: Environment): Read {
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
