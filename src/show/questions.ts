import { clip } from '../core/clip.js';
import { writeLine } from '../core/parse.js';
import type { Question } from '../core/questions.js';
import type { Button, Piece, PublicNode, View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { buttonFor } from './card.js';

/** How much of a question and of an answer a message shows, in characters. */
const mostWords = 600;
/** How much of each a list shows, and how many it shows. */
const fewWords = 200;
const mostListed = 8;

/** Buttons that settle a question: each types the line that a moderator could type. */
function buttonsFor({ id }: Pick<Question, 'id'>): Button[] {
  return [
    { label: 'Answer…', line: writeLine('answer', id), style: 'primary' },
    { label: 'Answer to all…', line: writeLine('answer', id, { public: true }) },
    { label: 'Dismiss', line: writeLine('dismiss', id) },
  ];
}

/** Who asked, as far as they signed in. */
export const askerOf = ({ asker }: Pick<Question, 'asker'>): string => asker ?? 'Somebody who did not sign in';

/** A question as a moderators' channel sees it: with buttons while it is open, then with what became of it. */
export function questionOf(question: Question, name: string): View {
  const title = titleOf(question, name);
  return {
    summary: `${title}: ${clip(question.text, 100)}`,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: clip(question.text, mostWords) },
      { kind: 'text', style: 'quiet', text: [askerOf(question), ', ', { time: question.at }] },
      ...outcomeNodes(question),
    ],
  };
}

function titleOf({ state }: Question, name: string): string {
  switch (state) {
    case 'open':
      return `Question: ${name}`;
    case 'answered':
      return `Answered: ${name}`;
    case 'dismissed':
      return `Dismissed: ${name}`;
    default: {
      const never: never = state;
      return never;
    }
  }
}

function outcomeNodes(question: Question): PublicNode[] {
  if (question.state === 'open') return [{ kind: 'buttons', buttons: buttonsFor(question) }];
  return [{ kind: 'text', text: outcomeOf(question) }];
}

/** What became of a question, in a sentence. */
export function outcomeOf({ state, answer }: Question): Piece[] {
  const by = answer?.by === undefined ? '' : ` by ${answer.by}`;
  switch (state) {
    case 'open':
      return ['It is open.'];
    case 'answered':
      return answer === undefined || answer.text === ''
        ? [{ bold: `Answered${by}.` }]
        : [{ bold: `Answered${by}${answer.toAll ? ', to all' : ''}: ` }, clip(answer.text, mostWords)];
    case 'dismissed':
      return [{ bold: `Dismissed${by}.` }];
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** One message for many questions that came within a minute. */
export function crowdOf(
  webcast: Pick<Webcast, 'id' | 'name'>,
  { asked, open }: { readonly asked: number; readonly open: number },
): View {
  const title = `${asked} more ${asked === 1 ? 'question' : 'questions'}: ${webcast.name}`;
  const left = open === asked ? '' : ` ${open} of them ${open === 1 ? 'is' : 'are'} open.`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: `So many came within a minute that they are not told one by one.${left}` },
      { kind: 'buttons', buttons: [buttonFor('Questions', 'questions', webcast)] },
    ],
  };
}

/** The open ones of a webcast as a list with buttons, those that wait longest first and the newest last. */
export function openNodes(open: readonly Question[]): PublicNode[] {
  const listed = open.slice(0, mostListed);
  const more = open.length - listed.length;
  return [
    ...listed.flatMap((question): PublicNode[] => [
      {
        kind: 'text',
        text: [{ bold: askerOf(question) }, ', ', { time: question.at }, `: ${clip(question.text, fewWords)}`],
      },
      { kind: 'buttons', buttons: buttonsFor(question) },
    ]),
    ...(more > 0
      ? [{ kind: 'text', style: 'quiet', text: `${more} more are open; settle these first.` } as const]
      : []),
  ];
}

/** How many are open, in words. */
export const countOpen = (open: number): string =>
  open === 0 ? 'no question is open' : open === 1 ? 'one question is open' : `${open} questions are open`;
