import { clip } from '../../core/clip.js';
import type { FieldIssue } from '../../core/errors.js';
import type { Form } from '../../core/form.js';
import type { RawValue, RawValues } from '../../core/params.js';
import type { FieldState } from './payloads.js';

/** Reads what stands in a modal's inputs, by field name; an empty input gives undefined. */
export function readValues(state: Readonly<Record<string, Readonly<Record<string, FieldState>>>>): RawValues {
  const values: Record<string, RawValue> = {};
  for (const [field, inputs] of Object.entries(state)) {
    for (const input of Object.values(inputs)) values[field] = readValue(input);
  }
  return values;
}

function readValue(input: FieldState): RawValue {
  switch (input.type) {
    case 'plain_text_input':
    case 'number_input':
      return input.value ?? undefined;
    case 'datetimepicker':
      return input.selected_date_time ? `@${input.selected_date_time}` : undefined;
    case 'static_select':
    case 'external_select':
      return input.selected_option?.value;
    case 'checkboxes':
      return (input.selected_options ?? []).length > 0;
    default:
      throw new TypeError(`No form of ours has an input of type ${input.type}.`);
  }
}

/** Puts issues on the inputs that the modal shows: Slack takes errors for these alone. undefined when it shows none. */
export function placeIssues(
  issues: readonly FieldIssue[],
  shown: readonly string[],
  form: Form,
): Record<string, string> | undefined {
  const [first] = shown;
  if (first === undefined) return undefined;
  const labels = new Map(form.groups.flatMap((group) => group.fields.map((field) => [field.name, field.label])));
  const placed = new Map<string, string[]>();
  for (const issue of issues) {
    const here = shown.includes(issue.field);
    const label = labels.get(issue.field);
    const sentence = here || label === undefined ? issue.message : `${label}: ${issue.message}`;
    const field = here ? issue.field : first;
    placed.set(field, [...(placed.get(field) ?? []), sentence]);
  }
  return Object.fromEntries([...placed].map(([field, sentences]) => [field, clip(sentences.join(' '), 1000)]));
}
