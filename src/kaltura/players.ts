import { KalturaUiConfFilter } from 'kaltura-typescript-client/types/KalturaUiConfFilter.js';
import { KalturaUiConfObjType } from 'kaltura-typescript-client/types/KalturaUiConfObjType.js';
import { UiConfListAction } from 'kaltura-typescript-client/types/UiConfListAction.js';
import { z } from 'zod';
import type { Which } from '../core/ports.js';
import type { Player, Webcast } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { commaList, figure, text } from './entry.js';
import { foundIn, questionsFor } from './find.js';
import { largestPage, only, pageOf } from './profile.js';

/** The tag by which Kaltura tells players of generation 7 from older ones. */
const v7Tag = 'kalturaplayerjs';
/** KalturaUiConfObjType PLAYER and PLAYER_V3; 6.0.0 has no name for the second. */
const playerTypes = `${KalturaUiConfObjType.player},8`;

const uiConf = z.object({ id: z.number(), name: text, objType: figure, tags: commaList });

function generationOf({ objType, tags }: z.output<typeof uiConf>): Player['generation'] | undefined {
  if (tags.some((tag) => tag.toLowerCase() === v7Tag)) return 'v7';
  return objType === KalturaUiConfObjType.player ? 'v2' : undefined;
}

const playerList = z.object({ objects: z.array(uiConf) }).transform(({ objects }) =>
  objects.flatMap((player): Player[] => {
    const generation = generationOf(player);
    return generation === undefined ? [] : [{ id: player.id, name: player.name, generation }];
  }),
);

/** Asks for the account's players, those changed last first. */
export const listPlayers = (): Question<readonly Player[]> => ({
  request: new UiConfListAction({
    filter: new KalturaUiConfFilter({ objTypeIn: playerTypes, orderBy: '-updatedAt' }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'name', 'objType', 'tags'),
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
