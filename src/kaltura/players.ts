import { KalturaUiConfFilter } from 'kaltura-typescript-client/types/KalturaUiConfFilter.js';
import { KalturaUiConfObjType } from 'kaltura-typescript-client/types/KalturaUiConfObjType.js';
import { UiConfListAction } from 'kaltura-typescript-client/types/UiConfListAction.js';
import { z } from 'zod';
import type { Which } from '../core/ports.js';
import type { Player, PlayerPlugin, Webcast } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { commaList, figure, parseJson, text } from './entry.js';
import { foundIn, questionsFor } from './find.js';
import { largestPage, only, pageOf } from './profile.js';

/** The tag by which Kaltura tells players of generation 7 from older ones. */
const v7Tag = 'kalturaplayerjs';
/** KalturaUiConfObjType PLAYER and PLAYER_V3; 6.0.0 has no name for the second. */
const playerTypes = `${KalturaUiConfObjType.player},8`;

/** The bundles that v7 players are built of, by Kaltura's names. */
const bundles: Readonly<Record<PlayerPlugin, string>> = { live: 'playkit-kaltura-live', qna: 'playkit-qna' };
const pluginNames: readonly PlayerPlugin[] = ['live', 'qna'];

const built = z.record(z.string(), z.unknown());
/** confVars is JSON: the bundles by name, in players of the newer studio one level down. */
const pluginList = text.transform((written): readonly PlayerPlugin[] => {
  const top = built.safeParse(parseJson(written)).data ?? {};
  const names = new Set([...Object.keys(top), ...Object.keys(built.safeParse(top.versions).data ?? {})]);
  return pluginNames.filter((plugin) => names.has(bundles[plugin]));
});

const uiConf = z.object({ id: z.number(), name: text, objType: figure, tags: commaList, confVars: pluginList });

function generationOf({ objType, tags }: z.output<typeof uiConf>): Player['generation'] | undefined {
  if (tags.some((tag) => tag.toLowerCase() === v7Tag)) return 'v7';
  return objType === KalturaUiConfObjType.player ? 'v2' : undefined;
}

const playerList = z.object({ objects: z.array(uiConf) }).transform(({ objects }) =>
  objects.flatMap((player): Player[] => {
    const generation = generationOf(player);
    return generation === undefined ? [] : [{ id: player.id, name: player.name, generation, plugins: player.confVars }];
  }),
);

/** Asks for the account's players, those changed last first. */
export const listPlayers = (): Question<readonly Player[]> => ({
  request: new UiConfListAction({
    filter: new KalturaUiConfFilter({ objTypeIn: playerTypes, orderBy: '-updatedAt' }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'name', 'objType', 'tags', 'confVars'),
  }),
  schema: playerList,
});

/** The webcasts in question and the account's players; one round trip. */
export async function findWithPlayers(
  connection: Connection,
  which: Which,
): Promise<{ found: readonly Webcast[]; players: readonly Player[] }> {
  const { ones, others } = await connection.askBoth(questionsFor(which), [listPlayers()], { repeatable: true });
  return { found: foundIn(which, ones), players: others.flatMap(must) };
}
