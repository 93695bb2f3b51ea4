import { copyJson, isObject, type JsonObject, objectsAt } from '../json.js';
import { elementsOf } from './blocks/layout.js';
import type { Ids } from './ids.js';

/** Returns a copy of blocks as Slack stores them: ids given, defaults of text objects and inputs written out. */
export function fillDefaults(blocks: JsonObject[], ids: Ids): JsonObject[] {
  return blocks.map((original) => {
    const block = fillTexts(copyJson(original));
    if (typeof block.block_id !== 'string' || block.block_id === '') block.block_id = ids.secret('block', 5);
    if (block.type === 'input') {
      block.optional ??= false;
      block.dispatch_action ??= false;
    }
    for (const element of elementsOf(block)) {
      if (typeof element.action_id !== 'string') element.action_id = ids.secret('action', 5);
    }
    if (Array.isArray(block.child_blocks)) block.child_blocks = fillDefaults(objectsAt(block, 'child_blocks'), ids);
    return block;
  });
}

function fillTexts(value: JsonObject): JsonObject {
  if (value.type === 'plain_text') value.emoji ??= true;
  if (value.type === 'mrkdwn') value.verbatim ??= false;
  for (const item of Object.values(value)) {
    if (Array.isArray(item)) for (const entry of item) if (isObject(entry)) fillTexts(entry);
    if (isObject(item)) fillTexts(item);
  }
  return value;
}
