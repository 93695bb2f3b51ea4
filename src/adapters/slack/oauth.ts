import { z } from 'zod';
import type { Clock } from '../../core/ports.js';
import type { Secret } from '../../core/secret.js';
import type { Clients } from './clients.js';
import { translate } from './errors.js';

/** The bot scopes that a workspace is asked for; the app's manifest names the same. */
export const scopes = [
  ...['commands', 'chat:write', 'chat:write.public', 'im:write', 'users:read'],
  ...['users:read.email', 'usergroups:read', 'files:write'],
] as const;

/** What Slack knows the app by, and where it sends people back to. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** The address of /slack/oauth_redirect, as people's browsers reach it. */
  readonly redirectUri: string;
}

const tokens = {
  token: z.string().min(1),
  /** Only of apps whose tokens rotate: expiresAt is in milliseconds since the epoch. */
  rotation: z.object({ refreshToken: z.string().min(1), expiresAt: z.number() }).optional(),
};

/** What is kept of an installation, as JSON under a seal. */
export const installationSchema = z.object({ ...tokens, installedAt: z.number() });
export type Installation = z.infer<typeof installationSchema>;
type Tokens = Pick<Installation, 'token' | 'rotation'>;

/** An installation that Slack has just granted. */
export interface Granted {
  /** The organization when the app is installed for all of it, else the workspace. */
  readonly tenant: string;
  readonly name: string;
  /** Where the conversation with the app opens in Slack. */
  readonly address: string;
  readonly tokens: Tokens;
}

/** Slack's side of an installation; exchange and renew raise BotError with Slack's answer as its cause. */
export interface OAuth {
  /** Where a person lets the app into a workspace. */
  authorizeUrl(state: string): string;
  /** Turns the code of a redirect into an installation; Slack takes it once, within ten minutes. */
  exchange(code: string): Promise<Granted>;
  /** Turns a refresh token into new tokens; Slack takes it once. */
  renew(refreshToken: string): Promise<Tokens>;
}

const named = z.object({ id: z.string().min(1), name: z.string().nullish() }).nullish();
const tokensAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().optional(),
  expires_in: z.number().optional(),
});
const grantAnswer = tokensAnswer.extend({
  app_id: z.string(),
  team: named,
  enterprise: named,
  is_enterprise_install: z.boolean().nullish(),
});

/** Speaks Slack's OAuth 2.0 (oauth.v2.access) with clients that carry no token; the Web API's address ends in /api/. */
export function createOAuth(parts: { app: OAuthApp; apiUrl: string; clients: Clients; clock: Clock }): OAuth {
  const { app, clients, clock } = parts;
  const credentials = () => ({ client_id: app.clientId, client_secret: app.clientSecret.reveal() });
  // A code or refresh token is gone once it was sent, and no harm is done by beginning again.
  const asked = { method: 'oauth.v2.access', repeatable: true };

  function readTokens(answer: z.infer<typeof tokensAnswer>): Tokens {
    const { access_token: token, refresh_token: refreshToken, expires_in: lifetime } = answer;
    if (refreshToken === undefined || lifetime === undefined) return { token };
    return { token, rotation: { refreshToken, expiresAt: clock.now() + lifetime * 1000 } };
  }

  return {
    authorizeUrl(state) {
      const url = new URL('../oauth/v2/authorize', parts.apiUrl);
      url.search = new URLSearchParams({
        client_id: app.clientId,
        scope: scopes.join(','),
        redirect_uri: app.redirectUri,
        state,
      }).toString();
      return url.href;
    },

    async exchange(code) {
      try {
        const given = { ...credentials(), code, redirect_uri: app.redirectUri };
        const answer = grantAnswer.parse(await clients.patient.oauth.v2.access(given));
        const place = answer.is_enterprise_install ? answer.enterprise : answer.team;
        if (!place) throw new Error('Slack names no workspace that the app was installed in.');
        return {
          tenant: place.id,
          name: place.name ?? place.id,
          address: `https://slack.com/app_redirect?${new URLSearchParams({ app: answer.app_id, team: place.id })}`,
          tokens: readTokens(answer),
        };
      } catch (error) {
        throw translate(error, asked);
      }
    },

    async renew(refreshToken) {
      try {
        const given = { ...credentials(), grant_type: 'refresh_token' as const, refresh_token: refreshToken };
        return readTokens(tokensAnswer.parse(await clients.prompt.oauth.v2.access(given)));
      } catch (error) {
        throw translate(error, asked);
      }
    },
  };
}
