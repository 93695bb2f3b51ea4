import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../json.js';
import type { Dialog, StoredMessage } from '../platform.js';

export type CardSurface = StoredMessage | Dialog;

export interface ShownAction {
  action: JsonObject;
  /** The cards it stands in, the outer one first. */
  cards: JsonObject[];
}

export interface ShownInput {
  input: JsonObject;
  id: string;
  card: JsonObject;
  visible: boolean;
}

export interface Screen {
  actions: ShownAction[];
  /** Every input, hidden ones too: they are sent all the same. */
  inputs: ShownInput[];
  texts: string[];
  /** Whether each element with an id shows. */
  visible: Map<string, boolean>;
}

/** The cards a person sees on a surface, replaced ones in place of the common ones. */
export function cardsFor(surface: CardSurface, personId: string): JsonObject[] {
  if (surface.kind === 'dialog') return [surface.card];
  const own = surface.replaced.get(personId);
  return own === undefined ? surface.cards : [own, ...surface.cards.slice(1)];
}

/** Lists what stands on the screen of one person. */
export function readScreen(surface: CardSurface, personId: string): Screen {
  const screen: Screen = { actions: [], inputs: [], texts: [], visible: new Map() };
  const opened = surface.opened.get(personId) ?? new Set();
  const toggled = surface.toggled.get(personId) ?? new Map<string, boolean>();

  function addAction(action: JsonObject | undefined, cards: JsonObject[]): void {
    if (action === undefined) return;
    screen.actions.push({ action, cards });
    const inner = objectAt(action, 'card');
    if (action.type === 'Action.ShowCard' && inner !== undefined && opened.has(action)) readCard(inner, cards);
  }

  function readElement(element: JsonObject, cards: JsonObject[], parentVisible: boolean): void {
    const id = stringAt(element, 'id');
    const visible = parentVisible && ((id === undefined ? undefined : toggled.get(id)) ?? element.isVisible !== false);
    if (id !== undefined) screen.visible.set(id, visible);
    const type = stringAt(element, 'type') ?? '';
    const card = cards.at(-1);
    if (type.startsWith('Input.') && id !== undefined && card !== undefined) {
      screen.inputs.push({ input: element, id, card, visible });
    }
    if (visible) {
      for (const key of ['text', 'title', 'label', 'value'] as const) {
        const text = stringAt(element, key);
        if (text !== undefined && (key !== 'value' || type === '')) screen.texts.push(text);
      }
      addAction(objectAt(element, 'selectAction'), cards);
      addAction(objectAt(element, 'inlineAction'), cards);
      for (const action of objectsAt(element, 'actions')) addAction(action, cards);
    }
    for (const run of Array.isArray(element.inlines) ? element.inlines : []) {
      if (visible && typeof run === 'string') screen.texts.push(run);
    }
    for (const key of ['items', 'columns', 'rows', 'cells', 'images', 'facts', 'inlines']) {
      for (const inner of objectsAt(element, key)) readElement(inner, cards, visible);
    }
  }

  function readCard(card: JsonObject, outer: JsonObject[]): void {
    const cards = [...outer, card];
    for (const element of objectsAt(card, 'body')) readElement(element, cards, true);
    for (const action of objectsAt(card, 'actions')) addAction(action, cards);
    addAction(objectAt(card, 'selectAction'), cards);
  }

  for (const card of cardsFor(surface, personId)) readCard(card, []);
  return screen;
}

/** Finds the one button of that title, verb or id. */
export function findAction({ actions }: Screen, target: string): ShownAction {
  const found = actions.filter(({ action }) => [action.title, action.verb, action.id].includes(target));
  const [first] = found;
  if (first !== undefined && found.length === 1) {
    if (first.action.isEnabled === false) throw new Error(`the button ${target} is switched off`);
    return first;
  }
  const shown = actions.map(({ action }) => String(action.title ?? action.verb ?? action.type)).join(', ');
  throw new Error(`${found.length === 0 ? 'no button' : 'more than one button'} called ${target} among: ${shown}`);
}

/** Finds the one visible input of that id or label. */
export function findInput({ inputs }: Screen, target: string): ShownInput {
  const visible = inputs.filter((one) => one.visible);
  const found = visible.find(({ id }) => id === target) ?? visible.find(({ input }) => labelOf(input) === target);
  if (found !== undefined) return found;
  throw new Error(
    `no field ${target} among: ${visible.map(({ id, input }) => `${id} (${labelOf(input)})`).join(', ')}`,
  );
}

/** The words beside an input. */
export function labelOf(input: JsonObject): string {
  return stringAt(input, 'label') ?? stringAt(input, 'title') ?? '';
}

/** The `msteams` object in the data of a button. */
export function teamsDataOf(action: JsonObject): JsonObject | undefined {
  const data = action.data;
  return isObject(data) ? objectAt(data, 'msteams') : undefined;
}
