import { z } from 'zod';
import type { EntryId } from '../../src/core/webcast.js';

const answer = z.union([z.string(), z.looseObject({ objectType: z.string() })]);
const made = z.object({ id: z.string() });
const profiles = z.object({ objects: z.array(z.object({ id: z.number() })).min(1) });

/** A behaving Kaltura as a player in a browser reaches it. */
export interface Reach {
  readonly url: string;
  readonly partnerId: number;
  readonly adminSecret: string;
}

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Asks the API as a viewer who signed in, by a session of their own; errors of Kaltura are raised. */
async function askAs(
  { url, partnerId, adminSecret }: Reach,
  user: string,
  service: string,
  action: string,
  params: object,
) {
  const ask = async (where: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify({ ...body, format: 1 }) };
    return (await fetch(`${url}/api_v3/service/${where}`, init)).json();
  };
  const ks = await ask('session/action/start', { secret: adminSecret, partnerId, type: 0, userId: user });
  const said = answer.parse(await ask(`${service}/action/${action}`, { ...params, ks }));
  if (typeof said === 'object' && said.objectType === 'KalturaAPIException')
    throw new Error(`${service}.${action}: ${JSON.stringify(said)}`);
  return said;
}

/** Says something as players do: the words, then what they are, then the tag; gives the annotation's id. */
export async function sayAs(
  reach: Reach,
  user: string,
  entryId: EntryId,
  text: string,
  kind: Readonly<Record<string, string>> = { State: 'Pending', Type: 'Question' },
  parentId?: string,
): Promise<string> {
  const filter = { objectType: 'KalturaMetadataProfileFilter', systemNameEqual: 'Kaltura-QnA' };
  const listed = await askAs(reach, user, 'metadata_metadataprofile', 'list', { filter });
  const { objects } = profiles.parse(listed);
  const cuePoint = { objectType: 'KalturaAnnotation', entryId, text, startTime: 0, isPublic: 0, searchableOnEntry: 0 };
  const { id } = made.parse(
    await askAs(reach, user, 'cuepoint_cuepoint', 'add', { cuePoint: { ...cuePoint, ...(parentId && { parentId }) } }),
  );
  const xml = Object.entries(kind).map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  await askAs(reach, user, 'metadata_metadata', 'add', {
    metadataProfileId: objects[0]?.id,
    objectType: 'annotationMetadata.Annotation',
    objectId: id,
    xmlData: `<metadata>${xml.join('')}</metadata>`,
  });
  const tagged = { objectType: 'KalturaAnnotation', tags: 'qna' };
  await askAs(reach, user, 'cuepoint_cuepoint', 'update', { id, cuePoint: tagged });
  return id;
}
