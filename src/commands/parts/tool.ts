import { asGiven, type Command, type Context, defineCommand } from '../../core/command.js';
import { webcast as webcastParam } from '../../core/params.js';
import type { Errand } from '../../core/tickets.js';
import type { PrivateView } from '../../core/view.js';
import { askAnyOf, chooseOne, whichOf } from './choose.js';
import { kalturaUserOf } from './user.js';

/** How long a link waits for its button to be pressed, in minutes. */
const good = 60;

/** A command that hands out a private one-time link into one of Kaltura's own tools. */
export function defineTool(tool: {
  readonly name: string;
  readonly summary: string;
  readonly errand: Exclude<Errand['kind'], 'preview'>;
  /** What the link leads into, as a title has it: "Studio". */
  readonly what: string;
}): Command {
  const line = `${tool.name} {}`;
  return defineCommand({
    name: tool.name,
    summary: tool.summary,
    examples: [tool.name, `${tool.name} "Q3 Town Hall"`],
    role: 'producer',
    params: {
      webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
    },
    settle: (values) => asGiven(values),
    async run(input, context) {
      const which = await whichOf(input.webcast, context);
      if (!which) return [{ to: 'me', view: await askAnyOf(line, context) }];
      const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;
      const chosen = await chooseOne(await context.kaltura.find(which), which, line, phases, context);
      if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
      const { id: webcast, name } = chosen.webcast;
      const errand = { kind: tool.errand, webcast, user: await kalturaUserOf(context), name };
      return [{ to: 'me', view: await doorTo(errand, tool.what, context) }];
    },
  });
}

async function doorTo(errand: Errand, what: string, context: Context): Promise<PrivateView> {
  const address = await context.ticket(errand, good);
  const title = `${what} of ${errand.name}`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'facts', facts: [{ label: 'Signed in as', value: [{ code: errand.user }] }] },
      { kind: 'door', label: `Open the ${what.toLowerCase()}`, address },
      {
        kind: 'text',
        style: 'quiet',
        text: `The link is for you alone: it works once, within ${good} minutes. Type the command again for a new one.`,
      },
    ],
  };
}
