import type { Measured } from '../core/numbers.js';
import type { Clock, Log } from '../core/ports.js';
import { type Change, type Heard, type Question, type QuestionId, questionIdSchema } from '../core/questions.js';
import { type EntryId, type Instant, instant } from '../core/webcast.js';
import {
  type Annotation,
  askProfile,
  isMissing,
  isWithdrawn,
  type Kind,
  type Kinds,
  listAnnotations,
  listKinds,
  type QnaProfile,
  saidSince,
  settledStates,
  valueIn,
} from './annotations.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { largestPage } from './profile.js';

const fresh = { repeatable: true, fresh: true } as const;
/** Pages of things said that are read at once; a show with more is read as far as these go. */
const mostPages = 20;
/** Kaltura's lists lag behind what was said, in milliseconds: what is older than this has come. */
const overlap = 10_000;
/** How long it is waited for that somebody says what an annotation is, in milliseconds. */
const unclassed = 60_000;

/** What is known of the account's questions: the profile that says what an annotation is. */
export interface QnaBook {
  /** The profile, or undefined where the account has none; one round trip, then kept for minutes. */
  profile(connection: Connection): Promise<QnaProfile | undefined>;
  /** Forgets what Kaltura does not know any more. */
  forget(): void;
}

/** How long it is kept that an account has the profile, or that it has none, in milliseconds. */
const keepFor = 10 * 60_000;

export function createQnaBook(clock: Clock): QnaBook {
  let known: { readonly at: Instant; readonly profile: QnaProfile | undefined } | undefined;
  return {
    async profile(connection) {
      if (known && Math.abs(clock.now() - known.at) < keepFor) return known.profile;
      const [answer] = await connection.askAll([askProfile()], fresh);
      const [profile] = isMissing(answer) ? [] : must(answer);
      known = { at: clock.now(), profile };
      return profile;
    },
    forget() {
      known = undefined;
    },
  };
}

const lacking = { kind: 'lacking', why: 'not in the account' } as const;

/** What the verbs about questions work with. */
export interface QnaParts {
  readonly connection: Connection;
  readonly book: QnaBook;
  readonly clock: Clock;
  readonly log: Log;
}

/** All questions of a webcast since a moment, oldest first. */
export async function listQuestions(
  { connection, book }: Pick<QnaParts, 'connection' | 'book'>,
  webcast: EntryId,
  since: Instant | undefined,
): Promise<Measured<readonly Question[]>> {
  const profile = await book.profile(connection);
  if (!profile) return lacking;
  try {
    const { said, kinds } = await read(connection, profile, [webcast], since);
    return { kind: 'measured', value: questionsIn(said, kinds) };
  } catch (error) {
    if (isMissing(error)) return lacking;
    throw error;
  }
}

/** Reads what was said, page by page, with what each of it is. */
async function read(
  connection: Connection,
  profile: QnaProfile,
  webcasts: readonly EntryId[],
  since: Instant | undefined,
  open: readonly QuestionId[] = [],
): Promise<{ said: readonly Annotation[]; kinds: Kinds; before: Kinds }> {
  const said = new Map<string, Annotation>();
  const kinds = new Map<string, Kind>();
  const before = new Map<string, Kind>();
  for (let page = 1; page <= mostPages; page += 1) {
    const again = page === 1 && open.length > 0 ? [listKinds(profile, open.slice(0, largestPage).join(','))] : [];
    const [[some], [what], [known]] = await connection.askLists(
      [[listAnnotations(saidSince(webcasts, since), page)], [listKinds(profile, '{1:result:objects:_all:id}')], again],
      fresh,
    );
    if (known !== undefined) for (const [id, kind] of must(known)) before.set(id, kind);
    const annotations = some === undefined ? [] : must(some);
    if (annotations.length === 0 || what === undefined) break;
    for (const one of annotations) said.set(one.id, one);
    for (const [id, kind] of must(what)) kinds.set(id, kind);
    if (annotations.length < largestPage) break;
  }
  return { said: [...said.values()], kinds, before };
}

