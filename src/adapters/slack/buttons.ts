import type { types } from '@slack/bolt';
import type { Button, Choice, Confirm, PrivateNode } from '../../core/view.js';
import { clip, limits, plainText } from './limits.js';
import { bold, marked } from './mrkdwn.js';

type Pick = Extract<PrivateNode, { kind: 'pick' }>;

/** Action ids are wc:<what>:<n>; what a press means travels in the button's value, never in its id. */
export const actionId = (what: string, index: string | number): string => `wc:${clip(what, 100)}:${index}`;

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
  if (button.line.length > limits.value) return [];
  return [
    {
      type: 'button',
      action_id: actionId(button.line.trim().split(/\s/, 1)[0]?.toLowerCase() ?? '', index),
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
  const options = node.choices.slice(0, limits.options).flatMap(drawOption);
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

/** One line of a list to choose from; none for a value that Slack cannot carry. */
export function drawOption(choice: Choice): types.PlainTextOption[] {
  if (choice.value === '' || choice.value.length > limits.optionValue) return [];
  return [
    {
      text: plainText(choice.label, limits.option),
      value: choice.value,
      ...(choice.hint && { description: plainText(choice.hint, limits.option) }),
    },
  ];
}

function pickBlock(line: string, index: number): string {
  const id = `${pickPrefix}${index}:${line}`;
  if (id.length <= limits.id) return id;
  const command = line.trim().split(/\s/, 1)[0] ?? '';
  return `${pickPrefix}${index}:${clip(command, 100)} {}`;
}

/** The command line that a choice in a pick types, or undefined when the block is no pick. */
export function pickedLine(blockId: string, value: string): string | undefined {
  const found = /^wc:pick:\d+:([\s\S]+)$/.exec(blockId);
  return found?.[1]?.replaceAll('{}', () => value);
}
