import { type JsonObject, objectsAt, stringAt } from '../json.js';
import { elementsOf } from './blocks/layout.js';
import type { ElementState, FormState } from './platform.js';

/** Where each element keeps what the person entered, what fills it at first, and whether it holds many. */
export interface ElementKind {
  key: string;
  initial: string;
  many: boolean;
}

const KINDS: Record<string, ElementKind> = {
  plain_text_input: { key: 'value', initial: 'initial_value', many: false },
  email_text_input: { key: 'value', initial: 'initial_value', many: false },
  url_text_input: { key: 'value', initial: 'initial_value', many: false },
  number_input: { key: 'value', initial: 'initial_value', many: false },
  rich_text_input: { key: 'rich_text_value', initial: 'initial_value', many: false },
  datepicker: { key: 'selected_date', initial: 'initial_date', many: false },
  timepicker: { key: 'selected_time', initial: 'initial_time', many: false },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', many: false },
  static_select: { key: 'selected_option', initial: 'initial_option', many: false },
  external_select: { key: 'selected_option', initial: 'initial_option', many: false },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', many: false },
  users_select: { key: 'selected_user', initial: 'initial_user', many: false },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation', many: false },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', many: false },
  checkboxes: { key: 'selected_options', initial: 'initial_options', many: true },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', many: true },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', many: true },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', many: true },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', many: true },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', many: true },
  file_input: { key: 'files', initial: '', many: true },
};

/** Returns how an element keeps its state, or undefined for buttons and overflow menus, which keep none. */
export function kindOf(element: JsonObject): ElementKind | undefined {
  return KINDS[stringAt(element, 'type') ?? ''];
}

export interface Located {
  block: JsonObject;
  element: JsonObject;
  blockId: string;
  actionId: string;
}

/** Lists every interactive element of stored blocks with its ids. */
export function locateElements(blocks: JsonObject[]): Located[] {
  return blocks.flatMap((block) => [
    ...(block.type === 'container' ? locateElements(objectsAt(block, 'child_blocks')) : elementsIn(block)),
  ]);
}

function elementsIn(block: JsonObject): Located[] {
  return elementsOf(block).map((element) => ({
    block,
    element,
    blockId: stringAt(block, 'block_id') ?? '',
    actionId: stringAt(element, 'action_id') ?? '',
  }));
}

/** Returns the state of an element nobody touched: its initial value, or null or [] without one. */
function initialState(element: JsonObject, currentConversation: string | undefined): ElementState | undefined {
  const kind = kindOf(element);
  if (kind === undefined) return undefined;
  const initial = element[kind.initial];
  const conversation = element.default_to_current_conversation === true ? currentConversation : undefined;
  const fallback = kind.many
    ? conversation === undefined
      ? []
      : [conversation]
    : conversation === undefined
      ? null
      : conversation;
  return {
    type: stringAt(element, 'type') ?? '',
    [kind.key]: initial === undefined || initial === '' ? fallback : initial,
    ...(element.timezone === undefined ? {} : { timezone: element.timezone }),
  };
}

/** Builds the state of all elements: what was entered stays while block_id, action_id and type stay. */
export function carryState(
  blocks: JsonObject[],
  entered: FormState | undefined,
  currentConversation: string | undefined,
): FormState {
  const state: FormState = {};
  for (const { element, blockId, actionId } of locateElements(blocks)) {
    const fresh = initialState(element, currentConversation);
    if (fresh === undefined) continue;
    const kept = entered?.[blockId]?.[actionId];
    const actions = state[blockId] ?? {};
    actions[actionId] = kept !== undefined && kept.type === fresh.type ? kept : fresh;
    state[blockId] = actions;
  }
  return state;
}

/** Tells whether an element state holds nothing. */
export function isEmptyState(state: ElementState): boolean {
  const kind = KINDS[state.type];
  const value = kind === undefined ? undefined : state[kind.key];
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}
