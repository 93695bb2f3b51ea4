import { CHANNEL_METADATA, DIRECTORY_METADATA } from './authority/openid.js';
import type { Platform, Tenant } from './platform.js';

/** The environment variables that point a built program at the double. */
export function describeEnvironment(platform: Platform, tenant: Tenant): Record<string, string> {
  const { authorityUrl, connectorUrl, driveUrl } = platform;
  return {
    MicrosoftAppId: platform.app.id,
    MicrosoftAppPassword: platform.app.password,
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppTenantId: tenant.id,
    TEAMS_ALLOWED_TENANTS: tenant.id,
    TEAMS_SERVICE_HOSTS: [connectorUrl, driveUrl].map((url) => new URL(url).host).join(','),
    ToBotFromChannelOpenIdMetadataUrl: `${authorityUrl}${CHANNEL_METADATA}`,
    ToBotFromChannelTokenIssuer: platform.issuer,
    ToBotFromEmulatorOpenIdMetadataUrl: `${authorityUrl}${DIRECTORY_METADATA}`,
    OAuthUrl: `${authorityUrl}/oauth`,
    ToChannelFromBotLoginUrl: `${authorityUrl}/${tenant.id}`,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    CallerId: 'urn:botframework:azure',
    ValidateAuthority: 'true',
  };
}
