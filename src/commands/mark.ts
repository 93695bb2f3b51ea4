import type { BroadcastRecord } from '../core/broadcast.js';
import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { mostMarks } from '../core/marks.js';
import { line, optionalLine, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Text, View } from '../core/view.js';
import { type Instant, instant, type Phase, type Webcast, type WebcastNote } from '../core/webcast.js';
import { markButton } from '../show/card.js';
import { sayPosition } from '../time/position.js';
import { pickWebcast } from './parts/choose.js';

/** How long a moment keeps while the person chooses which webcast was meant, in milliseconds. */
const patience = 10 * 60_000;

interface Input {
  readonly words: string;
  readonly webcast: string | undefined;
  readonly at: Instant | undefined;
}

export const mark = defineCommand({
  name: 'mark',
  summary: 'Name this moment of the show: it becomes a chapter of the recording, with a link to it.',
  examples: ['mark "CFO numbers"', 'mark "Questions begin" --webcast "Q3 Town Hall"'],
  role: 'producer',
  params: {
    words: line({ label: 'Words', hint: 'What begins now, as the chapter will be called.', max: 100 }),
    webcast: webcastParam(),
    at: optionalLine({ label: 'Moment', hint: 'When it was said.', hidden: true, max: 13 }),
  },
  form: { title: 'Mark this moment', submit: 'Mark' },
  settle({ words, webcast, at }): Settled<Input> {
    const said = /^\d{13}$/.test(at ?? '') ? instant(Number(at)) : undefined;
    return { kind: 'settled', input: { words, webcast, at: said } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const now = context.clock.now();
    const kept = input.at !== undefined && input.at <= now && now - input.at < patience;
    const at = kept ? (input.at ?? now) : now;
    // The id that is chosen takes the place of the braces, also of those that somebody typed.
    const again = `${writeLine('mark', input.words.replaceAll('{}', '{ }'), { at: String(at) })} --webcast={}`;
    const chosen = await pickWebcast(input.webcast, again, ['live', 'interrupted'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note, phase } = chosen;
    const show = showOf(webcast, note, phase, await context.store.broadcast(webcast.id), at);
    return [{ to: 'me', view: await remember(input.words, webcast, show, at, context) }];
  },
});

interface Show {
  readonly number: number;
  readonly began: Instant;
}

/** The broadcast that runs; one that just began may not have been looked at yet, and gets the next number. */
function showOf(
  webcast: Webcast,
  note: WebcastNote | undefined,
  phase: Phase,
  record: BroadcastRecord | undefined,
  at: Instant,
): Show {
  const { name } = webcast;
  if (record !== undefined && record.ended === undefined) {
    if (note?.endedAt === undefined || note.endedAt < record.began) return record;
    throw new BotError('refused', `"${name}" is over, so there is nothing to mark.`, 'Marks are set during the show.');
  }
  const since = note?.endedAt === undefined ? note?.liveSince : undefined;
  if (phase === 'live') return { number: (record?.number ?? 0) + 1, began: instant(Math.min(since ?? at, at)) };
  if (record !== undefined) {
    const why = `"${name}" is not on air any more, so there is nothing to mark.`;
    throw new BotError('refused', why, 'Marks are set during the show.');
  }
  const why = `"${name}" has not gone live, so there is nothing to mark yet.`;
  throw new BotError('refused', why, 'Mark what viewers see: go live first.');
}

async function remember(
  words: string,
  webcast: Webcast,
  { number, began }: Show,
  at: Instant,
  { store, person }: Context,
): Promise<View> {
  if ((await store.marks(webcast.id, number)).length >= mostMarks) {
    const why = `This show has ${mostMarks} marks, which is all that it can have.`;
    throw new BotError('refused', why, `Take some away: /webcast ${writeLine('marks', webcast.id)}`);
  }
  const stood = await store.addMark({ webcast: webcast.id, broadcast: number, at, words, person: person.id });
  const title = `Marked at ${sayPosition(stood - began)}`;
  const becomes: Text =
    webcast.recording === 'off' || webcast.source === 'own'
      ? 'Nothing is recorded, so it stands on the card and in the report only.'
      : 'It becomes a chapter when the recording is ready.';
  return {
    summary: `${title}: ${words}`,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: [{ bold: words }] },
      { kind: 'text', style: 'quiet', text: becomes },
      {
        kind: 'buttons',
        buttons: [
          { ...markButton(webcast), label: 'Mark more' },
          { label: 'All marks', line: writeLine('marks', webcast.id) },
          { label: 'Take it back', line: writeLine('marks', webcast.id, { remove: `@${stood}` }) },
        ],
      },
    ],
  };
}
