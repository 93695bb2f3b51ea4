import { ConversionProfileListAction } from 'kaltura-typescript-client/types/ConversionProfileListAction.js';
import { KalturaConversionProfileFilter } from 'kaltura-typescript-client/types/KalturaConversionProfileFilter.js';
import { KalturaMetadataProfileFilter } from 'kaltura-typescript-client/types/KalturaMetadataProfileFilter.js';
import { KalturaUiConfFilter } from 'kaltura-typescript-client/types/KalturaUiConfFilter.js';
import { LiveStreamGetAction } from 'kaltura-typescript-client/types/LiveStreamGetAction.js';
import { MetadataProfileListAction } from 'kaltura-typescript-client/types/MetadataProfileListAction.js';
import { UiConfListTemplatesAction } from 'kaltura-typescript-client/types/UiConfListTemplatesAction.js';
import { z } from 'zod';
import { sameUser } from '../core/crew.js';
import { BotError } from '../core/errors.js';
import type { Addresses, Clock } from '../core/ports.js';
import { Secret } from '../core/secret.js';
import { type StudioDownloads, type Tools, type ToolUse, viewerPrivileges } from '../core/tools.js';
import type { EntryId, Player } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import type { PersonSessions } from './client/person.js';
import { commaList, parseJson, text } from './entry.js';
import { listPlayers } from './players.js';
import { only, pageOf } from './profile.js';

/** KalturaUiConfObjType WEBCASTING; 6.0.0 has no name for it. */
const webcastingType = 21;
/** The profile that makes slides of documents; the first of the list may be another one. */
const slidesProfile = 'KMS54_NEW_DOC_CONV_IMAGE_WIDE';
const metadataProfiles = { webcast: 'KMS_KWEBCAST2', events: 'KMS_EVENTS3' } as const;

const version = z.object({ recommendedVersionUrl: z.url({ protocol: /^https$/ }) });
const downloadsSchema = z.object({
  osx: version.optional().catch(undefined),
  windows: version.optional().catch(undefined),
});
const namedList = z.object({ objects: z.array(z.object({ id: z.number(), systemName: text })) });
const studioList = z.object({ objects: z.array(z.object({ id: z.number(), config: text })) });

type Named = z.output<typeof namedList>['objects'];
type Studios = z.output<typeof studioList>['objects'];

/** Asks for the newest studio of those that Kaltura offers to everybody. */
export const askStudios = (): Question<{ objects: Studios }> => ({
  request: new UiConfListTemplatesAction({
    filter: new KalturaUiConfFilter({ objTypeEqual: webcastingType, orderBy: '-updatedAt' }),
    pager: pageOf(1),
    responseProfile: only('id', 'config'),
  }),
  schema: studioList,
});

const askMetadataProfiles = (): Question<{ objects: Named }> => ({
  request: new MetadataProfileListAction({
    filter: new KalturaMetadataProfileFilter({ systemNameIn: Object.values(metadataProfiles).join(',') }),
    responseProfile: only('id', 'systemName'),
  }),
  schema: namedList,
});

const askSlidesProfile = (): Question<{ objects: Named }> => ({
  request: new ConversionProfileListAction({
    filter: new KalturaConversionProfileFilter({ systemNameEqual: slidesProfile }),
    responseProfile: only('id', 'systemName'),
  }),
  schema: namedList,
});

const crewSchema = z
  .object({ userId: text, entitledUsersEdit: commaList })
  .transform(({ userId, entitledUsersEdit }) => ({ owner: userId, editors: entitledUsersEdit }));

/** Asks who owns a webcast and who edits it with them. */
const askCrew = (entryId: EntryId): Question<z.output<typeof crewSchema>> => ({
  request: new LiveStreamGetAction({ entryId, responseProfile: only('id', 'userId', 'entitledUsersEdit') }),
  schema: crewSchema,
});

/** Lets a person use studio and moderator view; what they may change is decided for each webcast. */
const role = 'setrole:WEBCAST_PRODUCER_DEVICE_ROLE';

/**
 * Rights in the studio; slides are entries of their own, so that seeing is not narrowed to the webcast. A producer may
 * edit any webcast. A presenter has named rights in Kaltura, so that taking those away ends what an open studio can do.
 */
const studioRights = ({ webcast, by }: ToolUse): string =>
  [role, 'sview:*', 'list:*', ...(by === 'producer' ? [`edit:${webcast}`] : []), `download:${webcast}`].join(',');

