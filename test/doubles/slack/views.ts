import { isObject, type JsonObject, objectsAt, stringAt } from '../json.js';
import { describeIssues, findViewIssues } from './blocks/index.js';
import { judgeTexts } from './blocks/text.js';
import { ApiError, invalidArguments } from './errors.js';
import { fillDefaults } from './fill.js';
import type { Platform, StoredView, Trigger, Workspace } from './platform.js';
import { findSecrets } from './secrets.js';
import { carryState } from './state.js';

const MAX_VIEW_CHARACTERS = 250_000;
const MAX_DEPTH = 3;
const TRIGGER_LIFETIME = 3_000;

/** Judges a view and returns it as Slack stores it; throws the refusal Slack would give. */
export function readView(platform: Platform, view: unknown, kind: 'modal' | 'home', where: string): JsonObject {
  if (JSON.stringify(view ?? null).length > MAX_VIEW_CHARACTERS) throw new ApiError('view_too_large');
  const issues = findViewIssues(view, [kind]);
  if (issues.length > 0 || !isObject(view)) throw invalidArguments(...describeIssues(issues));
  const { faults, habits } = judgeTexts(view, '/view');
  for (const fault of faults) platform.complain(`${where}: ${fault}`);
  for (const secret of findSecrets(platform, view.blocks)) platform.complain(`${where}: ${secret} in a view`);
  platform.advice.push(...habits.map((habit) => `${where}: ${habit}`));
  const [texts = {}] = fillDefaults([{ title: view.title, submit: view.submit, close: view.close }], platform.ids);
  return {
    type: kind,
    title: texts.title ?? { type: 'plain_text', text: 'View Title', emoji: true },
    submit: texts.submit ?? null,
    close: texts.close ?? null,
    blocks: fillDefaults(objectsAt(view, 'blocks'), platform.ids),
    private_metadata: stringAt(view, 'private_metadata') ?? '',
    callback_id: stringAt(view, 'callback_id') ?? '',
    external_id: stringAt(view, 'external_id') ?? '',
    clear_on_close: view.clear_on_close === true,
    notify_on_close: view.notify_on_close === true,
  };
}

/** Returns the open modals of a person, the one on top last. */
export function stackOf(workspace: Workspace, userId: string): StoredView[] {
  return workspace.views.filter((view) => view.type === 'modal' && view.userId === userId && view.open);
}

/** Returns the published Home tab of a person. */
export function homeOf(workspace: Workspace, userId: string): StoredView | undefined {
  return workspace.views.find((view) => view.type === 'home' && view.userId === userId);
}

/** Spends a trigger_id: once only, within three seconds of the person's act. */
export function spendTrigger(platform: Platform, workspace: Workspace, id: unknown): Trigger {
  const trigger = typeof id === 'string' ? workspace.triggers.get(id) : undefined;
  if (trigger === undefined) throw new ApiError('invalid_trigger_id');
  if (trigger.used) throw new ApiError('exchanged_trigger_id');
  if (platform.clock.now() - trigger.mintedAt > TRIGGER_LIFETIME) throw new ApiError('expired_trigger_id');
  trigger.used = true;
  return trigger;
}

function makeView(platform: Platform, workspace: Workspace, body: JsonObject, owner: OwnerOf): StoredView {
  const externalId = stringAt(body, 'external_id') ?? '';
  if (externalId !== '' && workspace.views.some((view) => view.open && view.body.external_id === externalId)) {
    throw new ApiError('duplicate_external_id');
  }
  const id = platform.ids.next('V');
  const view: StoredView = {
    kind: 'view',
    id,
    teamId: workspace.teamId,
    type: owner.type,
    userId: owner.userId,
    body,
    hash: nextHash(platform),
    rootId: owner.below?.rootId ?? id,
    previousId: owner.below?.id ?? null,
    open: true,
    errors: {},
    history: [],
    states: new Map([[owner.userId, carryState(objectsAt(body, 'blocks'), undefined, owner.channelId)]]),
    offered: new Map(),
    ...(owner.channelId === undefined ? {} : { channelId: owner.channelId }),
  };
  workspace.views.push(view);
  platform.changed();
  return view;
}

interface OwnerOf {
  type: 'modal' | 'home';
  userId: string;
  channelId?: string | undefined;
  below?: StoredView | undefined;
}

/** Opens a modal as the root of a new stack; the modal that was open before is gone from sight. */
export function openView(platform: Platform, workspace: Workspace, body: JsonObject, trigger: Trigger): StoredView {
  for (const view of stackOf(workspace, trigger.userId)) endView(platform, view, 'replaced');
  return makeView(platform, workspace, body, { type: 'modal', ...pickOwner(trigger) });
}

/** Pushes a modal on the stack of the person; the stack holds three. */
export function pushView(platform: Platform, workspace: Workspace, body: JsonObject, owner: Owner): StoredView {
  const stack = stackOf(workspace, owner.userId);
  const below = stack.at(-1);
  if (below === undefined) throw new ApiError('not_found');
  if (stack.length >= MAX_DEPTH) throw new ApiError('push_limit_reached');
  return makeView(platform, workspace, body, {
    type: 'modal',
    userId: owner.userId,
    channelId: below.channelId,
    below,
  });
}

type Owner = Pick<Trigger, 'userId'>;

function pickOwner(trigger: Trigger): { userId: string; channelId: string | undefined } {
  return { userId: trigger.userId, channelId: trigger.channelId };
}

/** Publishes the Home tab of a person. */
export function publishHome(platform: Platform, workspace: Workspace, body: JsonObject, userId: string): StoredView {
  const existing = homeOf(workspace, userId);
  if (existing === undefined) return makeView(platform, workspace, body, { type: 'home', userId });
  replaceView(platform, existing, body);
  return existing;
}

/** Puts a new body into an open view; entered values stay where block_id and action_id stay. */
export function replaceView(platform: Platform, view: StoredView, body: JsonObject): void {
  view.history.push(view.body);
  view.body = body;
  view.hash = nextHash(platform);
  view.errors = {};
  view.states.set(view.userId, carryState(objectsAt(body, 'blocks'), view.states.get(view.userId), view.channelId));
  platform.changed();
}

/** Takes a view off the screen. */
export function endView(platform: Platform, view: StoredView, how: NonNullable<StoredView['ended']>): void {
  view.open = false;
  view.ended = how;
  platform.changed();
}

function nextHash(platform: Platform): string {
  return `${Math.floor(platform.clock.now() / 1000)}.${platform.ids.secret('hash', 8)}`;
}

/** Renders a view as Slack sends it to apps. */
export function renderView(workspace: Workspace, view: StoredView): JsonObject {
  return {
    id: view.id,
    team_id: workspace.teamId,
    ...view.body,
    state: { values: view.states.get(view.userId) ?? {} },
    hash: view.hash,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: workspace.appId,
    app_installed_team_id: workspace.teamId,
    bot_id: workspace.botId,
  };
}
