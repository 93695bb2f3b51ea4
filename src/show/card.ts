import type { CalendarLink } from '../core/calendar.js';
import type { Path } from '../core/health.js';
import { callTo, type Mention } from '../core/mention.js';
import type { Point } from '../core/numbers.js';
import { writeLine } from '../core/parse.js';
import type { Side } from '../core/subscription.js';
import type { Button, Confirm, LampState, PublicNode, Text, View } from '../core/view.js';
import { type Feed, type Instant, type Phase, phaseOf, type Webcast, type WebcastNote } from '../core/webcast.js';
import { sayLength } from '../time/say.js';
import { shortOf } from './health.js';
import { marksNodes, type ToldMark } from './marks.js';
import { countWords } from './numbers.js';
import { feedWords, nextStep, outlook, pathWords, phaseWords, recorderWords } from './words.js';

interface Fact {
  readonly label: string;
  readonly value: Text;
}

/** Kaltura drops the producer's own words into these questions, so they are kept short for every platform's dialog. */
const short = (name: string): string => ([...name].length > 60 ? `${[...name].slice(0, 59).join('')}…` : name);

/** The question before a webcast is shown to its viewers. */
const confirmGoLive = (name: string): Confirm => ({
  title: 'Go live',
  text: `Show "${short(name)}" to all of its viewers now?`,
  yes: 'Go live',
  no: 'Not yet',
});

/** The question before a webcast is taken from its viewers. */
const confirmEnd = (name: string): Confirm => ({
  title: 'End',
  text: `End "${short(name)}" for all of its viewers now?`,
  yes: 'End it',
  no: 'Keep it live',
});

/** The button that goes live, asking once by the platform's own dialog. */
export const goLiveButton = (webcast: Pick<Webcast, 'id' | 'name'>): Button => ({
  label: 'Go live',
  line: writeLine('golive', webcast.id, { yes: true }),
  style: 'primary',
  confirm: confirmGoLive(webcast.name),
});

/** The button that ends, asking once by the platform's own dialog. */
export const endButton = (webcast: Pick<Webcast, 'id' | 'name'>): Button => ({
  label: 'End',
  line: writeLine('end', webcast.id, { yes: true }),
  style: 'danger',
  confirm: confirmEnd(webcast.name),
});

/** A button that types a command for this webcast. */
export const buttonFor = (label: string, command: string, webcast: Pick<Webcast, 'id'>): Button => ({
  label,
  line: writeLine(command, webcast.id),
});

/** The button that opens the form for a mark's words. */
export const markButton = ({ id }: Pick<Webcast, 'id'>): Button => ({
  label: 'Mark',
  line: writeLine('mark', undefined, { webcast: id }),
});

/** The buttons that fit a phase, for those who run the show and for those who watch it. */
export function buttonsOf(phase: Phase, webcast: Webcast, side: Side = 'crew'): Button[] {
  const encoder = buttonFor('Encoder', 'encoder', webcast);
  const embed = buttonFor('Embed', 'embed', webcast);
  const status = buttonFor('Status', 'status', webcast);
  const recording = buttonFor('Recording', 'recording', webcast);
  const crew = side === 'crew';
  switch (phase) {
    case 'scheduled':
    case 'connecting':
    case 'preview':
      return [...(crew && webcast.preview ? [goLiveButton(webcast)] : []), ...(crew ? [encoder] : []), embed, status];
    case 'interrupted':
      return [
        ...(crew && webcast.preview ? [goLiveButton(webcast)] : []),
        ...(crew ? [endButton(webcast), encoder] : []),
        embed,
        status,
      ];
    case 'live':
      return [
        ...(crew && webcast.preview ? [endButton(webcast)] : []),
        ...(crew ? [markButton(webcast), encoder] : []),
        embed,
        status,
      ];
    case 'ended':
    case 'recording':
    case 'recorded':
      return [recording, embed, status];
    default: {
      const never: never = phase;
      return never;
    }
  }
}

const feedLamp: Readonly<Record<Feed, LampState>> = { none: 'off', connecting: 'warn', picture: 'on', error: 'bad' };

