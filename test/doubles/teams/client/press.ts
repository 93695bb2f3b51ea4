import { isObject, type JsonObject, objectAt, stringAt } from '../../json.js';
import type { Delivery } from '../platform.js';
import { invokeActivity, type Scene, submitActivity } from './activities.js';
import { applyExecute, applyTask } from './answers.js';
import { type DeliveryOptions, deliver } from './delivery.js';
import { collectValues, findFieldProblems, inputsOf } from './fill.js';
import { type CardSurface, type Screen, type ShownAction, teamsDataOf } from './screen.js';

export interface PressOptions extends DeliveryOptions {
  /** The client refreshes by itself. */
  automatic?: boolean;
  /** Sends these values without the client's own checks, as a hostile client does. */
  values?: Record<string, unknown>;
}

const CONTEXT = { theme: 'default' };

function unfold(scene: Scene, surface: CardSurface, action: JsonObject): void {
  const opened = surface.opened.get(scene.person.id) ?? new Set();
  if (!opened.delete(action)) opened.add(action);
  surface.opened.set(scene.person.id, opened);
}

function toggle(scene: Scene, surface: CardSurface, screen: Screen, action: JsonObject): void {
  const toggled = surface.toggled.get(scene.person.id) ?? new Map<string, boolean>();
  for (const target of Array.isArray(action.targetElements) ? action.targetElements : []) {
    const id = String(isObject(target) ? target.elementId : target);
    const wanted = isObject(target) && typeof target.isVisible === 'boolean' ? target.isVisible : undefined;
    toggled.set(id, wanted ?? !(screen.visible.get(id) ?? true));
  }
  surface.toggled.set(scene.person.id, toggled);
}

/** What a button sends: its data and the fields around it, once the client finds nothing wrong with them. */
function gather(scene: Scene, surface: CardSurface, screen: Screen, shown: ShownAction, options: PressOptions) {
  const { data } = shown.action;
  if (options.values !== undefined) return { ...(isObject(data) ? data : {}), ...options.values };
  const inputs = inputsOf(screen, shown);
  const values = collectValues(surface, scene.person.id, inputs);
  const problems = findFieldProblems(inputs, values);
  if (Object.keys(problems).length > 0) throw new Error(`the client refuses: ${JSON.stringify(problems)}`);
  if (data !== undefined && !isObject(data)) return Object.keys(values).length === 0 ? data : { data, ...values };
  return { ...data, ...values };
}

async function submit(
  scene: Scene,
  surface: CardSurface,
  action: JsonObject,
  values: unknown,
  options: PressOptions,
): Promise<Delivery> {
  const { platform, tenant } = scene;
  const send = (activity: JsonObject) => deliver(platform, tenant.id, activity, options);
  if (surface.kind === 'dialog') {
    const { commandId, source } = surface;
    const name = commandId === undefined ? 'task/submit' : 'composeExtension/submitAction';
    const compose = commandId === undefined ? {} : { commandId, commandContext: 'compose' };
    const value = { ...compose, context: CONTEXT, data: values };
    const delivery = await send(invokeActivity(scene, name, value, commandId === undefined ? undefined : 'compose'));
    applyTask(scene, delivery, { source, commandId, dialog: surface }, true);
    return delivery;
  }
  const teams = teamsDataOf(action);
  const type = stringAt(teams ?? {}, 'type');
  switch (type) {
    case undefined:
      return send(submitActivity(scene, surface, values));
    case 'task/fetch': {
      const value = { data: values, context: CONTEXT, tabEntityContext: null };
      const delivery = await send(invokeActivity(scene, 'task/fetch', value, surface));
      applyTask(scene, delivery, { source: surface, commandId: undefined, dialog: undefined }, false);
      return delivery;
    }
    case 'messageBack':
      return send({ ...submitActivity(scene, surface, teams?.value), text: teams?.text });
    case 'imBack':
      return send({ ...submitActivity(scene, surface, undefined), text: teams?.value });
    case 'invoke':
      return send(invokeActivity(scene, stringAt(objectAt(teams ?? {}, 'value') ?? {}, 'type') ?? '', values, surface));
    default:
      throw new Error(`the double does not press msteams type ${type}`);
  }
}

/** Presses a button; undefined when nothing is sent: links, cards that unfold, things that hide. */
export async function press(
  scene: Scene,
  surface: CardSurface,
  screen: Screen,
  shown: ShownAction,
  options: PressOptions,
): Promise<Delivery | undefined> {
  const { platform, tenant } = scene;
  const { action } = shown;
  switch (action.type) {
    case 'Action.OpenUrl':
      platform.openedLinks.push(String(action.url));
      return undefined;
    case 'Action.ShowCard':
      unfold(scene, surface, action);
      return undefined;
    case 'Action.ToggleVisibility':
      toggle(scene, surface, screen, action);
      return undefined;
    case 'Action.Submit':
      return submit(scene, surface, action, gather(scene, surface, screen, shown, options), options);
    case 'Action.Execute': {
      if (surface.kind === 'dialog') throw new Error('Action.Execute does nothing in a dialog');
      const { title, verb, id } = action;
      const data = gather(scene, surface, screen, shown, options);
      const automatic = options.automatic === true;
      const sent = {
        type: 'Action.Execute',
        ...(id === undefined ? {} : { id }),
        ...(automatic ? {} : { title }),
        verb,
        data,
      };
      const value = { action: sent, trigger: automatic ? 'automatic' : 'manual' };
      const delivery = await deliver(
        platform,
        tenant.id,
        invokeActivity(scene, 'adaptiveCard/action', value, surface),
        options,
      );
      applyExecute(scene, delivery, surface);
      return delivery;
    }
    default:
      throw new Error(`nobody can press ${String(action.type)}`);
  }
}
