import type { IncomingHttpHeaders } from 'node:http';
import { isObject, type JsonObject, parseJson, stringAt } from '../json.js';
import { type MethodContract, readArguments } from './contract.js';
import { ApiError, invalidArguments } from './errors.js';
import type { FaultEffect } from './faults.js';
import { authMethods, openMethods } from './methods/auth.js';
import { chatMethods } from './methods/chat.js';
import { fileMethods } from './methods/files.js';
import type { Method } from './methods/method.js';
import { peopleMethods } from './methods/people.js';
import { socketMethods } from './methods/socket.js';
import { viewMethods } from './methods/views.js';
import type { Platform, Token, Workspace } from './platform.js';

const methods: Record<string, Method> = {
  ...authMethods,
  ...chatMethods,
  ...viewMethods,
  ...peopleMethods,
  ...fileMethods,
  ...socketMethods,
};

export interface ApiRequest {
  method: string;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  body: string;
}

export interface ApiResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** What to do to the connection instead of answering. */
  breakConnection: boolean;
}

/** Answers one Web API request: faults, body, token, limits, scopes, arguments, then the method itself. */
export async function answerApi(
  platform: Platform,
  contract: Map<string, MethodContract>,
  request: ApiRequest,
): Promise<ApiResponse> {
  const contentType = request.headers['content-type'] ?? '';
  const fault = platform.faults.take(request.method);
  if (fault?.kind === 'held') await fault.until;
  const raw = readRaw(request);
  const call = { teamId: undefined as string | undefined, args: isObject(raw) ? raw : {} };
  const early = fault === undefined ? undefined : answerFault(fault);
  const response = early ?? runCall(platform, contract, request, raw, call);
  platform.log.push({
    kind: 'api',
    at: platform.clock.now(),
    method: request.method,
    teamId: call.teamId,
    args: { ...call.args, ...(call.args.token === undefined ? {} : { token: '[token]' }) },
    contentType,
    status: response.status,
    response: parseJson(response.body) ?? response.body,
  });
  platform.changed();
  if (fault?.kind === 'lost') return { ...response, breakConnection: true };
  if (fault?.kind === 'truncated') return { ...response, body: response.body.slice(0, response.body.length / 2) };
  return response;
}

function answerFault(fault: FaultEffect): ApiResponse | undefined {
  switch (fault.kind) {
    case 'error':
      return json(200, { ok: false, error: fault.error });
    case 'ratelimited':
      return json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfter) });
    case 'status':
      return {
        status: fault.status,
        headers: { 'content-type': fault.contentType ?? 'text/html' },
        body: fault.body ?? '<html><body>Bad gateway</body></html>',
        breakConnection: false,
      };
    case 'reset':
      return { ...json(200, {}), breakConnection: true };
    case 'lost':
    case 'truncated':
    case 'held':
      return undefined;
    default: {
      const never: never = fault;
      throw new Error(`unknown fault ${JSON.stringify(never)}`);
    }
  }
}

function json(status: number, body: JsonObject, headers: Record<string, string> = {}): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
    breakConnection: false,
  };
}

type Raw = JsonObject | 'invalid_post_type' | 'invalid_json' | 'json_not_object';

function readRaw({ headers, query, body }: ApiRequest): Raw {
  const contentType = (headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  const fromQuery = Object.fromEntries(query);
  if (body === '') return fromQuery;
  if (contentType === 'application/x-www-form-urlencoded') {
    return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) };
  }
  if (contentType !== 'application/json') return 'invalid_post_type';
  const parsed = parseJson(body);
  if (parsed === undefined) return 'invalid_json';
  return isObject(parsed) ? { ...fromQuery, ...parsed } : 'json_not_object';
}

