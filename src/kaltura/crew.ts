import { LiveStreamGetAction } from 'kaltura-typescript-client/types/LiveStreamGetAction.js';
import { LiveStreamUpdateAction } from 'kaltura-typescript-client/types/LiveStreamUpdateAction.js';
import { UserGetAction } from 'kaltura-typescript-client/types/UserGetAction.js';
import { z } from 'zod';
import { type Crew, type KnownUsers, sameUser } from '../core/crew.js';
import type { EntryId } from '../core/webcast.js';
import { LiveStreamEntry } from './client/additions.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { commaList, deleted, entrySchema, webcastFields } from './entry.js';
import { filtersFor, foundIn, requestWebcasts } from './find.js';
import { only } from './profile.js';

/** Kaltura's "may edit": update, preview and go live; an id that is no user yet would become one. */
const field = 'entitledUsersEdit';
const editorsSchema = z.object({ [field]: commaList }).transform((entry) => ({ editors: entry[field] ?? [] }));
const crewList = z.object({ objects: z.array(z.intersection(entrySchema, editorsSchema)) }).transform(({ objects }) => {
  const standing = objects.filter(({ status }) => status !== deleted);
  return {
    webcasts: standing.map(({ webcast }) => webcast),
    editors: standing.map(({ webcast, editors }) => [webcast.id, editors] as const),
  };
});

const userSchema = z.object({ id: z.string().min(1) });

/** People are asked for as they are now: somebody may just have been made a user. */
const rightNow = { repeatable: true, fresh: true } as const;

const userOf = (id: string): Question<{ id: string }> => ({
  request: new UserGetAction({ userId: id, responseProfile: only('id') }),
  schema: userSchema,
});

const editorsOf = (entryId: EntryId): Question<{ editors: readonly string[] }> => ({
  request: new LiveStreamGetAction({ entryId, responseProfile: only('id', field) }),
  schema: editorsSchema,
});

/** The ids that there are users of; what is refused for another reason is an error of the whole question. */
function knownOf(ids: readonly string[], answers: readonly ({ id: string } | KalturaError | undefined)[]): KnownUsers {
  const known = new Map<string, string>();
  for (const [index, id] of ids.entries()) {
    const answer = answers[index];
    if (answer instanceof KalturaError) {
      if (answer.code !== 'INVALID_USER_ID') throw answer;
    } else if (answer) known.set(id, answer.id);
  }
  return known;
}

/** Reads and writes named rights. Kaltura replaces the whole list, so that changes of one webcast go one by one. */
export function createCrew(connection: Connection): Crew {
  const queues = new Map<EntryId, Promise<unknown>>();

  async function change(id: EntryId, add: readonly string[], remove: readonly string[]): Promise<readonly string[]> {
    const { editors } = await connection.ask(editorsOf(id), rightNow);
    const kept = editors.filter((user) => !remove.some((one) => sameUser(one, user)));
    const added = add.filter((user) => !kept.some((one) => sameUser(one, user)));
    if (added.length === 0 && kept.length === editors.length) return editors;
    const update = new LiveStreamUpdateAction({
      entryId: id,
      liveStreamEntry: new LiveStreamEntry({ [field]: [...kept, ...added].join(',') }),
      responseProfile: only('id'),
    });
    const [, after] = await connection
      .askAll([{ request: update, schema: userSchema }, editorsOf(id)], rightNow)
      .then(([written, read]) => [must(written), must(read)] as const);
    return after.editors;
  }

  return {
    async users(ids) {
      if (ids.length === 0) return new Map();
      return knownOf(ids, await connection.askAll(ids.map(userOf), rightNow));
    },

    async find(which, ids) {
      const questions = filtersFor(which).map((filter) => ({
        request: requestWebcasts(filter, [...webcastFields, field]),
        schema: crewList,
      }));
      if (questions.length === 0) return { found: [], editors: new Map(), users: new Map() };
      const [answers, users] = await connection.askLists([questions, ids.map(userOf)], rightNow);
      const lists = answers.map(must);
      const editors = new Map(lists.flatMap((list) => list.editors));
      return { found: foundIn(which, lists), editors, users: knownOf(ids, users) };
    },

    name(id, { add, remove }) {
      const before = queues.get(id) ?? Promise.resolve();
      const work = before.then(
        () => change(id, add, remove),
        () => change(id, add, remove),
      );
      queues.set(id, work);
      return work.finally(() => {
        if (queues.get(id) === work) queues.delete(id);
      });
    },
  };
}
