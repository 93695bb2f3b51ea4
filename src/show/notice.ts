import type { Event } from '../core/events.js';
import { callTo } from '../core/mention.js';
import type { Piece, PublicNode, View } from '../core/view.js';
import { sayLength } from '../time/say.js';
import { buttonFor, calendarLinks, goLiveButton, type Stand } from './card.js';
import { sayChange, titleOfHealth } from './health.js';

/** What a notice says in words, with the buttons that help; a reader may see it apart from the card, so it names the webcast. */
export function noticeOf(event: Event, stand: Stand): View {
  const { title, text, nodes } = wordsOf(event, stand);
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...(text.length === 0 ? [] : [{ kind: 'text', text } as const]),
      ...(nodes ?? []),
    ],
  };
}

interface Words {
  readonly title: string;
  readonly text: readonly Piece[];
  readonly nodes?: readonly PublicNode[];
}

function wordsOf(event: Event, stand: Stand): Words {
  const { webcast, links = [] } = stand;
  const { name } = webcast;
  const status: PublicNode = { kind: 'buttons', buttons: [buttonFor('Status', 'status', webcast)] };
  const dates = calendarLinks(stand);
  const calendar: PublicNode[] = dates.length === 0 ? [] : [{ kind: 'links', links: dates }];
  switch (event.kind) {
    case 'went live':
      return { title: `Live now: ${name}`, text: [], nodes: [status] };
    case 'lost':
      return {
        title: `No picture: ${name}`,
        text: [
          'No picture has arrived since ',
          { time: event.since },
          '. Check the encoder and its line; the broadcast goes on when it is back.',
        ],
        nodes: [status],
      };
    case 'returned':
      return { title: `Live again: ${name}`, text: [`Viewers were without a picture for ${sayLength(event.dark)}.`] };
    case 'returned to preview':
      return {
        title: `Go live again: ${name}`,
        text: [
          'The picture is back, but Kaltura has put the webcast to preview: viewers wait until somebody goes live again.',
        ],
        nodes: [{ kind: 'buttons', buttons: [goLiveButton(webcast)] }],
      };
    case 'ended':
      return { title: `Ended: ${name}`, text: [`It was on air for ${sayLength(event.onAir)}.`] };
    case 'recording ready':
      return {
        title: `Recording ready: ${name}`,
        text: [recorded(event.parts, event.seconds), ...(event.short > 0 ? [tooShort(event.short)] : [])],
        nodes: [
          ...(links.length === 0 ? [] : [{ kind: 'links', links } as const]),
          {
            kind: 'buttons',
            buttons: [buttonFor('Recording', 'recording', webcast), buttonFor('Embed', 'embed', webcast)],
          },
        ],
      };
    case 'recording late':
      return {
        title: `The recording is late: ${name}`,
        text: [
          'Kaltura has been making it since ',
          { time: event.since },
          '. It will be told when it is ready; Kaltura support finds it by ',
          { code: webcast.recordedEntryId ?? webcast.id },
          '.',
        ],
        nodes: [{ kind: 'buttons', buttons: [buttonFor('Recording', 'recording', webcast)] }],
      };
    case 'open outside its time':
      return {
        title: `Viewers see it now: ${name}`,
        text: [
          'It is open to its viewers far outside its planned time, and nobody went live with it here. End it if that is not meant.',
        ],
        nodes: [
          { kind: 'buttons', buttons: [buttonFor('End', 'end', webcast), buttonFor('Status', 'status', webcast)] },
        ],
      };
    case 'backup only':
      return {
        title: `Only the backup arrives: ${name}`,
        text: [
          'Nothing comes on the main path. A show that only the backup sends is not recorded: start the main encoder.',
        ],
        nodes: [{ kind: 'buttons', buttons: [buttonFor('Encoder', 'encoder', webcast)] }],
      };
    case 'health changed':
      return {
        title: `${titleOfHealth(event.changes)}: ${name}`,
        text: [],
        nodes: [
          { kind: 'list', items: event.changes.flatMap(sayChange) },
          { kind: 'buttons', buttons: [buttonFor('Test', 'test', webcast)] },
        ],
      };
    case 'no encoder':
      return {
        title: `No encoder yet: ${name}`,
        text: ['It starts ', { time: event.start }, ', and no encoder sends to it.'],
        nodes: [{ kind: 'buttons', buttons: [buttonFor('Encoder', 'encoder', webcast)] }],
      };
    case 'reminder':
      return {
        title: `${name} starts in ${sayLead(event.lead)}`,
        text: [
          ...(event.mention === undefined ? [] : [callTo(event.mention), ' ']),
          'It starts ',
          { time: event.start },
          '.',
        ],
        nodes: [...calendar, status],
      };
    case 'moved':
      return {
        title: `Moved: ${name}`,
        text: [
          'It starts at ',
          { time: event.start },
          ...(event.before === event.start ? [' as before'] : [', not at ', { time: event.before }]),
          ...(event.end === undefined ? [] : [', and ends at ', { time: event.end }]),
          '.',
        ],
        nodes: [...calendar, status],
      };
    default: {
      const never: never = event;
      return never;
    }
  }
}

const recorded = (parts: number, seconds: number): string => {
  const length = seconds > 0 ? `, ${sayLength(seconds * 1000)}` : '';
  return parts === 1 ? `It can be watched${length}.` : `It can be watched in ${parts} parts${length}.`;
};

const tooShort = (seconds: number): string =>
  ` It is ${sayLength(seconds * 1000)} shorter than the time on air: look whether a part is missing.`;

/** A lead in minutes as people say it: "7 days", "1 day", "15 min". */
export function sayLead(minutes: number): string {
  if (minutes % 1440 !== 0) return sayLength(minutes * 60_000);
  return minutes === 1440 ? '1 day' : `${minutes / 1440} days`;
}

/** Tells the owner of subscriptions why a channel is not told any more. */
export function pausedNotice(channel: string, reason: string): View {
  const title = 'A channel is not told any more';
  return {
    summary: `${title}: ${reason}`,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text: ['What it follows is paused in ', { code: channel }, `. ${reason}`] },
      { kind: 'text', style: 'quiet', text: 'When that is mended, type subscribe there again.' },
    ],
  };
}
