import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import type { Title } from '../core/library.js';
import { optionalLine, toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import { findTrim, type Range } from '../core/trim.js';
import { type PublicNode, say, type View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { sayPosition } from '../time/position.js';
import { sayLength } from '../time/say.js';
import { pickWebcast } from './parts/choose.js';
import { choosePart, keptOf, partsInOrder } from './parts/recorded.js';

interface Input {
  readonly webcast: string | undefined;
  readonly part: string | undefined;
  readonly decide: 'accept' | 'discard' | undefined;
  readonly range: Range | undefined;
  readonly yes: boolean;
}

export const trim = defineCommand({
  name: 'trim',
  summary: 'Cut a recording to the time on air, after asking; only where the Kaltura account allows it.',
  examples: ['trim', 'trim "Q3 Town Hall" --part 2', 'trim "Q3 Town Hall" --accept'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    part: optionalLine({ label: 'Part', hint: 'The number or entry id of one of several parts.', max: 40 }),
    accept: toggle({ label: 'Accept', hint: 'Say yes to a trimmed picture that waits for it.', default: false }),
    discard: toggle({ label: 'Discard', hint: 'Say no to it: the recording stays as it is.', default: false }),
    yes: toggle({ label: 'Without asking', hint: 'Trim without the question.', default: false }),
    range: optionalLine({ label: 'Range', hint: 'What was asked about.', hidden: true, max: 40 }),
  },
  settle({ webcast, part, accept, discard, yes, range }): Settled<Input> {
    if (accept && discard)
      return { kind: 'refused', issues: [{ field: 'accept', message: 'Either accept or discard it, not both.' }] };
    const said = /^(\d{1,9})-(\d{1,9})$/.exec(range ?? '');
    const stays = said ? { from: Number(said[1]), until: Number(said[2]) } : undefined;
    const decide = accept ? 'accept' : discard ? 'discard' : undefined;
    return { kind: 'settled', input: { webcast, part, decide, range: stays, yes } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const decided = input.decide === undefined ? '' : ` --${input.decide}`;
    const chosen = await pickWebcast(input.webcast, `trim {}${decided}`, ['ended'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    const all = await context.kaltura.library.titles(webcast.id);
    const lineFor = (number: number) => `${writeLine('trim', webcast.id, { part: String(number) })}${decided}`;
    const meant = choosePart(webcast, partsInOrder(webcast, all), input.part, lineFor);
    if (meant.kind === 'ask') return [{ to: 'me', view: meant.view }];
    const about: About = { webcast, part: meant.part, number: meant.number, all };
    if (input.decide !== undefined) return [await decide(about, input.decide === 'accept', input.range, context)];
    return [await trimPart(about, input, context)];
  },
});

interface About {
  readonly webcast: Webcast;
  readonly part: Title;
  readonly number: number;
  readonly all: readonly Title[];
}

const mine = ({ webcast }: About, view: View): Reply => ({ to: 'me', view, webcast: webcast.id });

async function trimPart(about: About, input: Input, context: Context): Promise<Reply> {
  const { webcast, part, all } = about;
  if (part.replacement === 'waits for approval') return mine(about, waiting(about, input.range));
  refuseUnlessWhole(part);
  const found = findTrim(part, await keptOf(webcast, all, context), context.clock.now());
  if (found.kind === 'nothing') {
    const hint = `It is ${sayLength(part.duration * 1000)} long: less than 10 seconds would go.`;
    throw new BotError('refused', `"${part.name}" is as long as the show was on air.`, hint);
  }
  if (found.kind === 'unknown')
    throw new BotError('refused', `"${part.name}" cannot be trimmed by itself. ${found.why}`, 'Trim it in Kaltura.');
  const { range } = found;
  // What was agreed to is done, and nothing else.
  const agreed = input.range === undefined || (input.range.from === range.from && input.range.until === range.until);
  if (!input.yes || !agreed) return mine(about, question(about, range));
  return context.alone(`trim ${part.id}`, async () => {
    const length = range.until - range.from;
    const asks = await context.kaltura.library.trim(part.id, range.from, length);
    if (asks) return mine(about, waiting(about, range));
    await context.store.shiftChapters(part.id, range.from, length);
    return mine(
      about,
      say(`${part.name} is being trimmed`, `Kaltura makes it anew, ${sayLength(length)} long.`, meanwhile),
    );
  });
}

const meanwhile = 'Until that is done viewers get the whole. Chapters keep their places in the picture.';

async function decide(about: About, accept: boolean, range: Range | undefined, context: Context): Promise<Reply> {
  const { part } = about;
  if (part.replacement === 'none' || part.replacement === 'failed')
    throw new BotError('refused', `No trimmed picture waits for "${part.name}".`, 'It may be in place already.');
  await context.kaltura.library.decideTrim(part.id, accept);
  if (!accept) return mine(about, say(`${part.name} stays as it is`, 'The trimmed picture was discarded.'));
  if (range) await context.store.shiftChapters(part.id, range.from, range.until - range.from);
  return mine(about, say(`${part.name} is trimmed`, meanwhile));
}

function refuseUnlessWhole({ name, state, replacement }: Title): void {
  if (state !== 'ready')
    throw new BotError(
      'refused',
      `"${name}" is not ready, so it cannot be trimmed.`,
      'Wait until it is told as ready.',
    );
  if (replacement === 'being made')
    throw new BotError('busy', `"${name}" is being trimmed already.`, 'Kaltura makes it anew, which takes minutes.');
}

const lineOf = ({ webcast, number }: About, range: Range | undefined, option: string): string =>
  writeLine('trim', webcast.id, {
    part: String(number),
    [option]: true,
    ...(range ? { range: `${range.from}-${range.until}` } : {}),
  });

function question(about: About, range: Range): View {
  const { part } = about;
  const title = `Trim ${part.name}?`;
  const end = part.duration * 1000 - range.until;
  const lost = [
    ...(range.from < 1000 ? [] : [`${sayLength(range.from)} at the beginning`]),
    ...(end < 1000 ? [] : [`${sayLength(end)} at the end`]),
  ];
  const stays = `From ${sayPosition(range.from)} to ${sayPosition(range.until)} stays, ${sayLength(range.until - range.from)}: the time on air.`;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'text', text: stays },
    { kind: 'text', text: [{ bold: `Lost for good: ${lost.join(' and ')}.` }] },
    {
      kind: 'buttons',
      buttons: [{ label: 'Trim', style: 'danger', line: lineOf(about, range, 'yes') }],
    },
  ];
  return { summary: title, nodes };
}

/** An account may want somebody to say yes before a picture is replaced. */
function waiting(about: About, range: Range | undefined): View {
  const title = `${about.part.name}: the trimmed picture needs a yes`;
  const text = 'This account replaces nothing by itself: when it is made, somebody accepts or discards it.';
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Accept', style: 'primary', line: lineOf(about, range, 'accept') },
          { label: 'Discard', line: lineOf(about, range, 'discard') },
        ],
      },
    ],
  };
}
