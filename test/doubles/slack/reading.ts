import { isObject, type JsonObject, objectsAt, stringAt } from '../json.js';
import { labelOf, type Surface } from './payloads.js';
import { kindOf, locateElements } from './state.js';

const TEXT_KINDS = new Set(['plain_text', 'mrkdwn', 'text', 'link', 'raw_text', 'raw_number', 'markdown']);

/** Returns all text a person reads on a message or view, one line per text object, top to bottom. */
export function readText(surface: Surface): string {
  if (surface.kind === 'view') {
    return collectTexts([surface.body.title, surface.body.blocks, surface.body.submit, surface.body.close]).join('\n');
  }
  const texts = collectTexts([surface.blocks, surface.attachments]);
  return texts.length === 0 ? surface.text : texts.join('\n');
}

function collectTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(collectTexts);
  if (!isObject(value)) return [];
  if (TEXT_KINDS.has(String(value.type)) && typeof value.text === 'string') return [value.text];
  const { confirm: _dialog, placeholder: _hint, ...shown } = value;
  return Object.values(shown).flatMap(collectTexts);
}

/** Lists the labels of the buttons on a message or view, top to bottom. */
export function listButtons(surface: Surface): string[] {
  return locateElements(blocksOf(surface))
    .filter(({ element }) => element.type === 'button')
    .map((located) => labelOf(located) ?? '');
}

/** Lists the block_ids of the fields of a form, top to bottom. */
export function listFields(surface: Surface): string[] {
  return locateElements(blocksOf(surface))
    .filter(({ element }) => kindOf(element) !== undefined)
    .map(({ blockId }) => blockId);
}

/** Returns the blocks of a message or view. */
export function blocksOf(surface: Surface): JsonObject[] {
  return surface.kind === 'view' ? objectsAt(surface.body, 'blocks') : surface.blocks;
}

/** Returns the title of a view. */
export function readTitle(surface: Surface): string {
  const title = surface.kind === 'view' ? surface.body.title : undefined;
  return isObject(title) ? (stringAt(title, 'text') ?? '') : '';
}
