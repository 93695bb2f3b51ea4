import { clip } from '../../core/clip.js';
import type { Button, Choice, Confirm, PrivateNode } from '../../core/view.js';
import { type Element, textBlock } from './card.js';
import { actionsInSet, drawn } from './limits.js';
import { bold, escapeText, isWebAddress } from './markdown.js';

type Pick = Extract<PrivateNode, { kind: 'pick' }>;

/** How buttons write the line they carry: signed, for the tenant that they are drawn for. */
export interface Pen {
  /** The data of a button that types this line. */
  data(line: string): object;
  /** Whether the line opens a form, for which a button has to say so itself. */
  opensForm(line: string): boolean;
}

/** The input that a pick's choice stands in. */
export const pickInput = 'choice';
/** The verb of a button that leaves things as they are. */
export const leaveVerb = 'leave';

/** The command's word of a line, for a verb that tells a reader of the payload what it is about. */
const commandOf = (line: string): string => /^\s*([a-z]{1,40})\b/i.exec(line)?.[1]?.toLowerCase() ?? 'line';

/** Draws buttons that type a line or open an address. */
export function drawButtons(buttons: readonly Button[], pen: Pen): Element[] {
  const actions = buttons.flatMap((button) => drawButton(button, pen));
  const sets: Element[] = [];
  for (let start = 0; start < actions.length; start += actionsInSet) {
    sets.push({ type: 'ActionSet', actions: actions.slice(start, start + actionsInSet) });
  }
  return sets;
}

function drawButton(button: Button, pen: Pen): Element[] {
  const title = clip(button.label, 100);
  if ('url' in button) return isWebAddress(button.url) ? [{ type: 'Action.OpenUrl', title, url: button.url }] : [];
  const look = button.style && { style: button.style === 'danger' ? 'destructive' : 'positive' };
  if (pen.opensForm(button.line)) {
    const data = { ...pen.data(button.line), msteams: { type: 'task/fetch' } };
    return [{ type: 'Action.Submit', title, data, associatedInputs: 'none', ...look }];
  }
  if (!button.confirm) return [{ ...execute(title, button.line, pen), ...look }];
  return [{ type: 'Action.ShowCard', title, ...look, card: drawConfirm(button.confirm, button.line, pen, look ?? {}) }];
}

/** The question under a button; pressing the button again folds it away. */
function drawConfirm(confirm: Confirm, line: string, pen: Pen, look: object): Element {
  const leave: Element = {
    type: 'Action.Execute',
    title: clip(confirm.no, 100),
    verb: leaveVerb,
    data: { v: 1 },
    associatedInputs: 'none',
  };
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [textBlock(bold(confirm.title)), textBlock(escapeText(confirm.text))],
    actions: [{ ...execute(clip(confirm.yes, 100), line, pen), ...look }, leave],
  };
}

function execute(title: string, line: string, pen: Pen): Element {
  return { type: 'Action.Execute', title, verb: commandOf(line), data: pen.data(line), associatedInputs: 'none' };
}

/** Draws a question for one webcast: the likely ones to choose from, and a search through all others as one types. */
export function drawPick(node: Pick, index: number, pen: Pen): Element[] {
  const choices = drawChoices(node.choices);
  const id = `${pickInput}.${index}`;
  const input: Element = {
    type: 'Input.ChoiceSet',
    id,
    label: escapeText(node.label),
    style: 'filtered',
    placeholder: 'Choose or search a webcast',
    isRequired: true,
    errorMessage: 'Choose a webcast.',
    choices,
    'choices.data': { type: 'Data.Query', dataset: 'webcast' },
  };
  const choose: Element = { ...execute('Choose', node.line, pen), associatedInputs: 'auto' };
  return [input, { type: 'ActionSet', actions: [choose] }];
}

/** A list to choose from: each value once. */
export function drawChoices(choices: readonly Choice[]): { readonly title: string; readonly value: string }[] {
  const found = new Map<string, { title: string; value: string }>();
  for (const { value, label, hint } of choices) {
    if (found.size === drawn.choices) break;
    if (value === '' || found.has(value)) continue;
    found.set(value, { title: clip(hint ? `${label} (${hint})` : label, 200), value });
  }
  return [...found.values()];
}
