import type { types } from '@slack/bolt';
import { clip } from '../../core/clip.js';
import {
  type LampState,
  type NodeOf,
  type PrivateNode,
  type PrivateView,
  type StepState,
  sayFileSize,
} from '../../core/view.js';
import { drawButtons, drawPick } from './buttons.js';
import { drawChart } from './chart.js';
import { limits, plainText, trimBlocks } from './limits.js';
import { bold, date, link, marked, mrkdwn, packLines } from './mrkdwn.js';
import type { PictureIds } from './pictures.js';
import { drawGrid, drawTable } from './table.js';

type Block = types.KnownBlock;

/** A message as Slack takes it: the fallback for notifications and screen readers, and the blocks. */
export interface Message {
  readonly text: string;
  readonly blocks: Block[];
}

const noPictures: PictureIds = new Map();

/** Draws a view as Block Kit, within Slack's limits; curves without a picture are drawn in text. */
export function render(view: PrivateView, pictures = noPictures): Message {
  const firstTable = view.nodes.findIndex((node) => node.kind === 'table');
  const firstPicture = view.nodes.findIndex((node) => node.kind === 'chart' && pictures.has(node));
  const tableAt = firstTable < 0 ? firstPicture : firstTable;
  const blocks = view.nodes.flatMap((node, index) => draw(node, index, index === tableAt, pictures));
  const text = mrkdwn(view.summary.trim() || 'Webcast', limits.fallback);
  return { text, blocks: trimBlocks(blocks.length > 0 ? blocks : [section(mrkdwn(view.summary))]) };
}

/** index makes action ids unique in a message; Slack takes one table block a message, so other tables are drawn as text. */
function draw(node: PrivateNode, index: number, hasTable: boolean, pictures: PictureIds): Block[] {
  switch (node.kind) {
    case 'title':
      return drawTitle(node.text);
    case 'text':
      return drawText(node);
    case 'facts':
      return drawFacts(node);
    case 'lamps':
      return sections(
        node.lamps.map((lamp) => `${lampSigns[lamp.state]} ${labelled(lamp.label, mrkdwn(lamp.text, longest.item))}`),
      );
    case 'time':
      return [section(labelled(node.label, date(node.at)))];
    case 'list':
      return drawList(node);
    case 'table':
      return hasTable ? drawTable(node) : drawGrid(node);
    case 'code':
      return drawCode(node.label, node.code);
    case 'image':
      return drawImage(node);
    case 'chart':
      return drawChart(node, { picture: pictures.get(node), table: hasTable });
    case 'links':
      return sections(node.links.map((one) => link(one.label, one.url)));
    case 'buttons':
      return drawButtons(node.buttons, index);
    case 'pick':
      return drawPick(node, index);
    case 'progress':
      return sections(node.steps.map((step) => `${stepSigns[step.state]} ${mrkdwn(step.text, longest.item)}`));
    case 'divider':
      return [{ type: 'divider' }];
    case 'secret':
      return drawCode(node.label, node.value.reveal());
    case 'door':
      return drawButtons([{ label: node.label, url: node.address.reveal() }], index);
    case 'file':
      return [section(`:page_facing_up: ${bold(clip(node.name, 200))} (${sayFileSize(node)}) ${whereFilesCome}`)];
    default: {
      const never: never = node;
      return never;
    }
  }
}

// No message holds a file, and what only one person sees holds none at all.
const whereFilesCome = 'comes as a file in your direct messages with Webcast.';

/** The most characters of a title and of an item, and the most items of one list, that are drawn. */
const longest = { title: 500, items: 100, item: 1000 };

// The words beside a lamp or step say the same, so nothing is told by colour alone.
const lampSigns: Readonly<Record<LampState, string>> = {
  on: ':large_green_circle:',
  off: ':white_circle:',
  warn: ':large_yellow_circle:',
  bad: ':red_circle:',
};

const stepSigns: Readonly<Record<StepState, string>> = {
  done: ':white_check_mark:',
  doing: ':hourglass_flowing_sand:',
  todo: ':white_circle:',
  failed: ':x:',
};

const section = (text: string): types.SectionBlock => ({ type: 'section', text: marked(text) });

const sections = (lines: readonly string[]): Block[] => packLines(lines).map(section);

const labelled = (label: string, text: string): string => `${bold(`${clip(label, 200)}:`)} ${text}`;

/** A header, or where Slack would cut it the same words in bold: what matters may come last, behind somebody's long name. */
function drawTitle(text: string): Block[] {
  if (text.length > limits.header) return [section(bold(clip(text, longest.title)))];
  return [{ type: 'header', text: plainText(text, limits.header) }];
}

function drawText(node: NodeOf<'text'>): Block[] {
  if (node.style === 'quiet') return [{ type: 'context', elements: [marked(mrkdwn(node.text, limits.context))] }];
  return [section(mrkdwn(node.text))];
}

function drawFacts(node: NodeOf<'facts'>): Block[] {
  const fields = node.facts.map((fact) => {
    const label = bold(clip(fact.label, 200));
    return marked(`${label}\n${mrkdwn(fact.value, limits.field - label.length - 1)}`);
  });
  const blocks: Block[] = [];
  for (let start = 0; start < fields.length; start += limits.fields) {
    blocks.push({ type: 'section', fields: fields.slice(start, start + limits.fields) });
  }
  return blocks;
}

function drawList(node: NodeOf<'list'>): Block[] {
  const lines = node.items.slice(0, longest.items).map((item) => `•  ${mrkdwn(item, longest.item)}`);
  const more = node.items.length - lines.length;
  return sections(more > 0 ? [...lines, `…and ${more} more`] : lines);
}

/** Preformatted rich text takes any characters as they are, so that what is copied is what was meant. */
function drawCode(label: string | undefined, code: string): Block[] {
  const block: types.RichTextBlock = {
    type: 'rich_text',
    elements: [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code === '' ? ' ' : code }] }],
  };
  return label === undefined ? [block] : [section(bold(clip(label, 200)) || '–'), block];
}

function drawImage(node: NodeOf<'image'>): Block[] {
  const reachable = /^https?:\/\//i.test(node.url) && node.url.length <= limits.url;
  if (!reachable) return [section(mrkdwn(node.alt))];
  return [{ type: 'image', image_url: node.url, alt_text: clip(node.alt.trim() || 'Picture', limits.alt) }];
}
