import type { Addresses } from '../core/ports.js';
import type { EntryId } from '../core/webcast.js';

/** The v7 player's script embed; no session in it (Kaltura's dynamic embed, facts from embedPlaykitJs). */
export function scriptOf(at: Addresses, player: number, entry: EntryId): string {
  const target = `kaltura_player_${entry}`;
  return `<div id="${target}" style="width: 100%; aspect-ratio: 16 / 9"></div>
<script src="${at.content}/p/${at.partnerId}/embedPlaykitJs/uiconf_id/${player}"></script>
<script>
  const player = KalturaPlayer.setup({
    targetId: '${target}',
    provider: { partnerId: ${at.partnerId}, uiConfId: ${player} },
  });
  player.loadMedia({ entryId: '${entry}' });
</script>`;
}

/** The address that plays an entry by itself in the v7 player. */
export const watchLink = (at: Addresses, player: number, entry: EntryId): string =>
  `${at.content}/p/${at.partnerId}/embedPlaykitJs/uiconf_id/${player}?iframeembed=true&entry_id=${entry}`;

/** The same, from a place in milliseconds on: the v7 player begins at the kalturaStartTime of its address, in seconds. */
export const watchLinkAt = (at: Addresses, player: number, entry: EntryId, place: number): string =>
  `${watchLink(at, player, entry)}&kalturaStartTime=${Math.floor(place / 1000)}`;

/** The v7 player in an iframe. */
export const iframeOf = (at: Addresses, player: number, entry: EntryId): string =>
  `<iframe src="${watchLink(at, player, entry).replaceAll('&', '&amp;')}" title="Webcast" style="width: 640px; height: 360px; border: 0" allowfullscreen allow="autoplay *; fullscreen *; encrypted-media *"></iframe>`;

/** The legacy v2 player's script embed, for pages that still run it. */
export function scriptOfV2(at: Addresses, player: number, entry: EntryId): string {
  const target = `kaltura_player_v2_${entry}`;
  return `<div id="${target}" style="width: 640px; height: 360px"></div>
<script src="${at.content}/p/${at.partnerId}/sp/${at.partnerId}00/embedIframeJs/uiconf_id/${player}/partner_id/${at.partnerId}"></script>
<script>
  kWidget.embed({
    targetId: '${target}',
    wid: '_${at.partnerId}',
    uiconf_id: ${player},
    entry_id: '${entry}',
  });
</script>`;
}
