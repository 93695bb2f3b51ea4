import { writeLine } from '../../core/parse.js';
import type { Button, Confirm, LampState, PublicNode, View } from '../../core/view.js';
import { type Feed, type Instant, type Phase, phaseOf, type Webcast, type WebcastNote } from '../../core/webcast.js';
import { feedWords, nextStep, phaseWords, recorderWords } from './words.js';

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

/** The buttons that fit a phase. */
export function buttonsOf(phase: Phase, webcast: Webcast): Button[] {
  const encoder = buttonFor('Encoder', 'encoder', webcast);
  const embed = buttonFor('Embed', 'embed', webcast);
  const status = buttonFor('Status', 'status', webcast);
  switch (phase) {
    case 'scheduled':
    case 'connecting':
    case 'preview':
    case 'interrupted':
      return webcast.preview ? [goLiveButton(webcast), encoder, embed, status] : [encoder, embed, status];
    case 'live':
      return webcast.preview ? [endButton(webcast), encoder, embed, status] : [encoder, embed, status];
    case 'ended':
      return [buttonFor('Recording', 'recording', webcast), embed, status];
    default: {
      const never: never = phase;
      return never;
    }
  }
}

const feedLamp: Readonly<Record<Feed, LampState>> = { none: 'off', connecting: 'warn', picture: 'on', error: 'bad' };

/** The three lamps of a webcast: encoder, viewers, recording. */
export function lampsOf(webcast: Webcast): PublicNode {
  const shown = webcast.feed === 'picture' && webcast.open;
  const recorded = webcast.recordingNow === 'running' && webcast.feed === 'picture';
  return {
    kind: 'lamps',
    lamps: [
      { label: 'Encoder', state: feedLamp[webcast.feed], text: feedWords[webcast.feed] },
      { label: 'Viewers', state: shown ? 'on' : 'off', text: shown ? 'see it' : 'do not see it' },
      { label: 'Recording', state: recorded ? 'on' : 'off', text: recorderWords(webcast) },
    ],
  };
}

/** The card of a webcast: where it stands, when it is, and what can be done next. */
export function cardOf(webcast: Webcast, note: WebcastNote | undefined, now: Instant): View {
  const phase = phaseOf(webcast, note, now);
  const facts = [
    ...(note?.start === undefined ? [] : [{ label: 'Start', value: [{ time: note.start }] }]),
    ...(note?.end === undefined ? [] : [{ label: 'End', value: [{ time: note.end }] }]),
    { label: 'Phase', value: phaseWords[phase] },
    { label: 'Entry id', value: [{ code: webcast.id }] },
  ];
  const nodes: PublicNode[] = [
    { kind: 'title', text: webcast.name },
    ...(webcast.description ? [{ kind: 'text', text: webcast.description } as const] : []),
    { kind: 'facts', facts },
    lampsOf(webcast),
    { kind: 'text', style: 'quiet', text: nextStep(phase, webcast, note) },
    { kind: 'buttons', buttons: buttonsOf(phase, webcast) },
  ];
  return { summary: `${webcast.name}: ${phaseWords[phase]}`, nodes };
}
