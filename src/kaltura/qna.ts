// Known by name from here on: what the client does not know it reads as a bare cue point, which has no parent.
import 'kaltura-typescript-client/types/KalturaAnnotation.js';
import { CuePointListAction } from 'kaltura-typescript-client/types/CuePointListAction.js';
import { KalturaAnnotationFilter } from 'kaltura-typescript-client/types/KalturaAnnotationFilter.js';
import { KalturaCuePointType } from 'kaltura-typescript-client/types/KalturaCuePointType.js';
import { KalturaMetadataFilter } from 'kaltura-typescript-client/types/KalturaMetadataFilter.js';
import { KalturaMetadataObjectType } from 'kaltura-typescript-client/types/KalturaMetadataObjectType.js';
import { KalturaMetadataProfileFilter } from 'kaltura-typescript-client/types/KalturaMetadataProfileFilter.js';
import { MetadataListAction } from 'kaltura-typescript-client/types/MetadataListAction.js';
import { MetadataProfileListAction } from 'kaltura-typescript-client/types/MetadataProfileListAction.js';
import { z } from 'zod';
import type { Span } from '../core/numbers.js';
import type { EntryId } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { type Connection, must } from './client/connection.js';
import { KalturaError } from './client/error.js';
import { figure, moment, text } from './entry.js';
import { largestPage, only, pageOf } from './profile.js';

/** The metadata profile that says what an annotation is; an account without it has no questions and answers. */
const profileName = 'Kaltura-QnA';
/** Pages of annotations that are read; a show with more is counted as far as these go. */
const mostPages = 20;

const soon = { repeatable: true } as const;

const profiles = z.object({ objects: z.array(z.object({ id: z.number() })) }).transform(({ objects }) => objects);
const listProfiles = (): Question<z.output<typeof profiles>> => ({
  request: new MetadataProfileListAction({
    filter: new KalturaMetadataProfileFilter({ systemNameEqual: profileName }),
    responseProfile: only('id'),
  }),
  schema: profiles,
});

const annotations = z
  .object({
    objects: z.array(z.object({ id: text, parentId: text, tags: text, createdAt: moment })),
    totalCount: figure,
  })
  .transform(({ objects, totalCount }) => ({ items: objects, total: totalCount ?? objects.length }));
type Annotation = z.output<typeof annotations>['items'][number];

/** Asks for what was said since a moment; answers may follow long after the questions. */
const listAnnotations = (entry: EntryId, span: Span, page: number): Question<z.output<typeof annotations>> => ({
  request: new CuePointListAction({
    filter: new KalturaAnnotationFilter({
      entryIdEqual: entry,
      cuePointTypeEqual: KalturaCuePointType.annotation,
      tagsLike: 'qna',
      createdAtGreaterThanOrEqual: new Date(span.from),
      orderBy: '+createdAt',
    }),
    pager: pageOf(largestPage, page),
    responseProfile: only('id', 'parentId', 'tags', 'createdAt'),
  }),
  schema: annotations,
});

/** The text of an element; the profile's schema lets neither attributes nor children into it. */
const element = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.trim() ?? '';

const metadata = z
  .object({ objects: z.array(z.object({ objectId: text, xml: text })) })
  .transform(
    ({ objects }) =>
      new Map(
        objects.map(({ objectId, xml }) => [
          objectId,
          { type: element(xml, 'Type'), state: element(xml, 'State'), thread: element(xml, 'ThreadId') },
        ]),
      ),
  );
type Kinds = z.output<typeof metadata>;

/** Asks what each of the annotations is; the profile and they are references to the answers before. */
function listKinds(): Question<Kinds> {
  const filter = new KalturaMetadataFilter({
    metadataObjectTypeEqual: KalturaMetadataObjectType.annotation,
    objectIdIn: '{2:result:objects:_all:id}',
  });
  // A number cannot hold a reference; the client writes it in its place.
  filter.setDependency(['metadataProfileIdEqual', 0, 'objects:0:id']);
  return {
    request: new MetadataListAction({
      filter,
      pager: pageOf(largestPage),
      responseProfile: only('objectId', 'xml'),
    }),
    schema: metadata,
  };
}

/** What an installation says that has no cue points or no metadata. */
const withoutPlugin = new Set(['SERVICE_DOES_NOT_EXISTS', 'ACTION_DOES_NOT_EXISTS']);

const isMissing = (answer: unknown): boolean => answer instanceof KalturaError && withoutPlugin.has(answer.code);

/** The state of questions that nobody has to answer any more. */
const settled = new Set(['Answered', 'Done', 'Cleared']);

/**
 * How many questions viewers asked within the span and how many of them are open, or 'not in the account'; one round
 * trip for each 500 things said.
 */
export async function countQuestions(
  connection: Connection,
  entry: EntryId,
  span: Span,
): Promise<{ readonly asked: number; readonly open: number } | 'not in the account'> {
  const items: Annotation[] = [];
  const kinds = new Map<string, { type: string; state: string; thread: string }>();
  for (let page = 1; page <= mostPages; page += 1) {
    const answers = await connection.askAll([listProfiles(), listAnnotations(entry, span, page), listKinds()], soon);
    if (answers.some(isMissing)) return 'not in the account';
    if (must(answers[0]).length === 0) return 'not in the account';
    const said = must(answers[1]);
    if (said.items.length === 0) break;
    for (const [id, kind] of must(answers[2])) kinds.set(id, kind);
    items.push(...said.items);
    if (page * largestPage >= said.total) break;
  }
  const answered = new Set<string>();
  for (const { id, parentId } of items) {
    const kind = kinds.get(id);
    if (kind?.type !== 'Answer' && kind?.type !== 'AnswerOnAir') continue;
    answered.add(parentId);
    answered.add(kind.thread);
  }
  const questions = items.filter(({ id, tags, createdAt }) => {
    const kind = kinds.get(id);
    const withdrawn = kind?.state === 'Deleted' || tags.includes('Annotation_Deleted');
    return kind?.type === 'Question' && !withdrawn && createdAt <= span.until;
  });
  const open = questions.filter(({ id }) => !answered.has(id) && !settled.has(kinds.get(id)?.state ?? ''));
  return { asked: questions.length, open: open.length };
}
