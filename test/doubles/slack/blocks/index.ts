import { isObject, type JsonObject, objectsAt, stringAt } from '../../json.js';
import {
  boolean,
  type Check,
  type Issue,
  list,
  matching,
  oneOf,
  type Rule,
  type Spot,
  type Surface,
  shape,
  startAt,
  string,
} from './check.js';
import { block, elementsOf } from './layout.js';
import { plainText } from './objects.js';

export type { Issue } from './check.js';

const maxBlocks: Record<Surface, number> = { message: 50, modal: 100, home: 100 };

const blockList: Check = (value, spot) => {
  list(block, maxBlocks[spot.surface], 0)(value, spot);
  if (!Array.isArray(value)) return;
  const blocks = value.filter(isObject);
  checkIdentities(blocks, spot);
  checkMarkdownTotal(blocks, spot);
  for (const type of ['table', 'data_table']) {
    if (blocks.filter((entry) => entry.type === type).length > 1) spot.report(`only one ${type} block is allowed`);
  }
};

function checkIdentities(blocks: JsonObject[], spot: Spot): void {
  const blockIds = new Set<string>();
  for (const [index, layout] of blocks.entries()) {
    const blockId = stringAt(layout, 'block_id');
    if (blockId !== undefined && blockIds.has(blockId))
      spot.at(index).at('block_id').report(`duplicate block_id: ${blockId}`);
    if (blockId !== undefined) blockIds.add(blockId);
    const actionIds = new Set<string>();
    for (const element of elementsOf(layout)) {
      const actionId = stringAt(element, 'action_id');
      if (actionId !== undefined && actionIds.has(actionId)) spot.at(index).report(`duplicate action_id: ${actionId}`);
      if (actionId !== undefined) actionIds.add(actionId);
    }
  }
  const focused = blocks.flatMap(elementsOf).filter((element) => element.focus_on_load === true);
  if (focused.length > 1) spot.report('only one element may have focus_on_load');
}

function checkMarkdownTotal(blocks: JsonObject[], spot: Spot): void {
  const total = blocks
    .filter((layout) => layout.type === 'markdown')
    .reduce((sum, layout) => sum + [...(stringAt(layout, 'text') ?? '')].length, 0);
  if (total > 12_000) spot.report('markdown blocks must be less than 12001 characters in total');
}

const submitWhenInputs: Rule = (value, spot) => {
  if (value.submit === undefined && objectsAt(value, 'blocks').some((layout) => layout.type === 'input')) {
    spot.at('submit').report('submit is required when a view holds input blocks');
  }
};

const shared = { private_metadata: string(3000, 0), callback_id: string(255, 0), external_id: string(255, 0) };

const modal = shape(
  { type: oneOf('modal'), title: plainText(24), blocks: blockList },
  {
    ...shared,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  },
  submitWhenInputs,
);

const home = shape({ type: oneOf('home'), blocks: blockList }, shared, refuseFileInputs);

function refuseFileInputs(value: JsonObject, spot: Spot): void {
  for (const [index, layout] of objectsAt(value, 'blocks').entries())
    refuseModalOnly(layout, spot.at('blocks').at(index));
}

/** file_input and response_url_enabled exist in modals only. */
function refuseModalOnly(layout: JsonObject, spot: Spot): void {
  for (const element of elementsOf(layout)) {
    if (element.type === 'file_input') spot.report('unsupported type: file_input');
    if (element.response_url_enabled === true) spot.report('response_url_enabled is only available in modals');
  }
}

/** Lists what Slack would refuse in a list of message blocks; pointers start with `pointer`. */
export function findBlockIssues(blocks: unknown, pointer = '/blocks'): Issue[] {
  const issues: Issue[] = [];
  const spot = startAt(pointer, 'message', issues);
  blockList(blocks, spot);
  if (Array.isArray(blocks)) {
    for (const [index, layout] of blocks.entries()) if (isObject(layout)) refuseModalOnly(layout, spot.at(index));
  }
  return issues;
}

/** Lists what Slack would refuse in a view; `expected` narrows it to the kinds a method takes. */
export function findViewIssues(view: unknown, expected: ('modal' | 'home')[], pointer = '/view'): Issue[] {
  const issues: Issue[] = [];
  const type = isObject(view) ? view.type : undefined;
  const spot = startAt(pointer, type === 'home' ? 'home' : 'modal', issues);
  if (!isObject(view)) spot.report('must provide an object');
  else if (typeof type !== 'string' || !expected.some((kind) => kind === type)) {
    spot.at('type').report('must be one of the allowed values', { type: 'enum', expected, got: type });
  } else if (type === 'home') home(view, spot);
  else modal(view, spot);
  return issues;
}

const metadata = shape({
  event_type: matching(/^[A-Za-z0-9_]{1,255}$/, 'letters, digits and underscores'),
  event_payload: (value, spot) => {
    if (!isObject(value)) spot.report('must provide an object');
  },
});

/** Lists what Slack would refuse in message metadata. */
export function findMetadataIssues(value: unknown): Issue[] {
  const issues: Issue[] = [];
  metadata(value, startAt('/metadata', 'message', issues));
  return issues;
}

/** Writes issues as Slack's response_metadata.messages. */
export function describeIssues(issues: Issue[]): string[] {
  return issues.map((issue) => `[ERROR] ${issue.message} [json-pointer:${issue.pointer}]`);
}