/** Rights of a moderator, who reads and answers questions; without the right to edit nobody can go live with it. */
const moderatorRights = ({ webcast }: ToolUse): string => `${role},sview:${webcast},list:*`;

/** Opens Kaltura's tools: sessions are minted when they are asked for, never before. */
export function createTools(parts: {
  readonly connection: Connection;
  readonly people: PersonSessions;
  readonly addresses: Addresses;
  readonly clock: Clock;
}): Tools {
  const { connection, people, addresses, clock } = parts;

  /** The parameters that both tools take. */
  async function admit(use: ToolUse, privileges: string): Promise<Record<string, string>> {
    const { webcast, user, minutes, start, end } = use;
    const ends = new Date(clock.now() + minutes * 60_000);
    const ks = await people.mint({ user, privileges, minutes });
    return {
      MediaEntryId: webcast,
      ks: ks.reveal(),
      ks_expiry: stamp(ends),
      serverAddress: addresses.service,
      ...(start === undefined ? {} : { fromDate: stamp(new Date(start)) }),
      ...(end === undefined ? {} : { toDate: stamp(new Date(end)) }),
    };
  }

  return {
    forPeople: people.possible,

    async studio(use) {
      const [studios, profiles, slides, players] = await connection.askAll(
        [askStudios(), askMetadataProfiles(), askSlidesProfile(), listPlayers()],
        { repeatable: true },
      );
      const [studio] = must(studios).objects;
      const parameters = {
        ...(await admit(use, studioRights(use))),
        userId: use.user,
        userRole: 'adminRole',
        ...idsOf(studio, must(profiles).objects, must(slides).objects, must(players)),
        QnAEnabled: 'true',
        pollsEnabled: 'true',
        verifySSL: 'true',
        debuggingMode: 'false',
      };
      return { launch: launchOf(parameters), downloads: downloadsOf(studio?.config) };
    },

    async preview({ webcast, user, minutes }) {
      const { owner, editors } = await connection.ask(askCrew(webcast), { repeatable: true });
      // Kaltura shows a preview to owner and co-editors by their user ids; anybody else looks as the owner does.
      const viewer = editors.find((one) => sameUser(one, user)) ?? owner;
      if (viewer === '') {
        throw new BotError(
          'refused',
          'Kaltura shows a preview to the owner of a webcast and to its co-editors, and this one has no owner.',
          `Make ${user} its owner or co-editor in the Kaltura console, then press again.`,
        );
      }
      return people.mint({ user: viewer, privileges: viewerPrivileges(webcast), minutes });
    },

    async moderator(use) {
      const query = new URLSearchParams({ ...(await admit(use, moderatorRights(use))), qnaModeratorMode: 'true' });
      return new Secret(`${addresses.service}/apps/webcast/vlatest/index.html?${query}`);
    },
  };
}

function idsOf(
  studio: Studios[number] | undefined,
  profiles: Named,
  slides: Named,
  players: readonly Player[],
): Record<string, string> {
  const idOf = (list: Named, name: string) => list.find(({ systemName }) => systemName === name)?.id;
  const ids = {
    uiConfID: studio?.id,
    kwebcastMetadataProfileId: idOf(profiles, metadataProfiles.webcast),
    eventsMetadataProfileId: idOf(profiles, metadataProfiles.events),
    presentationConversionProfileId: idOf(slides, slidesProfile),
    playerUIConf: players.find(({ generation }) => generation === 'v7')?.id,
  };
  return Object.fromEntries(
    Object.entries(ids).flatMap(([name, id]) => (id === undefined ? [] : [[name, String(id)]])),
  );
}

/** The studio reads its parameters as one Base64 text behind the scheme, so that nothing in it can end the address. */
const launchOf = (parameters: Record<string, string>): Secret =>
  new Secret(`KalturaWebcast:${Buffer.from(new URLSearchParams(parameters).toString()).toString('base64')}`);

/** A moment as the studio wants it: 2026-12-01T15:00:00+00:00. */
const stamp = (at: Date): string => `${at.toISOString().slice(0, 19)}+00:00`;

function downloadsOf(config: string | undefined): StudioDownloads {
  const read = downloadsSchema.safeParse(parseJson(config ?? '')).data;
  return { mac: read?.osx?.recommendedVersionUrl, windows: read?.windows?.recommendedVersionUrl };
}
