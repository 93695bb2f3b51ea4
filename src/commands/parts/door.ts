import type { Context } from '../../core/command.js';
import type { Errand } from '../../core/tickets.js';
import type { PrivateView } from '../../core/view.js';

/** How long a link waits for its button to be pressed, in minutes. */
const good = 60;

/** One of Kaltura's own tools, as its command tells of it. */
export interface Tool {
  readonly name: string;
  readonly summary: string;
  readonly errand: Exclude<Errand['kind'], 'preview'>;
  /** What the link leads into, as a title has it: "Studio". */
  readonly what: string;
}

/** The private message that holds the link, for whom asked or for somebody who is invited. */
export async function doorTo(
  errand: Errand,
  { what, name }: Tool,
  invited: string | undefined,
  context: Context,
): Promise<PrivateView> {
  const address = await context.ticket(errand, good, invited);
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
        text:
          invited === undefined
            ? `The link is for you alone: it works once, within ${good} minutes. Type the command again for a new one.`
            : [
                `The link is for you alone: it works once, within ${good} minutes. For a new one type `,
                { code: `/webcast ${name} ${errand.webcast}` },
                '.',
              ],
      },
    ],
  };
}
