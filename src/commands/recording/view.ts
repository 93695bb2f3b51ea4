import { airTime } from '../../core/broadcast.js';
import type { Caption, Chapter, Title } from '../../core/library.js';
import type { Kept } from '../../core/marks.js';
import { writeLine } from '../../core/parse.js';
import { findTrim } from '../../core/trim.js';
import type { Button, PublicNode, Text, View } from '../../core/view.js';
import type { EntryId, Instant, Recording, Webcast } from '../../core/webcast.js';
import { buttonFor } from '../../show/card.js';
import { linkTo, type PlayersAt } from '../../show/marks.js';
import { watchLink } from '../../show/player.js';
import { sayPosition } from '../../time/position.js';
import { sayLength } from '../../time/say.js';

/** The most chapters of one recording that are told one by one. */
const mostChapters = 20;
/** The most parts that get buttons of their own. */
const mostButtons = 4;

/** A webcast's recording and all that is known of it. */
export interface Recorded {
  readonly webcast: Webcast;
  /** In the order in which people count them. */
  readonly parts: readonly Title[];
  readonly kept: Kept;
  readonly screen: PlayersAt;
  readonly now: Instant;
}

/** What there is of a recording, with what can be done about it. */
export function recordingOf(recorded: Recorded): View {
  const { webcast, parts, screen, now } = recorded;
  const title = `Recording of ${webcast.name}: ${headline(webcast, parts, now)}`;
  const [only, ...more] = parts;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(only === undefined
      ? [{ kind: 'text', text: whyNone(webcast) } as const]
      : [
          { kind: 'list', items: parts.map((part, index) => partOf(part, index, parts.length, webcast, now)) } as const,
        ]),
    ...(only === undefined || only.state === 'waiting'
      ? []
      : factsNodes(recorded, more.length === 0 ? only : undefined)),
    ...chapterNodes(parts, screen),
    ...linkNodes(parts, screen),
  ];
  const buttons = buttonsFor(recorded);
  if (buttons.length > 0) nodes.push({ kind: 'buttons', buttons });
  return { summary: title, nodes };
}

/** The card that tells a channel of a recording: nothing on it but what its viewers may see. */
export function shareOf(webcast: Webcast, parts: readonly Title[], screen: PlayersAt, now: Instant): View {
  const ready = parts.filter(({ state }) => state === 'ready');
  const title = `Recording of ${webcast.name}: ${headline(webcast, parts, now)}`;
  const lines = parts.map((part): Text => [{ bold: part.name }, `, ${stateOf(part, webcast, now, false)}`]);
  const [first] = ready;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(lines.length === 0
      ? [{ kind: 'text', text: whyNone(webcast) } as const]
      : [{ kind: 'list', items: lines } as const]),
    ...(first !== undefined && ready.length === 1 && first.description !== ''
      ? [{ kind: 'text', text: first.description } as const]
      : []),
    ...chapterNodes(ready, screen),
    ...linkNodes(ready, screen, false),
    ...(ready.length === 0 ? [] : [{ kind: 'buttons', buttons: [buttonFor('Embed', 'embed', webcast)] } as const]),
  ];
  return { summary: title, nodes };
}

function headline(webcast: Webcast, parts: readonly Recording[], now: Instant): string {
  const isRecording = webcast.feed === 'picture' && webcast.recordingNow === 'running';
  if (isRecording) return 'recording now';
  const last = parts.at(-1);
  if (!last) return 'none';
  const ready = parts.filter((part) => part.state === 'ready').length;
  if (ready === parts.length) return parts.length === 1 ? 'ready' : `ready in ${parts.length} parts`;
  if (last.state === 'failed') return 'failed';
  return `processing since ${sayLength(now - (webcast.lastEnded ?? last.createdAt))}`;
}

function whyNone(webcast: Webcast): string {
  if (webcast.recording === 'off') return 'There is none, because recording is switched off for this webcast.';
  if (webcast.lastEnded === undefined && webcast.feed === 'none') return 'There is none yet: it has not been on air.';
  return 'There is none. A show that only the backup encoder sent, or that nobody took live, is not recorded.';
}

function partOf(part: Title, index: number, count: number, webcast: Webcast, now: Instant): Text {
  const name = count > 1 ? `Part ${index + 1} of ${count}: ${part.name}` : part.name;
  const more = count > 1 && part.state === 'ready' ? `, ${shownWords(part)}` : '';
  return [{ bold: name }, `, ${stateOf(part, webcast, now, true)}${more}, `, { code: part.id }];
}

function stateOf(part: Recording, webcast: Webcast, now: Instant, withSize: boolean): string {
  switch (part.state) {
    case 'waiting':
      if (webcast.feed === 'picture') return 'recording';
      return `processing since ${sayLength(now - (webcast.lastEnded ?? part.createdAt))}`;
    case 'processing':
      return `processing since ${sayLength(now - (webcast.lastEnded ?? part.createdAt))}`;
    case 'ready': {
      const length = part.duration > 0 ? sayLength(part.duration * 1000) : 'length not known yet';
      return part.size === undefined || !withSize ? `ready, ${length}` : `ready, ${length}, ${sizeOf(part.size)}`;
    }
    case 'failed':
      return 'failed; ask Kaltura support with this entry id';
    default: {
      const never: never = part.state;
      return never;
    }
  }
}

