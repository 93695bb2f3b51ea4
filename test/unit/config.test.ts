import { describe, expect, it } from '@jest/globals';
import { type Config, readConfig } from '../../src/config.js';
import { BotError } from '../../src/core/errors.js';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'sign' };
const many = {
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'hush',
  SLACK_STATE_SECRET: 'state',
  SLACK_SIGNING_SECRET: 'sign',
  ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  PUBLIC_URL: 'https://bot.example.com',
};
const kaltura = { KALTURA_PARTNER_ID: '101', KALTURA_ADMIN_SECRET: 'admin' };

function refusal(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof BotError && error.code === 'misconfigured') return error.message;
    throw error;
  }
  return 'accepted';
}
const accepted = (env: Record<string, string>): Config => readConfig(env);

describe('reading the environment', () => {
  it('is demo mode on loopback when nothing is set', () => {
    expect(accepted({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      slack: undefined,
      kaltura: undefined,
      logLevel: 'warn',
    });
  });

  it('treats an empty variable as not set', () => {
    expect(accepted({ SLACK_BOT_TOKEN: '', PORT: ' ' })).toMatchObject({ slack: undefined, port: 3000 });
  });

  it('listens everywhere and logs once a platform is configured', () => {
    expect(accepted({ ...slack, ...kaltura })).toMatchObject({ host: '0.0.0.0', logLevel: 'info' });
  });

  it('switches Socket Mode on by the app-level token alone', () => {
    const { slack: found } = accepted({ ...kaltura, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' });
    expect(found?.appToken?.reveal()).toBe('xapp-1');
  });

  it('checks notifications by the admin secret though an application token signs in, and by words of their own', () => {
    const token = { KALTURA_APP_TOKEN_ID: '1_token001', KALTURA_APP_TOKEN: 'token' };
    const both = accepted({ ...kaltura, ...token, KALTURA_WEBHOOK_TOKEN: 'long-and-random-words' }).kaltura;
    expect(both?.credentials.kind).toBe('app token');
    expect(both?.notifications.adminSecret?.reveal()).toBe('admin');
    expect(both?.notifications.token?.reveal()).toBe('long-and-random-words');
    const neither = accepted({ KALTURA_PARTNER_ID: '101', ...token }).kaltura;
    expect(neither?.notifications).toEqual({ adminSecret: undefined, token: undefined });
  });

  it.each([
    [{ SLACK_SIGNING_SECRET: 's' }, 'SLACK_BOT_TOKEN is missing'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_SIGNING_SECRET is missing'],
    [{ SLACK_CLIENT_ID: '1.2' }, 'SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, ENCRYPTION_KEY, PUBLIC_URL, SLACK_SIGNING_'],
    [{ ...many, SLACK_CLIENT_ID: '' }, 'SLACK_CLIENT_ID is missing'],
    [{ ...many, ENCRYPTION_KEY: '' }, 'ENCRYPTION_KEY is missing'],
    [{ ...kaltura, KALTURA_WEBHOOK_TOKEN: 'short' }, 'KALTURA_WEBHOOK_TOKEN must be 16 to 200 characters'],
    [{ KALTURA_WEBHOOK_TOKEN: 'long-and-random-words' }, 'KALTURA_PARTNER_ID is missing'],
    [{ ENCRYPTION_KEY: 'c2hvcnQ=' }, 'ENCRYPTION_KEY must be 32 bytes in base64'],
    [{ ENCRYPTION_KEY: `${many.ENCRYPTION_KEY},` }, 'ENCRYPTION_KEY must be 32 bytes in base64'],
    [{ ...many, PUBLIC_URL: '' }, 'PUBLIC_URL is missing'],
    [{ ...many, SLACK_SIGNING_SECRET: '' }, 'SLACK_SIGNING_SECRET is missing'],
    [{ ...many, SLACK_BOT_TOKEN: 'xoxb-1' }, 'SLACK_BOT_TOKEN is set together with SLACK_CLIENT_ID'],
    [{ ...slack }, 'KALTURA_PARTNER_ID is missing'],
    [{ ...slack, KALTURA_ADMIN_SECRET: 'a' }, 'KALTURA_PARTNER_ID is missing'],
    [{ KALTURA_PARTNER_ID: '101' }, 'KALTURA_APP_TOKEN_ID and KALTURA_APP_TOKEN (or KALTURA_ADMIN_SECRET) is missing'],
    [{ KALTURA_PARTNER_ID: '101', KALTURA_APP_TOKEN_ID: 'x' }, 'KALTURA_APP_TOKEN is missing'],
    [{ PORT: 'http' }, 'PORT must be a port number'],
    [{ PORT: '70000' }, 'PORT must be a port number'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be trace'],
    [{ PUBLIC_URL: 'http://bot.example.com' }, 'PUBLIC_URL must be an https address'],
    [{ KALTURA_SERVICE_URL: 'ftp://x' }, 'KALTURA_SERVICE_URL must be an https address'],
    [{ SLACK_API_URL: 'https://slack.com/api' }, 'SLACK_API_URL must end in /api/'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgres://'],
    [{ KALTURA_PARTNER_ID: 'abc' }, 'KALTURA_PARTNER_ID must be the number'],
    [{ SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN must start with xapp-'],
    [{ BOT_ADMINS: 'ann' }, 'BOT_ADMINS holds "ann"'],
  ])('refuses %j, naming the variable', (env, sentence) => {
    expect(refusal(env)).toContain(sentence);
  });

  it('takes http addresses on loopback, and trace as a level', () => {
    const env = { PUBLIC_URL: 'http://127.0.0.1:3000/', SLACK_API_URL: 'http://127.0.0.1:9/api/', LOG_LEVEL: 'trace' };
    expect(accepted({ ...env, ...slack, ...kaltura })).toMatchObject({
      publicUrl: 'http://127.0.0.1:3000',
      logLevel: 'trace',
      slack: { apiUrl: 'http://127.0.0.1:9/api/' },
    });
  });

  it('opens Slack to many workspaces by the client of an app', () => {
    expect(accepted({ ...many, ...kaltura }).slack?.tenancy).toMatchObject({
      kind: 'many workspaces',
      clientId: '1.2',
      publicUrl: 'https://bot.example.com',
    });
    const keys = `${many.ENCRYPTION_KEY} , ${many.ENCRYPTION_KEY}`;
    expect(accepted({ ...many, ...kaltura, ENCRYPTION_KEY: keys }).slack?.tenancy.kind).toBe('many workspaces');
    const socket = { ...many, SLACK_SIGNING_SECRET: '', SLACK_APP_TOKEN: 'xapp-1' };
    expect(accepted({ ...socket, ...kaltura }).slack?.tenancy.kind).toBe('many workspaces');
  });

  it('never prints a secret of its own', () => {
    expect(JSON.stringify(accepted({ ...slack, ...kaltura }))).not.toMatch(/xoxb-1|"sign"|"admin"/);
    expect(JSON.stringify(accepted({ ...many, ...kaltura }))).not.toMatch(/"hush"|"state"|"sign"|AAAA/);
  });
});

describe('reading what Teams needs', () => {
  const id = '22222222-2222-4222-8222-222222222222';
  const tenant = '11111111-1111-4111-8111-111111111111';
  const teams = { MicrosoftAppId: id, MicrosoftAppPassword: 'secret', MicrosoftAppTenantId: tenant };
  const addresses = {
    ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:1/keys',
    ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
    ToBotFromEmulatorOpenIdMetadataUrl: 'http://127.0.0.1:1/other',
    OAuthUrl: 'http://127.0.0.1:1/oauth',
    ToChannelFromBotLoginUrl: 'http://127.0.0.1:1/login',
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  };

  it('takes an id, a password and a tenant, and serves that tenant alone', () => {
    expect(accepted({ ...kaltura, ...teams }).teams).toMatchObject({
      appId: id,
      appType: 'SingleTenant',
      allowedTenants: [tenant],
      serviceHosts: [],
      addresses: {
        loginUrl: `https://login.microsoftonline.com/${tenant}`,
        tokenIssuer: 'https://api.botframework.com',
      },
    });
  });

  it.each([
    ['R1 an empty id with a password', { ...teams, MicrosoftAppId: '' }, 'MicrosoftAppId'],
    ['a tenant list without a bot', { TEAMS_ALLOWED_TENANTS: tenant }, 'MicrosoftAppId'],
    ['an id without a password', { ...teams, MicrosoftAppPassword: '' }, 'MicrosoftAppPassword'],
    ['a single tenant without its id', { ...teams, MicrosoftAppTenantId: '' }, 'MicrosoftAppTenantId'],
    [
      'many tenants without a list',
      { ...teams, MicrosoftAppType: 'MultiTenant', MicrosoftAppTenantId: '' },
      'TEAMS_ALLOWED_TENANTS',
    ],
    ['a type that there is not', { ...teams, MicrosoftAppType: 'Singletenant' }, 'MicrosoftAppType'],
    ['a managed identity with a password', { ...teams, MicrosoftAppType: 'UserAssignedMSI' }, 'MicrosoftAppPassword'],
    ['a host with a path', { ...teams, TEAMS_SERVICE_HOSTS: 'https://x/y' }, 'TEAMS_SERVICE_HOSTS'],
    ['some of the eight addresses', { ...teams, OAuthUrl: 'https://x' }, 'ToBotFromChannelOpenIdMetadataUrl'],
    ['an address in the clear', { ...teams, ...addresses, OAuthUrl: 'http://example.com' }, 'OAuthUrl'],
    ['no Kaltura account', { ...teams, KALTURA_PARTNER_ID: '', KALTURA_ADMIN_SECRET: '' }, 'KALTURA_PARTNER_ID'],
  ])('refuses %s by naming the variable', (_what, env, name) => {
    expect(refusal({ ...kaltura, ...env })).toContain(`${name} `);
  });

  it('takes all eight addresses, in the clear on loopback', () => {
    expect(accepted({ ...kaltura, ...teams, ...addresses }).teams?.addresses).toEqual({
      openIdMetadataUrl: 'http://127.0.0.1:1/keys',
      tokenIssuer: 'https://api.botframework.com',
      emulatorOpenIdMetadataUrl: 'http://127.0.0.1:1/other',
      oauthUrl: 'http://127.0.0.1:1/oauth',
      loginUrl: 'http://127.0.0.1:1/login',
      oauthScope: 'https://api.botframework.com',
      callerId: 'urn:botframework:azure',
      validateAuthority: true,
    });
  });

  it('lets Slack and Teams run side by side', () => {
    expect(accepted({ ...kaltura, ...slack, ...teams })).toMatchObject({ slack: {}, teams: {}, host: '0.0.0.0' });
  });
});
