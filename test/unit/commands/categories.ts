import { z } from 'zod';
import type { Rig } from '../../rig/index.js';

const made = z.looseObject({ id: z.number() });
const entry = z.looseObject({ categoriesIds: z.string().default('') });

/** Adds a category to the behaving Kaltura and gives its id. */
export const addCategory = async (rig: Rig, category: object): Promise<number> =>
  made.parse(await rig.ask('category', 'add', { category })).id;

/** The ids of the categories that an entry is in, in Kaltura's own order. */
export const categoriesIn = async (rig: Rig, entryId: string): Promise<number[]> =>
  entry
    .parse(await rig.ask('livestream', 'get', { entryId }))
    .categoriesIds.split(',')
    .filter(Boolean)
    .map(Number);
