import { stringAt } from '../../json.js';
import { ApiError, invalidArguments } from '../errors.js';
import type { StoredView } from '../platform.js';
import { homeOf, openView, publishHome, pushView, readView, renderView, replaceView, spendTrigger } from '../views.js';
import type { Call, Method } from './method.js';

function rendered({ workspace }: Call, view: StoredView) {
  return { view: renderView(workspace, view) };
}

const open: Method = (call) => {
  const { platform, workspace, args, method } = call;
  const body = readView(platform, args.view, 'modal', method);
  return rendered(call, openView(platform, workspace, body, spendTrigger(platform, workspace, args.trigger_id)));
};

const push: Method = (call) => {
  const { platform, workspace, args, method } = call;
  const body = readView(platform, args.view, 'modal', method);
  return rendered(call, pushView(platform, workspace, body, spendTrigger(platform, workspace, args.trigger_id)));
};

const update: Method = (call) => {
  const { platform, workspace, args, method } = call;
  const viewId = stringAt(args, 'view_id');
  const externalId = stringAt(args, 'external_id');
  if ((viewId === undefined) === (externalId === undefined)) {
    throw invalidArguments('[ERROR] must provide exactly one of view_id, external_id [json-pointer:/view_id]');
  }
  const view = workspace.views.find(
    (candidate) => candidate.open && (candidate.id === viewId || candidate.body.external_id === externalId),
  );
  if (view === undefined) throw new ApiError('not_found');
  if (args.hash !== undefined && args.hash !== view.hash) throw new ApiError('hash_conflict');
  replaceView(platform, view, readView(platform, args.view, view.type, method));
  return rendered(call, view);
};

const publish: Method = (call) => {
  const { platform, workspace, args, method } = call;
  if (!workspace.homeEnabled) throw new ApiError('not_enabled');
  const userId = stringAt(args, 'user_id') ?? '';
  if (!workspace.users.has(userId)) throw invalidArguments('[ERROR] user not found [json-pointer:/user_id]');
  const existing = homeOf(workspace, userId);
  if (args.hash !== undefined && existing !== undefined && args.hash !== existing.hash) {
    throw new ApiError('hash_conflict');
  }
  return rendered(call, publishHome(platform, workspace, readView(platform, args.view, 'home', method), userId));
};

/** views.*: modals by trigger_id, updates by hash, the Home tab. */
export const viewMethods: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
