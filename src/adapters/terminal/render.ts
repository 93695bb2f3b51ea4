import {
  type Button,
  type Choice,
  type FileNode,
  type LampState,
  type Piece,
  type PrivateNode,
  type PrivateView,
  type StepState,
  sayFileSize,
  type Text,
} from '../../core/view.js';
import type { Zone } from '../../core/webcast.js';
import { sayFull } from '../../time/say.js';
import { drawChart } from './chart.js';
import { fileLines } from './limits.js';
import { type Paint, paintWith } from './paint.js';
import { drawTable } from './table.js';
import { clean, cleanCode, cleanLine, padTo, widthOf, wrap } from './text.js';

/** How a terminal draws: the reader's time zone, the columns of a line, and whether colour codes are understood. */
export interface Look {
  readonly zone: Zone;
  readonly width: number;
  readonly colours: boolean;
}

/** One drawn node; an entry is what stands or changes together, and may hold line breaks. */
export interface Block {
  readonly kind: PrivateNode['kind'];
  readonly entries: readonly string[];
}

/** Draws each node of a view; the text of secrets is in it, so the result is for the one person it was made for. */
export function renderBlocks(view: PrivateView, look: Look): readonly Block[] {
  const paint = paintWith(look.colours);
  return view.nodes.map((node) => ({ kind: node.kind, entries: drawNode(node, look, paint) }));
}

const airy: readonly Block['kind'][] = ['table', 'code', 'chart', 'pick', 'progress', 'secret', 'file'];

/** Puts drawn nodes under each other as lines, with air around the tall ones. */
export function layBlocks(blocks: readonly Block[]): readonly string[] {
  const lines: string[] = [];
  let before: Block | undefined;
  for (const block of blocks) {
    if (block.entries.length === 0) continue;
    if (before && (airy.includes(block.kind) || airy.includes(before.kind))) lines.push('');
    lines.push(...block.entries.flatMap((entry) => entry.split('\n')));
    before = block;
  }
  return lines;
}

/** Draws a view as lines of text. */
export const renderView = (view: PrivateView, look: Look): readonly string[] => layBlocks(renderBlocks(view, look));

function drawNode(node: PrivateNode, look: Look, paint: Paint): readonly string[] {
  const { width } = look;
  const words = (text: Text) => drawText(text, look, paint);
  const flow = (text: string) => wrap(text, width).join('\n');
  switch (node.kind) {
    case 'title':
      return [flow(paint.bold(cleanLine(node.text)))];
    case 'text':
      return [flow(node.style === 'quiet' ? paint.dim(words(node.text)) : words(node.text))];
    case 'facts':
      return drawFacts(
        node.facts.map(({ label, value }) => ({ label, value: words(value) })),
        width,
      );
    case 'lamps':
      return node.lamps.map((lamp) =>
        hang(drawLamp(lamp.state, paint), 6, `${cleanLine(lamp.label)}: ${clean(lamp.text)}`, width),
      );
    case 'time':
      return drawFacts([{ label: node.label, value: sayFull(node.at, look.zone) }], width);
    case 'list':
      return node.items.map((item) => hang('-', 1, words(item), width));
    case 'table':
      return [drawTable(node.columns, node.rows, width, paint).join('\n')];
    case 'code': {
      const label = node.label === undefined ? [] : [`${cleanLine(node.label)}:`];
      return [[...label, cleanCode(node.code)].join('\n')];
    }
    case 'image':
      return [`[picture] ${cleanLine(node.alt)}: ${cleanLine(node.url)}`];
    case 'chart':
      return [drawChart(node, look).join('\n')];
    case 'links':
      return node.links.map((link) => `${cleanLine(link.label)}: ${cleanLine(link.url)}`);
    case 'buttons':
      return drawButtons(node.buttons);
    case 'pick':
      return [drawPick(node.label, node.line, node.choices, look)];
    case 'progress':
      return node.steps.map((step) => hang(drawStep(step.state, paint), 8, clean(step.text), width));
    case 'divider':
      return ['-'.repeat(Math.min(width, 40))];
    case 'secret':
      return [`${cleanLine(node.label)}:\n${cleanCode(node.value.reveal())}`];
    case 'door':
      return [`${cleanLine(node.label)}: ${cleanLine(node.address.reveal())}`];
    case 'file':
      return [drawFile(node)];
    default: {
      const never: never = node;
      return never;
    }
  }
}

