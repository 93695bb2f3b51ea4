import { createHash } from 'node:crypto';
import { CuePointAddAction } from 'kaltura-typescript-client/types/CuePointAddAction.js';
import { CuePointListAction } from 'kaltura-typescript-client/types/CuePointListAction.js';
import { CuePointUpdateAction } from 'kaltura-typescript-client/types/CuePointUpdateAction.js';
import { KalturaAnnotation } from 'kaltura-typescript-client/types/KalturaAnnotation.js';
import {
  KalturaAnnotationFilter,
  type KalturaAnnotationFilterArgs,
} from 'kaltura-typescript-client/types/KalturaAnnotationFilter.js';
import { KalturaCuePointType } from 'kaltura-typescript-client/types/KalturaCuePointType.js';
import { KalturaMetadataFilter } from 'kaltura-typescript-client/types/KalturaMetadataFilter.js';
import { KalturaMetadataObjectType } from 'kaltura-typescript-client/types/KalturaMetadataObjectType.js';
import { KalturaMetadataProfileFilter } from 'kaltura-typescript-client/types/KalturaMetadataProfileFilter.js';
import { KalturaNullableBoolean } from 'kaltura-typescript-client/types/KalturaNullableBoolean.js';
import { MetadataAddAction } from 'kaltura-typescript-client/types/MetadataAddAction.js';
import { MetadataListAction } from 'kaltura-typescript-client/types/MetadataListAction.js';
import { MetadataProfileListAction } from 'kaltura-typescript-client/types/MetadataProfileListAction.js';
import { MetadataUpdateAction } from 'kaltura-typescript-client/types/MetadataUpdateAction.js';
import { z } from 'zod';
import { type EntryId, entryIdSchema, type Instant } from '../core/webcast.js';
import type { Question } from './client/caller.js';
import { KalturaError } from './client/error.js';
import { moment, text } from './entry.js';
import { largestPage, only, pageOf } from './profile.js';
import { element, readXml, writeXml } from './xml.js';
import { readXsd } from './xsd.js';

/** The metadata profile that says what an annotation is; an account without it has no questions and answers. */
const profileName = 'Kaltura-QnA';
/** Players take an annotation for a part of questions and answers by this tag, and withdraw it by the other. */
const tag = 'qna';
const withdrawnTag = 'Annotation_Deleted';

/** The profile: its id in this account, and the elements of its schema in their order. */
const profileList = z.object({ objects: z.array(z.object({ id: z.number(), xsd: text })) }).transform(({ objects }) =>
  objects.map(({ id, xsd }) => ({
    id,
    elements: readXsd(xsd)?.fields.map(({ name }) => name) ?? [],
  })),
);
export type QnaProfile = z.output<typeof profileList>[number];

/** Asks for the profile by its name, which is the same in all accounts; the id is not. */
export const askProfile = (): Question<readonly QnaProfile[]> => ({
  request: new MetadataProfileListAction({
    filter: new KalturaMetadataProfileFilter({ systemNameEqual: profileName }),
    responseProfile: only('id', 'xsd'),
  }),
  schema: profileList,
});

const flag = z.unknown().transform((value) => value === true || value === 1);

const annotationList = z.object({
  objects: z.array(
    z.object({
      id: text,
      entryId: entryIdSchema,
      parentId: text,
      tags: text,
      text,
      userId: text,
      createdAt: moment,
      isPublic: flag,
    }),
  ),
});
export type Annotation = z.output<typeof annotationList>['objects'][number];

/** Asks for annotations, oldest first; a filter of Kaltura needs ids of annotations or entries. */
export const listAnnotations = (filter: KalturaAnnotationFilterArgs, page = 1): Question<readonly Annotation[]> => ({
  request: new CuePointListAction({
    filter: new KalturaAnnotationFilter({
      cuePointTypeEqual: KalturaCuePointType.annotation,
      orderBy: '+createdAt',
      ...filter,
    }),
    pager: pageOf(largestPage, page),
    responseProfile: only('id', 'entryId', 'parentId', 'tags', 'text', 'userId', 'createdAt', 'isPublic'),
  }),
  schema: annotationList.transform(({ objects }) => objects),
});

/** The filter of what was said in these webcasts since a moment. */
export const saidSince = (entries: readonly EntryId[], since: Instant | undefined): KalturaAnnotationFilterArgs => ({
  entryIdIn: entries.join(','),
  tagsLike: tag,
  ...(since === undefined ? {} : { createdAtGreaterThanOrEqual: new Date(since) }),
});

export const isWithdrawn = ({ tags }: Pick<Annotation, 'tags'>): boolean => tags.includes(withdrawnTag);

