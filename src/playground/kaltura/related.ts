import type { Call } from './call.js';
import { listResponse } from './filter.js';
import { readArguments } from './input.js';
import { describeResult, readProfile, relatedProfiles } from './output.js';
import { findService } from './schema.js';
import { SERVICES } from './services/index.js';
import { type Fields, isFields, items, part, text, type Value } from './values.js';

/** The list action that a related profile's filter belongs to. */
const LISTS: Record<string, [service: string, response: string]> = {
  KalturaMetadataFilter: ['metadata_metadata', 'KalturaMetadataListResponse'],
  KalturaCategoryEntryFilter: ['categoryentry', 'KalturaCategoryEntryListResponse'],
  KalturaLiveStreamScheduleEventFilter: ['schedule_scheduleevent', 'KalturaScheduleEventListResponse'],
  KalturaFlavorAssetFilter: ['flavorasset', 'KalturaFlavorAssetListResponse'],
};

async function listRelated(object: Fields, profile: Fields, call: Call): Promise<Value> {
  const filter = part(profile, 'filter') ?? {};
  const [service, response] = LISTS[text(filter, 'objectType') ?? ''] ?? [];
  const schema = service === undefined ? undefined : findService(service)?.get('list');
  const list = service === undefined ? undefined : SERVICES[service]?.list;
  if (!schema || !list || response === undefined) return null;
  const mapped: Fields = { ...filter };
  for (const mapping of items(profile, 'mappings').filter(isFields)) {
    mapped[text(mapping, 'filterProperty') ?? ''] = object[text(mapping, 'parentProperty') ?? ''];
  }
  const result = await list(readArguments(schema, { filter: mapped, pager: profile.pager }, call.now), call);
  return isFields(result) ? describeResult(result, readProfile(profile)) : listResponse(response, 0, []);
}

/** Hangs the objects that a response profile relates to each answered object onto it. */
export async function attachRelatedObjects(
  result: Value | undefined,
  profile: Value | undefined,
  call: Call,
): Promise<void> {
  const profiles = relatedProfiles(profile);
  if (profiles.length === 0 || !isFields(result)) return;
  const objects = Array.isArray(result.objects) ? result.objects.filter(isFields) : [result];
  for (const object of objects) {
    const related: Fields = {};
    for (const one of profiles) related[text(one, 'name') ?? ''] = await listRelated(object, one, call);
    object.relatedObjects = related;
  }
}
