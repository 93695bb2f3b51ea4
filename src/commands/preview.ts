import { asGiven, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { listed, webcast as webcastParam } from '../core/params.js';
import type { PrivateNode } from '../core/view.js';
import type { Player } from '../core/webcast.js';
import { buttonFor } from '../show/card.js';
import { pickFrom } from './parts/choose.js';
import { findPlayer } from './parts/player.js';
import { candidateOf, noUser } from './parts/user.js';

const line = 'preview {}';
/** How long a link waits for its button to be pressed, in minutes. */
const good = 60;

export const preview = defineCommand({
  name: 'preview',
  summary: 'A private link to a page that plays what the encoder sends, before viewers get it.',
  examples: ['preview', 'preview "Q3 Town Hall"', 'preview --player "Town hall player"'],
  role: 'producer',
  params: {
    webcast: webcastParam({ label: 'Webcast', hint: "Entry id or words of its name; left out, this channel's own." }),
    player: listed({ label: 'Player', hint: "Id or name of one of the account's players of generation 7." }),
  },
  settle: (values) => asGiven(values),
  async run(input, context): Promise<readonly Reply[]> {
    const phases = ['preview', 'connecting', 'live', 'interrupted', 'scheduled'] as const;
    const chosen = await pickFrom(context.kaltura.withPlayers, input.webcast, line, phases, context);
    if (chosen.kind === 'ask') return [{ to: 'me', view: chosen.view }];
    const { webcast, told } = chosen;
    const { players } = told;
    if (webcast.source === 'own') {
      const why = `"${webcast.name}" plays an address of your own, so Kaltura has no preview of it.`;
      throw new BotError('refused', why, 'Open that address, or the embed, to see it.');
    }
    const player = playerFor(players, input.player);
    const live = player.plugins.includes('live');
    const me = await candidateOf({ kind: 'me' }, context);
    const [user] = me.users;
    if (user === undefined) throw noUser(me, context);
    const { id, name } = webcast;
    const errand = {
      kind: 'preview' as const,
      by: 'producer' as const,
      webcast: id,
      user,
      name,
      player: player.id,
      live,
    };
    const address = await context.ticket(errand, good);
    const title = `Preview of ${name}`;
    const nodes: PrivateNode[] = [
      { kind: 'title', text: title },
      { kind: 'door', label: 'Watch the preview', address },
      ...(live ? [] : [{ kind: 'text' as const, text: withoutPlugin(player) }]),
      {
        kind: 'text',
        style: 'quiet',
        text: `The link is for you alone: it works once, within ${good} minutes. The page plays what the encoder sends, some seconds late, as viewers will get it.`,
      },
      { kind: 'buttons', buttons: [buttonFor('Test', 'test', webcast)] },
    ];
    return [{ to: 'me', view: { summary: title, nodes }, webcast: id }];
  },
});

const withoutPlugin = ({ name }: Player): string =>
  `The player ${name} has no live plugin, so it may say that the webcast is offline. Add the plugin in the Kaltura console, or choose another player by --player.`;

/** The player that was asked for, or one that shows previews. */
function playerFor(players: readonly Player[], wanted: string | undefined): Player {
  const fit = players.filter(({ generation }) => generation === 'v7');
  const player =
    wanted === undefined
      ? (fit.find(({ plugins }) => plugins.includes('live')) ?? fit[0])
      : findPlayer(players, wanted);
  if (player?.generation === 'v7') return player;
  const why = player
    ? `The player ${player.name} is of the legacy generation, which shows no previews.`
    : 'The account has no player of generation 7, which a preview needs.';
  throw new BotError('refused', why, 'Make one in the Kaltura console (Studio, TV Platform), then ask again.');
}
