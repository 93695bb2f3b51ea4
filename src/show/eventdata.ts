import { type EventData, type EventPart, eventParts, type PartState } from '../core/eventdata.js';
import { writeLine } from '../core/parse.js';
import type { Button, LampState, NodeOf, PublicNode, Text } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';

const partWords: Readonly<Record<EventPart, string>> = {
  studio: 'Studio data',
  portal: 'Times and speakers for portals',
  schedule: 'Entry in the schedule',
};

/** Whether a part should stand and does not. */
export const isOpen = (data: EventData): boolean => eventParts.some((part) => data[part].kind === 'open');

function stateWords(state: PartState): { readonly lamp: LampState; readonly text: string } {
  switch (state.kind) {
    case 'stands':
      return { lamp: 'on', text: state.changed ? 'written just now' : 'stands' };
    case 'absent':
      return { lamp: 'off', text: 'the account has none' };
    case 'unplanned':
      return { lamp: 'off', text: 'nothing to write: no start and end are known' };
    case 'open':
      return { lamp: 'bad', text: `${state.why} ${state.remedy}` };
    default: {
      const never: never = state;
      return never;
    }
  }
}

/** How each part stands, as lamps. */
export const eventLamps = (data: EventData): NodeOf<'lamps'> => ({
  kind: 'lamps',
  lamps: eventParts.map((part) => {
    const { lamp, text } = stateWords(data[part]);
    return { label: partWords[part], state: lamp, text };
  }),
});

/** The button that finishes what is missing. */
export const repairButton = ({ id }: Webcast): Button => ({ label: 'Repair', line: writeLine('repair', id) });

/** What a person who has changed a webcast is told of its event data: nothing, unless some of it does not stand. */
export function eventTrouble(data: EventData, webcast: Webcast): readonly PublicNode[] {
  if (!isOpen(data)) return [];
  const standing = eventParts.filter((part) => data[part].kind === 'stands').map((part) => partWords[part]);
  const items = eventParts.flatMap((part): Text[] => {
    const state = data[part];
    return state.kind === 'open' ? [[{ bold: `${partWords[part]}: ` }, `${state.why} ${state.remedy}`]] : [];
  });
  return [
    { kind: 'text', text: [{ bold: "Some of what Kaltura's own tools show is missing:" }] },
    { kind: 'list', items },
    { kind: 'text', text: `What stands: ${['The webcast', ...standing].join(', ').toLowerCase()}.` },
    { kind: 'buttons', buttons: [repairButton(webcast)] },
  ];
}
