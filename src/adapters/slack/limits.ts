import type { types } from '@slack/bolt';
import { clip } from '../../core/clip.js';

/** Slack's limits in characters and counts, as its Block Kit reference gives them. */
export const limits = {
  section: 3000,
  field: 2000,
  fields: 10,
  header: 150,
  context: 2000,
  button: 75,
  value: 2000,
  url: 3000,
  actions: 25,
  option: 75,
  optionValue: 150,
  options: 100,
  label: 2000,
  placeholder: 150,
  input: 3000,
  id: 255,
  confirm: { title: 100, text: 300, button: 30 },
  modal: { title: 24, button: 24, metadata: 3000 },
  alt: 2000,
  table: { rows: 100, columns: 20, size: 9000 },
  /** chat.update refuses a longer fallback text, and live messages are updated. */
  fallback: 4000,
} as const;

/** Room is left below Slack's 50 blocks, and below the 13.1k characters past which it says msg_blocks_too_long. */
const budget = { blocks: 45, size: 12_000 };

/** A plain_text object; what would look like a broadcast, a mention or an entity is kept apart by a word joiner. */
export function plainText(text: string, max: number): types.PlainTextElement {
  const harmless = text.replace(/<(?=[!@#])/g, '<\u2060').replace(/&(?=(?:amp|lt|gt);)/g, '&\u2060');
  return { type: 'plain_text', text: clip(harmless.trim() === '' ? '–' : harmless, max), emoji: true };
}

/** Trims a message to what Slack takes and says how much was left out; buttons go last. */
export function trimBlocks(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const sizes = blocks.map((block) => JSON.stringify(block).length + 1);
  let size = sizes.reduce((sum, one) => sum + one, 2);
  if (blocks.length <= budget.blocks && size <= budget.size) return [...blocks];
  const kept = new Set(blocks.keys());
  const over = () => kept.size > budget.blocks - 1 || size > budget.size - 200;
  for (const wanted of [false, true]) {
    for (let index = blocks.length - 1; index >= 0 && over(); index -= 1) {
      if ((blocks[index]?.type === 'actions') !== wanted) continue;
      if (kept.delete(index)) size -= sizes[index] ?? 0;
    }
  }
  const shown = blocks.filter((_, index) => kept.has(index));
  const lost = blocks.length - kept.size;
  const note: types.ContextBlock = {
    type: 'context',
    elements: [
      { type: 'mrkdwn', text: `…and ${lost} more ${lost === 1 ? 'part' : 'parts'} that Slack has no room for.` },
    ],
  };
  const firstActions = shown.findIndex((block) => block.type === 'actions');
  const at = firstActions < 0 ? shown.length : firstActions;
  return [...shown.slice(0, at), note, ...shown.slice(at)];
}
