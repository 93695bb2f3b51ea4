import { copyJson, type JsonObject, objectAt, stringAt } from '../json.js';
import { formatTs, renderMessage } from './messages.js';
import type { ElementState, FormState, Platform, StoredMessage, StoredView, User, Workspace } from './platform.js';
import type { Located } from './state.js';
import { mintResponseUrl, mintTrigger } from './triggers.js';
import { renderView } from './views.js';

export type Surface = StoredMessage | StoredView;

/** The word Slack still sends for legacy verification; apps must not rely on it. */
export const VERIFICATION_TOKEN = 'verification-token';

/** What every interaction carries about place and person. */
function envelope(workspace: Workspace, user: User): JsonObject {
  return {
    team: { id: workspace.teamId, domain: workspace.domain },
    user: { id: user.id, username: user.name, name: user.name, team_id: workspace.teamId },
    api_app_id: workspace.appId,
    token: VERIFICATION_TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** Microsecond timestamps of acts, as in action_ts. */
export function actionTs(platform: Platform): string {
  return formatTs(Math.floor(platform.clock.now() * 1000));
}

/** The description of the touched element inside block_actions. */
export function describeAction(
  platform: Platform,
  { element, blockId, actionId }: Located,
  state: ElementState | undefined,
): JsonObject {
  const type = stringAt(element, 'type') ?? '';
  const carried = type === 'button' ? ['text', 'value', 'url', 'style', 'accessibility_label'] : ['placeholder'];
  return {
    type,
    action_id: actionId,
    block_id: blockId,
    ...Object.fromEntries(carried.filter((key) => element[key] !== undefined).map((key) => [key, element[key]])),
    ...(state ?? {}),
    action_ts: actionTs(platform),
  };
}

/** A block_actions payload; on ephemerals there is no message, on views no channel and no response_url. */
export function blockActions(
  platform: Platform,
  workspace: Workspace,
  user: User,
  surface: Surface,
  action: JsonObject,
  state: FormState,
): JsonObject {
  const channelId = surface.kind === 'message' ? surface.channel : surface.channelId;
  const trigger = mintTrigger(platform, workspace, {
    userId: user.id,
    ...(channelId === undefined ? {} : { channelId }),
    ...(surface.kind === 'view' ? { viewId: surface.id } : {}),
  });
  return copyJson({
    type: 'block_actions',
    ...envelope(workspace, user),
    trigger_id: trigger,
    ...(surface.kind === 'view' ? inView(workspace, surface) : onMessage(platform, workspace, user, surface, state)),
    actions: [action],
  });
}

function inView(workspace: Workspace, view: StoredView): JsonObject {
  return { container: { type: 'view', view_id: view.id }, view: renderView(workspace, view) };
}

function onMessage(
  platform: Platform,
  workspace: Workspace,
  user: User,
  message: StoredMessage,
  state: FormState,
): JsonObject {
  const ephemeral = message.ephemeralFor !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: ephemeral,
      ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    },
    channel: channelOf(workspace, message.channel),
    ...(ephemeral ? {} : { message: renderMessage(workspace, message) }),
    state: { values: state },
    response_url: mintResponseUrl(platform, workspace, 'actions', {
      userId: user.id,
      channelId: message.channel,
      source: message,
    }),
  };
}

function channelOf(workspace: Workspace, id: string): JsonObject {
  const channel = workspace.channels.get(id);
  return { id, name: channel?.kind === 'private' ? 'privategroup' : (channel?.name ?? '') };
}

/** A slash command form: every value is a string. */
export function commandForm(
  platform: Platform,
  workspace: Workspace,
  user: User,
  channelId: string,
  command: string,
  text: string,
): JsonObject {
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.teamId,
    team_domain: workspace.domain,
    channel_id: channelId,
    channel_name: stringAt(channelOf(workspace, channelId), 'name') ?? '',
    user_id: user.id,
    user_name: user.name,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: mintResponseUrl(platform, workspace, 'commands', { userId: user.id, channelId }),
    trigger_id: mintTrigger(platform, workspace, { userId: user.id, channelId }),
  };
}

