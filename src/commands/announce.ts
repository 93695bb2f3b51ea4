import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { optionalLine, requiredParagraph, toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import { longest } from '../core/questions.js';
import type { PublicNode, View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { pickWebcast } from './parts/choose.js';
import { speakerOf, spokenByBot } from './parts/question.js';

interface Input {
  readonly text: string;
  readonly webcast: string | undefined;
  readonly yes: boolean;
  readonly request: string | undefined;
}

export const announce = defineCommand({
  name: 'announce',
  summary: 'Tell all viewers of a webcast something in their player, after asking.',
  examples: ['announce "We go on in five minutes."', 'announce 1_ab12cd34 "We go on in five minutes." --yes'],
  role: 'producer',
  params: {
    text: requiredParagraph({ label: 'Text', hint: 'What all viewers read.', max: longest.announcement }),
    webcast: webcastParam({ loose: 'an id before' }),
    yes: toggle({ label: 'Without asking', hint: 'Send it without the question.', default: false }),
    request: optionalLine({ label: 'Request', hint: 'Names this announcement.', max: 100, hidden: true }),
  },
  form: { title: 'Announce to viewers', submit: 'Go on', facts: () => ({ choices: {}, without: ['yes'] }) },
  settle: (values): Settled<Input> => ({ kind: 'settled', input: { ...values, text: carried(values.text) } }),
  async run(input, context): Promise<readonly Reply[]> {
    const request = input.request ?? context.requestKey;
    const line = `${lineOf(input.text, request, input.yes)} --webcast={}`;
    const phases = ['live', 'interrupted', 'preview', 'connecting', 'scheduled'] as const;
    const chosen = await pickWebcast(input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    if (!input.yes) return [{ to: 'me', view: question(webcast, input.text, request) }];
    return send(webcast, input.text, request, context);
  },
});

/** The words as a button's line carries them; what is asked about is what is sent. */
const carried = (text: string): string => (text.includes('»') ? text.replace(/["“”]/g, "'") : text);

const lineOf = (text: string, request: string, yes: boolean): string =>
  writeLine('announce', undefined, { text, request, ...(yes ? { yes } : {}) });

function question(webcast: Webcast, text: string, request: string): View {
  const line = `${lineOf(text, request, true)} --webcast=${webcast.id}`;
  return {
    summary: `Announce this to all viewers of ${webcast.name}?`,
    nodes: [
      { kind: 'title', text: `Announce this to all viewers of ${webcast.name}?` },
      { kind: 'text', text },
      { kind: 'text', style: 'quiet', text: 'Nothing has been sent yet. Everybody who watches sees it in the player.' },
      { kind: 'buttons', buttons: [{ label: 'Announce', line, style: 'primary' }] },
    ],
  };
}

async function send(webcast: Webcast, text: string, request: string, context: Context): Promise<readonly Reply[]> {
  const { user } = await speakerOf(context);
  const { id, as } = await context.kaltura.questions.announce(webcast.id, text, request, user);
  const title = `Announced to the viewers of ${webcast.name}`;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    { kind: 'text', text },
    ...(as === 'bot' ? [{ kind: 'text', style: 'quiet', text: spokenByBot(user) } as const] : []),
    {
      kind: 'buttons',
      buttons: [{ label: 'Take it back', line: writeLine('withdraw', id) }],
    },
  ];
  return [{ to: 'me', webcast: webcast.id, view: { summary: title, nodes } }];
}
