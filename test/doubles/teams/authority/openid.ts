import type { JsonObject } from '../../json.js';
import type { Platform } from '../platform.js';

export const CHANNEL_METADATA = '/channel/v1/.well-known/openidconfiguration';
export const DIRECTORY_METADATA = '/directory/v2.0/.well-known/openid-configuration';
const CHANNEL_KEYS = '/channel/v1/.well-known/keys';
const DIRECTORY_KEYS = '/directory/discovery/v2.0/keys';

/** Answers the four OpenID documents, the channel's and the directory's; undefined for any other path. */
export function answerOpenId(platform: Platform, path: string): JsonObject | undefined {
  const base = platform.authorityUrl;
  switch (path) {
    case CHANNEL_METADATA:
      return {
        issuer: platform.issuer,
        authorization_endpoint: 'https://invalid.botframework.com',
        jwks_uri: `${base}${CHANNEL_KEYS}`,
        id_token_signing_alg_values_supported: ['RS256'],
        token_endpoint_auth_methods_supported: ['private_key_jwt'],
      };
    case DIRECTORY_METADATA:
      return {
        issuer: 'https://sts.windows.net/{tenantid}/',
        jwks_uri: `${base}${DIRECTORY_KEYS}`,
        id_token_signing_alg_values_supported: ['RS256'],
      };
    case CHANNEL_KEYS:
      return platform.keys.document('channel');
    case DIRECTORY_KEYS:
      return platform.keys.document('directory');
    default:
      return undefined;
  }
}
