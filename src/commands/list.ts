import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { number, optionalLine } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Button, Piece, PublicNode, View } from '../core/view.js';
import { type Instant, type Phase, phaseOf, type Webcast, type WebcastNote } from '../core/webcast.js';
import { phaseWords } from '../show/words.js';

const size = 10;

export const list = defineCommand({
  name: 'list',
  summary: 'The webcasts of the account: on air, upcoming and ended.',
  examples: ['list', 'list town', 'list --page 2'],
  role: 'viewer',
  params: {
    text: optionalLine({ label: 'Words', hint: 'Only webcasts with these words in their name.', max: 200 }),
    page: number({
      label: 'Page',
      hint: 'Ten webcasts a page, newest first.',
      min: 1,
      max: 1000,
      unit: 'pages',
      default: 1,
    }),
  },
  settle: (values) => asGiven(values),
  async run({ text, page }, context): Promise<readonly Reply[]> {
    const { webcasts, total } = await context.kaltura.page(text, page, size);
    const notes = new Map((await context.store.notes(webcasts.map(({ id }) => id))).map((note) => [note.id, note]));
    const now = context.clock.now();
    const rows = webcasts.map((webcast) => ({ webcast, note: notes.get(webcast.id) }));
    return [{ to: 'me', view: listOf(rows, { text, page, total, now }) }];
  },
});

interface Row {
  readonly webcast: Webcast;
  readonly note: WebcastNote | undefined;
}

interface Asked {
  readonly text: string | undefined;
  readonly page: number;
  readonly total: number;
  readonly now: Instant;
}

const sections: readonly { readonly title: string; readonly phases: readonly Phase[] }[] = [
  { title: 'On air', phases: ['live', 'preview', 'connecting', 'interrupted'] },
  { title: 'Upcoming', phases: ['scheduled'] },
  { title: 'Ended', phases: ['ended', 'recording', 'recorded'] },
];

function listOf(rows: readonly Row[], asked: Asked): View {
  const { text, page, total, now } = asked;
  if (rows.length === 0) return emptyList(asked);
  const pages = Math.max(1, Math.ceil(total / size));
  const title = `${total} webcast${total === 1 ? '' : 's'}${text ? ` with "${text}"` : ''}`;
  const nodes: PublicNode[] = [{ kind: 'title', text: title }];
  for (const section of sections) {
    const own = rows.filter(({ webcast, note }) => section.phases.includes(phaseOf(webcast, note, now)));
    if (own.length === 0) continue;
    own.sort((a, b) => (a.note?.start ?? Number.MAX_SAFE_INTEGER) - (b.note?.start ?? Number.MAX_SAFE_INTEGER));
    nodes.push({ kind: 'text', text: [{ bold: section.title }] });
    nodes.push({ kind: 'list', items: own.map((row) => rowOf(row, section.phases.length > 1, now)) });
  }
  if (pages > 1) nodes.push({ kind: 'text', style: 'quiet', text: `Page ${page} of ${pages}` });
  const turns = pageButtons(text, page, pages);
  if (turns.length > 0) nodes.push({ kind: 'buttons', buttons: turns });
  return { summary: title, nodes };
}

/** One line of the list; the phase is said where its section holds several. */
function rowOf({ webcast, note }: Row, sayPhase: boolean, now: Instant): Piece[] {
  const phase = sayPhase ? ` · ${phaseWords[phaseOf(webcast, note, now)]}` : '';
  const when: Piece[] = note?.start === undefined ? [] : [' · ', { time: note.start }];
  return [{ bold: webcast.name }, phase, ...when, ' · ', { code: webcast.id }];
}

function pageButtons(text: string | undefined, page: number, pages: number): Button[] {
  const turn = (label: string, to: number): Button => ({ label, line: writeLine('list', text, { page: String(to) }) });
  return [...(page > 1 ? [turn('Previous', page - 1)] : []), ...(page < pages ? [turn('Next', page + 1)] : [])];
}

function emptyList({ text, page, total }: Asked): View {
  const title =
    total > 0
      ? `There is no page ${page}.`
      : text
        ? `No webcast has "${text}" in its name.`
        : 'There is no webcast yet.';
  const hint = total > 0 ? 'Type /webcast list to begin at the first page.' : 'Type /webcast create to plan one.';
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: hint },
    ],
  };
}
