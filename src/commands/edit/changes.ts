import type { Context } from '../../core/command.js';
import { BotError } from '../../core/errors.js';
import { findProfile, type Webcast } from '../../core/webcast.js';
import { planParams } from '../create.js';
import {
  faceOf,
  lockedOnAir,
  needsEncoder,
  type Setting,
  type Settings,
  settingNames,
  settingsOf,
} from './settings.js';

const labelsOf = (names: readonly Setting[]): string => names.map((name) => planParams[name].label).join(', ');

const only = (settings: Partial<Settings>, names: readonly Setting[]): Partial<Settings> =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => names.some((one) => one === name)));

/** The named ones of some settings, and the rest of them. */
export function divide(
  settings: Partial<Settings>,
  apart: ReadonlySet<Setting>,
): { readonly named: Partial<Settings>; readonly rest: Partial<Settings> } {
  const names = settingNames.filter((name) => settings[name] !== undefined);
  return {
    named: only(
      settings,
      names.filter((name) => apart.has(name)),
    ),
    rest: only(
      settings,
      names.filter((name) => !apart.has(name)),
    ),
  };
}

/** The settings that have another value than the webcast has now. */
export function changesFrom(webcast: Webcast, wanted: Partial<Settings>): Partial<Settings> {
  const now = settingsOf(webcast);
  const changed = settingNames.filter(
    (name) => wanted[name] !== undefined && faceOf(name, wanted[name]) !== faceOf(name, now[name]),
  );
  return only(wanted, changed);
}

/** The profile by its number, whatever it was called; asks for the account where a profile was named. */
export async function resolveProfile(
  wanted: Partial<Settings>,
  { kaltura }: Pick<Context, 'kaltura'>,
): Promise<Partial<Settings>> {
  if (wanted.profile === undefined) return wanted;
  const account = await kaltura.account();
  const found = findProfile(account, wanted.profile);
  if (found) return { ...wanted, profile: String(found.id) };
  const names = account.profiles.map(({ name }) => `"${name}"`).join(', ');
  throw new BotError(
    'invalid',
    `The Kaltura account has no live conversion profile "${wanted.profile}".`,
    names === '' ? 'Leave it as it is.' : `Choose one of ${names}.`,
  );
}

/** Refuses, before Kaltura is asked, what it would refuse or drop; with the webcast as it was just seen. */
export function refuseUnfit(webcast: Webcast, changes: Partial<Settings>): void {
  const names = settingNames.filter((name) => changes[name] !== undefined);
  const foreign = names.filter((name) => webcast.source === 'own' && needsEncoder.has(name));
  if (foreign.length > 0) {
    const why = `"${webcast.name}" plays a stream of your own, which has no ${labelsOf(foreign).toLowerCase()}.`;
    throw new BotError('refused', why, 'Leave that out.');
  }
  const locked = names.filter((name) => webcast.feed !== 'none' && lockedOnAir.has(name));
  if (locked.length > 0) {
    const why = `${labelsOf(locked)} cannot be changed while an encoder sends to "${webcast.name}".`;
    throw new BotError('refused', why, 'Stop the encoder first, then change it. Nothing was changed now.');
  }
  const recording = changes.recording ?? webcast.recording;
  if (changes.archive === true && recording !== 'per-session') {
    const why = 'Archiving needs one recording per session.';
    throw new BotError('refused', why, 'Change the recording with it, or leave archiving off.');
  }
}
