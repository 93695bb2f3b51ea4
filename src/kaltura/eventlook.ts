import type { EntryId } from '../core/webcast.js';
import type { AccountBook } from './account.js';
import { type Connection, must } from './client/connection.js';
import { isAbsent, KalturaError } from './client/error.js';
import { type EventProfiles, listEventProfiles, type MetadataPart } from './eventprofiles.js';
import { listMetadata, listSchedule, type MetadataRow, type ScheduleRow } from './eventquestions.js';
import { type Element, readXml } from './xml.js';

/** What there is of a webcast beside its entry, seen in one round trip. */
export interface EventLook {
  readonly profiles: EventProfiles;
  readonly rows: readonly MetadataRow[];
  /** Undefined where the account has no schedule. */
  readonly schedule: readonly ScheduleRow[] | undefined;
}

/** What there is of a webcast that was made just now. */
export const nothingYet = (profiles: EventProfiles): EventLook => ({ profiles, rows: [], schedule: [] });

/** Looks; one round trip, in which the account's profiles come along: they and their XSDs may have changed. */
export async function lookAtEvent(connection: Connection, book: AccountBook, id: EntryId): Promise<EventLook> {
  const [profiles, metadata, schedule] = await connection.askAll(
    [listEventProfiles(), listMetadata(id), listSchedule(id)],
    { repeatable: true, fresh: true },
  );
  book.keepEventProfiles(profiles);
  return {
    profiles: unlessAbsent(profiles) ?? {},
    rows: unlessAbsent(metadata) ?? [],
    schedule: unlessAbsent(schedule),
  };
}

/** Looks at metadata alone. */
export async function lookAtMetadata(connection: Connection, book: AccountBook, id: EntryId): Promise<EventLook> {
  const [profiles, metadata] = await connection.askAll([listEventProfiles(), listMetadata(id)], {
    repeatable: true,
    fresh: true,
  });
  book.keepEventProfiles(profiles);
  return { profiles: unlessAbsent(profiles) ?? {}, rows: unlessAbsent(metadata) ?? [], schedule: undefined };
}

function unlessAbsent<T>(answer: T | KalturaError): T | undefined {
  return answer instanceof KalturaError && isAbsent(answer) ? undefined : must(answer);
}

/** The metadata of one part, if it is there; a document that cannot be read has no elements. */
export function standingOf(
  look: EventLook,
  part: MetadataPart,
): { readonly row: MetadataRow | undefined; readonly elements: readonly Element[] } {
  const row = look.rows.find(({ metadataProfileId }) => metadataProfileId === look.profiles[part]?.id);
  return { row, elements: row === undefined ? [] : (readXml(row.xml)?.children ?? []) };
}
