import { clip } from '../../core/clip.js';
import {
  type LampState,
  type NodeOf,
  type PrivateNode,
  type PrivateView,
  type StepState,
  sayFileSize,
} from '../../core/view.js';
import { drawButtons, drawPick, type Pen } from './buttons.js';
import { attach, type Card, card, type Element, textBlock } from './card.js';
import { drawChart } from './chart.js';
import { drawn, messageSize, sizeOf } from './limits.js';
import {
  bold,
  callMark,
  date,
  escapeText,
  isWebAddress,
  link,
  literal,
  markdown,
  type Names,
  nobody,
} from './markdown.js';

/** A message as Teams takes it: the words for notifications, and the card. */
export interface Message {
  readonly type: 'message';
  readonly summary: string;
  readonly attachments: readonly { readonly contentType: string; readonly content: Card }[];
  readonly [property: string]: unknown;
}

/** Draws a view as a message with one Adaptive Card, in a short form when the whole would be too large for Teams. */
export function render(view: PrivateView, pen: Pen, names: Names = nobody): Message {
  const whole = wrap(view, renderCard(view, pen, names));
  return sizeOf(whole) <= messageSize ? whole : renderShort(view, pen);
}

/** Draws the summary of a view with what can be done next. */
export function renderShort(view: PrivateView, pen: Pen): Message {
  const left = textBlock('The rest of this message is too large for Teams.', { isSubtle: true });
  const buttons = view.nodes.flatMap((node) => (node.kind === 'buttons' ? drawButtons(node.buttons, pen) : []));
  const title = drawTitle(clip(view.summary, 1000));
  const short = wrap(view, frame(view, [title, left, ...buttons]));
  return sizeOf(short) <= messageSize ? short : wrap(view, frame(view, [title, left]));
}

/** Draws a view as a card, which calls those whose names are given. */
export function renderCard(view: PrivateView, pen: Pen, names: Names = nobody): Card {
  const body = view.nodes.flatMap((node, index) => draw(node, index, pen, names));
  return frame(view, body, names);
}

/** The people that a view calls. */
export const peopleIn = (view: PrivateView): string[] => [
  ...new Set(
    view.nodes.flatMap((node) =>
      node.kind === 'text' && typeof node.text !== 'string'
        ? node.text.flatMap((piece) => (typeof piece === 'object' && 'person' in piece ? [piece.person] : []))
        : [],
    ),
  ),
];

const wrap = (view: PrivateView, content: Card): Message => ({
  type: 'message',
  summary: clip(literal(view.summary.trim() || 'Webcast'), 500),
  attachments: [attach(content)],
});

function frame(view: PrivateView, body: readonly Element[], names: Names = nobody): Card {
  const entities = peopleIn(view).flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ type: 'mention' as const, text: callMark(name), mentioned: { id, name } }];
  });
  const msteams = { width: 'Full' as const, ...(entities.length > 0 && { entities }) };
  return card(body, { fallbackText: clip(literal(view.summary), 500), msteams });
}

function draw(node: PrivateNode, index: number, pen: Pen, names: Names): Element[] {
  switch (node.kind) {
    case 'title':
      return [drawTitle(node.text)];
    case 'text':
      return [textBlock(markdown(node.text, names), node.style === 'quiet' ? quiet : {})];
    case 'facts':
      return drawFacts(node);
    case 'lamps':
      return drawLines(node.lamps.map((lamp) => `${lampSigns[lamp.state]} ${labelled(lamp.label, lamp.text)}`));
    case 'time':
      return [textBlock(`${bold(`${node.label}:`)} ${date(node.at)}`)];
    case 'list':
      return drawList(node);
    case 'table':
      return drawTable(node);
    case 'code':
      return drawCode(node.label, node.code);
    case 'image':
      return drawImage(node);
    case 'chart':
      return drawChart(node);
    case 'links':
      return drawLines(node.links.map((one) => link(one.label, one.url)));
    case 'buttons':
      return drawButtons(node.buttons, pen);
    case 'pick':
      return drawPick(node, index, pen);
    case 'progress':
      return drawLines(node.steps.map((step) => `${stepSigns[step.state]} ${escapeText(step.text)}`));
    case 'divider':
      return [textBlock(' ', { separator: true, size: 'Small' })];
    case 'secret':
      return drawCode(node.label, node.value.reveal());
    case 'door':
      return drawButtons([{ label: node.label, url: node.address.reveal() }], pen);
    case 'file':
      return [
        textBlock(`📄 ${bold(clip(node.name, 200))} (${sayFileSize(node)}) is offered in your chat with Webcast.`),
      ];
    default: {
      const never: never = node;
      return never;
    }
  }
}