const sizeOf = (bytes: number): string =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${Math.max(0.1, bytes / 1e6).toFixed(1)} MB`;

/** Who finds it: hidden, in categories, or by search. */
function shownWords({ visible, categories }: Title): string {
  const where = categories.map(({ fullName }) => fullName).join(', ');
  if (!visible) return where === '' ? 'hidden: the webcast leads to it' : `hidden from search, in ${where}`;
  return where === '' ? 'found by search, in no category' : `in ${where}`;
}

function captionWords(captions: readonly Caption[] | undefined): string {
  if (captions === undefined) return 'not known: Kaltura does not say';
  if (captions.length === 0) return 'none';
  return captions.map(({ language, state }) => `${language} ${state}`).join(', ');
}

/** What is beside the state of a recording: of several parts only what they have in common. */
function factsNodes({ parts, kept, now }: Recorded, only: Title | undefined): PublicNode[] {
  const seconds = parts.reduce((sum, { duration }) => sum + duration, 0);
  const aired = kept.courses.reduce((sum, course) => sum + airTime(course, now), 0);
  const facts = [
    ...(seconds > 0 && aired > 0
      ? [{ label: 'Length', value: `${sayLength(seconds * 1000)} recorded, ${sayLength(aired)} on air` }]
      : []),
    ...(only === undefined
      ? []
      : [
          ...(only.description === '' ? [] : [{ label: 'Description', value: only.description }]),
          { label: 'Shown', value: shownWords(only) },
          { label: 'Captions', value: captionWords(only.captions) },
        ]),
    ...parts.flatMap((part) => {
      const words = replacementWords(part);
      return words === undefined ? [] : [{ label: parts.length === 1 ? 'Trim' : `Trim of ${part.name}`, value: words }];
    }),
  ];
  return facts.length === 0 ? [] : [{ kind: 'facts', facts }];
}

function replacementWords({ replacement }: Title): string | undefined {
  switch (replacement) {
    case 'none':
      return undefined;
    case 'being made':
      return 'being made; viewers get the whole until then';
    case 'waits for approval':
      return 'made; somebody has to accept or discard it';
    case 'failed':
      return 'failed; the recording is as it was';
    default: {
      const never: never = replacement;
      return never;
    }
  }
}

function chapterNodes(parts: readonly Title[], screen: PlayersAt): PublicNode[] {
  const items = parts.flatMap(({ id, chapters }, part) =>
    chapters.map((one) => lineOf(id, one, part, parts.length, screen)),
  );
  if (items.length === 0) return [];
  const more = items.length - mostChapters;
  return [
    { kind: 'text', text: [{ bold: 'Chapters' }] },
    { kind: 'list', items: more > 0 ? [...items.slice(0, mostChapters), `and ${more} more`] : items },
  ];
}

function lineOf(entry: EntryId, { title, at }: Chapter, part: number, count: number, screen: PlayersAt): Text {
  const url = linkTo({ entry, at }, screen);
  const where = count > 1 ? `part ${part + 1}, ${sayPosition(at)} ` : `${sayPosition(at)} `;
  return [where, url === undefined ? title : { link: title, url }];
}

function linkNodes(parts: readonly Title[], { addresses, players }: PlayersAt, withThumbnail = true): PublicNode[] {
  const player = players.find(({ generation }) => generation === 'v7');
  const ready = parts.filter(({ state }) => state === 'ready');
  const links = [
    ...(player === undefined
      ? []
      : ready.map(({ id, name }) => ({ label: `Watch ${name}`, url: watchLink(addresses, player.id, id) }))),
    ...(withThumbnail && ready.length === 1 && ready[0]?.thumbnail !== undefined
      ? [{ label: 'Thumbnail', url: ready[0].thumbnail }]
      : []),
  ];
  return links.length === 0 ? [] : [{ kind: 'links', links }];
}

function buttonsFor(recorded: Recorded): Button[] {
  const { webcast, parts } = recorded;
  const ready = parts.filter(({ state }) => state === 'ready').slice(-mostButtons);
  const named = (label: string, { name }: Title) => (ready.length > 1 ? `${label} ${name}` : label);
  const share: Button[] =
    ready.length === 0 ? [] : [{ label: 'Share', line: writeLine('recording', webcast.id, { share: true }) }];
  return [
    ...ready
      .filter(({ size }) => size !== undefined)
      .map((part) => ({
        label: named('Download', part),
        line: writeLine('recording', webcast.id, { download: part.id }),
      })),
    ...share,
    ...ready.map((part) => ({ label: named('Edit', part), line: editLine(webcast, part) })),
    ...ready.flatMap((part) =>
      canTrim(part, recorded) ? [{ label: named('Trim', part), line: trimLine(webcast, part) }] : [],
    ),
  ];
}

const trimLine = (webcast: Webcast, part: Title): string => writeLine('trim', webcast.id, { part: part.id });

const canTrim = (part: Title, { kept, now }: Recorded): boolean =>
  part.replacement === 'waits for approval' ||
  (part.replacement === 'none' && findTrim(part, kept, now).kind === 'trim');

/** Opens the form with the title that stands, as far as a line can carry it unchanged. */
const editLine = (webcast: Webcast, part: Title): string =>
  writeLine('recording-edit', webcast.id, {
    form: true,
    part: part.id,
    ...(/["“”]/.test(part.name) ? {} : { title: part.name }),
  });
