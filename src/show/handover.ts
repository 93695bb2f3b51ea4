import type { Question } from '../core/questions.js';
import type { PrivateView, View } from '../core/view.js';
import type { Instant, Webcast, Zone } from '../core/webcast.js';
import { csvFile, dayOf, safeName, writeCsv } from './csv.js';
import { countOpen, openNodes } from './questions.js';

const columns = [
  'Asked at (UTC)',
  'Asker',
  'Question',
  'State',
  'Answer',
  'Answered by',
  'Answered at (UTC)',
  'To all',
];

/** What is handed over after a broadcast. */
export interface HandedOver {
  readonly webcast: Pick<Webcast, 'id' | 'name'>;
  readonly began: Instant;
  readonly zone: Zone | undefined;
  readonly questions: readonly Question[];
}

const openOf = ({ questions }: HandedOver): readonly Question[] => questions.filter(({ state }) => state === 'open');

/** What stayed open, for those who answer. */
export function handOverOf(about: HandedOver): View {
  const open = openOf(about);
  const title = `After the show, ${countOpen(open.length)}: ${about.webcast.name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: `Viewers asked ${sayCount(about.questions.length)}. Answers still reach their askers.` },
      ...openNodes(open),
    ],
  };
}

/** The same for the organizer alone, with everything that was asked and answered as a file. */
export function handOverTo(about: HandedOver): PrivateView {
  const { webcast, began, zone, questions } = about;
  const open = openOf(about);
  const title = `Questions of ${webcast.name}: ${countOpen(open.length)}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `Viewers asked ${sayCount(questions.length)}; all of them are in the file, with their answers.`,
      },
      ...openNodes(open),
      csvFile(`questions-${safeName(webcast.name)}-${dayOf(began, zone)}`, writeQuestions(questions)),
    ],
  };
}

const sayCount = (count: number): string => (count === 1 ? 'one question' : `${count} questions`);

/** Questions and answers as CSV, oldest first. */
const writeQuestions = (questions: readonly Question[]): string =>
  writeCsv([
    columns,
    ...questions.map(({ at, asker, text, state, answer }) => [
      stamp(at),
      asker ?? 'not signed in',
      text,
      state,
      answer?.text ?? '',
      answer?.by ?? '',
      answer === undefined ? '' : stamp(answer.at),
      answer === undefined ? '' : answer.toAll ? 'yes' : 'no',
    ]),
  ]);

/** A moment as spreadsheets read it: 2026-11-22 14:03:05. */
const stamp = (at: Instant): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
