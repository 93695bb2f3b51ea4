import { ConversionProfileListAction } from 'kaltura-typescript-client/types/ConversionProfileListAction.js';
import { KalturaConversionProfileFilter } from 'kaltura-typescript-client/types/KalturaConversionProfileFilter.js';
import { KalturaConversionProfileType } from 'kaltura-typescript-client/types/KalturaConversionProfileType.js';
import { PermissionGetCurrentPermissionsAction } from 'kaltura-typescript-client/types/PermissionGetCurrentPermissionsAction.js';
import { z } from 'zod';
import type { Clock } from '../core/ports.js';
import type { Account, Category, Instant, LiveProfile, Player } from '../core/webcast.js';
import { listCategories } from './categories.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { isAbsent, KalturaError } from './client/error.js';
import { commaList, figure, text } from './entry.js';
import { type EventProfiles, listEventProfiles } from './eventprofiles.js';
import { listPlayers } from './players.js';
import { largestPage, only, pageOf } from './profile.js';

/** Milliseconds that the account's facts are kept. */
const keepFor = 10 * 60_000;

const profileList = z
  .object({
    objects: z.array(
      z.object({
        id: z.number(),
        name: text,
        systemName: text,
        isDefault: figure.transform((value) => value === 1),
      }),
    ),
  })
  .transform(({ objects }): readonly LiveProfile[] => objects);

const listProfiles = (): Question<readonly LiveProfile[]> => ({
  request: new ConversionProfileListAction({
    filter: new KalturaConversionProfileFilter({ typeEqual: KalturaConversionProfileType.liveStream }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'name', 'systemName', 'isDefault'),
  }),
  schema: profileList,
});

const listPermissions = (): Question<readonly string[]> => ({
  request: new PermissionGetCurrentPermissionsAction(),
  schema: commaList,
});

/** Either of these keeps pushPublishEnabled from being dropped silently. */
const multicastPermissions = ['FEATURE_PUSH_PUBLISH', 'PUSH_PUBLISH_PERMISSION'];

type AccountAnswers = readonly [
  readonly LiveProfile[] | KalturaError,
  readonly Player[] | KalturaError,
  readonly string[] | KalturaError,
  readonly Category[] | KalturaError,
  EventProfiles | KalturaError,
];

/** What is known of the account, asked for once and kept for ten minutes. */
export interface AccountBook {
  /** One round trip, none while it is known. */
  read(connection: Connection): Promise<Account>;
  known(): Account | undefined;
  /** The same, however old. */
  remembered(): Account | undefined;
  /** The questions, for whoever has others to ask in the same round trip. */
  questions(): readonly [
    Question<readonly LiveProfile[]>,
    Question<readonly Player[]>,
    Question<readonly string[]>,
    Question<readonly Category[]>,
    Question<EventProfiles>,
  ];
  /** Keeps the answers to the questions. */
  keep(answers: AccountAnswers): Account;
  /** The profiles of event data as they were last seen; they are kept until Kaltura contradicts them. */
  eventProfiles(): EventProfiles | undefined;
  /** Keeps an answer of its own; an account without metadata has no profiles, and what has failed is asked again. */
  keepEventProfiles(answer: EventProfiles | KalturaError): void;
}

/** Opens the book of one account. */
export function createAccountBook(parts: { readonly partnerId: number; readonly clock: Clock }): AccountBook {
  let kept: { readonly account: Account; readonly at: Instant } | undefined;
  let reading: Promise<Account> | undefined;
  let profilesOfEvents: EventProfiles | undefined;

  function known(): Account | undefined {
    return kept !== undefined && parts.clock.now() - kept.at < keepFor ? kept.account : undefined;
  }

  function questions() {
    return [listProfiles(), listPlayers(), listPermissions(), listCategories(), listEventProfiles()] as const;
  }

  function keepEventProfiles(answer: EventProfiles | KalturaError): void {
    if (!(answer instanceof KalturaError)) profilesOfEvents = answer;
    else if (isAbsent(answer)) profilesOfEvents = {};
  }

  function keep([profiles, players, permissions, categories, events]: AccountAnswers): Account {
    keepEventProfiles(events);
    const account: Account = {
      partnerId: parts.partnerId,
      profiles: must(profiles),
      players: must(players),
      categories: categories instanceof KalturaError ? [] : categories,
      // A session that may not ask is not offered what it could not use.
      multicast:
        !(permissions instanceof KalturaError) && multicastPermissions.some((name) => permissions.includes(name)),
    };
    kept = { account, at: parts.clock.now() };
    return account;
  }

  function read(connection: Connection): Promise<Account> {
    const account = known();
    if (account !== undefined) return Promise.resolve(account);
    reading ??= connection
      .askAll(questions(), { repeatable: true })
      .then(keep)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  }

  return {
    read,
    known,
    remembered: () => kept?.account,
    questions,
    keep,
    eventProfiles: () => profilesOfEvents,
    keepEventProfiles,
  };
}
