import { BotError } from '../core/errors.js';
import type { GivenAnswer, Question, QuestionId, Questions, Speaker } from '../core/questions.js';
import { questionIdSchema } from '../core/questions.js';
import type { EntryId } from '../core/webcast.js';
import {
  addAnnotation,
  addKind,
  keyOf,
  listAnnotations,
  listKinds,
  type QnaProfile,
  type Saying,
  show,
  updateState,
  valueIn,
  withdraw,
} from './annotations.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { findQuestion, hearQuestions, listQuestions, type QnaParts } from './questions.js';

const soon = { repeatable: true } as const;
const fresh = { repeatable: true, fresh: true } as const;

/** Connects as a person, narrow to one webcast; undefined where sessions of people cannot be made. */
export type ConnectAs = ((user: string, webcast: EntryId) => Promise<Connection>) | undefined;

/** A moderator's rights on this one webcast. */
export const moderatorOf = (webcast: EntryId): string =>
  `setrole:WEBCAST_PRODUCER_DEVICE_ROLE,sview:*,list:*,edit:${webcast}`;

/** Asks, answers and announces in the place where players show it. */
export function createQuestions(
  parts: QnaParts & { readonly watching: Connection; readonly connectAs: ConnectAs },
): Questions {
  const { connection, book, clock, log, connectAs } = parts;

  async function voiceOf(by: Speaker, webcast: EntryId): Promise<{ voice: Connection; as: 'person' | 'bot' }> {
    if (by === undefined || connectAs === undefined) return { voice: connection, as: 'bot' };
    return { voice: await connectAs(by, webcast), as: 'person' };
  }

  /**
   * Says something once: text, then what it is, then the tag by which players are told, in one round trip. The key makes
   * Kaltura refuse it a second time: what was cut off before is then finished, and 'said before' is given.
   */
  async function say(voice: Connection, profile: QnaProfile, saying: Saying): Promise<string | 'said before'> {
    const [made, classed, shown] = await voice.askAll(
      [addAnnotation(saying, clock.now()), addKind(profile, '{1:result:id}', saying.kind), show('{1:result:id}')],
      soon,
    );
    if (!(made instanceof KalturaError)) {
      if (classed instanceof KalturaError && classed.code === 'METADATA_PROFILE_NOT_FOUND') book.forget();
      if (classed instanceof KalturaError || shown instanceof KalturaError) return finish(voice, saying);
      return made.id;
    }
    if (made.code !== 'CUE_POINT_SYSTEM_NAME_EXISTS') throw made;
    return finish(voice, saying);
  }

  /** Brings to its end what stands in Kaltura half made, with the words that it was begun with. */
  async function finish(voice: Connection, saying: Saying): Promise<'said before'> {
    const profile = await needProfile();
    const [found, kinds] = await connection.askAll(
      [
        listAnnotations({ entryIdEqual: saying.entry, systemNameEqual: saying.key }),
        listKinds(profile, '{1:result:objects:_all:id}'),
      ],
      fresh,
    );
    const [one] = must(found);
    if (!one) throw new BotError('outcome_unknown', 'Kaltura does not say whether it was said.', 'Look at the player.');
    const classed = !(kinds instanceof KalturaError) && kinds.has(one.id);
    const left = [
      ...(classed ? [] : [addKind(profile, one.id, saying.kind)]),
      ...(classed && one.tags.includes('qna') ? [] : [show(one.id)]),
    ];
    if (left.length > 0) for (const answer of await voice.askAll(left, soon)) must(answer);
    return 'said before';
  }

  async function needProfile(): Promise<QnaProfile> {
    const profile = await book.profile(connection);
    if (profile) return profile;
    throw new BotError(
      'refused',
      'This Kaltura account has no questions and answers.',
      'An administrator of the account can have them switched on (the metadata profile Kaltura-QnA).',
    );
  }

  async function need(id: QuestionId) {
    await needProfile();
    const found = await findQuestion(parts, id);
    if (found) return found;
    throw new BotError(
      'not_found',
      `There is no question ${id}.`,
      'Type /webcast questions to see those that are open.',
    );
  }

  return {
    all: (webcast, since) => listQuestions(parts, webcast, since),
    hear: (webcasts, since, open) => hearQuestions({ ...parts, connection: parts.watching }, webcasts, since, open),
    find: async (id) => (await findQuestion(parts, id))?.question,

    async answer(id, text, toAll, by) {
      const { profile, question, kind } = await need(id);
      if (question.state === 'answered') return { kind: 'settled before', question };
      const { voice, as } = await voiceOf(by, question.webcast);
      const said = await say(voice, profile, {
        entry: question.webcast,
        text,
        toAll,
        parent: id,
        // One for each question: of two moderators who answer at once, Kaltura takes the first.
        key: keyOf('answer', id),
        kind: new Map([
          ['ThreadId', [id]],
          ['Type', [toAll ? 'AnswerOnAir' : 'Answer']],
          ['ThreadCreatorId', question.asker === undefined ? [] : [question.asker]],
        ]),
      });
      if (said === 'said before') {
        const after = (await need(id)).question;
        if (after.answer?.text !== text) return { kind: 'settled before', question: after };
      }
      const [marked] = await connection.askAll([updateState(profile, kind, 'Answered')], soon);
      // The answer is out, and by itself it settles the question.
      if (marked instanceof KalturaError) log.warn({ err: marked, question: id }, 'A question could not be marked');
      const answer: GivenAnswer = { text, by, at: clock.now(), toAll };
      return { kind: 'settled', question: { ...question, state: 'answered', answer }, as };
    },

    async dismiss(id) {
      const { profile, question, kind } = await need(id);
      if (question.state !== 'open') return { kind: 'settled before', question };
      await connection.ask(updateState(profile, kind, 'Deleted'), soon);
      return { kind: 'settled', question: { ...question, state: 'dismissed' } satisfies Question, as: 'bot' };
    },

    async announce(webcast, text, key, by) {
      const profile = await needProfile();
      const { voice, as } = await voiceOf(by, webcast);
      const saying: Saying = {
        entry: webcast,
        text,
        toAll: true,
        parent: undefined,
        key: keyOf('announcement', key),
        kind: new Map([['Type', ['Announcement']]]),
      };
      const said = await say(voice, profile, saying);
      const id = said === 'said before' ? await idOf(saying) : said;
      return { id: questionIdSchema.parse(id), as };
    },

    async withdraw(id) {
      const profile = await needProfile();
      const [kinds] = await connection.askAll([listKinds(profile, id)], fresh);
      if (valueIn(must(kinds).get(id), 'Type') !== 'Announcement') return false;
      await connection.ask(withdraw(id), soon);
      return true;
    },
  };

  async function idOf({ entry, key }: Saying): Promise<string> {
    const [found] = await connection.askAll([listAnnotations({ entryIdEqual: entry, systemNameEqual: key })], fresh);
    return must(found)[0]?.id ?? '';
  }
}