/** A file's beginning: what is shown can be read and copied, and nothing is written to the disk of whoever types. */
function drawFile(file: FileNode): string {
  const lines = file.text.replace(/^\uFEFF|\r?\n$/g, '').split(/\r?\n/);
  const shown = lines.slice(0, fileLines).map(cleanCode);
  const more = lines.length - shown.length;
  const heading = `${cleanLine(file.name)} (${cleanLine(file.type)}, ${sayFileSize(file)}):`;
  return [heading, ...shown, ...(more > 0 ? [`…and ${more} more ${more === 1 ? 'line' : 'lines'}`] : [])].join('\n');
}

function drawText(text: Text, look: Look, paint: Paint): string {
  return typeof text === 'string' ? clean(text) : text.map((piece) => drawPiece(piece, look, paint)).join('');
}

function drawPiece(piece: Piece, look: Look, paint: Paint): string {
  if (typeof piece === 'string') return clean(piece);
  if ('bold' in piece) return paint.bold(clean(piece.bold));
  if ('code' in piece) return clean(piece.code);
  if ('link' in piece) return `${clean(piece.link)} (${cleanLine(piece.url)})`;
  if ('time' in piece) return sayFull(piece.time, look.zone);
  if ('person' in piece) return `@${cleanLine(piece.person)}`;
  if ('group' in piece) return `@${cleanLine(piece.group)}`;
  if ('everyone' in piece) return `@${piece.everyone}`;
  const never: never = piece;
  return never;
}

function drawFacts(
  facts: readonly { readonly label: string; readonly value: string }[],
  width: number,
): readonly string[] {
  const labels = facts.map(({ label }) => `${cleanLine(label)}:`);
  const column = Math.min(28, Math.max(...labels.map(widthOf)));
  return facts.map(({ value }, index) => hang(labels[index] ?? '', column, value, width));
}

/** Puts a mark before text and hangs the text's further lines under its first. */
function hang(mark: string, column: number, text: string, width: number): string {
  return wrap(text, width - column - 1)
    .map((line, row) => `${padTo(row === 0 ? mark : '', column)} ${line}`.trimEnd())
    .join('\n');
}

function drawLamp(state: LampState, paint: Paint): string {
  switch (state) {
    case 'on':
      return paint.green('● on');
    case 'off':
      return paint.dim('○ off');
    case 'warn':
      return paint.yellow('! warn');
    case 'bad':
      return paint.red('× bad');
    default: {
      const never: never = state;
      return never;
    }
  }
}

function drawStep(state: StepState, paint: Paint): string {
  switch (state) {
    case 'done':
      return paint.green('✓ done');
    case 'doing':
      return paint.yellow('… doing');
    case 'todo':
      return paint.dim('· to do');
    case 'failed':
      return paint.red('× failed');
    default: {
      const never: never = state;
      return never;
    }
  }
}

function drawButtons(buttons: readonly Button[]): readonly string[] {
  const labels = buttons.map((button) => `[${cleanLine(button.label)}]`);
  const column = Math.max(0, ...labels.map(widthOf));
  return buttons.map((button, index) => {
    const act = cleanLine('line' in button ? button.line : button.url);
    return `  ${padTo(labels[index] ?? '', column)}  ${act}`;
  });
}

function drawPick(label: string, line: string, choices: readonly Choice[], look: Look): string {
  const typed = cleanLine(line.replace('{}', () => '<entry id or name>'));
  const listed = choices.map((choice, index) => `  ${index + 1}. ${drawChoice(choice)}`);
  const how = choices.length > 0 ? `Type a number, or: ${typed}` : `Type: ${typed}`;
  return [...wrap(cleanLine(label), look.width), ...listed, how].join('\n');
}

/** A choice in one line: its label, and what tells it from others of that name. */
export function drawChoice(choice: Choice): string {
  return choice.hint === undefined ? cleanLine(choice.label) : `${cleanLine(choice.label)} (${cleanLine(choice.hint)})`;
}
