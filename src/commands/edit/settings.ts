import { type RawValue, writeInstant } from '../../core/params.js';
import type { Instant, RecordingMode, Webcast, WebcastChanges, WebcastNote } from '../../core/webcast.js';
import { recordingWords } from '../../show/words.js';
import { tidyTags } from '../create/tags.js';

/** What can be edited in Kaltura, by the names of the command's parameters. */
export interface Settings {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly preview: boolean;
  readonly dvr: boolean;
  readonly dvrWindow: number;
  /** The id of a live conversion profile. */
  readonly profile: string;
  readonly multicast: boolean;
  readonly recording: RecordingMode;
  readonly copyEntitlement: boolean;
  readonly hideRecording: boolean;
  readonly archive: boolean;
}

export const settingNames = [
  'name',
  'description',
  'tags',
  'preview',
  'dvr',
  'dvrWindow',
  'profile',
  'multicast',
  'recording',
  'copyEntitlement',
  'hideRecording',
  'archive',
] as const satisfies readonly (keyof Settings)[];
export type Setting = (typeof settingNames)[number];

/** What Kaltura does not change while an encoder is connected: CANNOT_UPDATE_FIELDS_WHILE_ENTRY_BROADCASTING. */
export const lockedOnAir: ReadonlySet<Setting> = new Set([
  'preview',
  'dvr',
  'dvrWindow',
  'profile',
  'recording',
  'copyEntitlement',
]);

/** A change of these makes Kaltura forget which recording belongs to the webcast. */
export const unlinking: ReadonlySet<Setting> = new Set([
  'profile',
  'recording',
  'copyEntitlement',
  'hideRecording',
  'archive',
]);

/** What a webcast that plays a stream of somebody's own does not have. */
export const needsEncoder: ReadonlySet<Setting> = new Set(['preview', 'profile', 'multicast', 'recording', 'archive']);

/** The settings of a webcast as Kaltura has them. */
export const settingsOf = (webcast: Webcast): Partial<Settings> => ({
  name: webcast.name,
  description: webcast.description,
  tags: webcast.tags,
  preview: webcast.preview,
  dvr: webcast.dvr,
  ...(webcast.dvrWindow === undefined ? {} : { dvrWindow: webcast.dvrWindow }),
  ...(webcast.profileId === undefined ? {} : { profile: String(webcast.profileId) }),
  multicast: webcast.multicast,
  recording: webcast.recording,
  copyEntitlement: webcast.copyEntitlement,
  hideRecording: webcast.hideRecording,
  archive: webcast.archive,
});

/** A text that two values share when they are the same setting, however platforms and Kaltura hand them in. */
export function faceOf(name: Setting, value: Settings[Setting] | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') {
    // A name is one line; of a description, line breaks count.
    return name === 'name' ? value.replace(/\s+/g, ' ').trim() : value.replace(/\r\n?/g, '\n').trim();
  }
  return typeof value === 'object' ? tidyTags(value) : String(value);
}

/** The settings as changes for Kaltura. */
export const changesOf = ({ profile, ...rest }: Partial<Settings>): WebcastChanges => ({
  ...rest,
  ...(profile === undefined ? {} : { profileId: Number(profile) }),
});

/** A setting as people say it. */
export function sayValue(name: Setting, value: Settings[Setting] | undefined): string {
  if (value === undefined || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'number') return `${value} minutes`;
  if (typeof value === 'object') return value.length === 0 ? 'nothing' : value.join(', ');
  switch (value) {
    case 'per-session':
    case 'append':
    case 'off':
      return name === 'recording' ? recordingWords[value] : value;
    default:
      return value;
  }
}

const exact = (at: Instant | undefined): RawValue => (at === undefined ? undefined : writeInstant(at));

/** A webcast as it stands in the form. */
export const rawOf = (webcast: Webcast, note: WebcastNote | undefined): Readonly<Record<string, RawValue>> => ({
  ...settingsOf(webcast),
  tags: webcast.tags.join(', '),
  dvrWindow: webcast.dvrWindow === undefined ? undefined : String(webcast.dvrWindow),
  start: exact(note?.start),
  end: exact(note?.end),
});
