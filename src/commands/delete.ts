import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { toggle, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import { say, type Text, type View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { goneCard } from '../show/card.js';
import { pickWebcast } from './parts/choose.js';

const line = 'delete {}';

export const remove = defineCommand({
  name: 'delete',
  summary: 'Delete a webcast, after asking; its recordings stay.',
  examples: ['delete "Q3 Town Hall"', 'delete 1_ab12cd34 --yes'],
  role: 'producer',
  params: {
    webcast: webcastParam(),
    yes: toggle({ label: 'Without asking', hint: 'Delete without the question.', default: false }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    // Whichever of several is meant, a person says so: a guess would be gone.
    const chosen = await pickWebcast(input.webcast, line, [], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast } = chosen;
    refuseWhileSending(webcast);
    if (!input.yes) return [{ to: 'me', view: await question(webcast, context) }];
    return context.alone(`show ${webcast.id}`, () => erase(webcast, context));
  },
});

function refuseWhileSending({ name, feed, open }: Webcast): void {
  if (feed === 'none') return;
  const what = feed === 'picture' && open ? 'is live' : 'has an encoder that sends';
  const why = `"${name}" ${what}, and Kaltura deletes no webcast meanwhile.`;
  throw new BotError('refused', why, 'Stop the encoder first, then delete it.');
}

async function question(webcast: Webcast, { store }: Context): Promise<View> {
  const title = `Delete ${webcast.name}?`;
  const cards = (await store.cards(webcast.id)).length;
  const recording = webcast.recordedEntryId ?? webcast.redirectEntryId;
  const goes: readonly Text[] = [
    ['The webcast in Kaltura, ', { code: webcast.id }, ': whoever embeds it gets nothing any more.'],
    cards === 1 ? 'Its card says that it is deleted.' : `Its ${cards} cards say that it is deleted.`,
    'Nobody is reminded or told of it any more, and its calendar entry is cancelled.',
  ];
  const stays: Text =
    recording === undefined
      ? 'What was recorded of it stays in Kaltura.'
      : ['What was recorded of it stays in Kaltura, the last one as ', { code: recording }, '.'];
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'list', items: goes },
      { kind: 'text', text: stays },
      { kind: 'text', text: 'It cannot be brought back.' },
      {
        kind: 'buttons',
        buttons: [{ label: 'Delete it', line: writeLine('delete', webcast.id, { yes: true }), style: 'danger' }],
      },
    ],
  };
}

async function erase(webcast: Webcast, { kaltura, live }: Context): Promise<readonly Reply[]> {
  await kaltura.delete(webcast.id);
  await live.deleted(webcast);
  const gone = await kaltura.eventData.withdraw(webcast.id);
  const left = gone.kind === 'open' ? [`It is still in Kaltura's schedule: ${gone.why} ${gone.remedy}`] : [];
  const told = 'Its cards say so. What was recorded of it stays in Kaltura.';
  const view = say(`${webcast.name} is deleted`, told, ...left);
  return [
    { to: 'cards', webcast: webcast.id, view: goneCard({ webcast }) },
    { to: 'me', view },
  ];
}