function runCall(
  platform: Platform,
  contract: Map<string, MethodContract>,
  request: ApiRequest,
  raw: Raw,
  call: { teamId: string | undefined; args: JsonObject },
): ApiResponse {
  const known = contract.get(request.method);
  try {
    if (known === undefined) throw new ApiError('unknown_method');
    if (typeof raw === 'string') throw new ApiError(raw);
    const isJson = (request.headers['content-type'] ?? '').startsWith('application/json');
    if (isJson && request.body !== '' && !known.json) throw new ApiError('invalid_post_type');
    const warning =
      isJson && !/charset=utf-8/i.test(request.headers['content-type'] ?? '') ? 'missing_charset' : undefined;
    const open = openMethods[request.method];
    const run = methods[request.method];
    if (open !== undefined) {
      call.args = demandArguments(platform, known, request.method, raw, !isJson);
      return json(200, { ok: true, ...open(platform, call.args) });
    }
    if (run === undefined) throw new Error(`the double does not model ${request.method}`);
    const { workspace, token } = authorise(platform, request, raw);
    call.teamId = workspace.teamId;
    const wait = platform.limits.take(workspace.teamId, request.method, known.tier, stringAt(raw, 'channel'));
    if (wait !== undefined) {
      platform.rateLimited += 1;
      return json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) });
    }
    demandScopes(known, token);
    compareTeam(platform, workspace, request.method, raw);
    call.args = demandArguments(platform, known, request.method, raw, !isJson);
    demandVideoRights(platform, token, request.method, call.args);
    const result = run({ platform, workspace, token, method: request.method, args: call.args });
    const scopes = { 'x-oauth-scopes': token.scopes.join(','), 'x-accepted-oauth-scopes': known.scopes.join(',') };
    return json(200, { ok: true, ...result, ...(warning === undefined ? {} : { warning }) }, scopes);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (known !== undefined && !known.errors.has(error.code)) {
      throw new Error(`the double answered ${error.code}, which ${request.method} is not known to answer`);
    }
    return json(200, { ok: false, error: error.code, ...error.extra });
  }
}

function authorise(platform: Platform, request: ApiRequest, raw: JsonObject): { workspace: Workspace; token: Token } {
  const header = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const value = header ?? stringAt(raw, 'token');
  if (value === undefined || value === '') throw new ApiError('not_authed');
  if (request.query.has('token')) platform.complain(`${request.method}: token in the query string`);
  for (const workspace of platform.workspaces) {
    const token = workspace.tokens.get(value);
    if (token === undefined) continue;
    if (token.status === 'revoked') throw new ApiError('token_revoked');
    if (token.status === 'uninstalled') throw new ApiError('account_inactive');
    const expired = token.expiresAt !== undefined && token.expiresAt <= platform.clock.now();
    if (token.status === 'expired' || expired) throw new ApiError('token_expired');
    const appMethod = request.method === 'apps.connections.open';
    if ((token.kind === 'app') !== appMethod) throw new ApiError('not_allowed_token_type');
    return { workspace, token };
  }
  throw new ApiError('invalid_auth');
}

/** One of the listed scopes opens the door; conversations.* then ask for the one of their kind. */
function demandScopes(contract: MethodContract, token: Token): void {
  if (contract.scopes.length === 0 || contract.scopes.some((scope) => token.scopes.includes(scope))) return;
  throw new ApiError('missing_scope', { needed: contract.scopes.join(','), provided: token.scopes.join(',') });
}

/** Videos need a scope and a domain the app has named. */
function demandVideoRights(platform: Platform, token: Token, method: string, args: JsonObject): void {
  const shown = [args.blocks, args.attachments, args.view, args.unfurls];
  const videos = shown.flatMap((value) => findObjects(value)).filter((object) => object.type === 'video');
  if (videos.length > 0 && !token.scopes.includes('links.embed:write')) {
    throw new ApiError('missing_scope', { needed: 'links.embed:write', provided: token.scopes.join(',') });
  }
  for (const { video_url: address } of videos) {
    const host = typeof address === 'string' && URL.canParse(address) ? new URL(address).hostname : '';
    if (platform.app.unfurlDomains.some((domain) => host === domain || host.endsWith(`.${domain}`))) continue;
    platform.complain(`${method}: video from ${host}, which is not among the unfurl domains`);
  }
}

function findObjects(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.flatMap(findObjects);
  return isObject(value) ? [value, ...Object.values(value).flatMap(findObjects)] : [];
}

function compareTeam(platform: Platform, workspace: Workspace, method: string, raw: JsonObject): void {
  const team = stringAt(raw, 'team_id');
  if (team === undefined || team === workspace.teamId) return;
  platform.complain(`${method}: team_id ${team} with a token of ${workspace.teamId}`);
  throw invalidArguments('[ERROR] team_id does not belong to this token [json-pointer:/team_id]');
}

function demandArguments(
  platform: Platform,
  contract: MethodContract,
  method: string,
  raw: JsonObject,
  fromForm: boolean,
): JsonObject {
  const { args, messages, unknown } = readArguments(contract, raw, fromForm);
  if (platform.strictArguments) {
    for (const key of unknown) platform.complain(`${method}: unknown argument ${key}`);
  }
  if (messages.length > 0) throw invalidArguments(...messages);
  return args;
}