/** What an annotation is: elements and their texts, as its metadata holds them. */
export interface Kind {
  /** Of the metadata. */
  readonly id: number;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** The first text of an element; empty where there is none. */
export const valueIn = (kind: Kind | undefined, element: string): string => kind?.values.get(element)?.[0] ?? '';

/** Reads metadata; the profile's schema lets neither attributes nor grandchildren into it. */
function readValues(xml: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { name, text } of readXml(xml)?.children ?? [])
    values.set(name, [...(values.get(name) ?? []), text.trim()]);
  return values;
}

/** Writes metadata in the order of the profile's schema, without which Kaltura refuses it. */
function writeValues(profile: QnaProfile, values: ReadonlyMap<string, readonly string[]>): string {
  const inner = profile.elements.flatMap((name) => (values.get(name) ?? []).map((value) => element(name, value)));
  return writeXml(element('metadata', inner));
}

const kinds = z
  .object({ objects: z.array(z.object({ id: z.number(), objectId: text, xml: text })) })
  .transform(
    ({ objects }) => new Map(objects.map(({ id, objectId, xml }) => [objectId, { id, values: readValues(xml) }])),
  );
export type Kinds = ReadonlyMap<string, Kind>;

/** Asks what annotations are: of these ids, or a reference to the list before. */
export const listKinds = (profile: QnaProfile, objects: string): Question<Kinds> => ({
  request: new MetadataListAction({
    filter: new KalturaMetadataFilter({
      metadataProfileIdEqual: profile.id,
      metadataObjectTypeEqual: KalturaMetadataObjectType.annotation,
      objectIdIn: objects,
    }),
    pager: pageOf(largestPage),
    responseProfile: only('id', 'objectId', 'xml'),
  }),
  schema: kinds,
});

/** A key as Kaltura's own clients make them; the same facts give the same key, so that a repeat is found out. */
export function keyOf(...facts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-');
}

/** Something to be said in a webcast. */
export interface Saying {
  readonly entry: EntryId;
  readonly text: string;
  readonly toAll: boolean;
  /** The question that it answers. */
  readonly parent: string | undefined;
  readonly key: string;
  readonly kind: ReadonlyMap<string, readonly string[]>;
}

const made = z.object({ id: text });
const done = z.unknown();

/** Asks for a new annotation, still without the tag that shows it: first it has to be said what it is. */
export const addAnnotation = (saying: Saying, now: Instant): Question<z.output<typeof made>> => ({
  request: new CuePointAddAction({
    cuePoint: new KalturaAnnotation({
      entryId: saying.entry,
      // By the wall clock in milliseconds, as players and the studio write it.
      startTime: now,
      text: saying.text,
      isPublic: saying.toAll ? KalturaNullableBoolean.trueValue : KalturaNullableBoolean.falseValue,
      searchableOnEntry: KalturaNullableBoolean.falseValue,
      systemName: saying.key,
      ...(saying.parent === undefined ? {} : { parentId: saying.parent }),
    }),
  }),
  schema: made,
});

/** Says what an annotation is. */
export const addKind = (profile: QnaProfile, annotation: string, kind: Saying['kind']): Question<unknown> => ({
  request: new MetadataAddAction({
    metadataProfileId: profile.id,
    objectType: KalturaMetadataObjectType.annotation,
    objectId: annotation,
    xmlData: writeValues(profile, kind),
  }),
  schema: done,
});

/** Shows an annotation to those whom it is for; Kaltura tells their players when the tag changes. */
export const show = (annotation: string): Question<unknown> => retag(annotation, tag);
export const withdraw = (annotation: string): Question<unknown> => retag(annotation, `${tag},${withdrawnTag}`);

const retag = (id: string, tags: string): Question<unknown> => ({
  request: new CuePointUpdateAction({ id, cuePoint: new KalturaAnnotation({ tags }) }),
  schema: done,
});

/** Writes anew what a question's state is; everything else of it stays. */
export const updateState = (profile: QnaProfile, kind: Kind, state: string): Question<unknown> => ({
  request: new MetadataUpdateAction({
    id: kind.id,
    xmlData: writeValues(profile, new Map([...kind.values, ['State', [state]]])),
  }),
  schema: done,
});

/** What an installation says that has no cue points or no metadata. */
const withoutPlugin = new Set(['SERVICE_DOES_NOT_EXISTS', 'ACTION_DOES_NOT_EXISTS']);

export const isMissing = (answer: unknown): boolean => answer instanceof KalturaError && withoutPlugin.has(answer.code);

/** The state of questions that nobody has to answer any more. */
export const settledStates = new Set(['Answered', 'Done', 'Cleared']);
