import type { Access } from '../core/access.js';
import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { webcast as webcastParam } from '../core/params.js';
import type { PublicNode, View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { adviseOnAccess, sayOpens, sayWhoOpens } from '../show/access.js';
import { buttonFor } from '../show/card.js';
import { pickFrom } from './parts/choose.js';

const line = 'access {}';

export const access = defineCommand({
  name: 'access',
  summary: 'Whether viewers could open a webcast: tried as somebody unknown, and as somebody signed in.',
  examples: ['access', 'access "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const phases = ['scheduled', 'connecting', 'preview', 'live', 'interrupted'] as const;
    const chosen = await pickFrom(context.kaltura.findWithAccess, input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, told } = chosen;
    return [
      { to: 'me', view: viewOf(webcast, told.access.get(webcast.id) ?? (await context.kaltura.access(webcast.id))) },
    ];
  },
});

const moderation: Readonly<Record<Access['moderation'], string>> = {
  passed: 'passed',
  waiting: 'waits for a moderator',
  rejected: 'rejected',
  unknown: 'not known',
};

const untried =
  'Not tried: the bot makes sessions for viewers only with KALTURA_ADMIN_SECRET, which whoever runs it can set.';

function viewOf(webcast: Webcast, tried: Access): View {
  const title = `Access to ${webcast.name}`;
  const said = sayWhoOpens(tried);
  const advice = adviseOnAccess(tried);
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'text', text: [{ bold: said }] },
    {
      kind: 'facts',
      facts: [
        { label: 'Somebody unknown', value: sayOpens(tried.anonymous) },
        { label: 'With a session of your page', value: tried.signedIn ? sayOpens(tried.signedIn) : untried },
        { label: 'Moderation', value: moderation[tried.moderation] },
      ],
    },
    ...(advice.length === 0 ? [] : [{ kind: 'list' as const, items: advice }]),
    {
      kind: 'text',
      style: 'quiet',
      text: 'This tells who is let in, not whether a picture is shown: that is for "test". Rules on countries, addresses and sites were tried from where the bot runs.',
    },
    { kind: 'buttons', buttons: [buttonFor('Try again', 'access', webcast), buttonFor('Embed', 'embed', webcast)] },
  ];
  return { summary: `${title}: ${said}`, nodes };
}
