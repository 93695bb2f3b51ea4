import type { Addresses } from '../core/ports.js';
import type { EntryId } from '../core/webcast.js';

/** The address of a v7 player's script. */
export const scriptAddress = (at: Addresses, player: number): string =>
  `${at.content}/p/${at.partnerId}/embedPlaykitJs/uiconf_id/${player}`;

/** The address that plays an entry by itself in the v7 player. */
export const watchLink = (at: Addresses, player: number, entry: EntryId): string =>
  `${scriptAddress(at, player)}?iframeembed=true&entry_id=${entry}`;

/** The same, from a place in milliseconds on: the v7 player begins at the kalturaStartTime of its address, in seconds. */
export const watchLinkAt = (at: Addresses, player: number, entry: EntryId, place: number): string =>
  `${watchLink(at, player, entry)}&kalturaStartTime=${Math.floor(place / 1000)}`;
