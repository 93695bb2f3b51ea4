import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { listed, webcast as webcastParam } from '../core/params.js';
import { writeLine } from '../core/parse.js';
import type { Addresses } from '../core/ports.js';
import type { PublicNode, View } from '../core/view.js';
import type { EntryId, Phase, Player, Webcast } from '../core/webcast.js';
import { iframeOf, scriptOf, scriptOfV2, watchLink } from '../show/player.js';
import { pickFrom } from './parts/choose.js';

const line = 'embed {}';

export const embed = defineCommand({
  name: 'embed',
  summary: 'The code that puts the webcast, or its recording after the show, on a page.',
  examples: ['embed', 'embed "Q3 Town Hall"', 'embed 1_ab12cd34 --player "Town hall player"'],
  role: 'viewer',
  params: {
    webcast: webcastParam(),
    player: listed({ label: 'Player', hint: "Id or name of one of the account's players; left out, the newest one." }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const { kaltura } = context;
    const chosen = await pickFrom(
      (which) => kaltura.withPlayers(which),
      input.webcast,
      line,
      ['live', 'preview', 'connecting', 'scheduled'],
      context,
    );
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { players } = chosen.told;
    const { webcast, phase } = chosen;
    return [{ to: 'me', view: codeFor(webcast, phase, players, input.player, context.kaltura.addresses) }];
  },
});

function codeFor(
  webcast: Webcast,
  phase: Phase,
  players: readonly Player[],
  wanted: string | undefined,
  at: Addresses,
): View {
  const chosen = wanted === undefined ? undefined : findPlayer(players, wanted);
  const v7 = chosen?.generation === 'v7' ? chosen : chosen ? undefined : players.find((one) => one.generation === 'v7');
  const v2 = chosen?.generation === 'v2' ? chosen : chosen ? undefined : players.find((one) => one.generation === 'v2');
  if (!v7 && !v2) {
    const hint = 'Make a player in the Kaltura console (Studio, TV Platform), then ask again.';
    throw new BotError('refused', 'The account has no player that could be embedded.', hint);
  }
  const { entry, recorded } = entryToPlay(webcast, phase);
  const title = `Embed ${webcast.name}${recorded ? ' (its recording)' : ''}`;
  const nodes: PublicNode[] = [
    { kind: 'title', text: title },
    ...(v7 ? v7Nodes(at, v7, entry) : []),
    ...(v2
      ? [{ kind: 'code' as const, label: `Legacy v2 player (${v2.name})`, code: scriptOfV2(at, v2.id, entry) }]
      : []),
    { kind: 'text', style: 'quiet', text: protection },
    ...others(webcast, players, v7, v2),
  ];
  return { summary: title, nodes };
}

const protection =
  'A protected webcast (login, category or access control) needs a viewer session of its own: your page makes one for each visitor on the server, with sview on this entry, and hands it to the player as provider.ks. Never put a session into the code itself.';

function v7Nodes(at: Addresses, player: Player, entry: EntryId): PublicNode[] {
  return [
    { kind: 'code', label: `Script, player v7 (${player.name})`, code: scriptOf(at, player.id, entry) },
    { kind: 'code', label: 'Iframe', code: iframeOf(at, player.id, entry) },
    { kind: 'links', links: [{ label: 'Watch page', url: watchLink(at, player.id, entry) }] },
  ];
}

function others(
  webcast: Webcast,
  players: readonly Player[],
  v7: Player | undefined,
  v2: Player | undefined,
): PublicNode[] {
  const rest = players.filter((one) => one.id !== v7?.id && one.id !== v2?.id).slice(0, 5);
  if (rest.length === 0) return [];
  const buttons = rest.map((one) => ({
    label: one.name,
    line: writeLine('embed', webcast.id, { player: String(one.id) }),
  }));
  return [
    { kind: 'text', text: 'Other players of the account:' },
    { kind: 'buttons', buttons },
  ];
}

/** After the show Kaltura's redirectEntryId is the recording; until it is set, players follow the live entry by themselves. */
function entryToPlay(webcast: Webcast, phase: Phase): { entry: EntryId; recorded: boolean } {
  const recording = webcast.redirectEntryId ?? webcast.recordedEntryId;
  return phase === 'ended' && recording ? { entry: recording, recorded: true } : { entry: webcast.id, recorded: false };
}

function findPlayer(players: readonly Player[], wanted: string): Player {
  const words = wanted.toLowerCase();
  const found =
    players.find((one) => String(one.id) === words || one.name.toLowerCase() === words) ??
    players.find((one) => one.name.toLowerCase().includes(words));
  if (found) return found;
  const names = players.map((one) => `${one.name} (${one.id})`).join(', ');
  throw new BotError('not_found', `The account has no player "${wanted.slice(0, 80)}".`, `It has: ${names || 'none'}.`);
}
