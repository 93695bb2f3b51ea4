import type { SlackApp } from './adapters/slack/tenancy.js';
import type { BotFrameworkAddresses, TeamsConfig } from './adapters/teams/config.js';
import { BotError } from './core/errors.js';
import type { Grant } from './core/policy.js';
import type { Secret } from './core/secret.js';
import { type Environment, type Read, readVariables } from './variables.js';
import type { NotificationKeys } from './web/kaltura.js';

/** How the bot signs in to Kaltura. */
export type KalturaCredentials =
  | { readonly kind: 'app token'; readonly id: string; readonly token: Secret }
  | { readonly kind: 'admin secret'; readonly secret: Secret };

export interface KalturaConfig {
  readonly serviceUrl: string;
  readonly partnerId: number;
  readonly credentials: KalturaCredentials;
  /** Makes sessions of people, which an application token cannot. */
  readonly adminSecret: Secret | undefined;
  readonly notifications: NotificationKeys;
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
  | ({ readonly kind: 'many workspaces'; readonly encryptionKey: Secret } & SlackApp);

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

/** Reads and checks the environment; raises BotError misconfigured that names the variable and the remedy. */
export function readConfig(env: Environment): Config {
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
  const { KALTURA_ADMIN_SECRET: adminSecret, KALTURA_WEBHOOK_TOKEN: webhookToken } = read;
  if (partnerId === undefined) {
    if (id || token || adminSecret || webhookToken) throw missing('KALTURA_PARTNER_ID', 'Kaltura is half configured');
    return undefined;
  }
  const serviceUrl = read.KALTURA_SERVICE_URL ?? 'https://www.kaltura.com';
  const account = { serviceUrl, partnerId, adminSecret, notifications: { adminSecret, token: webhookToken } };
  if (id && token) return { ...account, credentials: { kind: 'app token', id, token } };
  if (id) throw missing('KALTURA_APP_TOKEN', 'Kaltura is half configured');
  if (token) throw missing('KALTURA_APP_TOKEN_ID', 'Kaltura is half configured');
  if (adminSecret) return { ...account, credentials: { kind: 'admin secret', secret: adminSecret } };
  throw missing('KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN (or KALTURA_ADMIN_SECRET)', 'Kaltura is half configured');
}

const missing = (name: string, why: string): BotError =>
  new BotError('misconfigured', `${name} is missing: ${why}.`, 'Set it and start again.');
