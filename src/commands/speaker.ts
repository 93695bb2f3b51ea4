import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError, type FieldIssue } from '../core/errors.js';
import type { Speaker } from '../core/eventdata.js';
import { optionalLine, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Webcast, WebcastNote } from '../core/webcast.js';
import { pickWebcast } from './parts/choose.js';
import { unplanned } from './parts/note.js';
import { noPlaceForSpeakers, speakersOf } from './speaker/view.js';

type Details = Partial<Omit<Speaker, 'id' | 'name'>>;

interface Input {
  readonly act: 'list' | 'add' | 'remove';
  readonly name: string;
  readonly details: Details;
  readonly webcast: string | undefined;
}

/** How many speakers a line-up may have; Kaltura writes all of them into one document. */
const most = 50;

export const speaker = defineCommand({
  name: 'speaker',
  summary: 'The public line-up that Kaltura portals show: who speaks, with title, words, link and picture.',
  examples: [
    'speaker',
    'speaker add "Ada Lovelace" --title "Analyst" --link https://example.com/ada',
    'speaker remove "Ada Lovelace"',
  ],
  role: 'producer',
  params: {
    who: optionalLine({
      label: 'Who',
      hint: 'add or remove, then the name as it is to be read; a name that is there is changed. Left out, the list. It gives nobody any rights.',
      max: 200,
    }),
    title: optionalLine({ label: 'Title', hint: 'Such as "Chief Analyst, Example Corp".', max: 200 }),
    bio: optionalLine({ label: 'Bio', hint: 'A few sentences about the speaker.', max: 2000 }),
    link: optionalLine({ label: 'Link', hint: 'A page about the speaker: https://…', max: 1000 }),
    picture: optionalLine({ label: 'Picture', hint: 'The address of a portrait: https://…', max: 1000 }),
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
  },
  settle({ who, webcast, ...details }): Settled<Input> {
    const said = /^(?<act>add|remove)(?:\s+(?<name>.+))?$/is.exec(who ?? '')?.groups;
    const name = said?.name?.trim() ?? '';
    const given = Object.entries(details).filter(([, value]) => value !== undefined);
    const issues: FieldIssue[] = [];
    const refuse = (field: string, message: string) => void issues.push({ field, message });
    if (who !== undefined && said === undefined)
      refuse('who', `Say add or remove before the name, such as: speaker add "${who.slice(0, 60)}".`);
    else if (said !== undefined && name === '') refuse('who', `Say whom to ${said.act?.toLowerCase()}.`);
    const act = said === undefined ? 'list' : said.act?.toLowerCase() === 'add' ? 'add' : 'remove';
    if (act !== 'add' && given.length > 0)
      refuse(given[0]?.[0] ?? 'title', 'Details go with "speaker add" and a name.');
    if (details.link !== undefined && !isAddress(details.link, ['https:', 'http:']))
      refuse('link', 'Link takes an address such as https://example.com/ada, without a password in it.');
    if (details.picture !== undefined && !isAddress(details.picture, ['https:']))
      refuse('picture', 'Picture takes an address that begins with https, without a password in it.');
    if (issues.length > 0) return { kind: 'refused', issues };
    return { kind: 'settled', input: { act, name, details: Object.fromEntries(given), webcast } };
  },
  async run(input, context): Promise<readonly Reply[]> {
    const line = lineOf(input);
    const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;
    const chosen = await pickWebcast(input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note } = chosen;
    switch (input.act) {
      case 'list': {
        const lineUp = await context.kaltura.eventData.lineUp(webcast.id);
        if (lineUp.kind === 'lacking') return [{ to: 'me', view: noPlaceForSpeakers(webcast) }];
        return [{ to: 'me', view: speakersOf(webcast, lineUp.speakers, `Speakers of ${webcast.name}`) }];
      }
      case 'add':
        return add(input, webcast, note ?? unplanned(webcast), context);
      case 'remove':
        return remove(input, webcast, note ?? unplanned(webcast), context);
      default: {
        const never: never = input.act;
        return never;
      }
    }
  },
});

function isAddress(words: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(words)) return false;
  const { protocol, username, password } = new URL(words);
  return protocols.includes(protocol) && username === '' && password === '';
}

/** The line that asks the same of the webcast that a person chooses. */
function lineOf({ act, name, details }: Input): string {
  const said = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const written = writeLine('speaker', act === 'list' ? undefined : `${act} ${name}`, said);
  return `${written.replaceAll('{}', '( )')} --webcast={}`;
}

const sameName = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

async function add(
  { name, details }: Input,
  webcast: Webcast,
  note: WebcastNote,
  context: Context,
): Promise<readonly Reply[]> {
  const id = context.newId();
  let changed = false;
  const speakers = await context.kaltura.eventData.changeLineUp(webcast.id, note, (before) => {
    const known = before.find((one) => sameName(one.name, name));
    // A change that is asked again after a lost answer finds the one that it added itself.
    changed = known !== undefined && known.id !== id;
    if (known) return before.map((one) => (one === known ? { ...known, ...details } : one));
    if (before.length >= most)
      throw new BotError('refused', `A line-up has at most ${most} speakers.`, 'Remove one first.');
    return [...before, { id, name, title: '', bio: '', link: '', picture: '', ...details }];
  });
  const title = changed ? `${name} is changed in the line-up` : `${name} is in the line-up`;
  return [{ to: 'me', view: speakersOf(webcast, speakers, title) }];
}

async function remove(
  { name }: Input,
  webcast: Webcast,
  note: WebcastNote,
  context: Context,
): Promise<readonly Reply[]> {
  let gone: string | undefined;
  const speakers = await context.kaltura.eventData.changeLineUp(webcast.id, note, (before) => {
    const meant = before.find((one) => one.id === name) ?? before.find((one) => sameName(one.name, name));
    if (meant === undefined && gone === undefined) {
      const names = before.map((one) => `"${one.name}"`).join(', ');
      const hint = names === '' ? 'Its line-up is empty.' : `Its speakers are ${names}.`;
      throw new BotError('not_found', `No "${name}" speaks at "${webcast.name}".`, hint);
    }
    gone ??= meant?.name;
    return before.filter((one) => one !== meant);
  });
  return [{ to: 'me', view: speakersOf(webcast, speakers, `${gone ?? name} is out of the line-up`) }];
}
