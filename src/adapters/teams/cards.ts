import { z } from 'zod';
import { leaveVerb, type Pen, pickInput } from './buttons.js';
import type { Signer } from './sign.js';

const carried = z.looseObject({
  v: z.literal(1),
  line: z.string().min(1).max(8000),
  /** The card is one person's own, so that the answer may take its place. */
  own: z.literal(true).optional(),
  sig: z.string(),
});
const ours = z.looseObject({ v: z.literal(1) });

/** What a press on one of our cards says. */
export type Pressed =
  | { readonly kind: 'line'; readonly line: string; readonly own: boolean }
  /** The person wants to leave things as they are. */
  | { readonly kind: 'leave' }
  /** The data is of no card of ours, was altered, or was written for another tenant. */
  | { readonly kind: 'foreign' };

const text = (line: string, own: boolean): string => `${own ? 'own' : 'shared'} line ${line}`;

/** Writes the data of buttons for one tenant, on a card for one person or for all who read along. */
export const createPen = (signer: Signer, tenant: string, own: boolean, opensForm: Pen['opensForm']): Pen => ({
  data: (line) => ({ v: 1, line, ...(own && { own }), sig: signer.sign(tenant, text(line, own)) }),
  opensForm,
});

/** Reads the data of a press; a pick's choice completes the line that was signed. */
export function readPress(signer: Signer, tenant: string, data: unknown, verb?: string): Pressed {
  if (verb === leaveVerb && ours.safeParse(data).success) return { kind: 'leave' };
  const found = carried.safeParse(data);
  if (!found.success) return { kind: 'foreign' };
  const { line, own = false, sig, ...inputs } = found.data;
  if (!signer.verify(tenant, text(line, own), sig)) return { kind: 'foreign' };
  if (!line.includes('{}')) return { kind: 'line', line, own };
  const [choice] = Object.entries(inputs).flatMap(([name, value]) =>
    name.startsWith(`${pickInput}.`) && typeof value === 'string' ? [value] : [],
  );
  if (choice === undefined || choice.trim() === '') return { kind: 'foreign' };
  return { kind: 'line', own, line: line.replaceAll('{}', () => `"${choice.replace(/["“”\n]/g, "'")}"`) };
}
