import type { IncomingHttpHeaders } from 'node:http';
import { parseJson } from '../../json.js';
import {
  type ConnectorCall,
  type ConnectorOperation,
  type Conversation,
  findConversation,
  type Platform,
  type Tenant,
} from '../platform.js';
import { deleteActivity, type Place, postActivity, putActivity } from './activities.js';
import { createConversation, demandWritable } from './conversations.js';
import { type ConnectorAnswer, Refusal, refuse } from './errors.js';
import type { LimitedOperation } from './limits.js';
import { describeTeam, listChannels, listMembers, pageMembers, showMember } from './members.js';

export interface ConnectorRequest {
  method: string;
  /** Path and query as they came over the wire. */
  target: string;
  headers: IncomingHttpHeaders;
  body: string;
}

interface Route {
  operation: ConnectorOperation;
  /** Percent-decoded ids of the path, in order. */
  ids: string[];
}

const ROUTES: readonly (readonly [string, RegExp, ConnectorOperation])[] = [
  ['POST', /^v3\/conversations$/, 'create'],
  ['POST', /^v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/, 'post'],
  ['PUT', /^v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, 'put'],
  ['DELETE', /^v3\/conversations\/([^/]+)\/activities\/([^/]+)$/, 'delete'],
  ['GET', /^v3\/conversations\/([^/]+)\/members$/, 'members'],
  ['GET', /^v3\/conversations\/([^/]+)\/members\/([^/]+)$/, 'member'],
  ['GET', /^v3\/conversations\/([^/]+)\/pagedmembers$/, 'pagedmembers'],
  ['GET', /^v3\/teams\/([^/]+)$/, 'team'],
  ['GET', /^v3\/teams\/([^/]+)\/conversations$/, 'channels'],
];

function findRoute(method: string, path: string): Route {
  for (const [verb, pattern, operation] of ROUTES) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match !== null) {
      return { operation, ids: match.slice(1).flatMap((id) => (id === undefined ? [] : [decodeURIComponent(id)])) };
    }
  }
  return { operation: 'unknown', ids: [] };
}

/** Notes a call before it is answered, so that hanging ones are seen too. */
export function noteCall(platform: Platform, request: ConnectorRequest): { call: ConnectorCall; route: Route } {
  const [path = '', query = ''] = request.target.split('?');
  const below = /^\/emea\/[^/]+\/(.*)$/.exec(path)?.[1] ?? path.slice(1);
  const route = findRoute(request.method, below);
  const call: ConnectorCall = {
    kind: 'connector',
    at: platform.clock.now(),
    operation: route.operation,
    method: request.method,
    path: query === '' ? below : `${below}?${query}`,
    conversation: below.startsWith('v3/conversations/') ? route.ids[0] : undefined,
    body: request.body === '' ? undefined : parseJson(request.body),
    status: undefined,
    response: undefined,
  };
  platform.log.push(call);
  platform.changed();
  return { call, route };
}

function demandToken(platform: Platform, authorization: string | undefined): void {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  const ends = platform.accessTokens.get(token ?? '');
  if (ends === undefined) {
    platform.complain(`connector: called with ${authorization === undefined ? 'no token' : 'a token of other make'}`);
    throw refuse('BotNotRegistered', 'Authorization has been denied for this request.');
  }
  if (ends <= platform.clock.now()) throw refuse('BotNotRegistered', 'Authorization has been denied for this request.');
}

function demandTenant(platform: Platform, path: string): Tenant {
  const tenant = platform.tenants.find(({ serviceUrl }) => path.startsWith(new URL(serviceUrl).pathname));
  if (tenant !== undefined) return tenant;
  platform.complain(`connector: ${path} is below nobody's service address`);
  throw refuse('ConversationNotFound');
}

function countCall(platform: Platform, tenant: Tenant, conversation: string, operation: LimitedOperation): void {
  const seconds = platform.limits.take(tenant.id, conversation, operation);
  if (seconds === undefined) return;
  platform.throttled += 1;
  throw refuse('Throttled', undefined, seconds);
}

function demandConversation(platform: Platform, tenant: Tenant, id: string): Conversation {
  if (/%[0-9A-Fa-f]{2}/.test(id)) platform.complain(`connector: conversation id encoded twice: ${id}`);
  const conversation = findConversation(tenant, id);
  if (conversation === undefined) {
    platform.complain(`connector: no conversation ${id}`);
    throw refuse('ConversationNotFound');
  }
  return conversation;
}

function perform(platform: Platform, request: ConnectorRequest, call: ConnectorCall, route: Route): ConnectorAnswer {
  const [path = '', search = ''] = request.target.split('?');
  demandToken(platform, request.headers.authorization);
  const tenant = demandTenant(platform, path);
  const query = new URLSearchParams(search);
  const [first = '', second] = route.ids;
  const { operation } = route;
  if (['post', 'put', 'create'].includes(operation)) {
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('application/json')) platform.complain(`${operation}: content-type ${type}`);
  }
  switch (operation) {
    case 'create':
      countCall(platform, tenant, 'new', 'create');
      return createConversation(platform, tenant, call.body);
    case 'team':
    case 'channels': {
      const team = tenant.teams.find(({ id }) => id === first);
      if (team === undefined) throw refuse('ConversationNotFound');
      return operation === 'team' ? describeTeam(team) : listChannels(team);
    }
    case 'unknown':
      platform.complain(`connector: unknown endpoint ${request.method} ${call.path}`);
      return { status: 404, body: undefined };
    case 'post':
    case 'put':
    case 'delete': {
      const conversation = demandConversation(platform, tenant, first);
      demandWritable(conversation);
      countCall(platform, tenant, conversation.id, 'send');
      const targeted = query.get('isTargetedActivity') === 'true';
      const place: Place = { tenant, conversation, pathId: first, targeted };
      if (operation === 'post') return postActivity(platform, place, call.body, second);
      return operation === 'put'
        ? putActivity(platform, place, call.body, second ?? '')
        : deleteActivity(platform, place, second ?? '');
    }
    case 'members':
    case 'member':
    case 'pagedmembers': {
      const conversation = demandConversation(platform, tenant, first);
      demandWritable(conversation);
      countCall(platform, tenant, conversation.id, 'members');
      if (operation === 'member') return showMember(tenant, conversation, second ?? '');
      if (operation === 'pagedmembers') return pageMembers(tenant, conversation, query);
      platform.complain('members: the list that is not paged is deprecated; ask for pagedmembers or one member');
      return listMembers(tenant, conversation);
    }
    default: {
      const never: never = operation;
      throw new Error(`unknown operation ${String(never)}`);
    }
  }
}

/** Answers one connector call as Teams would. */
export function answerConnector(
  platform: Platform,
  request: ConnectorRequest,
  call: ConnectorCall,
  route: Route,
): ConnectorAnswer {
  try {
    return perform(platform, request, call, route);
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
