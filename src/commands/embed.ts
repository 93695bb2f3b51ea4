import { type Context, defineCommand, type Reply, type Settled } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { choice, listed, optionalLine, toggle, webcast as webcastParam } from '../core/params.js';
import type { EntryId, Phase, Player, PlayerPlugin, Webcast } from '../core/webcast.js';
import { type Embedding, readSize, type Size } from '../show/embed/look.js';
import { type Asked, forms, showEmbed, showProtected } from './embed/view.js';
import { pickFrom } from './parts/choose.js';
import { findPlayer } from './parts/player.js';

const line = 'embed {}';

/** Seconds that a viewer's session lasts beyond the planned length, and when no end is planned. */
const margin = 2 * 3600;
const unplanned = 8 * 3600;

export const embed = defineCommand({
  name: 'embed',
  summary: 'The code that puts the webcast, or its recording after the show, on a page.',
  examples: [
    'embed',
    'embed "Q3 Town Hall"',
    'embed 1_ab12cd34 --player "Town hall player"',
    'embed --as react --muted --size 16:9',
    'embed --protected',
  ],
  role: 'viewer',
  params: {
    webcast: webcastParam(),
    player: listed({ label: 'Player', hint: "Id or name of one of the account's players; left out, the newest one." }),
    as: choice({ label: 'As', hint: 'The form of the code.', choices: forms, default: 'page' }),
    muted: toggle({ label: 'Start muted', hint: 'So that browsers let it start by itself.', default: false }),
    qna: toggle({
      label: 'Questions',
      hint: 'Sets up Q&A beside the picture, where the player has it.',
      default: false,
    }),
    livePlugin: toggle({
      label: 'Live plugin',
      hint: 'Sets up what shows "not live yet" and goes on when it is, where the player has it.',
      default: false,
    }),
    size: optionalLine({ label: 'Size', hint: 'Such as 1280x720, 16:9 or responsive.', max: 30 }),
    protected: toggle({
      label: 'Protected',
      hint: 'What your server does for viewers of a webcast that is not open to everybody.',
      default: false,
    }),
  },
  settle({ size, ...values }): Settled<Input> {
    const read = size === undefined ? undefined : readSize(size);
    if (size !== undefined && read === undefined) {
      const message = 'Size takes pixels such as 1280x720, a ratio such as 16:9, or responsive.';
      return { kind: 'refused', issues: [{ field: 'size', message }] };
    }
    return { kind: 'settled', input: { ...values, size: read, asked: { ...values, size } } };
  },
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
    const { webcast, phase, note } = chosen;
    const pair = playersFor(players, input.player);
    const { entry, recorded } = entryToPlay(webcast, phase);
    const title = `${webcast.name}${recorded ? ' (its recording)' : ''}`;
    const shown = { webcast, entry, title, players, ...pair, asked: input.asked };
    const embedding = pair.v7 && embeddingOf(pair.v7, entry, webcast.name, input, context);
    if (!input.protected)
      return [{ to: 'me', view: showEmbed({ ...shown, embedding, at: context.kaltura.addresses }) }];
    if (!embedding) {
      throw new BotError('refused', 'A protected webcast needs a player of generation 7.', 'Choose one by --player.');
    }
    const planned = note?.start !== undefined && note.end !== undefined ? (note.end - note.start) / 1000 : undefined;
    const seconds = planned === undefined ? unplanned : Math.ceil(planned) + margin;
    return [{ to: 'me', view: showProtected({ ...shown, embedding }, seconds) }];
  },
});

interface Input {
  readonly webcast: string | undefined;
  readonly player: string | undefined;
  readonly muted: boolean;
  readonly qna: boolean;
  readonly livePlugin: boolean;
  readonly protected: boolean;
  readonly size: Size | undefined;
  readonly asked: Asked;
}

function embeddingOf(player: Player, entry: EntryId, title: string, input: Input, context: Context): Embedding {
  const wanted: readonly PlayerPlugin[] = [
    ...(input.livePlugin ? (['live'] as const) : []),
    ...(input.qna ? (['qna'] as const) : []),
  ];
  return {
    at: context.kaltura.addresses,
    player: player.id,
    entry,
    title,
    muted: input.muted,
    plugins: wanted.filter((plugin) => player.plugins.includes(plugin)),
    size: input.size,
  };
}

/** The player that was asked for, or the newest of each generation. */
function playersFor(
  players: readonly Player[],
  wanted: string | undefined,
): { readonly v7: Player | undefined; readonly v2: Player | undefined } {
  const eligible = wanted === undefined ? players : [findPlayer(players, wanted)];
  const v7 = eligible.find(({ generation }) => generation === 'v7');
  const v2 = eligible.find(({ generation }) => generation === 'v2');
  if (v7 || v2) return { v7, v2 };
  const hint = 'Make a player in the Kaltura console (Studio, TV Platform), then ask again.';
  throw new BotError('refused', 'The account has no player that could be embedded.', hint);
}

/** After the show Kaltura's redirectEntryId is the recording; until it is set, players follow the live entry by themselves. */
function entryToPlay(webcast: Webcast, phase: Phase): { entry: EntryId; recorded: boolean } {
  const recording = webcast.redirectEntryId ?? webcast.recordedEntryId;
  return phase === 'ended' && recording ? { entry: recording, recorded: true } : { entry: webcast.id, recorded: false };
}
