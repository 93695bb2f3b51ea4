import { type JsonObject, objectAt, objectsAt, stringAt, stringsAt } from '../json.js';
import type { ElementState, FormState } from './platform.js';
import { isEmptyState, kindOf, locateElements } from './state.js';

/** Lists what the client would show under the fields instead of sending the form, by block_id. */
export function findFormProblems(blocks: JsonObject[], state: FormState): Record<string, string> {
  const problems: Record<string, string> = {};
  for (const { block, element, blockId, actionId } of locateElements(blocks)) {
    const entered = state[blockId]?.[actionId];
    if (block.type !== 'input' || entered === undefined) continue;
    const problem = isEmptyState(entered)
      ? block.optional === true
        ? undefined
        : 'Please complete this required field.'
      : judgeEntry(element, entered);
    if (problem !== undefined) problems[blockId] = `${labelOf(block)}: ${problem}`;
  }
  return problems;
}

function labelOf(block: JsonObject): string {
  return stringAt(objectAt(block, 'label') ?? {}, 'text') ?? '';
}

function judgeEntry(element: JsonObject, state: ElementState): string | undefined {
  const value = state[kindOf(element)?.key ?? ''];
  const text = typeof value === 'string' ? value : '';
  switch (state.type) {
    case 'plain_text_input':
      return judgeLength(element, text);
    case 'email_text_input':
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? undefined : 'not an e-mail address';
    case 'url_text_input':
      return URL.canParse(text) && /^https?:/.test(text) ? undefined : 'not a web address';
    case 'number_input':
      return judgeNumber(element, text);
    case 'datepicker':
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? undefined : 'not a date';
    case 'timepicker':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? undefined : 'not a time';
    case 'datetimepicker':
      return /^\d{10}$/.test(String(value)) ? undefined : 'not a moment in seconds';
    case 'file_input':
      return judgeFiles(element, objectsAt(state, 'files'));
    default: {
      const most = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY);
      return Array.isArray(value) && value.length > most ? `more than ${most} chosen` : undefined;
    }
  }
}

function judgeLength(element: JsonObject, text: string): string | undefined {
  const length = [...text].length;
  if (length < Number(element.min_length ?? 0)) return `shorter than ${element.min_length}`;
  if (length > Number(element.max_length ?? 3000)) return `longer than ${element.max_length ?? 3000}`;
  if (element.multiline !== true && text.includes('\n')) return 'line breaks in a single line';
  return undefined;
}

function judgeNumber(element: JsonObject, text: string): string | undefined {
  const pattern = element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(text)) return 'not a number of the allowed kind';
  if (element.min_value !== undefined && Number(text) < Number(element.min_value))
    return `less than ${element.min_value}`;
  if (element.max_value !== undefined && Number(text) > Number(element.max_value))
    return `more than ${element.max_value}`;
  return undefined;
}

function judgeFiles(element: JsonObject, files: JsonObject[]): string | undefined {
  const types = stringsAt(element, 'filetypes');
  const refused = files.find((file) => types.length > 0 && !types.includes(stringAt(file, 'filetype') ?? ''));
  if (refused !== undefined) return `${String(refused.name)} is not of an allowed type`;
  return files.length > Number(element.max_files ?? 10) ? `more than ${element.max_files ?? 10} files` : undefined;
}
