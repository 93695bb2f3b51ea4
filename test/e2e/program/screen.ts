import { isObject, type JsonObject, objectAt, objectsAt, stringAt } from '../../doubles/json.js';
import type { StoredMessage, StoredView } from '../../doubles/slack/index.js';

/** All words that a person reads in a message or modal, one text a line, labels of buttons in brackets. */
export const wordsOf = (surface: StoredMessage | StoredView): string =>
  blocksOf(surface)
    .flatMap((block) => readTexts(block))
    .join('\n');

export const blocksOf = (surface: StoredMessage | StoredView): JsonObject[] =>
  surface.kind === 'view' ? objectsAt(surface.body, 'blocks') : surface.blocks;

function readTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readTexts);
  if (!isObject(value)) return [];
  if (value.type === 'button') return [`[${labelOf(value)}]`];
  const own = typeof value.text === 'string' ? [value.text] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, part]) =>
      ['confirm', 'initial_option'].includes(key) ? [] : readTexts(part),
    ),
  ];
}

const labelOf = (button: JsonObject): string => stringAt(objectAt(button, 'text') ?? {}, 'text') ?? '';

/** The buttons of a message by the label that is read on them. */
export const buttonsOf = (message: StoredMessage): string[] =>
  message.blocks.flatMap((block) =>
    objectsAt(block, 'elements')
      .filter((element) => element.type === 'button')
      .map(labelOf),
  );

/** The entry id that a card or a read-back tells. */
export function entryIn(message: StoredMessage): string {
  const id = /Entry id\*\n`(\d_[a-z0-9]{8})`/.exec(wordsOf(message))?.[1];
  if (id === undefined) throw new Error(`There is no entry id in: ${wordsOf(message)}`);
  return id;
}

/** The input of a modal that belongs to a field, by the field's name. */
export function inputOf(view: StoredView, field: string): JsonObject {
  const block = blocksOf(view).find((one) => one.block_id === field);
  const element = block && objectAt(block, 'element');
  if (!element) throw new Error(`The modal has no field ${field}.`);
  return element;
}
