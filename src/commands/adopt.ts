import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import type { EventData } from '../core/eventdata.js';
import { line, optionalLine, toggle } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { PublicNode, View } from '../core/view.js';
import {
  type Category,
  entryIdSchema,
  isEntryId,
  type Webcast,
  type WebcastNote,
  webcastTags,
} from '../core/webcast.js';
import { buttonFor } from '../show/card.js';
import { eventTrouble } from '../show/eventdata.js';
import { takeIn } from './create/make.js';
import { splitTags } from './create/tags.js';
import { planParams } from './create.js';
import {
  type CategoriesDone,
  type CategoryPlan,
  categoriesTrouble,
  changeCategories,
  planCategories,
  sayCategories,
  writeCategories,
} from './parts/categories.js';
import { listed } from './parts/listed.js';
import { unplanned } from './parts/note.js';

export const adopt = defineCommand({
  name: 'adopt',
  summary: 'Take in a live entry that was made elsewhere: this channel gets its card and is told of it.',
  examples: ['adopt 1_ab12cd34', 'adopt 1_ab12cd34 --category "Events>Town halls"'],
  role: 'producer',
  params: {
    entry: line({ label: 'Entry id', hint: 'Of a live entry of the account, such as 1_ab12cd34.', max: 60 }),
    category: optionalLine({
      label: planParams.category.label,
      hint: 'Where it is listed too, by full name or id, separated by commas; it stays where it is already.',
      max: 1000,
    }),
    yes: toggle({ label: 'Without asking', hint: 'Add what it lacks without the question.', default: false }),
  },
  settle({ entry, category, yes }) {
    const id = entry.toLowerCase();
    if (isEntryId(id)) return asGiven({ id: entryIdSchema.parse(id), names: splitTags(category ?? ''), yes });
    const message = `"${entry}" is no entry id. One looks like 1_ab12cd34; the Kaltura console shows it.`;
    return { kind: 'refused', issues: [{ field: 'entry', message }] };
  },
  async run({ id, names, yes }, context): Promise<readonly Reply[]> {
    const { kaltura } = context;
    const which = { by: 'id', id } as const;
    const told = names.length === 0 ? undefined : await kaltura.findWithCategories(which, names);
    const [webcast] = told?.found ?? (await kaltura.find(which));
    if (!webcast) {
      const why = `${id} is no live entry of this account: it is a video, belongs to another account, or was deleted.`;
      throw new BotError('not_found', why, 'Look for the id of the live entry in the Kaltura console.');
    }
    // Whoever has put it somewhere knows why, so it is taken out of none.
    const places = told && (await planCategories(webcast, { names, stood: [] }, told, context));
    const lacking = webcastTags.filter((tag) => !webcast.adminTags.includes(tag));
    if (lacking.length > 0 && !yes) return [{ to: 'me', view: question(webcast, lacking, places) }];
    const complete =
      lacking.length === 0 ? webcast : await kaltura.update(id, { adminTags: [...webcast.adminTags, ...lacking] });
    // Two at once, or beside a repair, could both find the schedule empty.
    return context.alone(`event ${id}`, () => take(complete, lacking, places, context));
  },
});

async function take(
  webcast: Webcast,
  added: readonly string[],
  places: CategoryPlan | undefined,
  context: Context,
): Promise<readonly Reply[]> {
  const [known] = await context.store.notes([webcast.id]);
  const before = { ...(known ?? unplanned(webcast)), name: webcast.name };
  const [{ data: event, plan }, categories] = await Promise.all([
    context.kaltura.eventData.takeOver(webcast.id, before),
    places && changeCategories(webcast, places, againOf(webcast, places.change.into), context),
  ]);
  const note = { ...before, ...plan };
  const card = await takeIn(webcast, note, context);
  const still = webcastTags.filter((tag) => !webcast.adminTags.includes(tag));
  return [
    card,
    { to: 'me', view: answer({ webcast, added, still, categories, event, note, learnt: before.start === undefined }) },
  ];
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

const otherwise = 'It differs from a webcast that is planned here:';

/** The line that takes it in with these categories. */
const againOf = ({ id }: Webcast, categories: readonly Category[]): string =>
  writeLine('adopt', id, {
    ...(categories.length === 0 ? {} : { category: writeCategories(categories) }),
    yes: true,
  });

function question(webcast: Webcast, lacking: readonly string[], places: CategoryPlan | undefined): View {
  const into = places?.change.into ?? [];
  const line = againOf(webcast, into);
  const too = into.length === 0 ? '' : `, and puts it into ${sayCategories(into)}`;
  const title = `Take in ${webcast.name}?`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: `It lacks what makes a live entry a webcast for Kaltura's own applications and figures: the admin ${lacking.length === 1 ? 'tag' : 'tags'} ${lacking.join(' and ')}. Taking it in adds that${too}; what the studio and portals read of a webcast is written where it is missing, and all else stays as it is.`,
      },
      ...listed(otherwise, differencesOf(webcast)),
      {
        kind: 'buttons',
        buttons: [{ label: 'Take it in', line, style: 'primary' }],
      },
    ],
  };
}

/** When it is, where Kaltura's own tools have planned it, and how to say otherwise. */
function timesTold({ id }: Webcast, { start }: WebcastNote): readonly PublicNode[] {
  const line = `/webcast ${writeLine('move', id)} "friday 15:00"`;
  if (start === undefined)
    return [{ kind: 'text', text: `I do not know when it is, so nobody is reminded. To say when: ${line}` }];
  return [
    { kind: 'time', label: 'Start', at: start },
    { kind: 'text', text: `That is how it stands in Kaltura's own plans. To say otherwise: ${line}` },
  ];
}

interface Adopted {
  readonly webcast: Webcast;
  /** The admin tags that it got, and those that Kaltura did not take. */
  readonly added: readonly string[];
  readonly still: readonly string[];
  readonly categories: CategoriesDone | undefined;
  readonly event: EventData;
  readonly note: WebcastNote;
  /** Its times, if it has any, are those that stood in Kaltura. */
  readonly learnt: boolean;
}

function answer({ webcast, added, still, categories, event, note, learnt }: Adopted): View {
  const title = `${webcast.name} is one of this channel's webcasts now`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...(added.length === 0 || still.length > 0
        ? []
        : [{ kind: 'text', text: `Added to its admin tags: ${added.join(', ')}.` } as const]),
      ...(categories ? [{ kind: 'text', text: `It is in: ${sayCategories(categories.after)}.` } as const] : []),
      ...categoriesTrouble(categories?.shortfall ?? []),
      ...listed('Kaltura did not take these admin tags:', still),
      ...listed(otherwise, differencesOf(webcast)),
      ...eventTrouble(event, webcast),
      ...(learnt ? timesTold(webcast, note) : []),
      { kind: 'buttons', buttons: [buttonFor('Edit', 'edit', webcast), buttonFor('Status', 'status', webcast)] },
    ],
  };
}
