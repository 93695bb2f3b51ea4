import type { types } from '@slack/bolt';
import { clip } from '../../core/clip.js';
import type { Button, Choice, Confirm, PrivateNode } from '../../core/view.js';
import { limits, plainText } from './limits.js';
import { bold, marked } from './mrkdwn.js';

type Pick = Extract<PrivateNode, { kind: 'pick' }>;

/** Action ids are wc:<what>:<n>; what a press means travels in the button's value, never in its id. */
const actionId = (what: string, index: string | number): string => `wc:${what}:${index}`;

/** The command's word of a line, for an id that tells a reader of the payload what it is about. */
const commandOf = (line: string): string => /^\s*([a-z]{1,40})\b/i.exec(line)?.[1]?.toLowerCase() ?? 'line';

/** A pick's block id carries the line that a choice completes. */
const pickPrefix = 'wc:pick:';

/** Draws buttons that type a line or open an address. */
export function drawButtons(buttons: readonly Button[], index: number): types.KnownBlock[] {
  const elements = buttons.flatMap((button, place) => drawButton(button, `${index}.${place}`));
  const blocks: types.KnownBlock[] = [];
  for (let start = 0; start < elements.length; start += limits.actions) {
    blocks.push({ type: 'actions', elements: elements.slice(start, start + limits.actions) });
  }
  return blocks;
}

function drawButton(button: Button, index: string): types.Button[] {
  const text = plainText(button.label, limits.button);
  if ('url' in button) {
    if (!/^https?:\/\//i.test(button.url) || button.url.length > limits.url) return [];
    return [{ type: 'button', action_id: actionId('link', index), text, url: button.url }];
  }
  if (button.line === '' || button.line.length > limits.value) return [];
  return [
    {
      type: 'button',
      action_id: actionId(commandOf(button.line), index),
      text,
      value: button.line,
      ...(button.style && { style: button.style }),
      ...(button.confirm && { confirm: drawConfirm(button.confirm, button.style) }),
    },
  ];
}

function drawConfirm(confirm: Confirm, style: 'primary' | 'danger' | undefined): types.ConfirmationDialog {
  const { title, text, button } = limits.confirm;
  return {
    title: plainText(confirm.title, title),
    text: plainText(confirm.text, text),
    confirm: plainText(confirm.yes, button),
    deny: plainText(confirm.no, button),
    ...(style && { style }),
  };
}

/** Draws a question for one webcast: the likely ones to choose from, and a search through all others. */
export function drawPick(node: Pick, index: number): types.KnownBlock[] {
  const heading: types.SectionBlock = { type: 'section', text: marked(bold(clip(node.label, 300)) || '–') };
  const options = drawOptions(node.choices);
  const search: types.ExternalSelect = {
    type: 'external_select',
    action_id: actionId('search', index),
    placeholder: plainText(options.length > 0 ? 'Search for another' : 'Search by name', limits.placeholder),
    min_query_length: 0,
  };
  const likely: types.StaticSelect = {
    type: 'static_select',
    action_id: actionId('choose', index),
    placeholder: plainText('Choose a webcast', limits.placeholder),
    options,
  };
  const elements = options.length > 0 ? [likely, search] : [search];
  return [heading, { type: 'actions', block_id: pickBlock(node.line, index), elements }];
}

/** A list to choose from: at most 100, each value once, none that Slack cannot carry. */
export function drawOptions(choices: readonly Choice[]): types.PlainTextOption[] {
  const options = new Map<string, types.PlainTextOption>();
  for (const { value, label, hint } of choices) {
    if (options.size === limits.options) break;
    if (value === '' || value.length > limits.optionValue || options.has(value)) continue;
    const text = plainText(label, limits.option);
    options.set(value, { text, value, ...(hint && { description: plainText(hint, limits.option) }) });
  }
  return [...options.values()];
}

function pickBlock(line: string, index: number): string {
  const id = `${pickPrefix}${index}:${line}`;
  if (id.length <= limits.id) return id;
  return `${pickPrefix}${index}:${commandOf(line)} {}`;
}

/** The command line that a choice in a pick types, or undefined when the block is no pick. */
export function pickedLine(blockId: string, value: string): string | undefined {
  const found = /^wc:pick:\d+:([\s\S]+)$/.exec(blockId);
  return found?.[1]?.replaceAll('{}', () => value);
}
