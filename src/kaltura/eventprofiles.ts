import { KalturaMetadataProfileFilter } from 'kaltura-typescript-client/types/KalturaMetadataProfileFilter.js';
import { MetadataProfileListAction } from 'kaltura-typescript-client/types/MetadataProfileListAction.js';
import { z } from 'zod';
import type { Question } from './client/caller.js';
import { text } from './entry.js';
import { only } from './profile.js';
import { readXsd, type Schema } from './xsd.js';

/** The metadata profiles of a webcast by what they are for; their numbers differ from account to account. */
export const eventProfileNames = { studio: 'KMS_KWEBCAST2', portal: 'KMS_EVENTS3' } as const;
export type MetadataPart = keyof typeof eventProfileNames;
const metadataParts = ['studio', 'portal'] as const satisfies readonly MetadataPart[];

interface EventProfile {
  readonly id: number;
  /** Undefined where the account's XSD cannot be read: Kaltura alone judges then. */
  readonly schema: Schema | undefined;
}

/** The profiles that the account has. */
export type EventProfiles = Partial<Readonly<Record<MetadataPart, EventProfile>>>;

const profileList = z
  .object({ objects: z.array(z.object({ id: z.number(), systemName: text, xsd: text })) })
  .transform(({ objects }): EventProfiles => {
    const named = (part: MetadataPart) => objects.find(({ systemName }) => systemName === eventProfileNames[part]);
    const found = metadataParts.flatMap((part) => {
      const profile = named(part);
      return profile === undefined ? [] : [[part, { id: profile.id, schema: readXsd(profile.xsd) }] as const];
    });
    return Object.fromEntries(found);
  });

/** Asks for the account's profiles for webcasts and events, with their XSDs. */
export const listEventProfiles = (): Question<EventProfiles> => ({
  request: new MetadataProfileListAction({
    filter: new KalturaMetadataProfileFilter({ systemNameIn: Object.values(eventProfileNames).join(',') }),
    responseProfile: only('id', 'systemName', 'xsd'),
  }),
  schema: profileList,
});
