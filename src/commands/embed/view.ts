import { writeLine } from '../../core/parse.js';
import type { Addresses } from '../../core/ports.js';
import type { Button, PublicNode, View } from '../../core/view.js';
import type { EntryId, Player, PlayerPlugin, Webcast } from '../../core/webcast.js';
import { addressOf, iframeOf, oembedOf, reactOf, scriptOf, scriptOfV2 } from '../../show/embed/forms.js';
import type { Embedding } from '../../show/embed/look.js';
import { nodeOf, phpOf, protectedPageOf, pythonOf } from '../../show/embed/session.js';

/** The forms of the code; a page takes the script, and most other places an iframe. */
export const forms = [
  { value: 'page', label: 'Script and iframe' },
  { value: 'script', label: 'Script' },
  { value: 'iframe', label: 'Iframe' },
  { value: 'react', label: 'React' },
  { value: 'link', label: 'Link' },
  { value: 'oembed', label: 'oEmbed' },
  { value: 'all', label: 'All forms' },
] as const;

type Form = (typeof forms)[number]['value'];

/** What was asked for, as a line says it again. */
export interface Asked {
  readonly player: string | undefined;
  readonly as: Form;
  readonly muted: boolean;
  readonly qna: boolean;
  readonly livePlugin: boolean;
  readonly size: string | undefined;
}

interface Shown {
  readonly webcast: Webcast;
  readonly entry: EntryId;
  /** The webcast's name, with a word on it when it is the recording that is embedded. */
  readonly title: string;
  readonly players: readonly Player[];
  readonly v7: Player | undefined;
  readonly v2: Player | undefined;
  readonly asked: Asked;
}

/** Shows the code in the form that was asked for. */
export function showEmbed(shown: Shown & { readonly embedding: Embedding | undefined; readonly at: Addresses }): View {
  const { embedding, asked, v7, v2, entry, at } = shown;
  const title = `Embed ${shown.title}`;
  const legacy = v2 && (asked.as === 'page' || asked.as === 'all' || !v7);
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      ...(embedding && v7 ? v7Nodes(embedding, v7, asked.as) : []),
      ...(legacy
        ? [{ kind: 'code' as const, label: `Legacy v2 player (${v2.name})`, code: scriptOfV2(at, v2.id, entry) }]
        : []),
      ...missing(asked, v7),
      { kind: 'text', style: 'quiet', text: protection },
      ...(embedding ? [{ kind: 'buttons' as const, buttons: moreForms(shown) }] : []),
      ...otherPlayers(shown),
    ],
  };
}

const protection =
  'A protected webcast (login, category or access control) needs a viewer session of its own: your page makes one for each visitor on the server, with sview on this entry, and hands it to the player as provider.ks. Never put a session into the code itself.';

function v7Nodes(embedding: Embedding, player: Player, form: Form): PublicNode[] {
  const script: PublicNode = { kind: 'code', label: `Script, player v7 (${player.name})`, code: scriptOf(embedding) };
  const iframe: PublicNode = { kind: 'code', label: 'Iframe', code: iframeOf(embedding) };
  const link: PublicNode = { kind: 'links', links: [{ label: 'Watch page', url: addressOf(embedding) }] };
  const react: PublicNode = { kind: 'code', label: `React, player v7 (${player.name})`, code: reactOf(embedding) };
  const oembed: PublicNode[] = [
    { kind: 'text', text: withoutOembed },
    { kind: 'code', label: 'oEmbed answer', code: oembedOf(embedding) },
  ];
  switch (form) {
    case 'page':
      return [script, iframe, link];
    case 'script':
      return [script];
    case 'iframe':
      return [iframe];
    case 'react':
      return [react];
    case 'link':
      return [link, { kind: 'code', label: 'Address', code: addressOf(embedding) }];
    case 'oembed':
      return oembed;
    case 'all':
      return [script, iframe, react, ...oembed, link];
    default: {
      const never: never = form;
      return never;
    }
  }
}

const withoutOembed =
  "Kaltura's API answers no oEmbed; its portals do, for their own pages. A page of yours can answer with this, and point to it by a link of the type application/json+oembed:";

const pluginWords: Readonly<Record<PlayerPlugin, string>> = { live: 'live plugin', qna: 'Q&A plugin' };

