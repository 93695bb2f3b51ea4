import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { keyOfMark, type MarkRecord } from '../core/marks.js';
import { optionalLine, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import { type PublicNode, say, type Text, type View } from '../core/view.js';
import type { Instant, Webcast } from '../core/webcast.js';
import { markButton } from '../show/card.js';
import { linkTo } from '../show/marks.js';
import { sayPosition } from '../time/position.js';
import { pickFrom } from './parts/choose.js';

interface Input {
  readonly webcast: string | undefined;
  readonly remove: string | undefined;
}

/** A mark by its place in the list, or by its moment after an @. */
const removal = /^(?:[1-9]\d{0,2}|@\d{13})$/;

export const marks = defineCommand({
  name: 'marks',
  summary: 'The marks of a show, with the places of the recording that they lead to; takes one away.',
  examples: ['marks', 'marks "Q3 Town Hall"', 'marks --remove 2'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    remove: optionalLine({ label: 'Take away', hint: 'The number of a mark in the list.', max: 14 }),
  },
  settle({ webcast, remove }): Settled<Input> {
    if (remove === undefined || removal.test(remove)) return { kind: 'settled', input: { webcast, remove } };
    const message = 'Take away needs the number of a mark in the list, such as 2.';
    return { kind: 'refused', issues: [{ field: 'remove', message }] };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const line = input.remove === undefined ? 'marks {}' : `marks {} --remove=${input.remove}`;
    const { kaltura } = context;
    const chosen = await pickFrom(
      (which) => kaltura.withPlayers(which),
      input.webcast,
      line,
      ['live', 'interrupted', 'ended'],
      context,
    );
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { players } = chosen.told;
    const { webcast, note, phase } = chosen;
    const record = await context.store.broadcast(webcast.id);
    const fresh = phase === 'live' && record?.ended !== undefined;
    const number = record === undefined || fresh ? (record?.number ?? 0) + 1 : record.number;
    const began = record === undefined || fresh ? note?.liveSince : record.began;
    const all = await context.store.marks(webcast.id, number);
    const removed = input.remove === undefined ? undefined : await takeAway(webcast, all, input.remove, context);
    const left = all.filter((one) => one !== removed);
    const linkOf = (mark: MarkRecord) =>
      mark.chapter && linkTo(mark.chapter, { addresses: context.kaltura.addresses, players });
    return [{ to: 'me', view: listOf(webcast, left, began, linkOf, removed, phase === 'live') }];
  },
});

async function takeAway(
  webcast: Webcast,
  all: readonly MarkRecord[],
  wanted: string,
  { kaltura, store, live }: Context,
): Promise<MarkRecord> {
  const mark = wanted.startsWith('@') ? all.find(({ at }) => at === Number(wanted.slice(1))) : all[Number(wanted) - 1];
  if (mark === undefined) {
    const why = wanted.startsWith('@') ? 'That mark is gone already.' : `There is no mark ${wanted}.`;
    throw new BotError('not_found', why, `Type /webcast ${writeLine('marks', webcast.id)} to see them.`);
  }
  if (mark.chapter) await kaltura.library.removeChapter(mark.chapter.entry, keyOfMark(mark));
  await store.removeMark(webcast.id, mark.at);
  await live.changed(webcast.id);
  return mark;
}

function listOf(
  webcast: Webcast,
  all: readonly MarkRecord[],
  began: Instant | undefined,
  linkOf: (mark: MarkRecord) => string | undefined,
  removed: MarkRecord | undefined,
  onAir: boolean,
): View {
  const title = removed === undefined ? `Marks of ${webcast.name}` : `Taken away: ${removed.words}`;
  const buttons = onAir ? [{ kind: 'buttons', buttons: [markButton(webcast)] } as const] : [];
  if (all.length === 0) {
    const view = say(title, 'There are none. Type mark and some words during the show to name a moment of it.');
    return { ...view, nodes: [...view.nodes, ...buttons] };
  }
  const items = all.map((mark, index): Text => {
    const { at, words, chapter } = mark;
    const url = linkOf(mark);
    const where = chapter ? `, chapter at ${sayPosition(chapter.at)}` : '';
    const into = began === undefined ? '' : `${sayPosition(at - began)} `;
    return [`${index + 1}. ${into}`, url === undefined ? { bold: words } : { link: words, url }, where];
  });
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'list', items },
    { kind: 'text', style: 'quiet', text: `To take one away: /webcast ${writeLine('marks', webcast.id)} --remove 1` },
    ...buttons,
  ];
  return { summary: title, nodes };
}
