import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { type EventData, eventParts } from '../core/eventdata.js';
import { webcast as webcastParam } from '../core/params.js';
import type { View } from '../core/view.js';
import type { Webcast } from '../core/webcast.js';
import { eventLamps, isOpen, repairButton } from '../show/eventdata.js';
import { pickWebcast } from './parts/choose.js';
import { unplanned } from './parts/note.js';

const line = 'repair {}';

export const repair = defineCommand({
  name: 'repair',
  summary: "Finish what is missing of a webcast in Kaltura's studio, portals and schedule; what stands is left alone.",
  examples: ['repair', 'repair "Q3 Town Hall"'],
  role: 'producer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const chosen = await pickWebcast(input.webcast, line, ['scheduled', 'preview'], context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, note } = chosen;
    // Two at once could both find the schedule empty.
    return context.alone(`event ${webcast.id}`, async () => {
      const data = await context.kaltura.eventData.keepInStep(webcast.id, note ?? unplanned(webcast));
      return [{ to: 'me', view: repairOf(webcast, data) }];
    });
  },
});

function titleOf({ name }: Webcast, data: EventData): string {
  if (isOpen(data)) return `${name} is not complete in Kaltura`;
  const written = eventParts.some((part) => {
    const state = data[part];
    return state.kind === 'stands' && state.changed;
  });
  return written ? `${name} is complete in Kaltura again` : `${name} needs no repair`;
}

function repairOf(webcast: Webcast, data: EventData): View {
  const title = titleOf(webcast, data);
  const buttons = isOpen(data) ? [{ kind: 'buttons' as const, buttons: [repairButton(webcast)] }] : [];
  return { summary: title, nodes: [{ kind: 'title', text: title }, eventLamps(data), ...buttons] };
}
