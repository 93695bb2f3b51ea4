import type { Choice, Confirm, PrivateView } from '../../core/view.js';
import { cleanLine } from './text.js';
import type { Tty } from './tty.js';

/** What a private view asks back: to confirm its only button, or to choose from its list. */
export type Question =
  | { readonly kind: 'confirm'; readonly confirm: Confirm; readonly line: string }
  | { readonly kind: 'pick'; readonly line: string; readonly choices: readonly Choice[] };

/** Finds the question in a view; one that offers several buttons asks nothing, because the person has to say which. */
export function questionOf(view: PrivateView): Question | undefined {
  const [only, ...others] = view.nodes.flatMap((node) => (node.kind === 'buttons' ? node.buttons : []));
  if (only && others.length === 0 && 'confirm' in only && only.confirm) {
    return { kind: 'confirm', confirm: only.confirm, line: only.line };
  }
  const picks = view.nodes.flatMap((node) => (node.kind === 'pick' && node.choices.length > 0 ? [node] : []));
  const [pick] = picks;
  return pick && { kind: 'pick', line: pick.line, choices: pick.choices };
}

/** Says a confirmation as a sentence to be answered with yes or no. */
export function sayConfirm(confirm: Confirm): string {
  const title = cleanLine(confirm.title);
  return `${/[?!.]$/.test(title) ? title : `${title}?`} ${cleanLine(confirm.text)}`;
}

/** Asks for yes or no; a line that is no answer is handed back as the command it probably is, and counts as no. */
export async function askYesNo(tty: Tty, question: string): Promise<'yes' | 'no' | 'cancel' | 'input ended'> {
  const typed = await tty.read(`${question} [y/N]`);
  if (typed === undefined) return 'input ended';
  const word = typed.trim().toLowerCase();
  if (word === 'y' || word === 'yes') return 'yes';
  if (word === 'cancel') return 'cancel';
  if (!['', 'n', 'no'].includes(word)) tty.unread(typed);
  return 'no';
}
