import type { Secret } from '../../core/secret.js';

/** Which cloud's addresses the Bot Framework is reached at. */
export interface BotFrameworkAddresses {
  readonly openIdMetadataUrl: string;
  readonly tokenIssuer: string;
  readonly emulatorOpenIdMetadataUrl: string;
  readonly oauthUrl: string;
  readonly loginUrl: string;
  readonly oauthScope: string;
  readonly callerId: string;
  readonly validateAuthority: boolean;
}

/** The bot's registration with Microsoft, whom it serves, and where it reaches them. */
export interface TeamsConfig {
  readonly appId: string;
  readonly appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  readonly tenantId: string | undefined;
  /** Undefined for a managed identity alone. */
  readonly password: Secret | undefined;
  readonly allowedTenants: readonly string[];
  /** host:port entries beside Teams' own hosts. */
  readonly serviceHosts: readonly string[];
  readonly addresses: BotFrameworkAddresses;
}
