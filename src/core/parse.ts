import { closest, distance } from 'fastest-levenshtein';
import { flagOf, type Params, type RawValue, type RawValues } from './params.js';
import { isNaming, sayPeople } from './people.js';
import { isEntryId } from './webcast.js';

/** Splits a typed line into words; straight, curly and low quotes hold words together. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  let started = false;
  let closing = '';
  for (const char of text) {
    if (closing) {
      if (closing.includes(char)) closing = '';
      else word += char;
    } else if (isNaming(word)) {
      word += char;
    } else if (openers[char] && (!started || word.endsWith('='))) {
      closing = openers[char];
      started = true;
    } else if (/\s/.test(char)) {
      if (started) words.push(word);
      word = '';
      started = false;
    } else {
      word += char;
      started = true;
    }
  }
  if (started) words.push(word);
  return words;
}

// Phones replace typed quotes by curly ones, and each language has its own pair.
const openers: Readonly<Record<string, string>> = {
  '"': '"“”',
  '“': '”“"',
  '”': '”“"',
  '„': '“”"',
  '«': '»',
  '»': '«',
  "'": "'’",
  '‘': "’‘'",
};

/** What a typed line says: the command's word and the raw values of its parameters, or what is wrong with it. */
export type Parsed =
  | { readonly kind: 'empty' }
  | { readonly kind: 'unknown'; readonly word: string; readonly meant: string | undefined }
  | {
      readonly kind: 'line';
      readonly command: string;
      readonly values: RawValues;
      readonly problems: readonly string[];
    };

/** The nearest known name, when it is near enough to be a slip. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const typed = word.toLowerCase();
  const swapped = known.find((name) => isSwapOf(typed, name));
  if (swapped !== undefined) return swapped;
  const best = closest(typed, known);
  return distance(typed, best) <= Math.max(1, Math.floor(best.length / 3)) ? best : undefined;
}

/** Whether two neighbouring letters are swapped, the commonest slip of all, which an edit distance counts as two. */
function isSwapOf(typed: string, name: string): boolean {
  const at = [...name].findIndex((letter, index) => letter !== typed[index]);
  return at >= 0 && [name.slice(0, at), name.charAt(at + 1), name.charAt(at), name.slice(at + 2)].join('') === typed;
}

/** Reads a line such as: create "Q3 Town Hall" --start "tomorrow 15:00"; loose words belong to the first parameter. */
export function parseLine(text: string, commands: ReadonlyMap<string, Params>): Parsed {
  const [first, ...rest] = splitWords(text.replace(/^\s*\/webcast\b/i, ''));
  if (first === undefined) return { kind: 'empty' };
  const command = first.toLowerCase();
  const params = commands.get(command);
  if (!params) return { kind: 'unknown', word: first, meant: nearest(first, [...commands.keys()]) };
  return { kind: 'line', command, ...readOptions(rest, params) };
}

function readOptions(words: readonly string[], params: Params): { values: RawValues; problems: string[] } {
  const values: Record<string, RawValue> = {};
  const problems: string[] = [];
  const loose: string[] = [];
  const apart: string[] = [];
  let lastLoose = -1;
  const names = Object.keys(params);
  const byFlag = new Map(names.map((name) => [flagOf(name), name]));
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    // Phones turn two typed hyphens into one long dash.
    const option = /^(?:--|[—–])([A-Za-z][A-Za-z0-9-]*)(?:=([\s\S]*))?$/.exec(word);
    if (!option?.[1]) {
      const together = loose.length === 0 || (lastLoose === index - 1 && apart.length === 0);
      (together ? loose : apart).push(word);
      lastLoose = index;
      continue;
    }
    const flag = option[1].toLowerCase();
    const negated = flag.startsWith('no-') && !byFlag.has(flag);
    const name = byFlag.get(negated ? flag.slice(3) : flag);
    if (name === undefined) {
      const meant = nearest(flag, [...byFlag.keys()]);
      problems.push(`There is no option --${flag}.${meant ? ` Did you mean --${meant}?` : ''}`);
      continue;
    }
    if (name in values) {
      problems.push(`--${flag} is given twice.`);
      continue;
    }
    if (negated) {
      values[name] = false;
      continue;
    }
    if (option[2] !== undefined) {
      values[name] = option[2];
      continue;
    }
    const next = words[index + 1];
    const toggles = params[name]?.control.kind === 'toggle';
    const takesNext =
      next !== undefined &&
      !/^(?:--|[—–])[A-Za-z]/.test(next) &&
      (!toggles || /^(on|off|yes|no|true|false)$/i.test(next));
    if (takesNext) {
      values[name] = next;
      index += 1;
    } else if (toggles) {
      values[name] = true;
    } else {
      problems.push(`--${flag} needs a value.`);
    }
  }
  // Behind an option that was refused already they may be its value.
  if (apart.length > 0 && problems.length === 0) {
    problems.push(`"${apart.join(' ')}" is not expected behind an option: "${loose.join(' ')}" was said before.`);
  }
  const firstName = names[0];
  if (loose.length > 0) {
    if (firstName === undefined) problems.push(`"${loose.join(' ')}" is not expected here.`);
    else if (firstName in values) problems.push(`"${loose.join(' ')}" is not expected beside --${flagOf(firstName)}.`);
    else Object.assign(values, sortLoose(loose, firstName, params, values));
  }
  const said = Object.entries(values).map(([name, value]) => {
    const words = typeof value === 'string' && params[name]?.people === false ? sayPeople(value) : value;
    return [name, words] as const;
  });
  return { values: Object.fromEntries(said), problems };
}

/** Gives loose words to the parameters that take them; all that nobody else takes belong to the first one. */
function sortLoose(words: readonly string[], first: string, params: Params, said: RawValues): RawValues {
  const taker = Object.keys(params).find((name) => params[name]?.loose !== undefined && !(name in said));
  const all = { [first]: words.join(' ') };
  const [word, ...others] = words;
  if (taker === undefined || word === undefined) return all;
  const rest = others.length > 0 ? others.join(' ') : undefined;
  const loose = params[taker]?.loose;
  switch (loose) {
    case undefined:
      return all;
    case 'behind the first':
      return rest === undefined ? all : { [first]: word, [taker]: rest };
    case 'an id before':
      return isEntryId(word.toLowerCase()) ? { [taker]: word, ...(rest !== undefined && { [first]: rest }) } : all;
    default: {
      const never: never = loose;
      return never;
    }
  }
}

/** Writes a command line that parseLine reads back to the same values. */
export function writeLine(
  command: string,
  first: string | undefined,
  options: Readonly<Record<string, string | boolean>> = {},
): string {
  const quote = (word: string) => {
    if (/^[\w.:@/+-]+$/.test(word) && !word.startsWith('-')) return word;
    // Words with quotes in them stand between quotes of another kind, as long as there is one.
    if (/["“”]/.test(word) && !word.includes('»')) return `«${word}»`;
    return `"${word.replace(/["“”]/g, "'")}"`;
  };
  const flags = Object.entries(options).map(([name, value]) => {
    const flag = flagOf(name);
    if (value === true) return `--${flag}`;
    return value === false ? `--no-${flag}` : `--${flag}=${quote(value)}`;
  });
  return [command, ...(first === undefined ? [] : [quote(first)]), ...flags].join(' ');
}
