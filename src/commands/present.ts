import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import type { Presenter } from '../core/crew.js';
import { sameUser } from '../core/crew.js';
import type { FieldIssue } from '../core/errors.js';
import { optionalLine, webcast as webcastParam } from '../core/params.js';
import { readPeople, type Somebody, writePerson } from '../core/people.js';
import type { Which } from '../core/ports.js';
import type { PublicNode, Text, View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { pickFrom } from './parts/choose.js';
import { calledHere } from './parts/invite.js';
import { addPresenters, type Named, removePresenters } from './parts/presenters.js';
import { type Candidate, candidateOf } from './parts/user.js';

/** How many people are added or removed at once. */
const most = 10;
const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;

type Act = 'list' | 'add' | 'remove';

interface Input {
  readonly act: Act;
  readonly people: readonly Somebody[];
  readonly webcast: string | undefined;
}

export const present = defineCommand({
  name: 'present',
  summary: 'Who presents a webcast: add and remove people, each with rights of their own in Kaltura.',
  examples: ['present', 'present add @ann @bob', 'present add @ann "Q3 Town Hall"', 'present remove ann@example.com'],
  role: 'producer',
  params: {
    who: optionalLine({
      label: 'Who',
      hint: 'add or remove, then people: each chosen by an @ while you type, or a member id, me, or the e-mail address of a Kaltura user. Left out, the list.',
      max: 1000,
      people: true,
    }),
    webcast: webcastParam({
      hint: "Entry id or words of its name, behind the people or here; left out, this channel's own.",
    }),
  },
  settle({ who, webcast }): Settled<Input> {
    const said = /^(?<act>add|remove)(?:\s+(?<rest>.+))?$/is.exec(who ?? '')?.groups;
    const act: Act = said === undefined ? 'list' : said.act?.toLowerCase() === 'add' ? 'add' : 'remove';
    const { people, rest, unclear } = said ? readPeople(said.rest ?? '') : { people: [], rest: who, unclear: [] };
    const issues: FieldIssue[] = [];
    const refuse = (field: string, message: string) => void issues.push({ field, message });
    if (unclear.length > 0)
      refuse(
        'who',
        `I cannot tell who ${unclear.join(', ')} is. Choose the person from the list that opens behind an @, or give the member id of the profile.`,
      );
    else if (act !== 'list' && people.length === 0)
      refuse(
        'who',
        `Say whom to ${act}: each chosen by an @ while you type, or a member id, me, or an e-mail address.`,
      );
    if (people.length > most) refuse('who', `At most ${most} people at once.`);
    if (rest !== undefined && webcast !== undefined) refuse('webcast', 'The webcast is named twice.');
    if (issues.length > 0) return { kind: 'refused', issues };
    return { kind: 'settled', input: { act, people, webcast: rest ?? webcast } };
  },
  async run({ act, people, webcast }, context): Promise<readonly Reply[]> {
    const line = ['present', ...(act === 'list' ? [] : [act, ...people.map(writeSomebody)]), '{}'].join(' ');
    const find = async (which: Which) => {
      const candidates: Candidate[] = [];
      for (const somebody of people) candidates.push(await candidateOf(somebody, context));
      const asked = [...new Set(candidates.flatMap(({ users }) => users))];
      return { ...(await context.kaltura.crew.find(which, asked)), candidates };
    };
    const chosen = await pickFrom(find, webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { editors, users, candidates } = chosen.told;
    const named: Named = { webcast: chosen.webcast, editors: editors.get(chosen.webcast.id) ?? [], users };
    switch (act) {
      case 'list':
        return [{ to: 'me', webcast: named.webcast.id, view: await listOf(named, context) }];
      case 'add':
        return [await addPresenters(candidates, named, context)];
      case 'remove':
        return [await removePresenters(candidates, named, context)];
      default: {
        const never: never = act;
        return never;
      }
    }
  },
});

function writeSomebody(somebody: Somebody): string {
  switch (somebody.kind) {
    case 'me':
      return 'me';
    case 'member':
      return writePerson(somebody.id);
    case 'user':
      return somebody.user;
    default: {
      const never: never = somebody;
      return never;
    }
  }
}

async function listOf({ webcast, editors }: Named, context: Context): Promise<View> {
  const presenters = await context.store.presenters(webcast.id);
  const items = presenters.map((one) => sayPresenter(one, editors, context));
  const others = editors.filter((user) => !presenters.some((one) => sameUser(one.user, user)));
  items.push(...others.map((user): Text => [{ code: user }, ', named in Kaltura, unknown in chat']));
  return listView(webcast, items);
}

function sayPresenter(presenter: Presenter, editors: readonly string[], context: Context): Text {
  const gone = !editors.some((user) => sameUser(user, presenter.user));
  const why = gone ? ', not named in Kaltura any more: add them again' : '';
  const called = calledHere(presenter, context);
  return 'person' in Object(called)
    ? [called, ' as ', { code: presenter.user }, why]
    : [called, presenter.chat ? `, in ${presenter.chat.platform}` : ', unknown in chat', why];
}

function listView({ id, name }: Webcast, items: readonly Text[]): View {
  const title = `Presenters of ${name}`;
  const hint: PublicNode = {
    kind: 'text',
    style: 'quiet',
    text: ['Add somebody by ', { code: '/webcast present add' }, ', with the person chosen by an @ while you type.'],
  };
  if (items.length === 0)
    return { summary: title, nodes: [{ kind: 'title', text: title }, { kind: 'text', text: 'Nobody yet.' }, hint] };
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'list', items },
      { kind: 'buttons', buttons: [{ label: 'Send all a studio link', line: `studio ${id} --all` }] },
      hint,
    ],
  };
}