/** What was asked for and could not be set up. */
function missing(asked: Asked, v7: Player | undefined): PublicNode[] {
  const wanted: readonly PlayerPlugin[] = [
    ...(asked.livePlugin ? (['live'] as const) : []),
    ...(asked.qna ? (['qna'] as const) : []),
  ];
  const lacks = wanted.filter((plugin) => !v7?.plugins.includes(plugin)).map((plugin) => pluginWords[plugin]);
  const extras = asked.muted || asked.size !== undefined || wanted.length > 0;
  if (!v7) {
    const text = 'Size, muting and plugins are for players of generation 7; the legacy code is without them.';
    return extras ? [{ kind: 'text', text }] : [];
  }
  if (lacks.length === 0) return [];
  const what = lacks.join(' and no ');
  const text = `The player ${v7.name} has no ${what}, so the code is without. Add it to the player in the Kaltura console, or choose another player.`;
  return [{ kind: 'text', text }];
}

function lineOf(
  { webcast, asked }: Pick<Shown, 'webcast' | 'asked'>,
  more: Readonly<Record<string, string | boolean>>,
) {
  const kept: Record<string, string | boolean> = {};
  if (asked.player !== undefined) kept.player = asked.player;
  if (asked.as !== 'page') kept.as = asked.as;
  for (const name of ['muted', 'qna', 'livePlugin'] as const) if (asked[name]) kept[name] = true;
  if (asked.size !== undefined) kept.size = asked.size;
  return writeLine('embed', webcast.id, { ...kept, ...more });
}

function moreForms(shown: Shown): Button[] {
  const others = (['react', 'oembed', 'page'] as const).filter((form) => form !== shown.asked.as).slice(0, 2);
  return [
    ...others.map((form): Button => {
      const label = forms.find(({ value }) => value === form)?.label ?? form;
      return { label, line: lineOf(shown, { as: form }) };
    }),
    ...(shown.asked.muted ? [] : [{ label: 'Start muted', line: lineOf(shown, { muted: true }) }]),
    { label: 'Protected', line: lineOf(shown, { protected: true }) },
  ];
}

function otherPlayers(shown: Shown): PublicNode[] {
  const { players, v7, v2 } = shown;
  const rest = players.filter((one) => one.id !== v7?.id && one.id !== v2?.id).slice(0, 5);
  if (rest.length === 0) return [];
  const buttons = rest.map((one) => ({ label: one.name, line: lineOf(shown, { player: String(one.id) }) }));
  return [
    { kind: 'text', text: 'Other players of the account:' },
    { kind: 'buttons', buttons },
  ];
}

/** Shows what a server and its page do for viewers of a webcast that is not open to everybody. */
export function showProtected(shown: Shown & { readonly embedding: Embedding }, seconds: number): View {
  const { embedding, entry, asked, v7 } = shown;
  const session = { at: embedding.at, entry, seconds };
  const title = `Embed ${shown.title}, protected`;
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      {
        kind: 'list',
        items: [
          'Your server lets the visitor in as it always does, and then mints a session for this one visitor: a user session that plays this webcast and its recording, and can do nothing else.',
          `It lasts ${Math.round(seconds / 360) / 10} hours: the planned length and two hours more, or the picture would stop within the show.`,
          "KALTURA_USER_SECRET is the account's user secret, from the server's environment. The page never holds a secret, and no session is written into it beforehand.",
          'Give the id of the signed-in user for analytics and questions by name, from your own session and never from the request; left out, the viewer is unknown.',
        ],
      },
      { kind: 'code', label: 'Page', code: protectedPageOf(embedding) },
      { kind: 'code', label: 'Server, Node', code: nodeOf(session) },
      { kind: 'code', label: 'Server, Python', code: pythonOf(session) },
      { kind: 'code', label: 'Server, PHP', code: phpOf(session) },
      ...missing(asked, v7),
      {
        kind: 'text',
        style: 'quiet',
        text: 'Where the webcast is in a private category, add enableentitlement and privacycontext with the context of your site to the privileges.',
      },
      { kind: 'buttons', buttons: [{ label: 'Script and iframe', line: lineOf(shown, { as: 'page' }) }] },
    ],
  };
}
