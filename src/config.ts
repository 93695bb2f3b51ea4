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
  SLACK_SIGNING_SECRET: variable('Signing secret of the Slack app, for HTTP mode.', 'Slack is off', secret.optional()),
  SLACK_BOT_TOKEN: variable('Bot token, xoxb-….', 'Slack is off', starting('xox').optional()),
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
  readonly botToken: Secret;
  readonly signingSecret: Secret | undefined;
  readonly appToken: Secret | undefined;
  readonly apiUrl: string;
}

/** Which cloud's addresses the Bot Framework is reached at. */
interface BotFrameworkAddresses {
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  readonly emulatorOpenIdMetadataUrl: string;
  readonly oauthUrl: string;
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly callerId: string;
  readonly validateAuthority: boolean;
}

export interface TeamsConfig {
  readonly appId: string;
  readonly appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  readonly tenantId: string | undefined;
  /** Undefined for a managed identity alone. */
  readonly password: Secret | undefined;
  readonly allowedTenants: readonly string[];
  readonly serviceHosts: readonly string[];
  readonly addresses: BotFrameworkAddresses;
}

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
  readonly teams: TeamsConfig | undefined;
  readonly admins: readonly Grant[];
  readonly producers: readonly Grant[];
}

type Env = Readonly<Record<string, string | undefined>>;
type Read = { readonly [K in keyof typeof variables]: (typeof variables)[K] extends Variable<infer T> ? T : never };

/** Reads and checks the environment; raises BotError misconfigured that names the variable and the remedy. */
export function readConfig(env: Env): Config {
  const read = readVariables(env);
  const slack = readSlack(read);
  const teams = readTeams(read);
  const kaltura = readKaltura(read);
  const chat = slack ? 'Slack' : teams && 'Teams';
  if (chat && !kaltura)
    throw missing('KALTURA_PARTNER_ID', `${chat} is configured, and its commands need a Kaltura account`);
  return {
    port: read.PORT ?? 3000,
    host: read.HOST ?? (chat ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: read.PUBLIC_URL,
    logLevel: read.LOG_LEVEL ?? (chat ? 'info' : 'warn'),
    databaseUrl: read.DATABASE_URL,
    dataDir: read.DATA_DIR ?? './data',
    kaltura,
    slack,
    teams,
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
  const { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_APP_TOKEN: appToken } = read;
  if (!botToken && !signingSecret && !appToken) return undefined;
  if (!botToken) throw missing('SLACK_BOT_TOKEN', 'Slack is half configured');
  if (!signingSecret && !appToken) {
    throw missing(
      'SLACK_SIGNING_SECRET',
      'Slack is half configured; it is needed for HTTP mode (or SLACK_APP_TOKEN for Socket Mode)',
    );
  }
  return { botToken, signingSecret, appToken, apiUrl: read.SLACK_API_URL ?? 'https://slack.com/api/' };
}

const teamsNames = ['MicrosoftAppPassword', 'MicrosoftAppType', 'MicrosoftAppTenantId'] as const;
const teamsExtras = ['TEAMS_ALLOWED_TENANTS', 'TEAMS_SERVICE_HOSTS'] as const;
const addressNames = [
  'ToBotFromChannelOpenIdMetadataUrl',
  'ToBotFromChannelTokenIssuer',
  'ToBotFromEmulatorOpenIdMetadataUrl',
  'OAuthUrl',
  'ToChannelFromBotLoginUrl',
  'ToChannelFromBotOAuthScope',
  'CallerId',
  'ValidateAuthority',
] as const;

function readTeams(read: Read): TeamsConfig | undefined {
  const { MicrosoftAppId: appId, MicrosoftAppPassword: password, MicrosoftAppTenantId: tenantId } = read;
  const half = 'Teams is half configured';
  if (!appId) {
    // The SDK takes an empty id for "check nobody", so that it has to stop the program.
    if ([...teamsNames, ...teamsExtras, ...addressNames].some((name) => read[name] !== undefined))
      throw missing('MicrosoftAppId', half);
    return undefined;
  }
  const appType = read.MicrosoftAppType ?? 'SingleTenant';
  if (appType === 'UserAssignedMSI' && password) {
    const why = 'MicrosoftAppPassword may not be set for a managed identity, which has none.';
    throw new BotError('misconfigured', why, 'Remove it, or set MicrosoftAppType to SingleTenant.');
  }
  if (appType !== 'UserAssignedMSI' && !password) throw missing('MicrosoftAppPassword', half);
  if (appType !== 'MultiTenant' && !tenantId) throw missing('MicrosoftAppTenantId', half);
  const allowedTenants = read.TEAMS_ALLOWED_TENANTS ?? (tenantId ? [tenantId.toLowerCase()] : []);
  if (allowedTenants.length === 0) throw missing('TEAMS_ALLOWED_TENANTS', half);
  const serviceHosts = read.TEAMS_SERVICE_HOSTS ?? [];
  const addresses = readAddresses(read, appType === 'MultiTenant' ? 'botframework.com' : (tenantId ?? ''));
  return { appId, appType, tenantId, password, allowedTenants, serviceHosts, addresses };
}

/** The SDK merges no defaults into a set of addresses, so that half a set would mean an unknown issuer. */
function readAddresses(read: Read, tenant: string): BotFrameworkAddresses {
  const given = addressNames.filter((name) => read[name] !== undefined);
  const [lacking] = addressNames.filter((name) => read[name] === undefined);
  if (given.length > 0 && lacking) {
    throw missing(
      lacking,
      `${given[0]} is set, and the Bot Framework's eight addresses are set together or not at all`,
    );
  }
  return {
    openIdMetadataUrl:
      read.ToBotFromChannelOpenIdMetadataUrl ?? 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    tokenIssuer: read.ToBotFromChannelTokenIssuer ?? 'https://api.botframework.com',
    emulatorOpenIdMetadataUrl:
      read.ToBotFromEmulatorOpenIdMetadataUrl ??
      'https://login.microsoftonline.com/botframework.com/v2.0/.well-known/openid-configuration',
    oauthUrl: read.OAuthUrl ?? 'https://api.botframework.com',
    loginUrl: read.ToChannelFromBotLoginUrl ?? `https://login.microsoftonline.com/${tenant}`,
    oauthScope: read.ToChannelFromBotOAuthScope ?? 'https://api.botframework.com',
    callerId: read.CallerId ?? 'urn:botframework:azure',
    validateAuthority: read.ValidateAuthority ?? true,
  };
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