/** The three lamps of a webcast: encoder, with both paths where they are known and what is wrong, viewers, recording. */
export function lampsOf(webcast: Webcast, main?: Feed, backup?: Feed, ailments: readonly Ailment[] = []): PublicNode {
  const shown = webcast.feed === 'picture' && webcast.open;
  const recorded = webcast.recordingNow === 'running' && webcast.feed === 'picture';
  const both = webcast.feed === 'picture' && main !== undefined && backup !== undefined;
  const [worst] = ailments;
  const lame = worst !== undefined || (both && main !== 'picture');
  const arrives = both ? pathWords(main, backup) : feedWords[webcast.feed];
  return {
    kind: 'lamps',
    lamps: [
      {
        label: 'Encoder',
        state: worst?.verdict === 'bad' ? 'bad' : lame ? 'warn' : feedLamp[webcast.feed],
        text: worst ? `${arrives}, ${worst.path === 'backup' ? 'backup: ' : ''}${shortOf(worst.code)}` : arrives,
      },
      { label: 'Viewers', state: shown ? 'on' : 'off', text: shown ? 'see it' : 'do not see it' },
      { label: 'Recording', state: recorded ? 'on' : 'off', text: recorderWords(webcast) },
    ],
  };
}

/** What a path's picture suffers from. */
export interface Ailment {
  readonly path: Path;
  readonly verdict: 'fair' | 'bad';
  readonly code: number;
}

/** Where a webcast stands, with all that its card tells. */
export interface Stand {
  readonly webcast: Webcast;
  readonly note: WebcastNote | undefined;
  readonly phase: Phase;
  readonly main?: Feed | undefined;
  readonly backup?: Feed | undefined;
  /** What is wrong with the picture, worst first; for the crew alone. */
  readonly ailments?: readonly Ailment[] | undefined;
  /** The broadcast that runs, or the last one. */
  readonly show?: {
    readonly began: Instant;
    readonly ended: Instant | undefined;
    /** Milliseconds on air. */
    readonly onAir: number;
    /** When the picture was lost, while it is. */
    readonly lostAt: Instant | undefined;
    readonly drops: number;
  };
  /** How many watch, and the most that did at once, for those who are to see it. */
  readonly viewers?: { readonly now: Point | undefined; readonly peak: Point | undefined };
  /** The address of its calendar file. */
  readonly calendar?: string | undefined;
  /** Since when Kaltura has not answered, while it has not for long. */
  readonly silentSince?: Instant | undefined;
  /** What people marked during the last broadcast, when it is over. */
  readonly marks?: readonly ToldMark[];
  /** Kaltura does not have it any more, and it is not looked for. */
  readonly gone?: boolean | undefined;
  /** What can be watched, by its address. */
  readonly links?: readonly { readonly label: string; readonly url: string }[];
}

/** Where a webcast stands as far as one look and the bot's memory tell. */
export const standOf = (
  webcast: Webcast,
  note: WebcastNote | undefined,
  now: Instant,
  calendarLink?: CalendarLink,
): Stand => ({
  webcast,
  note,
  phase: phaseOf(webcast, note, now),
  calendar: calendarLink?.(webcast.id),
});

/** The link to the calendar file of a show that has a start and is still to come, where there is one. */
export function calendarLinks({ phase, note, calendar }: Stand): NonNullable<Stand['links']> {
  const toCome = phase === 'scheduled' || phase === 'connecting' || phase === 'preview';
  if (!toCome || note?.start === undefined || calendar === undefined) return [];
  return [{ label: 'Add to calendar', url: calendar }];
}

/** The card of a webcast: where it stands, when it is, and what can be done next. */
export function cardOf(stand: Stand, side: Side = 'crew'): View {
  const { webcast, note, phase, show } = stand;
  if (stand.gone) return goneCard(stand, side);
  const links = [...calendarLinks(stand), ...(stand.links ?? [])];
  const next = side === 'crew' ? nextStep(phase, webcast, note) : outlook(phase, webcast);
  const facts = [
    ...(note?.start === undefined ? [] : [{ label: 'Start', value: [{ time: note.start }] }]),
    ...(note?.end === undefined ? [] : [{ label: 'End', value: [{ time: note.end }] }]),
    { label: 'Phase', value: phaseWords[phase] },
    ...(show ? showFacts(show, side) : []),
    ...(stand.viewers && show ? viewersFacts(stand.viewers, show.ended === undefined) : []),
    { label: 'Entry id', value: [{ code: webcast.id }] },
  ];
  const nodes: PublicNode[] = [
    { kind: 'title', text: webcast.name },
    ...(webcast.description ? [{ kind: 'text', text: webcast.description } as const] : []),
    ...(side === 'crew' && stand.silentSince !== undefined ? [silence(stand.silentSince)] : []),
    { kind: 'facts', facts },
    ...(side === 'crew' && tellsLamps(stand) ? [lampsOf(webcast, stand.main, stand.backup, stand.ailments)] : []),
    ...(next === '' ? [] : [{ kind: 'text', style: 'quiet', text: next } as const]),
    ...(show?.ended === undefined ? [] : marksNodes(stand.marks ?? [], show.began)),
    ...(links.length === 0 ? [] : [{ kind: 'links', links } as const]),
    { kind: 'buttons', buttons: buttonsOf(phase, webcast, side) },
  ];
  return { summary: `${webcast.name}: ${phaseWords[phase]}`, nodes };
}