const quiet = { isSubtle: true, size: 'Small' };

// The words beside a lamp or step say the same, so nothing is told by colour alone.
const lampSigns: Readonly<Record<LampState, string>> = { on: '🟢', off: '⚪', warn: '🟡', bad: '🔴' };
const stepSigns: Readonly<Record<StepState, string>> = { done: '✅', doing: '⏳', todo: '⚪', failed: '❌' };

const labelled = (label: string, text: string): string => `${bold(`${label}:`)} ${escapeText(text)}`;

const drawTitle = (text: string): Element =>
  textBlock(escapeText(text), { style: 'heading', size: 'Large', weight: 'Bolder' });

const drawLines = (lines: readonly string[]): Element[] =>
  lines.slice(0, drawn.items).map((line, index) => textBlock(line, index > 0 ? { spacing: 'Small' } : {}));

function drawFacts(node: NodeOf<'facts'>): Element[] {
  const facts = node.facts.map(({ label, value }) => ({ title: escapeText(label), value: markdown(value) || '–' }));
  return facts.length > 0 ? [{ type: 'FactSet', facts }] : [];
}

function drawList(node: NodeOf<'list'>): Element[] {
  const lines = node.items.slice(0, drawn.items).map((item) => `•  ${markdown(item)}`);
  const more = node.items.length - lines.length;
  const all = more > 0 ? [...lines, `…and ${more} more`] : lines;
  return all.map((line, index) => textBlock(line, index > 0 ? { spacing: 'Small' } : {}));
}

function drawTable(node: NodeOf<'table'>): Element[] {
  const columns = node.columns.slice(0, drawn.columns);
  const cell = (text: string, heading: boolean): Element => ({
    type: 'TableCell',
    items: [textBlock(escapeText(clip(text.trim() || '–', 500)), heading ? { weight: 'Bolder' } : {})],
  });
  const line = (words: readonly string[], heading: boolean): Element => ({
    type: 'TableRow',
    cells: columns.map((_, index) => cell(words[index] ?? '', heading)),
  });
  const shown = node.rows.slice(0, drawn.rows);
  const more = node.rows.length - shown.length;
  const table: Element = {
    type: 'Table',
    firstRowAsHeaders: true,
    columns: columns.map(() => ({ width: 1 })),
    rows: [line(columns, true), ...shown.map((row) => line(row, false))],
  };
  return more > 0 ? [table, textBlock(`…and ${more} more`, quiet)] : [table];
}

/** A run of text takes any characters as they are, so that what is copied is what was meant. */
function drawCode(label: string | undefined, code: string): Element[] {
  const runs = code.split('\n').map((text) => ({
    type: 'RichTextBlock',
    spacing: 'None',
    inlines: [{ type: 'TextRun', text: literal(text) || ' ', fontType: 'Monospace' }],
  }));
  const block: Element = { type: 'Container', style: 'emphasis', items: runs };
  return label === undefined ? [block] : [textBlock(bold(label)), block];
}

function drawImage(node: NodeOf<'image'>): Element[] {
  if (!isWebAddress(node.url)) return [textBlock(escapeText(node.alt))];
  return [{ type: 'Image', url: node.url, altText: node.alt.trim() || 'Picture', size: 'Stretch' }];
}