/** A view_submission payload, with response_urls for the selects that asked for one. */
export function viewSubmission(
  platform: Platform,
  workspace: Workspace,
  user: User,
  view: StoredView,
  located: Located[],
): JsonObject {
  const state = view.states.get(user.id) ?? {};
  const urls = located.flatMap(({ element, blockId, actionId }) => {
    const entered = state[blockId]?.[actionId];
    const channelId = entered?.selected_conversation ?? entered?.selected_channel;
    if (element.response_url_enabled !== true || typeof channelId !== 'string') return [];
    const url = mintResponseUrl(platform, workspace, 'app', { userId: user.id, channelId });
    return [{ block_id: blockId, action_id: actionId, channel_id: channelId, response_url: url }];
  });
  return copyJson({
    type: 'view_submission',
    ...envelope(workspace, user),
    trigger_id: mintTrigger(platform, workspace, {
      userId: user.id,
      viewId: view.id,
      ...(view.channelId === undefined ? {} : { channelId: view.channelId }),
    }),
    view: renderView(workspace, view),
    response_urls: urls,
  });
}

/** A view_closed payload, which carries no trigger_id. */
export function viewClosed(workspace: Workspace, user: User, view: StoredView, isCleared: boolean): JsonObject {
  return copyJson({
    type: 'view_closed',
    ...envelope(workspace, user),
    view: renderView(workspace, view),
    is_cleared: isCleared,
  });
}

/** A block_suggestion payload, which carries no trigger_id either. */
export function blockSuggestion(
  workspace: Workspace,
  user: User,
  surface: Surface,
  { blockId, actionId }: Located,
  value: string,
): JsonObject {
  return copyJson({
    ...envelope(workspace, user),
    type: 'block_suggestion',
    ...(surface.kind === 'view'
      ? inView(workspace, surface)
      : {
          container: {
            type: 'message',
            message_ts: surface.ts,
            channel_id: surface.channel,
            is_ephemeral: surface.ephemeralFor !== undefined,
          },
          channel: channelOf(workspace, surface.channel),
          ...(surface.ephemeralFor === undefined ? { message: renderMessage(workspace, surface) } : {}),
        }),
    action_id: actionId,
    block_id: blockId,
    value,
  });
}

/** A global shortcut payload. */
export function globalShortcut(platform: Platform, workspace: Workspace, user: User, callbackId: string): JsonObject {
  return {
    type: 'shortcut',
    token: VERIFICATION_TOKEN,
    action_ts: actionTs(platform),
    team: { id: workspace.teamId, domain: workspace.domain },
    user: { id: user.id, username: user.name, team_id: workspace.teamId },
    is_enterprise_install: false,
    enterprise: null,
    callback_id: callbackId,
    trigger_id: mintTrigger(platform, workspace, { userId: user.id }),
  };
}

/** A message shortcut payload. */
export function messageShortcut(
  platform: Platform,
  workspace: Workspace,
  user: User,
  message: StoredMessage,
  callbackId: string,
): JsonObject {
  return copyJson({
    type: 'message_action',
    token: VERIFICATION_TOKEN,
    action_ts: actionTs(platform),
    team: { id: workspace.teamId, domain: workspace.domain },
    user: { id: user.id, name: user.name },
    channel: channelOf(workspace, message.channel),
    is_enterprise_install: false,
    enterprise: null,
    callback_id: callbackId,
    trigger_id: mintTrigger(platform, workspace, { userId: user.id, channelId: message.channel }),
    response_url: mintResponseUrl(platform, workspace, 'app', {
      userId: user.id,
      channelId: message.channel,
      source: message,
    }),
    message_ts: message.ts,
    message: renderMessage(workspace, message),
  });
}

/** The label a person reads on an element: a button's text, or the label of its input block. */
export function labelOf({ block, element }: Located): string | undefined {
  const text = objectAt(element, 'text') ?? objectAt(block, 'label') ?? objectAt(element, 'placeholder');
  return text === undefined ? undefined : stringAt(text, 'text');
}
