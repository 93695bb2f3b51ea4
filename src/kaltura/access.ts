import { BaseEntryGetAction } from 'kaltura-typescript-client/types/BaseEntryGetAction.js';
import { BaseEntryGetPlaybackContextAction } from 'kaltura-typescript-client/types/BaseEntryGetPlaybackContextAction.js';
import { KalturaPlaybackContextOptions } from 'kaltura-typescript-client/types/KalturaPlaybackContextOptions.js';
import { SessionStartWidgetSessionAction } from 'kaltura-typescript-client/types/SessionStartWidgetSessionAction.js';
import { z } from 'zod';
import type { Access, Obstacle, Opens } from '../core/access.js';
import type { Which } from '../core/ports.js';
import { viewerPrivileges } from '../core/tools.js';
import type { EntryId, Webcast } from '../core/webcast.js';
import { idAt, placesAhead } from './broadcast.js';
import type { Question } from './client/caller.js';
import type { Connection } from './client/connection.js';
import { KalturaError } from './client/error.js';
import type { PersonSessions } from './client/person.js';
import { figure, text, word } from './entry.js';
import { foundIn, questionsFor } from './find.js';
import { only } from './profile.js';

export interface AccessParts {
  readonly connection: Connection;
  readonly people: PersonSessions;
  readonly partnerId: number;
}

/** Minutes that the sessions live which only try the door. */
const brief = 5;
/** How many of several webcasts are tried in the round trip that looks for them. */
const mostTried = 3;
/** What is asked about this very moment is not to be answered from a cache. */
const rightNow = { repeatable: true, fresh: true } as const;

/** KalturaRuleActionType BLOCK. */
const block = '1';
/** KalturaEntryModerationStatus: two of its values keep an entry from being played. */
const moderationStatus = { waiting: 1, rejected: 3 } as const;

/** The codes of a playback context's messages, as the server's RuleRestrictions has them. */
const obstacleOf: Readonly<Record<string, Obstacle>> = {
  SESSION_RESTRICTED: 'session',
  SCHEDULED_RESTRICTED: 'schedule',
  COUNTRY_RESTRICTED: 'place',
  IP_RESTRICTED: 'place',
  SITE_RESTRICTED: 'place',
  USER_AGENT_RESTRICTED: 'place',
};

const contextSchema = z
  .object({
    actions: z.array(z.object({ type: word })).catch([]),
    messages: z.array(z.object({ code: text })).catch([]),
  })
  .transform(({ actions, messages }): Opens => {
    const named = messages.flatMap(({ code }) => obstacleOf[code] ?? []);
    const blocked = actions.some(({ type }) => type === block);
    const obstacles = [...new Set(blocked && named.length === 0 ? (['rule'] as const) : named)];
    return obstacles.length === 0 ? { kind: 'open' } : { kind: 'closed', obstacles };
  });

const moderationSchema = z
  .object({ moderationStatus: figure })
  .transform(({ moderationStatus: status }): Access['moderation'] => {
    if (status === moderationStatus.waiting) return 'waiting';
    return status === moderationStatus.rejected ? 'rejected' : 'passed';
  });

const session = z.object({ ks: z.string() });

/** Asks as an anonymous player does for its first session. */
const askWidget = (partnerId: number): Question<unknown> => ({
  request: new SessionStartWidgetSessionAction({ widgetId: `_${partnerId}`, expiry: brief * 60 }),
  schema: session,
});

const askModeration = (entryId: string): Question<Access['moderation']> => ({
  request: new BaseEntryGetAction({ entryId, responseProfile: only('id', 'moderationStatus') }),
  schema: moderationSchema,
});

/** Asks what a player asks before it plays, under a session that an earlier answer of the round trip holds. */
const askContext = (entryId: string, ks: string): Question<Opens> => ({
  request: new BaseEntryGetPlaybackContextAction({
    entryId,
    ks,
    contextDataParams: new KalturaPlaybackContextOptions({ flavorTags: 'all' }),
  }),
  schema: contextSchema,
});

/** Who may not know an entry is told that there is none. */
const noEntry = new Set(['ENTRY_ID_NOT_FOUND', 'INVALID_ENTRY_ID']);

function opensOf(answer: Opens | KalturaError): Opens {
  if (!(answer instanceof KalturaError)) return answer;
  if (noEntry.has(answer.code)) return { kind: 'closed', obstacles: ['entitlement'] };
  return { kind: 'unknown', code: answer.code };
}

/** Tries one webcast as viewers would; one round trip. */
export async function tryAccess(parts: AccessParts, id: EntryId): Promise<Access> {
  const { found, access } = await findWithAccess(parts, { by: 'id', id });
  const tried = access.get(id);
  if (tried !== undefined) return tried;
  throw new KalturaError({ code: 'ENTRY_ID_NOT_FOUND', message: `${found.length} webcasts`, args: { ENTRY_ID: id } });
}

/** The webcasts in question, and whether viewers could open them, as far as they were tried ahead; one round trip. */
export async function findWithAccess(
  parts: AccessParts,
  which: Which,
): Promise<{ readonly found: readonly Webcast[]; readonly access: ReadonlyMap<EntryId, Access> }> {
  const questions = questionsFor(which);
  if (questions.length === 0) return { found: [], access: new Map() };
  const places = placesAhead(which).slice(0, mostTried);
  const ids = places.map(({ id }) => id);
  const mintable = parts.people.possible ? ids : [];
  // References to earlier answers count from 1: the lists, the widget's session, then two questions about each webcast.
  const widget = questions.length + 1;
  const firstSession = widget + 2 * ids.length + 1;
  const [lists, , moderations, anonymous, , signedIn] = await parts.connection.askLists(
    [
      questions,
      [askWidget(parts.partnerId)],
      ids.map(askModeration),
      ids.map((id) => askContext(id, `{${widget}:result:ks}`)),
      mintable.map((id) => parts.people.question({ user: '', privileges: viewerPrivileges(id), minutes: brief })),
      mintable.map((id, index) => askContext(id, `{${firstSession + index}:result}`)),
    ],
    rightNow,
  );
  const found = foundIn(which, lists);
  const access = new Map<EntryId, Access>();
  for (const [index, place] of places.entries()) {
    const webcast = found.find(({ id }) => id === idAt(place, lists));
    const [moderation, unknown, known] = [moderations[index], anonymous[index], signedIn[index]];
    if (webcast === undefined || moderation === undefined || unknown === undefined) continue;
    access.set(webcast.id, {
      moderation: moderation instanceof KalturaError ? 'unknown' : moderation,
      anonymous: opensOf(unknown),
      signedIn: known === undefined ? undefined : opensOf(known),
    });
  }
  return { found, access };
}