/** The last card of a webcast that is deleted: nothing can be done with it any more. */
export function goneCard({ webcast, show }: Pick<Stand, 'webcast' | 'show'>, side: Side = 'crew'): View {
  const { id, name } = webcast;
  const why = 'This webcast was deleted: Kaltura does not have it any more. What was recorded of it stays there.';
  return {
    summary: `${name}: deleted`,
    nodes: [
      { kind: 'title', text: name },
      { kind: 'text', text: why },
      {
        kind: 'facts',
        facts: [...(show ? showFacts(show, side) : []), { label: 'Entry id', value: [{ code: id }] }],
      },
    ],
  };
}

/** A card that cannot be kept true says so, and since when. */
const silence = (since: Instant): PublicNode => ({
  kind: 'text',
  text: ['Kaltura has not answered since ', { time: since }, '. This is how it stood then:'],
});

/** Whether there is something that lamps tell: after a show they do as long as its encoder still sends. */
const tellsLamps = ({ phase, webcast }: Stand): boolean => !isOver(phase) || webcast.feed !== 'none';

const isOver = (phase: Phase): boolean => phase === 'ended' || phase === 'recording' || phase === 'recorded';

function showFacts({ began, ended, onAir, lostAt, drops }: NonNullable<Stand['show']>, side: Side): Fact[] {
  const length = ended === undefined ? '' : `, ${sayLength(onAir)} on air`;
  return [
    { label: ended === undefined ? 'Live since' : 'Was live', value: [{ time: began }, length] },
    ...(lostAt === undefined ? [] : [{ label: 'No picture since', value: [{ time: lostAt }] }]),
    ...(drops === 0 || side === 'audience' ? [] : [{ label: 'Interruptions', value: String(drops) }]),
  ];
}

function viewersFacts({ now, peak }: NonNullable<Stand['viewers']>, live: boolean): Fact[] {
  if (peak === undefined) return [];
  if (!live || now === undefined)
    return [{ label: 'Peak', value: [`${countWords(peak.value)} viewers (`, { time: peak.at }, ')'] }];
  return [
    { label: 'Viewers', value: [`${countWords(now.value)} (`, { time: now.at }, `), peak ${countWords(peak.value)}`] },
  ];
}

/** The message that tells a channel of a broadcast; afterwards, when it is over, what became of it. */
export function announcementOf(stand: Stand, side: Side, mention?: Mention): View {
  const { webcast, phase, show, links = [] } = stand;
  // After the end the encoder may go on, or come back: that is a preview of nothing that was told.
  const over = show?.ended !== undefined || isOver(phase);
  const title = `${over ? 'Was live' : 'Live now'}: ${webcast.name}`;
  const end = side === 'crew' && webcast.preview && !over ? [endButton(webcast)] : [];
  const buttons = over
    ? [buttonFor('Recording', 'recording', webcast), buttonFor('Status', 'status', webcast)]
    : [...end, buttonFor('Embed', 'embed', webcast), buttonFor('Status', 'status', webcast)];
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(mention === undefined ? [] : [{ kind: 'text', text: [callTo(mention)] } as const]),
    ...(over && show ? [{ kind: 'text', text: `It was on air for ${sayLength(show.onAir)}.` } as const] : []),
    ...(over || side === 'audience' ? [] : [lampsOf(webcast)]),
    ...(links.length === 0 ? [] : [{ kind: 'links', links } as const]),
    { kind: 'buttons', buttons },
  ];
  return { summary: title, nodes };
}
