import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { webcast as webcastParam } from '../core/params.js';
import type { Question } from '../core/questions.js';
import { type PublicNode, say, type View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { buttonFor } from '../show/card.js';
import { countOpen, openNodes } from '../show/questions.js';
import { pickWebcast } from './parts/choose.js';

const line = 'questions {}';

export const questions = defineCommand({
  name: 'questions',
  summary: 'The questions of viewers that are still open, with buttons to answer or dismiss them; shown to you alone.',
  examples: ['questions', 'questions "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const phases = ['live', 'interrupted', 'preview', 'ended', 'recording', 'recorded'] as const;
    const chosen = await pickWebcast(input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    const asked = await context.kaltura.questions.all(webcast.id, undefined);
    return [{ to: 'me', view: asked.kind === 'measured' ? listOf(webcast, asked.value) : without(webcast) }];
  },
});

const elsewhere =
  "Questions in the chat of Kaltura Events (chat and collaboration) are kept in another service, which the bot cannot read; its moderators' view can.";

function without({ name }: Webcast): View {
  return say(
    `No questions and answers: ${name}`,
    "This Kaltura account does not have them: it lacks the metadata profile Kaltura-QnA. An administrator can have Kaltura's Q&A switched on.",
    elsewhere,
  );
}

function listOf(webcast: Webcast, all: readonly Question[]): View {
  const open = all.filter(({ state }) => state === 'open');
  const count = countOpen(open.length);
  const title = `${count.charAt(0).toUpperCase()}${count.slice(1)}: ${webcast.name}`;
  const quiet: PublicNode[] =
    all.length === 0
      ? [
          { kind: 'text', text: 'Nobody has asked anything yet.' },
          { kind: 'text', style: 'quiet', text: elsewhere },
        ]
      : [{ kind: 'text', style: 'quiet', text: `Viewers asked ${all.length} so far.` }];
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...openNodes(open),
      ...quiet,
      {
        kind: 'buttons',
        buttons: [buttonFor('Refresh', 'questions', webcast), buttonFor('Moderate', 'moderate', webcast)],
      },
    ],
  };
}
