import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { line, toggle } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PublicNode, View } from '../core/view.js';
import { entryIdSchema, isEntryId, type Webcast, webcastTags } from '../core/webcast.js';
import { buttonFor } from '../show/card.js';
import { takeIn } from './create/make.js';
import { unplanned } from './parts/note.js';

export const adopt = defineCommand({
  name: 'adopt',
  summary: 'Take in a live entry that was made elsewhere: this channel gets its card and is told of it.',
  examples: ['adopt 1_ab12cd34'],
  role: 'producer',
  params: {
    entry: line({ label: 'Entry id', hint: 'Of a live entry of the account, such as 1_ab12cd34.', max: 60 }),
    yes: toggle({ label: 'Without asking', hint: 'Add what it lacks without the question.', default: false }),
  },
  settle({ entry, yes }) {
    const id = entry.toLowerCase();
    if (isEntryId(id)) return asGiven({ id: entryIdSchema.parse(id), yes });
    const message = `"${entry}" is no entry id. One looks like 1_ab12cd34; the Kaltura console shows it.`;
    return { kind: 'refused', issues: [{ field: 'entry', message }] };
  },
  async run({ id, yes }, context): Promise<readonly Reply[]> {
    const [webcast] = await context.kaltura.find({ by: 'id', id });
    if (!webcast) {
      const why = `${id} is no live entry of this account: it is a video, belongs to another account, or was deleted.`;
      throw new BotError('not_found', why, 'Look for the id of the live entry in the Kaltura console.');
    }
    const lacking = webcastTags.filter((tag) => !webcast.adminTags.includes(tag));
    if (lacking.length > 0 && !yes) return [{ to: 'me', view: question(webcast, lacking) }];
    const complete =
      lacking.length === 0
        ? webcast
        : await context.kaltura.update(id, { adminTags: [...webcast.adminTags, ...lacking] });
    return take(complete, lacking, context);
  },
});

async function take(webcast: Webcast, added: readonly string[], context: Context): Promise<readonly Reply[]> {
  const [known] = await context.store.notes([webcast.id]);
  const note = { ...(known ?? unplanned(webcast)), name: webcast.name };
  const card = await takeIn(webcast, note, context);
  const still = webcastTags.filter((tag) => !webcast.adminTags.includes(tag));
  return [card, { to: 'me', view: answer(webcast, added, still, note.start === undefined) }];
}

/** How an entry differs from a webcast that is planned here, in sentences. */
const differencesOf = ({ source, preview, recording, dvr }: Webcast): readonly string[] =>
  source === 'own'
    ? ['It plays a stream from elsewhere: nobody goes live or ends it here, and Kaltura records nothing of it.']
    : [
        ...(preview
          ? []
          : ['It has no preview: viewers see the picture as soon as an encoder sends, and nobody goes live.']),
        ...(recording === 'off' ? ['It is not recorded.'] : []),
        ...(recording === 'append' ? ['All of its broadcasts are put into one recording.'] : []),
        ...(dvr ? [] : ['It has no DVR: viewers cannot go back.']),
      ];

const list = (head: string, items: readonly string[]): readonly PublicNode[] =>
  items.length === 0
    ? []
    : [
        { kind: 'text', text: [{ bold: head }] },
        { kind: 'list', items },
      ];

const otherwise = 'It differs from a webcast that is planned here:';

function question(webcast: Webcast, lacking: readonly string[]): View {
  const title = `Take in ${webcast.name}?`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `It lacks what makes a live entry a webcast for Kaltura's own applications and figures: the admin ${lacking.length === 1 ? 'tag' : 'tags'} ${lacking.join(' and ')}. Taking it in adds that; all else stays as it is.`,
      },
      ...list(otherwise, differencesOf(webcast)),
      {
        kind: 'buttons',
        buttons: [{ label: 'Take it in', line: writeLine('adopt', webcast.id, { yes: true }), style: 'primary' }],
      },
    ],
  };
}

function answer(webcast: Webcast, added: readonly string[], still: readonly string[], timeless: boolean): View {
  const title = `${webcast.name} is one of this channel's webcasts now`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...(added.length === 0 || still.length > 0
        ? []
        : [{ kind: 'text', text: `Added to its admin tags: ${added.join(', ')}.` } as const]),
      ...list('Kaltura did not take these admin tags:', still),
      ...list(otherwise, differencesOf(webcast)),
      ...(timeless
        ? [
            {
              kind: 'text',
              text: `I do not know when it is, so nobody is reminded. To say when: /webcast ${writeLine('move', webcast.id)} "friday 15:00"`,
            } as const,
          ]
        : []),
      { kind: 'buttons', buttons: [buttonFor('Edit', 'edit', webcast), buttonFor('Status', 'status', webcast)] },
    ],
  };
}
