import { z } from 'zod';
import type { FieldIssue } from '../../core/errors.js';
import type { Form } from '../../core/form.js';
import type { RawValues } from '../../core/params.js';
import { momentParts } from './form.js';
import type { Signer } from './sign.js';

const stateSchema = z.object({
  v: z.literal(1),
  command: z.string(),
  key: z.string(),
  carried: z.record(z.string(), z.string()).optional(),
  sig: z.string(),
});
const dataSchema = z.looseObject({ '.form': stateSchema });

/** What came back in a dialog. */
export interface Submission {
  readonly command: string;
  readonly key: string;
  readonly values: RawValues;
  /** What stood in the inputs, by their ids. */
  readonly kept: Readonly<Record<string, string>>;
  /** Moments of which one half was filled. */
  readonly halves: readonly FieldIssue[];
}

type Carried = Readonly<Record<string, string>> | undefined;

const text = (command: string, key: string, carried: Carried): string =>
  `form ${command} ${key}${carried ? ` ${JSON.stringify(Object.entries(carried).sort())}` : ''}`;

type StatedForm = Pick<Form, 'command' | 'key' | 'carried'>;

/** Writes what a dialog carries from its opening to its submission. */
export const writeState = (signer: Signer, tenant: string, { command, key, carried }: StatedForm): object => ({
  '.form': { v: 1, command, key, ...(carried && { carried }), sig: signer.sign(tenant, text(command, key, carried)) },
});

/** Reads a submitted dialog; undefined when it is not ours, or for another tenant. Every value comes as a string or not at all. */
export function readSubmission(signer: Signer, tenant: string, data: unknown): Submission | undefined {
  const found = dataSchema.safeParse(data);
  if (!found.success) return undefined;
  const { '.form': state, ...inputs } = found.data;
  if (!signer.verify(tenant, text(state.command, state.key, state.carried), state.sig)) return undefined;
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      kept[name] = String(value);
  }
  const { values, halves } = readValues(kept);
  return { command: state.command, key: state.key, kept, values: { ...values, ...state.carried }, halves };
}

function readValues(kept: Readonly<Record<string, string>>): Pick<Submission, 'values' | 'halves'> {
  const values: Record<string, string> = {};
  const moments = new Map<string, { date: string; time: string }>();
  for (const [name, value] of Object.entries(kept)) {
    const part = name.endsWith(momentParts.date) ? 'date' : name.endsWith(momentParts.time) ? 'time' : undefined;
    if (!part) {
      values[name] = value;
      continue;
    }
    const field = name.slice(0, -momentParts[part].length);
    moments.set(field, { ...(moments.get(field) ?? { date: '', time: '' }), [part]: value.trim() });
  }
  const halves: FieldIssue[] = [];
  for (const [field, { date, time }] of moments) {
    if (date === '' && time === '') continue;
    if (date === '') halves.push({ field, message: 'The date is missing.' });
    if (time === '') halves.push({ field, message: 'The time of day is missing.' });
    // Half a moment is handed on in words that nobody can take for a whole one.
    values[field] = date && time ? `${date} ${time.slice(0, 5)}` : `${date || time} (incomplete)`;
  }
  return { values, halves };
}
