import { asGiven, type Command, type Context, defineCommand, type Reply } from '../../core/command.js';
import { type Presenter, sameUser } from '../../core/crew.js';
import { BotError } from '../../core/errors.js';
import { toggle, webcast as webcastParam } from '../../core/params.js';
import type { Which } from '../../core/ports.js';
import type { Errand } from '../../core/tickets.js';
import type { Webcast } from '../../core/webcast.js';
import { pickFrom } from './choose.js';
import { doorTo, type Tool } from './door.js';
import { inviteAll } from './invite.js';
import { type Candidate, candidateOf, knownUser, noUser } from './user.js';

/** A command that hands out a private one-time link into one of Kaltura's own tools, to producers and presenters. */
export function defineTool(tool: Tool): Command {
  return defineCommand({
    name: tool.name,
    summary: tool.summary,
    examples: [tool.name, `${tool.name} "Q3 Town Hall"`, `${tool.name} "Q3 Town Hall" --all`],
    who: "producers and the webcast's presenters",
    // Presenters are viewers everywhere else, and who presents is only known once the webcast is.
    role: 'viewer',
    params: {
      webcast: webcastParam(),
      all: toggle({
        label: 'All presenters',
        hint: 'Send each presenter a link of their own, in private; for producers.',
        default: false,
      }),
    },
    settle: (values) => asGiven(values),
    async run(input, context): Promise<readonly Reply[]> {
      const line = input.all ? `${tool.name} {} --all` : `${tool.name} {}`;
      const producer = await context.holds('producer');
      if (input.all && !producer) throw notProducer(tool, context);
      const find = async (which: Which) => {
        const me = await candidateOf({ kind: 'me' }, context);
        return { ...(await context.kaltura.crew.find(which, me.users)), me };
      };
      const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;
      const chosen = await pickFrom(find, input.webcast, line, phases, context);
      if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
      const { webcast, told } = chosen;
      const { editors, users, me } = told;
      const presenters = await context.store.presenters(webcast.id);
      if (input.all) return [await inviteAll(tool, webcast, presenters, context)];
      const known = knownUser(me, users);
      const as = producer
        ? asProducer(known, me, context)
        : asPresenter(known, presenters, editors.get(webcast.id) ?? [], { webcast, tool, context });
      const errand = { kind: tool.errand, webcast: webcast.id, name: webcast.name, ...as };
      return [{ to: 'me', webcast: webcast.id, view: await doorTo(errand, tool, undefined, context) }];
    },
  });
}

type Rights = Pick<Errand, 'user' | 'by'>;

function asProducer(known: string | undefined, me: Candidate, context: Context): Rights {
  if (known === undefined) throw noUser(me, context);
  return { user: known, by: 'producer' };
}

/** By the person's own place among the presenters, or by that of their Kaltura user; Kaltura must name them as well. */
function asPresenter(
  known: string | undefined,
  presenters: readonly Presenter[],
  editors: readonly string[],
  { webcast, tool, context }: { readonly webcast: Webcast; readonly tool: Tool; readonly context: Context },
): Rights {
  const { platform, place, person } = context;
  const mine = presenters.find(
    ({ chat }) => chat?.platform === platform && chat.tenant === place.tenant && chat.person === person.id,
  );
  const user = mine?.user ?? presenters.find((one) => known !== undefined && sameUser(one.user, known))?.user;
  if (user === undefined) throw notProducer(tool, context);
  if (!editors.some((one) => sameUser(one, user))) {
    const why = `Kaltura does not name ${user} as an editor of "${webcast.name}" any more.`;
    throw new BotError('refused', why, 'Ask a producer to add you to the presenters again.');
  }
  return { user, by: 'presenter' };
}

function notProducer(tool: Tool, { person, whoCan }: Context): BotError {
  const who = person.guest
    ? 'Guests may use it when a producer has added them: /webcast present add.'
    : `Producers may, and the webcast's presenters: ask a producer to add you by /webcast present add. ${whoCan('producer')}`;
  return new BotError('forbidden', `You may not use ${tool.name} here.`, who);
}
