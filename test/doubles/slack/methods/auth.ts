import { isObject, stringAt } from '../../json.js';
import { findBlockIssues, findViewIssues, type Issue } from '../blocks/index.js';
import { ApiError, invalidArguments } from '../errors.js';
import type { Method, OpenMethod } from './method.js';

const test: Method = ({ workspace }) => ({
  url: `https://${workspace.domain}.slack.com/`,
  team: workspace.name,
  user: workspace.users.get(workspace.botUserId)?.name ?? '',
  team_id: workspace.teamId,
  user_id: workspace.botUserId,
  bot_id: workspace.botId,
  is_enterprise_install: false,
});

const revoke: Method = ({ platform, token, args }) => {
  if (args.test !== true) token.status = 'revoked';
  platform.changed();
  return { revoked: args.test !== true };
};

const validateBlocks: OpenMethod = (_platform, args) => {
  const given = (['blocks', 'message', 'view'] as const).filter((key) => args[key] !== undefined);
  const [kind] = given;
  if (given.length !== 1 || kind === undefined) {
    throw invalidArguments('[ERROR] must provide exactly one of blocks, message, view');
  }
  const value = args[kind];
  const issues: Issue[] =
    kind === 'view'
      ? findViewIssues(value, ['modal', 'home'], '')
      : kind === 'blocks'
        ? findBlockIssues(value, '')
        : findBlockIssues(isObject(value) ? (value.blocks ?? []) : value, '/blocks');
  if (issues.length > 0) throw new ApiError(`invalid_${kind}`, { errors: issues });
  return {};
};

const exchange: OpenMethod = (platform, args) => {
  const { app, clock, ids } = platform;
  if (args.client_id !== app.clientId) throw new ApiError('invalid_client_id');
  if (args.client_secret !== app.clientSecret) throw new ApiError('bad_client_secret');
  const refreshing = args.grant_type === 'refresh_token';
  const refusal = refreshing ? 'invalid_refresh_token' : 'invalid_code';
  const secret = stringAt(args, refreshing ? 'refresh_token' : 'code') ?? '';
  const grant = app.grants.get(secret);
  if (grant === undefined || grant.used || (grant.kind === 'refresh') !== refreshing) throw new ApiError(refusal);
  if (!refreshing && clock.now() - grant.mintedAt > 600_000) throw new ApiError('invalid_code');
  if (!refreshing && (args.redirect_uri ?? '') !== grant.redirectUri) throw new ApiError('bad_redirect_uri');
  const workspace = platform.workspaces.find((candidate) => candidate.teamId === grant.teamId);
  if (workspace === undefined) throw new ApiError(refusal);
  grant.used = true;
  const value = `${grant.rotation ? 'xoxe.xoxb' : 'xoxb'}-${ids.secret('token', 24)}`;
  const lifetime = grant.rotation ? 43_200 : undefined;
  workspace.tokens.set(value, {
    value,
    kind: 'bot',
    scopes: grant.scopes,
    status: 'active',
    ...(lifetime === undefined ? {} : { expiresAt: clock.now() + lifetime * 1000 }),
  });
  const refreshToken = `xoxe-1-${ids.secret('refresh', 24)}`;
  if (grant.rotation) app.grants.set(refreshToken, { ...grant, kind: 'refresh', used: false, mintedAt: clock.now() });
  return {
    app_id: workspace.appId,
    authed_user: { id: grant.userId },
    scope: grant.scopes.join(','),
    token_type: 'bot',
    access_token: value,
    ...(lifetime === undefined ? {} : { expires_in: lifetime, refresh_token: refreshToken }),
    bot_user_id: workspace.botUserId,
    team: { id: workspace.teamId, name: workspace.name },
    enterprise: null,
    is_enterprise_install: false,
  };
};

/** auth.*: who the token is, and its end. */
export const authMethods: Record<string, Method> = { 'auth.test': test, 'auth.revoke': revoke };

/** Methods that take no token. */
export const openMethods: Record<string, OpenMethod> = {
  'oauth.v2.access': exchange,
  'blocks.validate': validateBlocks,
};
