import type { EventData } from '../../core/eventdata.js';
import type { PublicNode, Text, View } from '../../core/view.js';
import { type Webcast, type WebcastPlan, webcastTags } from '../../core/webcast.js';
import { buttonFor } from '../../show/card.js';
import { eventTrouble } from '../../show/eventdata.js';
import { dvrWords, recordingWords } from '../../show/words.js';
import { sayFull } from '../../time/say.js';
import { categoriesTrouble } from '../parts/categories.js';
import { listed } from '../parts/listed.js';
import { tidyTags } from './tags.js';

/** Tells the person what was made, and where Kaltura made something else than what was asked for. */
export function readBack(plan: WebcastPlan, webcast: Webcast, shortfall: readonly Text[], event: EventData): View {
  const title = `${webcast.name} is planned`;
  const differences = compare(plan, webcast);
  const differs = differences.length > 0 || shortfall.length > 0;
  return {
    summary: differs ? `${title}, but not all of it as asked.` : title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'facts',
        facts: [
          { label: 'Start', value: sayFull(plan.start, plan.zone) },
          { label: 'End', value: sayFull(plan.end, plan.zone) },
          { label: 'Preview before going live', value: webcast.preview ? 'on' : 'off' },
          { label: 'DVR', value: dvrWords(webcast) },
          { label: 'Recording', value: recordingWords[webcast.recording] },
          { label: 'Entry id', value: [{ code: webcast.id }] },
        ],
      },
      ...(plan.stream === undefined ? [] : [ownStream(plan.stream)]),
      ...categoriesTrouble(shortfall),
      ...listed('Kaltura made some of it differently:', differences),
      ...eventTrouble(event, webcast),
      {
        kind: 'buttons',
        buttons: [
          ...(plan.stream === undefined ? [buttonFor('Encoder', 'encoder', webcast)] : []),
          buttonFor('Embed', 'embed', webcast),
        ],
      },
    ],
  };
}

const ownStream = (address: string): PublicNode => ({
  kind: 'list',
  items: [
    ['It plays ', { code: address }, ', for as long as something is there: nobody goes live or ends it here.'],
    'Kaltura makes no recording of it, has no preview and no stream password for it, and no word on its health.',
    'Whether Kaltura and your viewers can reach that address, nobody can tell from here: play the embed before the show.',
  ],
});

/** The account's answer beside what was asked, one line for each difference. */
function compare(plan: WebcastPlan, made: Webcast): Text[] {
  const differences: Text[] = [];
  const note = (label: string, asked: string, got: string) => {
    if (asked !== got) differences.push(`${label}: asked "${shorten(asked)}", is "${shorten(got)}".`);
  };
  const onOff = (on: boolean) => (on ? 'on' : 'off');
  note('Name', plan.name, made.name);
  note('Description', plan.description, made.description);
  note('Tags', tidyTags(plan.tags), tidyTags(made.tags));
  note('Preview before going live', onOff(plan.preview), onOff(made.preview));
  note('DVR', dvrWords(plan), dvrWords(made));
  note('Recording', recordingWords[plan.recording], recordingWords[made.recording]);
  note('Multicast', onOff(plan.multicast), onOff(made.multicast));
  note('Same viewers for the recording', onOff(plan.copyEntitlement), onOff(made.copyEntitlement));
  note('Hide the recording', onOff(plan.hideRecording), onOff(made.hideRecording));
  note('Archive automatically', onOff(plan.archive), onOff(made.archive));
  for (const tag of webcastTags) {
    if (!made.adminTags.includes(tag))
      differences.push(`The admin tag ${tag}, which webcast analytics need, is missing.`);
  }
  return differences;
}

/** The beginning of a text that is too long to be told whole. */
export const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text);