const isAnswer = (kind: Kind | undefined): boolean => ['Answer', 'AnswerOnAir'].includes(valueIn(kind, 'Type'));

/** The answers among what was said, by the question that they belong to; the first one counts. */
function answersIn(said: readonly Annotation[], kinds: Kinds): ReadonlyMap<string, Question['answer']> {
  const answers = new Map<string, Question['answer']>();
  for (const one of said) {
    const kind = kinds.get(one.id);
    if (!isAnswer(kind) || isWithdrawn(one)) continue;
    const answer = { text: one.text, by: one.userId || undefined, at: one.createdAt, toAll: one.isPublic };
    for (const question of [valueIn(kind, 'ThreadId'), one.parentId])
      if (question !== '' && !answers.has(question)) answers.set(question, answer);
  }
  return answers;
}

function stateOf(kind: Kind | undefined, answer: Question['answer'], withdrawn: boolean): Question['state'] {
  const state = valueIn(kind, 'State');
  if (answer !== undefined || settledStates.has(state)) return 'answered';
  return state === 'Deleted' || withdrawn ? 'dismissed' : 'open';
}

/** The questions among what was said, oldest first. */
function questionsIn(said: readonly Annotation[], kinds: Kinds): readonly Question[] {
  const answers = answersIn(said, kinds);
  return said.flatMap((one): Question[] => {
    const kind = kinds.get(one.id);
    const id = questionIdSchema.safeParse(one.id);
    if (valueIn(kind, 'Type') !== 'Question' || !id.success) return [];
    const answer = answers.get(one.id);
    const state = stateOf(kind, answer, isWithdrawn(one));
    const asker = one.userId || undefined;
    return [{ id: id.data, webcast: one.entryId, text: one.text, asker, at: one.createdAt, state, answer }];
  });
}

/** What is new since a moment in several webcasts, and what became of those known as open. */
export async function hearQuestions(
  { connection, book, clock }: QnaParts,
  webcasts: readonly EntryId[],
  since: Instant,
  open: readonly QuestionId[],
): Promise<Measured<Heard>> {
  const profile = await book.profile(connection);
  if (!profile) return lacking;
  const { said, kinds, before } = await read(connection, profile, webcasts, instant(since - overlap), open);
  const questions = questionsIn(said, kinds);
  const answers = answersIn(said, kinds);
  const changes = open.flatMap((id): Change[] => {
    const answer = answers.get(id);
    const withdrawn = said.some((one) => one.id === id && isWithdrawn(one));
    const state = stateOf(before.get(id) ?? kinds.get(id), answer, withdrawn);
    return state === 'open' ? [] : [{ id, state, answer }];
  });
  const now = clock.now();
  const waiting = said.filter(({ id, createdAt }) => !kinds.has(id) && now - createdAt < unclassed);
  const last = Math.max(since, ...said.map(({ createdAt }) => createdAt));
  const until = Math.min(last, ...waiting.map(({ createdAt }) => createdAt));
  return { kind: 'measured', value: { questions, changes, until: instant(until) } };
}

/** A question with what Kaltura keeps of it. */
interface Found {
  readonly profile: QnaProfile;
  readonly question: Question;
  readonly kind: Kind;
}

/** One question with its answer; undefined where there is none. */
export async function findQuestion({ connection, book }: QnaParts, id: QuestionId): Promise<Found | undefined> {
  const profile = await book.profile(connection);
  if (!profile) return undefined;
  const [one, kind, replies, what] = await connection.askAll(
    [
      listAnnotations({ idEqual: id }),
      listKinds(profile, id),
      listAnnotations({ entryIdEqual: '{1:result:objects:0:entryId}', parentIdEqual: id }),
      listKinds(profile, '{3:result:objects:_all:id}'),
    ],
    fresh,
  );
  const [asked] = must(one);
  if (!asked) return undefined;
  const answered = must(replies);
  const kinds = new Map([...must(kind), ...(answered.length === 0 || what instanceof KalturaError ? [] : what)]);
  const [question] = questionsIn([asked, ...answered], kinds);
  const own = kinds.get(id);
  return question && own && { profile, question, kind: own };
}
