import type { Addresses } from '../../core/ports.js';
import type { EntryId } from '../../core/webcast.js';
import { scriptAddress, watchLink } from '../player.js';
import { cssOf, type Embedding, htmlText, type Size, scriptValue } from './look.js';
import { configOf, setupOf } from './setup.js';

const wide: Size = { kind: 'ratio', width: 16, height: 9 };
const small: Size = { kind: 'pixels', width: 640, height: 360 };

const targetOf = (entry: EntryId): string => `kaltura_player_${entry}`;

/** The v7 player's script embed; no session in it (Kaltura's dynamic embed). */
export function scriptOf(embedding: Embedding): string {
  const { at, player, entry, size } = embedding;
  const target = targetOf(entry);
  return `<div id="${target}" style="${cssOf(size ?? wide)}"></div>
<script src="${scriptAddress(at, player)}"></script>
<script>
  const player = KalturaPlayer.setup(${setupOf(embedding, `'${target}'`, 2)});
  player.loadMedia({ entryId: '${entry}' });
</script>`;
}

/** The address that plays the entry as the embedding says, by itself. */
export function addressOf(embedding: Embedding): string {
  const { at, player, entry } = embedding;
  const config = Object.entries(configOf(embedding)).map(
    ([name, value]) => `&config%5B${name}%5D=${encodeURIComponent(JSON.stringify(value))}`,
  );
  return `${watchLink(at, player, entry)}${config.join('')}`;
}

/** The v7 player in an iframe. */
export function iframeOf(embedding: Embedding): string {
  const style = `${cssOf(embedding.size ?? small)}; border: 0`;
  return `<iframe src="${htmlText(addressOf(embedding))}" title="${htmlText(embedding.title)}" style="${style}" allowfullscreen allow="autoplay *; fullscreen *; encrypted-media *"></iframe>`;
}

/** A React component that loads the player when it is shown, and takes it away again. */
export function reactOf(embedding: Embedding): string {
  const { at, player, entry, size, title } = embedding;
  const target = targetOf(entry);
  const css = size ?? wide;
  const style =
    css.kind === 'pixels'
      ? `{ width: ${css.width}, height: ${css.height} }`
      : `{ width: '100%', aspectRatio: '${css.width} / ${css.height}' }`;
  return `import { useEffect } from 'react';

export function Webcast() {
  useEffect(() => {
    let player;
    let gone = false;
    const script = document.createElement('script');
    script.src = '${scriptAddress(at, player)}';
    script.onload = () => {
      if (gone) return;
      player = window.KalturaPlayer.setup(${setupOf(embedding, `'${target}'`, 6)});
      player.loadMedia({ entryId: '${entry}' });
    };
    document.head.append(script);
    return () => {
      gone = true;
      player?.destroy();
      script.remove();
    };
  }, []);
  return <div id="${target}" role="region" aria-label={${scriptValue(title)}} style={${style}} />;
}`;
}

/** What a page of one's own answers to those who ask it by oEmbed (version 1.0, type video). */
export function oembedOf(embedding: Embedding): string {
  const size = embedding.size ?? small;
  // oEmbed wants pixels; a ratio is taken at the width of a column of text.
  const { width, height } =
    size.kind === 'pixels' ? size : { width: 640, height: Math.round((640 * size.height) / size.width) };
  const answer = {
    version: '1.0',
    type: 'video',
    title: embedding.title,
    provider_name: 'Kaltura',
    provider_url: 'https://www.kaltura.com',
    width,
    height,
    html: iframeOf({ ...embedding, size: { kind: 'pixels', width, height } }),
  };
  return JSON.stringify(answer, null, 2);
}

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
