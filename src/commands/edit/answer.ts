import type { Context } from '../../core/command.js';
import type { EventData } from '../../core/eventdata.js';
import { writeLine } from '../../core/parse.js';
import type { Text, View } from '../../core/view.js';
import type { EntryId, Webcast, WebcastNote } from '../../core/webcast.js';
import { buttonFor } from '../../show/card.js';
import { eventTrouble } from '../../show/eventdata.js';
import { shorten } from '../create/readback.js';
import { planParams } from '../create.js';
import { type CategoriesDone, categoriesTrouble, sayCategories } from '../parts/categories.js';
import { listed } from '../parts/listed.js';
import { faceOf, type Setting, type Settings, sayValue, settingNames, settingsOf } from './settings.js';

/** What an edit has come to. */
export interface Done {
  readonly webcast: Webcast;
  readonly after: Webcast;
  /** What was asked of Kaltura. */
  readonly sent: Partial<Settings>;
  readonly before: WebcastNote;
  readonly kept: WebcastNote;
  /** How its event data stands; undefined when nothing of that has changed. */
  readonly event: EventData | undefined;
  /** What became of its categories; undefined when nothing was said of them. */
  readonly categories: CategoriesDone | undefined;
  /** What somebody else had changed meanwhile, by its labels. */
  readonly overtaken: readonly string[];
}

/** Tells the person what was changed from what into what, and where Kaltura made something else of it. */
export function answerEdit({ webcast, after, sent, before, kept, event, categories, overtaken }: Done): View {
  const was = settingsOf(webcast);
  const is = settingsOf(after);
  const facts = [
    ...namesOf(sent).map((name) => ({
      label: planParams[name].label,
      value: sayChange(sayValue(name, was[name]), sayValue(name, is[name])),
    })),
    ...(categories ? movesOf(categories) : []),
    ...(['start', 'end'] as const).flatMap((name) =>
      kept[name] === before[name]
        ? []
        : [{ label: planParams[name].label, value: [...sayMoment(before[name]), ' → ', ...sayMoment(kept[name])] }],
    ),
    ...(kept.zone === before.zone || kept.zone === undefined || kept.start !== before.start
      ? []
      : [{ label: planParams.zone.label, value: sayChange(before.zone ?? 'none', kept.zone) }]),
  ];
  const shortfall = categories?.shortfall ?? [];
  if (facts.length === 0 && shortfall.length === 0) {
    const title = `${after.name} is as you said already`;
    return {
      summary: title,
      nodes: [
        { kind: 'title', text: title },
        { kind: 'text', text: 'Nothing was changed.' },
      ],
    };
  }
  const title = facts.length === 0 ? `${after.name} is not changed` : `${after.name} is changed`;
  const differences = namesOf(sent)
    .filter((name) => faceOf(name, sent[name]) !== faceOf(name, is[name]))
    .map(
      (name) =>
        `${planParams[name].label}: asked "${shorten(sayValue(name, sent[name]))}", is "${shorten(sayValue(name, is[name]))}".`,
    );
  return {
    summary:
      facts.length === 0 || differences.length + shortfall.length === 0
        ? title
        : `${title}, but not all of it as asked.`,
    nodes: [
      { kind: 'title', text: title },
      ...(facts.length === 0 ? [] : [{ kind: 'facts', facts } as const]),
      ...categoriesTrouble(shortfall),
      ...listed('Kaltura made some of it differently:', differences),
      ...listed(
        'Somebody else had changed this since your form was opened; what you wrote stands now:',
        overtaken.map((label) => label),
      ),
      ...(event ? eventTrouble(event, after) : []),
      { kind: 'buttons', buttons: [buttonFor('Status', 'status', after)] },
    ],
  };
}

/** From which categories into which. */
function movesOf({ before, after }: CategoriesDone) {
  const [was, is] = [sayCategories(before), sayCategories(after)];
  return was === is ? [] : [{ label: planParams.category.label, value: sayChange(was, is) }];
}

const namesOf = (settings: Partial<Settings>): readonly Setting[] =>
  settingNames.filter((name) => settings[name] !== undefined);

const sayChange = (was: string, is: string): string => `${shorten(was)} → ${shorten(is)}`;

const sayMoment = (at: WebcastNote['start']) => (at === undefined ? ['none'] : [{ time: at }]);

/** Asks before a change after which Kaltura no longer knows which recording belongs to the webcast; one round trip. */
export async function askUnlinking(
  webcast: Webcast,
  severing: Partial<Settings>,
  linked: EntryId,
  { kaltura }: Pick<Context, 'kaltura'>,
): Promise<View> {
  const recording = (await kaltura.recordings(webcast.id)).find(({ id }) => id === linked);
  const title = `This unlinks the recording of ${webcast.name}`;
  const was = settingsOf(webcast);
  const named: Text =
    recording === undefined ? ['the recording ', { code: linked }] : [`"${recording.name}" (`, { code: linked }, ')'];
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'text',
        text: [
          'Kaltura then forgets that ',
          ...named,
          ' belongs to this webcast: the recording stays, but whoever opens the webcast is not led to it any more, and the next broadcast makes a new one.',
        ],
      },
      {
        kind: 'facts',
        facts: namesOf(severing).map((name) => ({
          label: planParams[name].label,
          value: sayChange(sayValue(name, was[name]), sayValue(name, severing[name])),
        })),
      },
      { kind: 'text', text: 'This is not changed yet.' },
      {
        kind: 'buttons',
        buttons: [{ label: 'Change it', line: lineOf(webcast, severing), style: 'danger' }],
      },
    ],
  };
}

function lineOf({ id }: Webcast, settings: Partial<Settings>): string {
  const options = namesOf(settings).map((name) => {
    const value = settings[name];
    return [name, typeof value === 'boolean' ? value : String(value)] as const;
  });
  return writeLine('edit', id, { ...Object.fromEntries(options), yes: true });
}
