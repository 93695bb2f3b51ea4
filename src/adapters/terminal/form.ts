import type { FieldIssue } from '../../core/errors.js';
import type { Field, Form } from '../../core/form.js';
import type { RawValue, RawValues } from '../../core/params.js';
import { askYesNo } from './question.js';
import { drawChoice } from './render.js';
import { cleanLine, wrap } from './text.js';
import type { Tty } from './tty.js';

/** What came of asking a form: all its values, or the reason why there are none. */
export type Filled =
  | { readonly kind: 'filled'; readonly values: RawValues }
  | { readonly kind: 'given up'; readonly why: 'cancelled' | 'input ended' };

type Answer = { readonly kind: 'value'; readonly value: RawValue } | Extract<Filled, { readonly kind: 'given up' }>;

/**
 * Asks a form in as few lines as it allows: first each required field that the command line left open, then one
 * question, "More options? [y/N]", before all others. An empty line keeps the value in brackets, "-" empties it,
 * "cancel" or the end of the input gives up. To the one question, a line that is neither yes nor no is the next
 * command and the form is complete; so it is when piped lines end there, since all that is required was said.
 */
export async function askForm(tty: Tty, form: Form): Promise<Filled> {
  const fields = form.groups.flatMap((group) => group.fields);
  const values: Record<string, RawValue> = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const note = form.note === undefined ? [] : wrap(cleanLine(form.note), tty.width);
  tty.print(['', `${cleanLine(form.title)} (cancel gives up)`, ...note]);
  for (const field of fields.filter((one) => one.required)) {
    if (isEmpty(field.value)) {
      const answer = await askField(tty, field);
      if (answer.kind === 'given up') return answer;
      values[field.name] = answer.value;
    } else {
      tty.print([`${cleanLine(field.label)}: ${sayValue(field, field.value)}`]);
    }
  }
  const groups = form.groups
    .map((group) => ({ title: group.title, fields: group.fields.filter((field) => !field.required) }))
    .filter((group) => group.fields.length > 0);
  const more = await askForMore(tty, fields, groups.length > 0);
  if (more === 'cancel') return { kind: 'given up', why: 'cancelled' };
  if (more === 'input ended' && tty.interactive) return { kind: 'given up', why: 'input ended' };
  if (more !== 'yes') return { kind: 'filled', values };
  tty.print(['Enter keeps what stands in brackets, - empties it.']);
  for (const group of groups) {
    if (group.title !== '') tty.print(['', cleanLine(group.title)]);
    for (const field of group.fields) {
      const answer = await askField(tty, field);
      if (answer.kind === 'given up') return answer;
      values[field.name] = answer.value;
    }
  }
  return { kind: 'filled', values };
}

/** Whether the rest is asked for; a form that needs nothing is opened for the sake of the rest. */
async function askForMore(tty: Tty, fields: readonly Field[], isMore: boolean): ReturnType<typeof askYesNo> {
  if (!isMore) return 'no';
  return fields.some(({ required }) => required) ? askYesNo(tty, 'More options?') : 'yes';
}

/** Tells what is wrong with a submitted form and asks those fields alone again; the other values stay. */
export async function askAgain(
  tty: Tty,
  form: Form,
  submitted: RawValues,
  issues: readonly FieldIssue[],
): Promise<Filled> {
  const fields = new Map(form.groups.flatMap((group) => group.fields).map((field) => [field.name, field]));
  const values: Record<string, RawValue> = { ...submitted };
  for (const issue of issues) {
    tty.print(wrap(`! ${cleanLine(issue.message)}`, tty.width, '  '));
    const field = fields.get(issue.field);
    if (!field) continue;
    const fallback = field.value === submitted[field.name] ? undefined : field.value;
    const answer = await askField(tty, { ...field, value: fallback });
    if (answer.kind === 'given up') return answer;
    values[field.name] = answer.value;
  }
  return { kind: 'filled', values };
}

async function askField(tty: Tty, field: Field): Promise<Answer> {
  const choices = field.choices.map((choice, index) => `  ${index + 1}. ${drawChoice(choice)}`);
  for (;;) {
    tty.print(choices);
    const typed = await tty.read(wordQuestion(field));
    if (typed === undefined) return { kind: 'given up', why: 'input ended' };
    const word = typed.trim();
    if (word.toLowerCase() === 'cancel') return { kind: 'given up', why: 'cancelled' };
    if (word === '' && !(field.required && isEmpty(field.value))) return { kind: 'value', value: field.value };
    if (word === '-' && !field.required) return { kind: 'value', value: undefined };
    const problem = word === '' ? `${cleanLine(field.label)} is needed.` : undefined;
    const value = field.choices.length > 0 ? findChoice(field, word) : typed;
    if (problem === undefined && value !== undefined) return { kind: 'value', value };
    tty.print([`! ${problem ?? `${cleanLine(field.label)} takes one of the list, by number or name.`}`]);
  }
}

function wordQuestion(field: Field): string {
  const parts = [cleanLine(field.hint).replace(/[.\s]+$/, ''), wordRange(field)].filter((part) => part !== '');
  const aside = parts.length === 0 ? '' : ` (${parts.join('; ')})`;
  const kept = isEmpty(field.value) ? '' : ` [${sayValue(field, field.value)}]`;
  return `${cleanLine(field.label)}${aside}${kept}:`;
}

function wordRange({ control }: Field): string {
  switch (control.kind) {
    case 'number':
      return `${control.min} to ${control.max} ${control.unit}`;
    case 'toggle':
      return 'on or off';
    case 'line':
    case 'paragraph':
    case 'when':
    case 'zone':
    case 'choice':
    case 'listed':
    case 'webcast':
      return '';
    default: {
      const never: never = control;
      return never;
    }
  }
}

function sayValue(field: Field, value: RawValue): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return cleanLine(field.choices.find((choice) => choice.value === value)?.label ?? value ?? '');
}

function findChoice(field: Field, word: string): string | undefined {
  const numbered = /^\d{1,3}$/.test(word) ? field.choices[Number(word) - 1] : undefined;
  const lower = word.toLowerCase();
  const named = field.choices.find((one) => one.value.toLowerCase() === lower || one.label.toLowerCase() === lower);
  return (numbered ?? named)?.value;
}

const isEmpty = (value: RawValue): boolean => value === undefined || value === '';
